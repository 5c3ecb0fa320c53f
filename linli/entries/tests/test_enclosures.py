"""Recordings and files in entries: attached, shown to those who see the entry, gone with it."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.entries import actions
from linli.entries.models import Entry, EntryEnclosure
from linli.kernel.testing import drain
from linli.media.models import Enclosure
from linli.media.tests import recordings
from tests.factories import NOW, logged_in, member, sunny

pytestmark = pytest.mark.django_db
POST = "/c/sunny/post/"
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


def written(**fields: object) -> dict[str, object]:
    return {"kind": "talk", "title": "", "body": "看图纸", "audience": "community", "key": "k", **fields}


def test_the_good_files_of_a_refused_form_are_kept_and_can_be_posted() -> None:
    cast = sunny()
    client = logged_in(cast.li_mei)
    files = [SimpleUploadedFile("平面图.pdf", PDF), SimpleUploadedFile("a.html", b"<!doctype html><p>x")]

    refused = client.post(POST, written(pictures=files))

    html = refused.content.decode()
    assert refused.status_code == 422
    assert "a.html：不收这种文件" in html
    staged = Enclosure.objects.get()
    assert f'name="enclosure" value="{staged.pk}"' in html

    client.post(POST, written(enclosure=[str(staged.pk)], **{f"words-{staged.pk}": "三号楼"}))
    assert EntryEnclosure.objects.get().words == "三号楼"
    staged.refresh_from_db()
    assert staged.unused_since is None
    page = logged_in(cast.chen_jing).get(f"/c/sunny/entries/{Entry.objects.get().pk}/").content.decode()
    assert "三号楼" in page
    assert "PDF" in page


def test_nobody_attaches_what_others_have_sent() -> None:
    cast = sunny()
    logged_in(cast.li_mei).post(POST, written(pictures=[SimpleUploadedFile("a.pdf", PDF)], step="pictures"))
    theirs = Enclosure.objects.get()

    logged_in(cast.chen_jing).post(POST, written(enclosure=[str(theirs.pk)]))

    assert EntryEnclosure.objects.count() == 0


def test_a_video_shows_how_far_it_is_then_plays_and_goes_with_its_entry(tmp_path: Path) -> None:
    cast = sunny()
    client = logged_in(cast.li_mei)
    client.post(POST, written(pictures=[SimpleUploadedFile("v.mp4", recordings.video())]))
    entry, video = Entry.objects.get(), Enclosure.objects.get()
    address = f"/c/sunny/entries/{entry.pk}/enclosures/"

    waiting = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<progress" in waiting
    assert client.get(f"{address}{video.pk}.mp4").status_code == 404
    drain()

    assert "<video" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    part = client.get(f"{address}{video.pk}.mp4", headers={"Range": "bytes=0-1"})
    assert (part.status_code, part["Content-Type"]) == (206, "video/mp4")
    entry.refresh_from_db()
    assert f"{video.pk}.webp" in entry.card_zh_hans
    newcomer = member(cast.community, "新邻居")
    assert logged_in(newcomer).get(f"{address}{video.pk}.webp").status_code == 200

    actions.delete(by=cast.li_mei, entry=entry, now=NOW)
    drain()

    assert Enclosure.objects.count() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
