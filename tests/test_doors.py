"""One table: address × who comes → what they get. An address without a row fails.

Columns: a stranger, a member of another community, and of Sunny Gardens a resident, an organiser, one of the committee,
of the property office, a moderator, a steward; last an operator of the server who belongs to no community.
Cells: a status; `in` for being sent to the log-in page. What stands in braces is made by tests/things.py.
A POST carries no fields, so whoever may enter is refused (422) or, where nothing is needed, sent on (302, 303).
"""

from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.urls import resolve

from tests.addresses import our_addresses
from tests.house import VISITORS, House

TABLE = """
# method address                                                  str els res org com pro mod ste ope
# the server
  GET    /                                                        200 302 302 302 302 302 302 302 200
  POST   /look/                                                   303 303 303 303 303 303 303 303 303
  GET    /manifest.webmanifest                                    200 200 200 200 200 200 200 200 200
  GET    /offline/                                                200 200 200 200 200 200 200 200 200
  GET    /help/                                                   200 200 200 200 200 200 200 200 200
  GET    /help/all/                                               200 200 200 200 200 200 200 200 200
  GET    /help/first-day/                                         200 200 200 200 200 200 200 200 200
  GET    /-/too-large/                                            413 413 413 413 413 413 413 413 413
# account: for everybody
  GET    /account/login/                                        200 302 302 302 302 302 302 302 302
  POST   /account/login/                                        422 302 302 302 302 302 302 302 302
  POST   /account/logout/                                       303 303 303 303 303 303 303 303 303
  POST   /account/passkey/                                      200 200 200 200 200 200 200 200 200
  GET    /account/link/none/                                      404 404 404 404 404 404 404 404 404
  GET    /account/signup/                                       200 302 302 302 302 302 302 302 302
  POST   /account/signup/                                       422 302 302 302 302 302 302 302 302
  POST   /account/signup/passkey/                               422 302 302 302 302 302 302 302 302
  GET    /account/signup/name/                                  302 302 302 302 302 302 302 302 302
  POST   /account/signup/name/                                    302 302 302 302 302 302 302 302 302
  GET    /account/code/                                         200 302 302 302 302 302 302 302 302
  POST   /account/code/                                         422 302 302 302 302 302 302 302 302
  GET    /account/code/confirm/                                  in  in  in  in  in  in  in  in  in
  GET    /account/password/reset/                               200 200 200 200 200 200 200 200 200
  POST   /account/password/reset/                               422 422 422 422 422 422 422 422 422
  GET    /account/recovery/                                     200 302 302 302 302 302 302 302 302
  POST   /account/recovery/                                     422 302 302 302 302 302 302 302 302
  GET    /account/second-step/                                   in 302 302 302 302 302 302 302 302
# account: one's own
  GET    /account/number/                                        in 200 200 200 200 200 200 200 200
  GET    /account/again/                                         in 200 200 200 200 200 200 200 200
  GET    /account/again/code/                                    in 200 200 200 200 200 200 200 200
  GET    /account/again/app/                                     in 302 302 302 302 302 302 302 302
  GET    /account/again/passkey/                                 in 302 302 302 302 302 302 302 302
  GET    /me/                                                    in 200 200 200 200 200 200 200 200
  GET    /me/name/                                               in 200 200 200 200 200 200 200 200
  POST   /me/name/                                               in 422 422 422 422 422 422 422 422
  GET    /me/ways-in/                                            in 200 200 200 200 200 200 200 200
  GET    /me/password/                                           in 200 200 200 200 200 200 200 200
  POST   /me/password/                                           in 422 422 422 422 422 422 422 422
  GET    /me/contact/                                            in 200 200 200 200 200 200 200 200
  POST   /me/contact/                                            in 422 422 422 422 422 422 422 422
  GET    /me/contact/code/                                       in 303 303 303 303 303 303 303 303
  POST   /me/contact/email/removal/                              in 303 303 303 303 303 303 303 303
  GET    /me/sheet/                                              in 200 200 200 200 200 200 200 200
  POST   /me/sheet/                                              in 200 200 200 200 200 200 200 200
  GET    /me/passkeys/                                           in 200 200 200 200 200 200 200 200
  POST   /me/passkeys/new/                                       in 200 200 200 200 200 200 200 200
  POST   /me/passkeys/1/                                         in 303 303 303 303 303 303 303 303
  POST   /me/passkeys/1/removal/                                 in 303 303 303 303 303 303 303 303
  GET    /me/authenticator/                                      in 200 200 200 200 200 200 200 200
  GET    /me/authenticator/end/                                  in 404 404 404 404 404 404 404 404
  GET    /me/recovery-codes/                                     in 404 404 404 404 404 404 404 404
  GET    /me/recovery-codes/new/                                 in 303 303 303 303 303 303 303 303
  GET    /me/devices/                                            in 200 200 200 200 200 200 200 200
  POST   /me/devices/others/end/                                 in 303 303 303 303 303 303 303 303
  POST   /me/devices/none/end/                                     in 303 303 303 303 303 303 303 303
  GET    /me/data/                                               in 200 200 200 200 200 200 200 200
  POST   /me/data/file/                                          in 200 200 200 200 200 200 200 200
  GET    /me/erasure/                                            in 200 200 200 200 200 200 200 200
  POST   /me/erasure/                                            in 422 422 422 422 422 422 422 422
# board
  GET    /c/sunny/                                                 in 404 200 200 200 200 200 200 404
  GET    /c/sunny/board/                                           in 404 200 200 200 200 200 200 404
  POST   /c/sunny/board/position/                                  in 404 204 204 204 204 204 204 404
  GET    /c/sunny/post/                                            in 404 200 200 200 200 200 200 404
  POST   /c/sunny/post/                                            in 404 422 422 422 422 422 422 404
  GET    /c/sunny/entries/{entry}/                                 in 404 200 200 200 200 200 200 404
  GET    /c/sunny/entries/{entry}/edit/                            in 404 200 404 404 404 404 404 404
  POST   /c/sunny/entries/{entry}/edit/                            in 404 422 404 404 404 404 404 404
  GET    /c/sunny/entries/{entry}/deletion/                        in 404 200 404 404 404 200 200 404
  POST   /c/sunny/entries/{entry}/deletion/                        in 404 302 404 404 404 302 302 404
  GET    /c/sunny/entries/{entry}/history/                         in 404 200 200 200 200 200 200 404
  POST   /c/sunny/welcome/away/                                    in 404 303 303 303 303 303 303 404
  GET    /c/sunny/steward/welcome/                                 in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/welcome/                                 in 404 404 404 404 404 404 303 404
  GET    /c/sunny/steward/newcomers/                               in 404 404 200 200 200 200 200 404
  GET    /c/sunny/steward/newcomers/{elder}/greeting/              in 404 404 200 200 200 200 200 404
  POST   /c/sunny/steward/newcomers/{elder}/greeting/              in 404 404 422 422 422 422 422 404
  GET    /c/sunny/news/                                            in 404 200 200 200 200 200 200 404
  GET    /c/sunny/news/new/                                        in 404 200 200 200 200 200 200 404
  POST   /c/sunny/news/new/                                        in 404 303 303 303 303 303 303 404
  GET    /c/sunny/news/stories/                                    in 404 200 200 200 200 200 200 404
  GET    /c/sunny/news/desk/                                       in 404 404 404 200 404 200 200 404
  GET    /c/sunny/news/stories/{story}/                            in 404 200 404 200 404 200 200 404
  GET    /c/sunny/news/stories/{story}/edit/                       in 404 404 404 200 404 200 200 404
  POST   /c/sunny/news/stories/{story}/edit/                       in 404 404 404 422 404 422 422 404
  POST   /c/sunny/news/stories/{story}/state/                      in 404 404 404 404 404 404 404 404
  GET    /c/sunny/tips/                                            in 404 200 200 200 200 200 200 404
  GET    /c/sunny/tips/shelf/                                      in 404 404 404 200 200 404 200 404
  POST   /c/sunny/tips/shelf/                                      in 404 404 404 422 422 404 422 404
  GET    /c/sunny/tips/shelf/new/                                  in 404 404 404 200 200 404 200 404
  POST   /c/sunny/tips/shelf/new/                                  in 404 404 404 422 422 404 422 404
  GET    /c/sunny/tips/shelf/{tip}/                                in 404 404 404 200 200 404 200 404
  POST   /c/sunny/tips/shelf/{tip}/                                in 404 404 404 422 422 404 422 404
  POST   /c/sunny/tips/shelf/{tip}/place/                          in 404 404 404 303 303 404 303 404
  GET    /c/sunny/circles/                                         in 404 200 200 200 200 200 200 404
  GET    /c/sunny/circles/new/                                     in 404 200 200 200 200 200 200 404
  POST   /c/sunny/circles/new/                                     in 404 422 422 422 422 422 422 404
  GET    /c/sunny/circles/{circle}/                                in 404 200 200 200 200 200 200 404
  GET    /c/sunny/circles/{circle}/edit/                           in 404 200 404 404 404 404 200 404
  POST   /c/sunny/circles/{circle}/edit/                           in 404 422 404 404 404 404 422 404
  POST   /c/sunny/circles/{circle}/membership/                     in 404 303 303 303 303 303 303 404
  POST   /c/sunny/circles/{circle}/members/{elder}/                in 404 303 404 404 404 404 303 404
  GET    /c/sunny/circles/{circle}/closure/                        in 404 200 404 404 404 404 200 404
  POST   /c/sunny/circles/{circle}/closure/                        in 404 303 404 404 404 404 303 404
  GET    /c/sunny/entries/{entry}/share/                           in 404 200 200 200 200 200 200 404
  POST   /c/sunny/entries/{entry}/feature/                         in 404 404 404 302 404 302 302 404
  POST   /c/sunny/entries/{entry}/pin/                             in 404 404 404 302 404 302 302 404
  GET    /c/sunny/entries/{entry}/enclosures/                      in 404 302 302 302 302 302 302 404
  GET    /c/sunny/entries/{entry}/enclosures/{enclosure}.pdf       in 404 200 200 200 200 200 200 404
  GET    /c/sunny/entries/{entry}/{picture}-480.webp               in 404 200 200 200 200 200 200 404
  POST   /c/sunny/entries/{entry}/comments/                        in 404 422 422 422 422 422 422 404
  GET    /c/sunny/kept/                                            in 404 200 200 200 200 200 200 404
  POST   /c/sunny/entries/{entry}/mark/                            in 404 404 404 404 404 404 404 404
  POST   /c/sunny/entries/{entry}/seen/                            in 404 204 204 204 204 204 204 404
  POST   /c/sunny/people/{elder}/mute/                             in 404 303 303 303 303 303 303 404
  GET    /c/sunny/entries/{entry}/reactions/                       in 404 200 200 200 200 200 200 404
  POST   /c/sunny/entries/{entry}/answer/                          in 404 303 303 303 303 303 303 404
  GET    /c/sunny/comments/{comment}/answer/                       in 404 200 200 200 200 200 200 404
  POST   /c/sunny/comments/{comment}/acceptance/                   in 404 303 303 303 303 303 303 404
  POST   /c/sunny/entries/{entry}/like/                            in 404 303 303 303 303 303 303 404
  POST   /c/sunny/comments/{comment}/like/                         in 404 303 303 303 303 303 303 404
  GET    /c/sunny/comments/{comment}/edit/                         in 404 200 404 404 404 404 404 404
  POST   /c/sunny/comments/{comment}/edit/                         in 404 422 404 404 404 404 404 404
  GET    /c/sunny/comments/{comment}/deletion/                     in 404 200 404 404 404 200 200 404
  POST   /c/sunny/comments/{comment}/deletion/                     in 404 303 404 404 404 303 303 404
  GET    /c/sunny/enclosures/{loose_enclosure}.pdf                 in 404 200 404 404 404 404 404 404
  GET    /c/sunny/pictures/{loose}-480.webp                        in 404 200 404 404 404 404 404 404
  GET    /c/sunny/picture-{banner}-160.webp                        in 404 200 200 200 200 200 200 404
  GET    /c/sunny/people/{member}/portrait-{portrait}-160.webp     in 404 200 200 200 200 200 200 404
# people
  GET    /c/sunny/services/                                        in 404 200 200 200 200 200 200 404
  GET    /c/sunny/phones/                                          in 404 200 200 200 200 200 200 404
  GET    /c/sunny/me/                                              in 404 200 200 200 200 200 200 404
  POST   /c/sunny/me/                                              in 404 422 422 422 422 422 422 404
  GET    /c/sunny/me/preview/                                      in 404 200 200 200 200 200 200 404
  GET    /c/sunny/me/leave/                                        in 404 200 200 200 200 200 200 404
  POST   /c/sunny/me/leave/                                        in 404 422 422 422 422 422 422 404
  GET    /c/sunny/people/                                          in 404 200 200 200 200 200 200 404
  GET    /c/sunny/people/blocked/                                  in 404 200 200 200 200 200 200 404
  GET    /c/sunny/people/{member}/                                 in 404 200 200 200 200 200 200 404
  POST   /c/sunny/people/{member}/block/                           in 404 422 303 303 303 303 303 404
  POST   /c/sunny/people/{member}/unblock/                         in 404 303 303 303 303 303 303 404
# helping
  GET    /c/sunny/helping/                                         in 404 200 200 200 200 200 200 404
  GET    /c/sunny/helping/new/                                     in 404 200 200 200 200 200 200 404
  POST   /c/sunny/helping/new/                                     in 404 422 422 422 422 422 422 404
  GET    /c/sunny/helping/code/                                    in 404 200 200 200 200 200 200 404
  POST   /c/sunny/helping/mandates/{mandate}/acceptance/           in 404 303 404 422 422 404 422 404
  POST   /c/sunny/helping/mandates/{mandate}/end/                  in 404 303 404 303 303 404 303 404
  POST   /c/sunny/helping/mandates/{mandate}/start/                in 404 303 404 422 422 404 422 404
  POST   /c/sunny/helping/stop/                                    in 404 303 303 303 303 303 303 404
  GET    /c/sunny/helping/acts/                                    in 404 200 200 200 200 200 200 404
  POST   /c/sunny/helping/acts/1/undo/                             in 404 422 422 422 422 422 422 404
  GET    /c/sunny/helping/acts/print/                              in 404 200 200 200 200 200 200 404
  GET    /c/sunny/helping/people/{member}/acts/print/              in 404 404 404 404 404 404 404 404
  GET    /c/sunny/helping/paper/                                   in 404 404 404 200 200 404 200 404
  POST   /c/sunny/helping/paper/                                   in 404 404 404 422 422 404 422 404
  GET    /c/sunny/helping/paper/sheet/                             in 404 404 404 200 200 404 200 404
  GET    /c/sunny/helping/paper/person/                            in 404 404 404 200 200 404 200 404
  POST   /c/sunny/helping/paper/person/                            in 404 404 404 422 422 404 422 404
# homes
  GET    /c/sunny/homes/                                           in 404 404 404 200 200 404 200 404
  GET    /c/sunny/homes/add/                                       in 404 404 404 404 404 404 200 404
  POST   /c/sunny/homes/add/                                       in 404 404 404 404 404 404 422 404
  GET    /c/sunny/homes/generate/                                  in 404 404 404 404 404 404 200 404
  POST   /c/sunny/homes/generate/                                  in 404 404 404 404 404 404 422 404
  GET    /c/sunny/homes/table/                                     in 404 404 404 404 404 404 200 404
  POST   /c/sunny/homes/table/                                     in 404 404 404 404 404 404 422 404
  GET    /c/sunny/homes/table/{draft}/                             in 404 404 404 404 404 404 200 404
  POST   /c/sunny/homes/table/{draft}/                             in 404 404 404 404 404 404 303 404
  GET    /c/sunny/homes/table/template.csv                         in 404 404 404 404 404 404 200 404
  GET    /c/sunny/homes/buildings/{building}/                      in 404 404 404 200 200 404 200 404
  GET    /c/sunny/homes/buildings/{building}/name/                 in 404 404 404 404 404 404 200 404
  POST   /c/sunny/homes/buildings/{building}/name/                 in 404 404 404 404 404 404 422 404
  POST   /c/sunny/homes/buildings/{building}/removal/              in 404 404 404 404 404 404 303 404
  GET    /c/sunny/homes/entrances/{entrance}/name/                 in 404 404 404 404 404 404 200 404
  POST   /c/sunny/homes/entrances/{entrance}/name/                 in 404 404 404 404 404 404 422 404
  POST   /c/sunny/homes/entrances/{entrance}/removal/              in 404 404 404 404 404 404 303 404
  GET    /c/sunny/homes/{unit}/                                    in 404 404 404 200 200 404 200 404
  GET    /c/sunny/homes/{unit}/edit/                               in 404 404 404 404 404 404 200 404
  POST   /c/sunny/homes/{unit}/edit/                               in 404 404 404 404 404 404 422 404
  POST   /c/sunny/homes/{unit}/removal/                            in 404 404 404 404 404 404 303 404
  POST   /c/sunny/homes/{unit}/titles/                             in 404 404 404 404 404 404 422 404
  GET    /c/sunny/homes/titles/{title}/end/                        in 404 404 404 404 404 404 200 404
  POST   /c/sunny/homes/titles/{title}/end/                        in 404 404 404 404 404 404 422 404
  POST   /c/sunny/homes/titles/{title}/removal/                    in 404 404 404 404 404 404 303 404
  GET    /c/sunny/homes/{unit}/occupancies/                        in 404 404 404 200 200 404 200 404
  POST   /c/sunny/homes/{unit}/occupancies/                        in 404 404 404 422 422 404 422 404
  POST   /c/sunny/homes/occupancies/{occupancy}/end/               in 404 404 404 303 303 404 303 404
# ways in
  GET    /u/                                                      200 200 200 200 200 200 200 200 200
  POST   /u/                                                      422 422 422 422 422 422 422 422 422
  GET    /u/{code}/                                               200 200 200 200 200 200 200 200 200
  POST   /u/{code}/                                               303 422 422 422 422 422 422 422 422
  GET    /i/{token}/                                              200 200 302 302 302 302 302 302 200
  POST   /i/{token}/                                              303 422 302 302 302 302 302 302 422
  GET    /c/sunny/join/                                            in 200 302 302 302 302 302 302 200
  POST   /c/sunny/join/                                            in 422 302 302 302 302 302 302 422
  POST   /c/sunny/join/withdrawal/                                 in 303 303 303 303 303 303 303 303
  GET    /c/sunny/welcome/                                         in 404 200 200 200 200 200 200 404
  GET    /c/sunny/agreement/                                       in 404 200 200 200 200 200 200 404
  POST   /c/sunny/agreement/                                       in 404 422 422 422 422 422 422 404
  GET    /c/sunny/homes/mine/                                      in 404 200 200 200 200 200 200 404
  POST   /c/sunny/homes/mine/{unit}/family/                        in 404 303 404 404 404 404 404 404
  GET    /c/sunny/homes/mine/letters/{family_letter}/              in 404 200 404 404 404 404 404 404
  POST   /c/sunny/homes/mine/letters/{family_letter}/end/          in 404 303 404 404 404 404 404 404
  POST   /c/sunny/homes/mine/occupancies/{occupancy}/end/          in 404 303 404 404 404 404 404 404
  GET    /c/sunny/steward/letters/                                 in 404 404 404 404 404 404 200 404
  GET    /c/sunny/steward/letters/new/                             in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/letters/new/                             in 404 404 404 404 404 404 422 404
  GET    /c/sunny/steward/letters/{sheaf}/                         in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/letters/{sheaf}/end/                     in 404 404 404 404 404 404 303 404
  GET    /c/sunny/steward/letters/{sheaf}/print/                   in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/letters/{sheaf}/pdf/                     in 404 404 404 404 404 404 303 404
  GET    /c/sunny/steward/letters/{sheaf}/pdf/{building}/          in 404 404 404 404 404 404 404 404
  GET    /c/sunny/steward/invitations/                             in 404 404 200 200 200 404 200 404
  POST   /c/sunny/steward/invitations/                             in 404 404 422 422 422 404 422 404
  GET    /c/sunny/steward/invitations/{invitation}/                in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/invitations/{invitation}/end/            in 404 404 404 404 404 404 303 404
  GET    /c/sunny/steward/applications/                            in 404 404 404 200 404 404 200 404
  GET    /c/sunny/steward/applications/{application}/              in 404 404 404 200 404 404 200 404
  POST   /c/sunny/steward/applications/{application}/approval/     in 404 404 404 422 404 404 422 404
  POST   /c/sunny/steward/applications/{application}/refusal/      in 404 404 404 422 404 404 422 404
  GET    /c/sunny/steward/joining/                                 in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/joining/                                 in 404 404 404 404 404 404 422 404
# notices
  GET    /c/sunny/notices/                                         in 404 200 200 200 200 200 200 404
  GET    /c/sunny/notices/new/                                     in 404 404 404 200 200 404 200 404
  POST   /c/sunny/notices/new/                                     in 404 404 404 422 422 404 422 404
  GET    /c/sunny/notices/{notice}/edit/                           in 404 404 404 200 200 404 200 404
  POST   /c/sunny/notices/{notice}/edit/                           in 404 404 404 422 422 404 422 404
  GET    /c/sunny/notices/{notice}/readers.csv                     in 404 404 404 200 200 404 200 404
  GET    /c/sunny/notices/{notice}/sheets/                         in 404 404 404 200 200 404 200 404
  POST   /c/sunny/notices/{notice}/paper/                          in 404 404 404 303 303 404 303 404
  POST   /c/sunny/notices/plans/{plan}/deletion/                   in 404 404 404 303 303 404 303 404
  GET    /c/sunny/notices/{notice}/readers/                        in 404 404 404 200 200 404 200 404
  POST   /c/sunny/notices/{notice}/receipt/                        in 404 303 303 303 303 303 303 404
  POST   /c/sunny/notices/{notice}/seen/                           in 404 204 204 204 204 204 204 404
  POST   /c/sunny/notices/{notice}/end/                            in 404 404 404 303 303 404 303 404
# founding and the stewards' desk
  GET    /found/                                                   in 200 200 200 200 200 200 200 200
  POST   /found/                                                   in 422 422 422 422 422 422 422 422
  GET    /found/address/?slug=other                                in 200 200 200 200 200 200 200 200
  GET    /c/sunny/steward/                                         in 404 404 404 200 200 404 200 404
  GET    /c/sunny/steward/picture/                                 in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/picture/                                 in 404 404 404 404 404 404 422 404
  GET    /c/sunny/steward/next/                                    in 404 404 404 404 404 404 200 404
  GET    /c/sunny/steward/members/                                 in 404 404 404 404 404 404 200 404
  GET    /c/sunny/steward/members/{member}/                        in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/members/{member}/roles/                  in 404 404 404 404 404 404 303 404
  POST   /c/sunny/steward/members/{member}/removal/                in 404 404 404 404 404 404 303 404
  GET    /c/sunny/steward/settings/                                in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/settings/                                in 404 404 404 404 404 404 422 404
  GET    /c/sunny/steward/sections/                                in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/sections/                                in 404 404 404 404 404 404 303 404
  GET    /c/sunny/steward/contacts/                                in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/contacts/                                in 404 404 404 404 404 404 303 404
  GET    /c/sunny/steward/agreement/                               in 404 404 404 404 404 404 200 404
  POST   /c/sunny/steward/agreement/                               in 404 404 404 404 404 404 422 404
  GET    /c/sunny/steward/agreement/1/                             in 404 404 404 404 404 404 200 404
"""


@dataclass(frozen=True)
class Row:
    method: str
    address: str
    cells: tuple[str, ...]


def rows() -> list[Row]:
    found = []
    for line in TABLE.splitlines():
        if line.strip() and not line.startswith("#"):
            method, address, *cells = line.split()
            assert len(cells) == len(VISITORS), line
            found.append(Row(method, address, tuple(cells)))
    return found


def cell(response: HttpResponse) -> str:
    if response.status_code == 302 and response["Location"].startswith("/account/login/"):
        return "in"
    return str(response.status_code)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.address}")
def test_who_gets_in(row: Row, house: House) -> None:
    form = {"content_type": "application/x-www-form-urlencoded"} if row.method == "POST" else {}

    seen = {who: cell(house.visit(who, row.method, row.address, **form)) for who in VISITORS}

    assert seen == dict(zip(VISITORS, row.cells, strict=True))


def test_every_address_has_a_row(house: House) -> None:
    covered = {resolve(house.address(row.address).partition("?")[0]).route for row in rows()}

    assert [f"/{address.route}" for address in our_addresses() if address.route not in covered] == []
