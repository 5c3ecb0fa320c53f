"""Pictures, recordings and files of a form on their way into an entry.

What was sent once is kept on the server and comes back with the form as a hidden number, so that
a form refused for another reason, or sent without JavaScript, loses no picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.entries.actions.posting import AttachedEnclosure, AttachedPicture, Chosen
from linli.entries.models import EntryEnclosure, EntryPicture
from linli.entries.rules import PICTURES_MAX, TOO_MANY_PICTURES
from linli.kernel.limits import refuse_often
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import clean_line, clean_text, row_id
from linli.media import actions as media
from linli.media import enclosing
from linli.media.captions import as_captions
from linli.media.reads import Staged, StagedEnclosure, staged, staged_enclosures
from linli.people.models import Member

ALT_MAX = 200
CAPTIONS_MAX = 20_000
PICTURES_MOST, PICTURES_SECONDS = 150, 600


@dataclass(frozen=True)
class AttachedNow:
    """A recording or file with what was typed about it."""

    enclosure: StagedEnclosure
    words: str = ""
    captions: str = ""


@dataclass(frozen=True)
class Attached:
    """What is attached to a form as it stands, and what was refused of that just sent."""

    pictures: tuple[tuple[Staged, str], ...] = ()
    refusals: tuple[Refusal, ...] = ()
    enclosures: tuple[AttachedNow, ...] = ()

    def chosen(self) -> Chosen:
        return Chosen(
            (AttachedPicture(picture.id, alt) for picture, alt in self.pictures),
            [AttachedEnclosure(one.enclosure.id, one.words, one.captions) for one in self.enclosures],
        )


def of_entry(entry_id: int, owner: Member) -> Attached:
    """The pictures an entry has now."""
    rows = EntryPicture.objects.filter(entry=entry_id).values_list("picture_id", "alt")
    alts = dict(rows)
    typed = {row.enclosure_id: row for row in EntryEnclosure.objects.filter(entry=entry_id)}
    return Attached(
        pictures=tuple((picture, alts[picture.id]) for picture in staged(owner, list(alts))),
        enclosures=tuple(
            AttachedNow(one, typed[one.id].words, typed[one.id].captions)
            for one in staged_enclosures(owner, list(typed))
        ),
    )


def of_rows(owner: Member, rows: Iterable[Sequence[Any]]) -> tuple[AttachedNow, ...]:
    """The recordings and files that a draft has kept (`posting.rows_of`)."""
    typed = {int(pk): (words, captions) for pk, words, captions in rows}
    return tuple(AttachedNow(one, *typed[one.id]) for one in staged_enclosures(owner, list(typed)))


def of_form(request: HttpRequest, owner: Member, now: datetime) -> Attached:
    """Those that were here already, without the one taken back, and those sent just now."""
    removed = request.POST.get("remove", "")
    ids = [pk for given in request.POST.getlist("picture") if given != removed and (pk := row_id(given))]
    kept = [(picture, _alt(request.POST.get(f"alt-{picture.id}", ""))) for picture in staged(owner, ids)]
    enclosed = _enclosed(request, owner)
    taken = _take(request, owner, PICTURES_MAX - len(kept) - len(enclosed), now)
    return Attached((*kept, *taken.pictures), taken.refusals, (*enclosed, *taken.enclosures))


def _enclosed(request: HttpRequest, owner: Member) -> tuple[AttachedNow, ...]:
    removed = request.POST.get("remove-enclosure", "")
    ids = [pk for given in request.POST.getlist("enclosure") if given != removed and (pk := row_id(given))]
    return tuple(
        AttachedNow(
            one,
            _alt(request.POST.get(f"words-{one.id}", "")),
            as_captions(clean_text(request.POST.get(f"captions-{one.id}", ""))[:CAPTIONS_MAX]),
        )
        for one in staged_enclosures(owner, ids)
    )


def _take(request: HttpRequest, owner: Member, most: int, now: datetime) -> Attached:
    """Each file by itself: one that is refused does not lose the others, and its name is said."""
    files = request.FILES.getlist("pictures")
    alts = [*request.POST.getlist("pictures_alt"), *[""] * len(files)]
    pictures: dict[int, str] = {}
    enclosures: dict[int, str] = {}
    refusals: list[Refusal] = []
    for file, alt in zip(files[: max(0, most)], alts, strict=False):
        try:
            _refuse_often(owner, now)
            if enclosure := enclosing.take(file=file, called=file.name or "", owner=owner, now=now):
                enclosures[enclosure.pk] = _alt(alt)
            else:
                pictures[media.take(file=file, owner=owner, now=now).pk] = _alt(alt)
        except Refused as refused:
            refusals.append(_named(refused.refusal, file.name or "", len(files)))
    if len(files) > max(0, most):
        refusals.append(TOO_MANY_PICTURES)
    return Attached(
        pictures=tuple((picture, pictures[picture.id]) for picture in staged(owner, list(pictures))),
        refusals=tuple(refusals),
        enclosures=tuple(AttachedNow(one, enclosures[one.id]) for one in staged_enclosures(owner, list(enclosures))),
    )


def _named(refusal: Refusal, called: str, files: int) -> Refusal:
    """Of several files the one that was refused is named."""
    if files < 2:
        return refusal
    message = _("%(file)s: %(why)s") % {"file": clean_line(called, 60), "why": refusal.message}
    return replace(refusal, message=message)


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
