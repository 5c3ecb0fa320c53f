"""Every page template, with who looks at it; numbers are those of the demo community."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.site import Site

RESIDENT, ELDER, STEWARD, STRANGER = "李梅", "孙爷爷", "陈静", ""
HOME = "/c/sunny/"

# who, address; {…} is a number found by NUMBERS.
PAGES = f"""
{STRANGER or "-"} /
- /help/
- /help/first-day/
- /help/all/
- /offline/
- /u/
- /i/{{token}}/
- /c/sunny/
- /c/sunny/entries/{{public}}/
- /c/sunny/join/
- /account/login/
- /account/signup/
- /account/code/
- /account/password/reset/
- /no-such-page/
{RESIDENT} /?all
{RESIDENT} /c/sunny/
{RESIDENT} /c/sunny/?show=home
{RESIDENT} /c/sunny/board/
{RESIDENT} /c/sunny/?show=hot
{RESIDENT} /c/sunny/?show=unread
{RESIDENT} /c/sunny/?show=digest
{STEWARD} /c/sunny/entries/{{entry}}/
{RESIDENT} /c/sunny/entries/{{entry}}/share/
{RESIDENT} /c/sunny/entries/{{entry}}/reactions/
{RESIDENT} /c/sunny/entries/{{entry}}/
{RESIDENT} /c/sunny/entries/{{notice}}/
{RESIDENT} /c/sunny/entries/{{own}}/edit/
{RESIDENT} /c/sunny/entries/{{own}}/history/
{RESIDENT} /c/sunny/entries/{{own}}/deletion/
{RESIDENT} /c/sunny/comments/{{comment}}/edit/
{RESIDENT} /c/sunny/post/
{RESIDENT} /c/sunny/notices/
{RESIDENT} /c/sunny/circles/
{RESIDENT} /c/sunny/news/
{RESIDENT} /c/sunny/news/new/
{RESIDENT} /c/sunny/news/stories/
{STEWARD} /c/sunny/news/desk/
{STEWARD} /c/sunny/news/stories/{{story}}/
{STEWARD} /c/sunny/news/stories/{{story}}/edit/
{RESIDENT} /c/sunny/welcome/
{STEWARD} /c/sunny/steward/welcome/
{STEWARD} /c/sunny/steward/newcomers/
{STEWARD} /c/sunny/steward/newcomers/{{elder}}/greeting/
{RESIDENT} /c/sunny/tips/
{STEWARD} /c/sunny/tips/shelf/
{STEWARD} /c/sunny/tips/shelf/new/
{RESIDENT} /c/sunny/circles/new/
{RESIDENT} /c/sunny/circles/{{circle}}/
{RESIDENT} /c/sunny/circles/{{circle}}/edit/
{RESIDENT} /c/sunny/services/
{RESIDENT} /c/sunny/phones/
{RESIDENT} /c/sunny/people/
{RESIDENT} /c/sunny/people/{{elder}}/
{RESIDENT} /c/sunny/people/blocked/
{RESIDENT} /c/sunny/me/
{RESIDENT} /c/sunny/kept/
{RESIDENT} /c/sunny/kept/?show=followed
{RESIDENT} /c/sunny/kept/?show=muted
{RESIDENT} /c/sunny/me/preview/
{RESIDENT} /c/sunny/me/leave/
{RESIDENT} /c/sunny/homes/mine/
{RESIDENT} /c/sunny/helping/
{RESIDENT} /c/sunny/helping/new/
{RESIDENT} /c/sunny/helping/code/
{RESIDENT} /c/sunny/agreement/
{RESIDENT} /me/
{RESIDENT} /me/ways-in/
{RESIDENT} /me/devices/
{RESIDENT} /me/data/
{RESIDENT} /found/
{ELDER} /c/sunny/
{ELDER} /c/sunny/helping/acts/
{STEWARD} /c/sunny/notices/new/
{STEWARD} /c/sunny/notices/{{notice}}/edit/
{STEWARD} /c/sunny/notices/
{STEWARD} /c/sunny/notices/{{notice}}/readers/
{STEWARD} /c/sunny/notices/{{notice}}/readers/?only=unread
{STEWARD} /c/sunny/notices/{{notice}}/sheets/
{STEWARD} /c/sunny/steward/
{STEWARD} /c/sunny/steward/next/
{STEWARD} /c/sunny/steward/members/
{STEWARD} /c/sunny/steward/members/{{elder}}/
{STEWARD} /c/sunny/steward/settings/
{STEWARD} /c/sunny/steward/sections/
{STEWARD} /c/sunny/steward/contacts/
{STEWARD} /c/sunny/steward/agreement/
{STEWARD} /c/sunny/steward/joining/
{STEWARD} /c/sunny/steward/applications/
{STEWARD} /c/sunny/steward/applications/{{application}}/
{STEWARD} /c/sunny/steward/invitations/
{STEWARD} /c/sunny/steward/invitations/{{invitation}}/
{STEWARD} /c/sunny/steward/letters/
{STEWARD} /c/sunny/steward/letters/new/
{STEWARD} /c/sunny/steward/letters/{{sheaf}}/
{STEWARD} /c/sunny/steward/letters/{{sheaf}}/print/
{STEWARD} /c/sunny/homes/
{STEWARD} /c/sunny/homes/add/
{STEWARD} /c/sunny/homes/generate/
{STEWARD} /c/sunny/homes/table/
{STEWARD} /c/sunny/homes/buildings/{{building}}/
{STEWARD} /c/sunny/homes/{{unit}}/
{STEWARD} /c/sunny/homes/{{unit}}/edit/
{STEWARD} /c/sunny/helping/paper/
{STEWARD} /c/sunny/helping/paper/sheet/
"""

SUNNY = "(SELECT id FROM people_community WHERE slug = 'sunny')"
OWN = f"JOIN people_member m ON m.id = x.author_id WHERE m.name = '{RESIDENT}' AND m.community_id = {SUNNY}"

# Journeys found communities of their own on the same server, so each of these names Sunny Gardens.
NUMBERS = {
    "public": f"SELECT max(id) FROM entries_entry WHERE reach = 'public' AND kind = 'talk' AND community_id = {SUNNY}",
    "entry": "SELECT entry_id FROM entries_entrypicture GROUP BY entry_id ORDER BY count(*) DESC, entry_id LIMIT 1",
    "notice": f"SELECT max(id) FROM entries_entry WHERE kind = 'notice' AND reach = 'community' AND community_id = {SUNNY}",
    "own": f"SELECT max(x.id) FROM entries_entry x {OWN} AND x.deleted_at IS NULL",
    "comment": f"SELECT max(x.id) FROM talk_comment x {OWN} AND x.deleted_at IS NULL",
    "elder": f"SELECT id FROM people_member WHERE name = '{ELDER}' AND community_id = {SUNNY}",
    "building": f"SELECT min(id) FROM homes_building WHERE community_id = {SUNNY}",
    "unit": "SELECT min(unit_id) FROM homes_occupancy",
    "application": f"SELECT max(id) FROM admission_application WHERE community_id = {SUNNY}",
    "invitation": f"SELECT max(id) FROM admission_invitation WHERE community_id = {SUNNY}",
    "sheaf": f"SELECT max(id) FROM admission_sheaf WHERE community_id = {SUNNY}",
    "circle": f"SELECT max(b.circle_id) FROM circles_belonging b JOIN people_member m ON m.id = b.member_id WHERE m.name = '{RESIDENT}' AND b.is_lead AND m.community_id = {SUNNY}",
    "story": f"SELECT min(id) FROM news_story WHERE submitted_at IS NOT NULL AND returned_at IS NULL AND entry_id IS NULL AND community_id = {SUNNY}",
    "token": "SELECT 'no-such-invitation'",
}


@dataclass(frozen=True)
class Page:
    who: str
    address: str

    def at(self, site: Site) -> str:
        address = self.address
        for name, statement in NUMBERS.items():
            if f"{{{name}}}" in address:
                address = address.replace(f"{{{name}}}", str(site.sql(statement)[0][0]))
        return address


def every_page() -> list[Page]:
    rows = (line.split() for line in PAGES.strip().splitlines())
    return [Page("" if who == "-" else who, address) for who, address in rows]
