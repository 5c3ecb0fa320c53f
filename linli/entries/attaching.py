"""Pictures of a form on their way into an entry.

What was sent once is kept on the server and comes back with the form as a hidden number, so that
a form refused for another reason, or sent without JavaScript, loses no picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.forms import Form
from django.http import HttpRequest

from linli.entries.actions.posting import AttachedPicture
from linli.entries.models import EntryPicture
from linli.entries.rules import PICTURES_MAX, TOO_MANY_PICTURES
from linli.kernel.limits import refuse_often
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import clean_line, row_id
from linli.media import actions as media
from linli.media.reads import Staged, staged
from linli.people.models import Member

ALT_MAX = 200
PICTURES_MOST, PICTURES_SECONDS = 150, 600


@dataclass(frozen=True)
class Attached:
    """The pictures of a form as it stands, and what was refused of those just sent."""

    pictures: tuple[tuple[Staged, str], ...] = ()
    refusals: tuple[Refusal, ...] = ()

    def chosen(self) -> list[AttachedPicture]:
        return [AttachedPicture(picture.id, alt) for picture, alt in self.pictures]


def of_entry(entry_id: int, owner: Member) -> Attached:
    """The pictures an entry has now."""
    rows = EntryPicture.objects.filter(entry=entry_id).values_list("picture_id", "alt")
    alts = dict(rows)
    return Attached(tuple((picture, alts[picture.id]) for picture in staged(owner, list(alts))))


def of_form(request: HttpRequest, owner: Member, now: datetime) -> Attached:
    """Those that were here already, without the one taken back, and those sent just now."""
    removed = request.POST.get("remove", "")
    ids = [pk for given in request.POST.getlist("picture") if given != removed and (pk := row_id(given))]
    kept = [(picture, _alt(request.POST.get(f"alt-{picture.id}", ""))) for picture in staged(owner, ids)]
    taken, refusals = _take(request, owner, PICTURES_MAX - len(kept), now)
    return Attached((*kept, *taken), tuple(refusals))


def _take(
    request: HttpRequest, owner: Member, most: int, now: datetime
) -> tuple[Sequence[tuple[Staged, str]], Sequence[Refusal]]:
    files = request.FILES.getlist("pictures")
    alts = [*request.POST.getlist("pictures_alt"), *[""] * len(files)]
    new: list[tuple[int, str]] = []
    refusals: list[Refusal] = []
    for file, alt in zip(files[:most], alts, strict=False):
        try:
            _refuse_often(owner, now)
            new.append((media.take(file=file, owner=owner, now=now).pk, _alt(alt)))
        except Refused as refused:
            refusals.append(refused.refusal)
    if len(files) > most:
        refusals.append(TOO_MANY_PICTURES)
    alt_of = dict(new)
    return [(picture, alt_of[picture.id]) for picture in staged(owner, list(alt_of))], refusals


def _refuse_often(owner: Member, now: datetime) -> None:
    key = f"picture:{owner.person_id}"
    refusal = refuse_often(key, most=PICTURES_MOST, per_seconds=PICTURES_SECONDS, now=now, field="pictures")
    if refusal:
        raise Refused(refusal)


def note_refusals(form: Form, attached: Attached) -> None:
    """Say beside the field which pictures were refused; a form that is refused keeps the others."""
    for message in dict.fromkeys(str(refusal.message) for refusal in attached.refusals):
        form.add_error("pictures", message)


def _alt(text: str) -> str:
    return clean_line(text, ALT_MAX)
