from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.media.addresses import own_picture
from linli.media.models import Picture
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
