from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files import File
from django.db.models import Exists, OuterRef

from linli.kernel import storage
from linli.kernel.refusals import Refused
from linli.media import rules
from linli.media.intake import Prepared, prepare
from linli.media.models import Picture
from linli.people.models import Community, Member

UNUSED = timedelta(days=1)
SWEPT_AT_ONCE = 500


def file_name(name: str, size: int) -> str:
    return f"pictures/{name[:2]}/{name[2:4]}/{name}-{size}.webp"


def take(
    *, file: IO[bytes] | File[Any], owner: Member, now: datetime, is_square: bool = False, field: str = "pictures"
) -> Picture:
    """Take a picture in; `field` names the form's field beside which a refusal is shown.

    Not inside a transaction: decoding takes a while, and files are written before the row that names them.
    """
    try:
        data = file.read(rules.BYTES_MAX + 1)
        return keep(prepare(data, is_square=is_square), owner=owner, now=now, is_square=is_square)
    except Refused as refused:
        raise Refused(replace(refused.refusal, field=field)) from None


def take_portrait(file: IO[bytes], owner: Member, now: datetime) -> str:
    """For a member's portrait: the name under which the square is kept."""
    return take(file=file, owner=owner, now=now, is_square=True, field="portrait").name


def keep(prepared: Prepared, *, owner: Member, now: datetime, is_square: bool = False) -> Picture:
    """Write the files and the row; where one of them fails, nothing is left behind."""
    name = secrets.token_hex(16)
    try:
        for size, content in prepared.files.items():
            storage.write(storage.path_of(file_name(name, size)), content)
        return Picture.objects.create(
            owner=owner,
            name=name,
            is_square=is_square,
            width=prepared.width,
            height=prepared.height,
            size_bytes=sum(map(len, prepared.files.values())),
            at=now,
            unused_since=now,
        )
    except BaseException:
        for size in prepared.files:
            storage.delete(file_name(name, size))
        raise


def keep_for(*, owner: Member, ids: Collection[int]) -> None:
    """Something that is no entry yet, such as a draft, names these of the member's pictures: they are not swept."""
    Picture.objects.filter(pk__in=ids, owner=owner).update(unused_since=None)


def discard(ids: Collection[int]) -> None:
    """Remove pictures with their files; who asks knows that nothing shows them any more."""
    for picture in Picture.objects.filter(pk__in=ids):
        # Files first: a crash in between leaves a row that is tried again, never a file that nobody knows of.
        for size in picture.sizes:
            storage.delete(file_name(picture.name, size))
        picture.delete()


def sweep(*, now: datetime) -> int:
    """Remove what was sent but never shown, or is shown no longer, for a day; answers how many."""
    shown_by_member = Member.objects.filter(portrait=OuterRef("name"))
    shown_by_community = Community.objects.filter(picture=OuterRef("name"))
    unused = Picture.objects.filter(unused_since__lt=now - UNUSED)
    unused = unused.filter(~Exists(shown_by_member), ~Exists(shown_by_community))
    ids = list(unused.values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    discard(ids)
    return len(ids)
