"""Backup and restore, by the command, on whole sites."""

import io
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.site.operation import archive
from linli.site.tests.sites import Place, a_database

pytestmark = pytest.mark.slow
SERVER = os.environ.get("LINLI_TEST_DATABASE")

FILL = """
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from tests import factories
sunny = factories.sunny()
factories.homes(sunny)
for number in range(31):
    factories.entry(sunny.li_mei, f"第 {number} 条 ''\\"\\\\ \\u2028 \U0001f408", "橘猫\\n" * number)
from linli.entries.models import Entry
Entry.objects.order_by("-pk").first().delete()
from linli.people.models import Session
from datetime import datetime, UTC
Session.objects.create(session_key="k", session_data="d", expire_date=datetime(2099, 1, 1, tzinfo=UTC),
                       person=sunny.li_mei.person, created_at=factories.NOW)
"""
COUNT = "from linli.entries.models import Entry; print(Entry.objects.count())"


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with a_database(SERVER) as database:
        place = Place(tmp_path_factory.mktemp("lived") / "in", database)
        place.does("migrate")
        place.runs(FILL)
        (place.data / "media" / "ab").mkdir(parents=True)
        (place.data / "media" / "ab" / "猫.webp").write_bytes(bytes(range(256)) * 40)
        (place.data / "media" / ".half").write_bytes(b"unfinished")
        yield place


@pytest.fixture(scope="module")
def whole(lived_in: Place) -> Path:
    file = lived_in.data.parent / "whole.linli"
    lived_in.does("backup", str(file))
    return file


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Place]:
    with a_database(SERVER) as database:
        yield Place(tmp_path / "second", database)


def manifest_of(file: Path) -> dict[str, Any]:
    with archive.reading(file) as opened:
        return opened.manifest


def tables_of(file: Path) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = manifest_of(file)["tables"]
    return tables


def test_a_backup_brings_everything_back_but_the_sessions(
    lived_in: Place, whole: Path, other: Place, tmp_path: Path
) -> None:
    first, second = whole, tmp_path / "second.linli"

    told = other.does("restore", str(first))
    other.does("backup", str(second))

    assert "read back and compared" in told
    assert tables_of(first) == tables_of(second)
    assert sum(table["rows"] for table in tables_of(first)) > 60
    assert "people_session" not in {table["table"] for table in tables_of(first)}
    assert other.runs(COUNT) == "30"
    assert other.runs("from linli.people.models import Session; print(Session.objects.count())") == "0"
    assert (other.data / "media" / "ab" / "猫.webp").read_bytes() == bytes(range(256)) * 40
    assert not (other.data / "media" / ".half").exists()
    assert (other.data / "secret_key").read_bytes() == (lived_in.data / "secret_key").read_bytes()
    assert first.stat().st_mode & 0o777 == 0o600


def test_a_restored_site_never_gives_a_number_twice_and_passes_the_doctor(whole: Path, other: Place) -> None:
    other.does("restore", str(whole))

    made = other.runs(
        "from tests import factories; from linli.people.models import Member\n"
        "print(factories.entry(Member.objects.select_related('community', 'person').get(name='李梅')).pk)"
    )

    found = json.loads(other.does("check", "--json"))
    assert made == "32"  # 31 was deleted before the backup
    assert found["healthy"]
    assert {"subject": "tables", "level": "ok", "text": "Up to date.", "advice": ""} in found["findings"]


def test_a_backup_under_load_is_one_moment(lived_in: Place, other: Place, tmp_path: Path) -> None:
    writer = lived_in.starts(
        "from django.db import transaction; from django.utils import timezone\n"
        "from linli.kernel.models import RecordedFact as F\n"
        "print('ready', flush=True)\n"
        "n = 0\n"
        "while True:\n"
        "    with transaction.atomic():\n"
        "        for half in 'ab':\n"
        "            F.objects.create(kind='load', payload={'n': n, 'half': half}, at=timezone.now())\n"
        "    n += 1\n"
    )
    try:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
        files = [tmp_path / f"{number}.linli" for number in range(3)]
        for file in files:
            lived_in.does("backup", str(file))
    finally:
        writer.kill()
        writer.communicate()

    other.does("restore", str(files[1]))

    rows = [
        next(table["rows"] for table in tables_of(file) if table["table"] == "kernel_recordedfact") for file in files
    ]
    assert rows[0] < rows[1] < rows[2]
    count = (
        "from linli.kernel.models import RecordedFact as F\n"
        "ns = [f.payload['n'] for f in F.objects.filter(kind='load')]\n"
        "print(len(ns) == 2 * len(set(ns)) == 2 * (max(ns) + 1))"
    )
    assert other.runs(count) == "True"


