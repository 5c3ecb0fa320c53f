import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import av
import pytest
from django.conf import settings
from django.test import RequestFactory

from linli.facts.people import PersonErased
from linli.kernel import storage
from linli.kernel.models import Job
from linli.kernel.refusals import Refused
from linli.kernel.testing import drain
from linli.media import enclosing, reads, subscribers
from linli.media.captions import as_captions
from linli.media.documents import clean_name
from linli.media.models import Enclosure
from linli.media.personal import enclosures as export
from linli.media.sending import PIECE, send_enclosure
from linli.media.tests import recordings
from linli.people.models import Member
from tests.factories import NOW, sunny

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


def files() -> list[str]:
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def taken(owner: Member, data: bytes, called: str = "a.bin") -> Enclosure:
    row = enclosing.take(file=io.BytesIO(data), called=called, owner=owner, now=NOW)
    assert row is not None
    return row


def archive(**entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return file.getvalue()


def endless_sound() -> bytes:
    """Some four hundred hours of sound, by its header."""
    data = bytearray(recordings.sound("flac", "flac"))
    data[21] |= 0x0F
    data[22:26] = b"\xff" * 4
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not_taken"),
    "html": (lambda: b"<!doctype html><p>hello", "not_taken"),
    "html_in_text": (lambda: b"hello\n<ScRiPt >alert(1)</script>", "not_taken"),
    "program": (lambda: b"MZ\x90\x00" + b"\x00" * 200, "not_taken"),
    "elf": (lambda: b"\x7fELF\x02\x01\x01" + b"\x00" * 200, "not_taken"),
    "shell": (lambda: b"#!/bin/sh\nrm -rf /\n", "not_taken"),
    "empty": (lambda: b"", "not_taken"),
    "plain_zip": (lambda: archive(evil=b"MZ"), "not_taken"),
    "bomb": (lambda: archive(word__document_xml=b"\0" * 20_000_000), "swells"),
    "macros": (lambda: archive(word__document_xml=b"<w/>", word__vbaProject_bin=b"x"), "has_macros"),
    "half_zip": (lambda: archive(word__document_xml=b"<w/>" * 50)[:80], "file_broken"),
    "half_pdf": (lambda: PDF[:30], "file_broken"),
    "pdf_with_zip": (lambda: PDF + archive(evil=b"MZ") + b"%%EOF", "file_two_faced"),
    "pdf_with_script": (lambda: PDF.replace(b"<<>>endobj", b"<</JavaScript 3 0 R>>endobj"), "file_two_faced"),
    "half_video": (lambda: recordings.video()[:3000], "clip_broken"),
    "only_a_head": (lambda: b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 100, "clip_broken"),
    "playlist": (lambda: b"\x1aE\xdf\xa3#EXTM3U\nfile:///etc/passwd\n", "clip_broken"),
    "long_sound": (endless_sound, "audio_too_long"),
    "long_video": (lambda: recordings.video(seconds=1200, rate=Fraction(1, 60), with_sound=False), "video_too_long"),
    "wide_video": (lambda: recordings.video(width=5000, height=32, with_sound=False), "video_too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason_and_leaves_nothing(name: str) -> None:
    make, code = HOSTILE[name]
    owner = sunny().li_mei
    jobs = Job.objects.count()

    with pytest.raises(Refused) as caught:
        taken(owner, make(), "holiday.mp4")

    assert (caught.value.refusal.code, caught.value.refusal.field) == (code, "pictures")
    assert str(caught.value.refusal.message)
    assert (files(), Enclosure.objects.count(), Job.objects.count()) == ([], 0, jobs)


def test_a_picture_is_left_to_the_intake_of_pictures() -> None:
    owner = sunny().li_mei

    assert enclosing.take(file=io.BytesIO(b"\x89PNG\r\n\x1a\n<script>"), called="a.pdf", owner=owner, now=NOW) is None
    assert files() == []


def test_a_document_is_kept_as_it_is_under_a_clean_name() -> None:
    row = taken(sunny().li_mei, PDF, "../../etc/平面图\u202egpj.exe")

    assert (row.kind, row.called, row.percent, row.ready_at) == ("document", "平面图gpj.pdf", 100, NOW)
    assert storage.read(enclosing.file_name(row)) == PDF


@pytest.mark.parametrize(
    "called,clean", [("", "file.pdf"), ("a\r\nb.pdf", "ab.pdf"), ('x"; y=<z>.doc', "x y=z.pdf"), ("...", "file.pdf")]
)
def test_names_cannot_break_out_of_a_header(called: str, clean: str) -> None:
    assert clean_name(called, "pdf") == clean


def test_a_video_is_made_anew_without_its_place_and_gets_a_poster() -> None:
    row = taken(sunny().li_mei, recordings.video(width=1920, height=1080, rate=4), "VID_001.mov")
    assert (row.ready_at, row.called) == (None, "VID_001.mp4")

    drain()

    row.refresh_from_db()
    assert (row.percent, row.width, row.height, row.seconds, row.failure) == (100, 1280, 720, 2, "")
    assert files() == sorted((f"{row.name}.mp4", f"{row.name}.webp"))
    made = storage.read(enclosing.file_name(row))
    assert b"+31.2304" not in made
    assert b"Apple" not in made
    assert made.index(b"moov") < made.index(b"mdat")
    with av.open(io.BytesIO(made)) as media:
        assert [stream.codec_context.name for stream in media.streams] == ["h264", "aac"]
    assert storage.read(enclosing.poster_name(row))[8:12] == b"WEBP"


def test_a_voice_note_becomes_sound_every_phone_can_play() -> None:
    row = taken(sunny().li_mei, recordings.note(), "语音.ogg")
    drain()

    row.refresh_from_db()
    assert (row.kind, row.called, row.seconds) == ("audio", "语音.m4a", 2)
    with av.open(storage.path_of(enclosing.file_name(row))) as media:
        assert [stream.codec_context.name for stream in media.streams] == ["aac"]


def test_a_video_cut_off_behind_its_header_fails_with_a_reason_and_leaves_no_file(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp4"
    whole.write_bytes(recordings.video(seconds=12))
    enclosing.run("make", whole, tmp_path / "front.mp4", tmp_path / "poster", seconds=30)
    data = (tmp_path / "front.mp4").read_bytes()
    for made in tmp_path.iterdir():
        made.unlink()
    row = taken(sunny().li_mei, data[: len(data) // 2])
    drain()

    row.refresh_from_db()
    assert row.failure == "clip_broken"
    assert reads.failure_words(row)
    assert files() == []


def test_a_process_that_hangs_or_dies_takes_nobody_along(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "hangs.py"
    script.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(enclosing, "_TRANSCODER", script)

    with pytest.raises(Refused) as caught:
        enclosing.run("probe", script, seconds=1)

    assert caught.value.refusal.code == "too_hard"


def test_what_is_shown_nowhere_is_swept_after_a_day_and_erased_with_its_owner() -> None:
    cast = sunny()
    taken(cast.li_mei, PDF)
    assert enclosing.sweep(now=NOW + timedelta(hours=23)) == 0
    assert enclosing.sweep(now=NOW + timedelta(hours=25)) == 1
    taken(cast.li_mei, PDF)

    assert [one["kind"] for one in export(cast.li_mei.person).lists["enclosures"]] == ["document"]
    subscribers.discard_pictures(PersonErased(person_id=cast.li_mei.person_id, member_ids=(cast.li_mei.pk,)))

    assert (Enclosure.objects.count(), files()) == (0, [])


@pytest.mark.parametrize(
    "asked,status,content_range,length",
    [
        ("", 200, None, 5_000_000),
        ("bytes=0-1", 206, "bytes 0-1/5000000", 2),
        ("bytes=4999990-", 206, "bytes 4999990-4999999/5000000", 10),
        ("bytes=-10", 206, "bytes 4999990-4999999/5000000", 10),
        ("bytes=0-", 206, f"bytes 0-{PIECE - 1}/5000000", PIECE),
        ("bytes=0-1,5-6", 200, None, 5_000_000),
        ("bytes=5000000-", 416, "bytes */5000000", 0),
        ("bytes=9-3", 416, "bytes */5000000", 0),
    ],
)
def test_players_get_the_part_they_ask_for(asked: str, status: int, content_range: str | None, length: int) -> None:
    owner = sunny().li_mei
    row = Enclosure.objects.create(
        owner=owner, name="ab" * 16, kind="video", suffix="mp4", called="a.mp4", size_bytes=1, at=NOW, ready_at=NOW
    )
    storage.write(storage.path_of(enclosing.file_name(row)), bytes(5_000_000))

    answer = send_enclosure(RequestFactory().get("/", **({"HTTP_RANGE": asked} if asked else {})), row, "mp4")

    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert (answer.status_code, answer.get("Content-Range"), len(body)) == (status, content_range, length)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_is_only_ever_saved_never_opened_as_a_page() -> None:
    row = taken(sunny().li_mei, b"name,flat\nLi Mei,3\n", "居民.csv")

    answer = send_enclosure(RequestFactory().get("/"), row, "csv")

    assert answer["Content-Disposition"].startswith("attachment; ")
    assert "%E5%B1%85%E6%B0%91.csv" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    list(answer.streaming_content)  # type: ignore[attr-defined]


def test_subtitles_become_captions_and_plain_words_stay() -> None:
    assert as_captions("1\n00:00:01,000 --> 00:00:02,500\n你好").startswith(
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500"
    )
    assert as_captions(" 大家好 ") == "大家好"
