from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.media.addresses import own_enclosure, own_picture
from linli.media.models import Enclosure, Picture
from linli.media.rules import CLIP_REFUSALS, TOO_HARD
from linli.people.models import Member


@dataclass(frozen=True)
class Staged:
    """A picture that is here, but in no entry yet: what a form shows of it."""

    id: int
    url: str
    width: int
    height: int


def staged(owner: Member, ids: Sequence[int]) -> list[Staged]:
    """Those of the pictures that belong to the member, in the order asked for."""
    rows = {row.pk: row for row in Picture.objects.filter(owner=owner, pk__in=ids)}
    return [
        Staged(pk, own_picture(owner.community.slug, pk), rows[pk].width, rows[pk].height)
        for pk in dict.fromkeys(ids)
        if pk in rows
    ]


def own_picture_name(owner: Member, pk: int) -> str | None:
    return Picture.objects.filter(pk=pk, owner=owner).values_list("name", flat=True).first()


@dataclass(frozen=True)
class StagedEnclosure:
    """A video, sound or file that is here: what a form shows of it."""

    id: int
    kind: str
    called: str
    size_bytes: int
    percent: int
    is_ready: bool
    failure: str
    poster: str


def staged_enclosures(owner: Member, ids: Sequence[int]) -> list[StagedEnclosure]:
    rows = {row.pk: row for row in Enclosure.objects.filter(owner=owner, pk__in=ids)}
    slug = owner.community.slug
    return [
        StagedEnclosure(
            id=pk,
            kind=row.kind,
            called=row.called,
            size_bytes=row.size_bytes,
            percent=row.percent,
            is_ready=row.ready_at is not None,
            failure=failure_words(row),
            poster=own_enclosure(slug, pk, "webp") if row.has_poster else "",
        )
        for pk in dict.fromkeys(ids)
        if (row := rows.get(pk))
    ]


def failure_words(row: Enclosure) -> str:
    """Why it cannot be shown, in the language of whoever asks; nothing where it can."""
    return str(CLIP_REFUSALS.get(row.failure, TOO_HARD).message) if row.failed_at else ""


def own_enclosure_row(owner: Member, pk: int) -> Enclosure | None:
    return Enclosure.objects.filter(pk=pk, owner=owner).first()