def damages(good: bytes) -> dict[str, bytes]:
    def flipped(at: int) -> bytes:
        return good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]

    places = [0, 100, 200, 512, 700, len(good) // 3, len(good) // 2, len(good) - 5000, len(good) - 300, len(good) - 20]
    return {
        "empty": b"",
        "no backup": b"hello" * 1000,
        "half": good[: len(good) // 2],
        "one byte short": good[:-1],
        "one byte more": good + b"\n",
        "without its end": good[:-87],
        "twice": good + good,
        **{f"bit at {place}": flipped(place) for place in places},
    }


def test_a_damaged_backup_is_refused_and_nothing_changes(whole: Path, other: Place, tmp_path: Path) -> None:
    file = tmp_path / "damaged"
    other.does("migrate")
    before = other.files()

    for name, content in damages(whole.read_bytes()).items():
        file.write_bytes(content)
        with pytest.raises(archive.Damaged, match="Nothing was changed"), archive.reading(file):
            pass
        assert name
    refused = other.refuses("restore", str(file))

    assert "was changed since it was written" in refused
    assert other.files() == before
    assert other.runs(COUNT) == "0"


def forged(whole: Path, file: Path, change: str) -> None:
    """A backup whose digest is right but whose members are not what they should be."""
    with tarfile.open(whole) as source, archive.writing(file, 0) as writer:
        tar = writer._tar
        for entry in source:
            content = source.extractfile(entry)
            if change == "changed" and entry.name.endswith("people_person.jsonl.gz"):
                entry.size = 3
                content = io.BytesIO(b"abc")
            if change == "missing" and entry.name.startswith("media/"):
                continue
            tar.addfile(entry, content)
        extra = tarfile.TarInfo(
            {"extra": "media/extra", "path": "media/../../evil", "absolute": "/evil"}.get(change, "media/x")
        )
        extra.size = 4
        if change in ("extra", "path", "absolute"):
            tar.addfile(extra, io.BytesIO(b"evil"))
        if change == "link":
            extra.type, extra.linkname, extra.size = tarfile.SYMTYPE, "/etc", 0
            tar.addfile(extra)
        if change == "twice":
            first = next(entry for entry in source if entry.name != archive.MANIFEST)
            tar.addfile(first, source.extractfile(first))


@pytest.mark.parametrize("change", ["changed", "missing", "extra", "path", "absolute", "link", "twice"])
def test_a_forged_backup_is_refused_and_nothing_changes(whole: Path, other: Place, tmp_path: Path, change: str) -> None:
    file = tmp_path / "forged"
    forged(whole, file, change)

    refused = other.refuses("restore", str(file))

    assert "Nothing was changed" in refused
    assert [name for name in other.files() if name != "secret_key"] == []
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    "wrong,sentence", [("rows", "did not come back as it was"), ("migrations", "people.9999_future")]
)
def test_what_cannot_come_back_equal_is_refused(
    whole: Path, other: Place, tmp_path: Path, wrong: str, sentence: str
) -> None:
    file = tmp_path / "wrong"
    with archive.reading(whole) as opened, archive.writing(file, 0) as writer:
        for name in opened.names:
            writer.add(name, opened.open(name), opened.manifest["members"][name]["size"])
        if wrong == "rows":
            tables = opened.manifest["tables"]
            next(table for table in tables if table["table"] == "people_person")["rows"] += 1
        else:
            opened.manifest["migrations"].append("people.9999_future")
        writer.finish({key: value for key, value in opened.manifest.items() if key not in ("members", "total")})

    refused = other.refuses("restore", str(file))

    assert sentence in refused
    assert [name for name in other.files() if name != "secret_key"] == []


def test_a_place_in_use_is_replaced_only_when_asked(whole: Path, other: Place) -> None:
    file = whole
    other.does("init", "--name", "柳岸", "--slug", "willow", "--admin-name", "周兰")
    before = other.files()

    refused = other.refuses("restore", str(file))

    assert "There is a community here already" in refused
    assert other.files() == before
    told = other.does("restore", str(file), "--replace")
    assert "What was here before is kept in" in told
    assert (
        other.runs("from linli.people.models import Community as C; print([c.slug for c in C.objects.all()])")
        == "['sunny']"
    )


def test_a_backup_never_overwrites(lived_in: Place, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("old")

    refused = lived_in.refuses("backup", str(tmp_path / "kept"))

    assert "never overwrites" in refused
    assert (tmp_path / "kept").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.postgres
@pytest.mark.parametrize("to_postgres", [True, False])
def test_a_backup_moves_between_sqlite_and_postgresql(tmp_path: Path, to_postgres: bool) -> None:
    if not SERVER:
        pytest.skip("LINLI_TEST_DATABASE names no PostgreSQL server")
    with a_database(SERVER) as database:
        places = [Place(tmp_path / "one"), Place(tmp_path / "two", database)]
        source, target = places if to_postgres else reversed(places)
        source.does("migrate")
        source.runs(FILL)
        source.does("backup", str(tmp_path / "b"))
        target.does("restore", str(tmp_path / "b"))
        target.does("backup", str(tmp_path / "c"))

        assert tables_of(tmp_path / "b") == tables_of(tmp_path / "c")
