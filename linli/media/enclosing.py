"""Every write about enclosures: taken in by content, prepared in a process of its own, swept, discarded."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from linli.facts.media import EnclosureSettled, RecordingSent
from linli.kernel import storage
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.media import rules
from linli.media.documents import Found, clean_name, find
from linli.media.models import Enclosure
from linli.people.models import Member

UNUSED = timedelta(days=1)
SWEPT_AT_ONCE = 500
PROBE_SECONDS, MAKE_SECONDS = 25, 3000
_TRANSCODER = Path(__file__).with_name("transcoder.py")
# One look at a recording at a time in a process: each takes a core.
_one_at_a_time = threading.Lock()


def file_name(row: Enclosure) -> str:
    folder = "documents" if row.kind == Enclosure.Kind.DOCUMENT else "recordings"
    return f"{folder}/{row.name[:2]}/{row.name[2:4]}/{row.name}.{row.suffix}"


def poster_name(row: Enclosure) -> str:
    return f"recordings/{row.name[:2]}/{row.name[2:4]}/{row.name}.webp"


def sent_name(name: str) -> str:
    """What was sent, until it is prepared; never shown to anybody."""
    return f"sent/{name[:2]}/{name[2:4]}/{name}.bin"


def take(
    *, file: IO[bytes] | File[Any], called: str, owner: Member, now: datetime, field: str = "pictures"
) -> Enclosure | None:
    """Take in a video, sound or file; nothing where it is a picture, which has its own intake.

    Not inside a transaction: looking at it takes a while, and files are written before the row that names them.
    """
    try:
        data = file.read()
        found = find(data, called)
        if found is None:
            file.seek(0)
            return None
        if found.kind == Enclosure.Kind.DOCUMENT:
            return _keep_document(data, found, called, owner, now)
        return _keep_recording(data, found, called, owner, now)
    except Refused as refused:
        raise Refused(replace(refused.refusal, field=field)) from None


def _keep_document(data: bytes, found: Found, called: str, owner: Member, now: datetime) -> Enclosure:
    row = _row(found.kind, found.suffix, called, len(data), owner, now)
    row.percent, row.ready_at = 100, now
    storage.write(storage.path_of(file_name(row)), data)
    try:
        row.save(force_insert=True)
    except BaseException:
        storage.delete(file_name(row))
        raise
    return row


def _keep_recording(data: bytes, found: Found, called: str, owner: Member, now: datetime) -> Enclosure:
    name = secrets.token_hex(16)
    sent = storage.path_of(sent_name(name))
    storage.write(sent, data)
    try:
        with _one_at_a_time:
            said = run("probe", sent, seconds=PROBE_SECONDS)
        kind = said["kind"]
        row = _row(kind, "mp4" if kind == Enclosure.Kind.VIDEO else "m4a", called, len(data), owner, now)
        row.name, row.seconds, row.width, row.height = name, said["seconds"], said["width"], said["height"]
        with transaction.atomic():
            row.save(force_insert=True)
            record(
                RecordingSent(
                    community_id=owner.community_id,
                    person_id=owner.person_id,
                    helper_id=owner.helper.person_id if owner.helper else None,
                    enclosure_id=row.pk,
                )
            )
    except BaseException:
        storage.delete(sent_name(name))
        raise
    return row


def _row(kind: str, suffix: str, called: str, size: int, owner: Member, now: datetime) -> Enclosure:
    return Enclosure(
        owner=owner,
        name=secrets.token_hex(16),
        kind=kind,
        suffix=suffix,
        called=clean_name(called, suffix),
        size_bytes=size,
        at=now,
        unused_since=now,
    )


def run(
    task: str, source: Path, *targets: Path, seconds: int, tell: Callable[[int], None] | None = None
) -> dict[str, Any]:
    """Let the separate process do it; whatever becomes of that process, this one gets an answer or a refusal."""
    command = [sys.executable, "-I", str(_TRANSCODER), task, str(source), *map(str, targets)]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603  (our own file; the source is a name of ours)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    )
    clock = threading.Timer(seconds, process.kill)
    clock.start()
    said: dict[str, Any] = {}
    assert process.stdout is not None
    try:
        for line in process.stdout:
            with contextlib.suppress(ValueError):
                said = json.loads(line)
            if tell and "percent" in said:
                tell(said["percent"])
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
    if "done" in said:
        return dict(said["done"])
    raise Refused(rules.CLIP_REFUSALS.get(said.get("refused", ""), rules.TOO_HARD))


def prepare(pk: int) -> None:
    """Make the recording that is shown; run twice, it ends the same."""
    row = Enclosure.objects.filter(pk=pk, ready_at=None, failed_at=None).first()
    if row is None:
        return
    sent = storage.path_of(sent_name(row.name))
    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        target, poster = Path(folder, "target.mp4"), Path(folder, "poster.webp")
        try:
            done = run("make", sent, target, poster, seconds=MAKE_SECONDS, tell=lambda percent: _tell(pk, percent))
        except Refused as refused:
            _settle(row, failed_at=timezone.now(), failure=refused.refusal.code)
        else:
            storage.write(storage.path_of(file_name(row)), target.read_bytes())
            if row.kind == Enclosure.Kind.VIDEO:
                storage.write(storage.path_of(poster_name(row)), poster.read_bytes())
            _settle(
                row,
                ready_at=timezone.now(),
                percent=100,
                size_bytes=target.stat().st_size,
                seconds=done["seconds"],
                width=done["width"],
                height=done["height"],
            )
    storage.delete(sent_name(row.name))


def _tell(pk: int, percent: int) -> None:
    Enclosure.objects.filter(pk=pk).update(percent=percent)


@transaction.atomic
def _settle(row: Enclosure, **words: Any) -> None:
    """The row may be gone meanwhile, with its owner; then nothing of it stays."""
    if Enclosure.objects.filter(pk=row.pk).update(**words):
        record(EnclosureSettled(enclosure_id=row.pk))
    else:
        storage.delete(file_name(row))
        storage.delete(poster_name(row))


def keep_for(*, owner: Member, ids: Collection[int]) -> None:
    """Something that is no entry yet, such as a draft, names these of the member's enclosures."""
    Enclosure.objects.filter(pk__in=ids, owner=owner).update(unused_since=None)


def discard(ids: Collection[int]) -> None:
    """Remove them with their files; who asks knows that nothing shows them any more."""
    for row in Enclosure.objects.filter(pk__in=ids):
        storage.delete(file_name(row))
        if row.kind != Enclosure.Kind.DOCUMENT:
            storage.delete(poster_name(row))
            storage.delete(sent_name(row.name))
        row.delete()


def sweep(*, now: datetime) -> int:
    """Remove what was sent but never shown, or is shown no longer, for a day; answers how many."""
    unused = Enclosure.objects.filter(unused_since__lt=now - UNUSED)
    ids = list(unused.values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    discard(ids)
    return len(ids)
