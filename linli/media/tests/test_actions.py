import io
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.db import DatabaseError

from linli.facts.people import PersonErased
from linli.kernel import storage
from linli.kernel.refusals import Refused
from linli.media import actions, subscribers
from linli.media.models import Picture
from linli.media.personal import pictures as export
from linli.media.tests import pictures
from linli.people.models import Member
from tests.factories import NOW, sunny

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


def files() -> list[str]:
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def taken(owner: Member, data: bytes | None = None, **options: object) -> Picture:
    return actions.take(file=io.BytesIO(data or pictures.photograph()), owner=owner, now=NOW, **options)


def test_a_picture_is_kept_with_its_files() -> None:
    picture = taken(sunny().li_mei)

    assert files() == [f"{picture.name}-1200.webp", f"{picture.name}-480.webp"]
    assert (picture.width, picture.height, picture.unused_since) == (640, 480, NOW)
    assert picture.size_bytes == sum(len(storage.read(actions.file_name(picture.name, size))) for size in (480, 1200))


def test_a_refused_picture_leaves_nothing_and_names_its_field() -> None:
    owner = sunny().li_mei

    with pytest.raises(Refused) as caught:
        taken(owner, pictures.bomb(), field="portrait")

    assert caught.value.refusal.field == "portrait"
    assert (Picture.objects.count(), files()) == (0, [])


def test_files_without_a_row_do_not_stay() -> None:
    owner = sunny().li_mei

    with mock.patch.object(Picture.objects, "create", side_effect=DatabaseError), pytest.raises(DatabaseError):
        taken(owner)

    assert files() == []


def test_what_nothing_shows_goes_after_a_day() -> None:
    cast = sunny()
    kept, portrait, old, fresh = (taken(cast.li_mei) for _ in range(4))
    Picture.objects.filter(pk=kept.pk).update(unused_since=None)
    Member.objects.filter(pk=cast.li_mei.pk).update(portrait=portrait.name)
    Picture.objects.filter(pk=fresh.pk).update(unused_since=NOW + timedelta(hours=2))

    swept = actions.sweep(now=NOW + timedelta(hours=25))

    assert swept == 1
    assert set(Picture.objects.values_list("pk", flat=True)) == {kept.pk, portrait.pk, fresh.pk}
    assert not any(name.startswith(old.name) for name in files())


def test_erasure_takes_all_pictures_of_the_person_and_no_others() -> None:
    cast = sunny()
    mine, others = taken(cast.li_mei), taken(cast.grandpa_sun)

    for _ in range(2):
        subscribers.discard_pictures(PersonErased(person_id=1, member_ids=(cast.li_mei.pk,)))

    assert list(Picture.objects.values_list("pk", flat=True)) == [others.pk]
    assert not any(name.startswith(mine.name) for name in files())


def test_my_data_holds_my_pictures() -> None:
    cast = sunny()
    mine = taken(cast.li_mei)
    taken(cast.grandpa_sun)
    assert cast.li_mei.person

    found = export(cast.li_mei.person)

    assert [row["file"] for row in found.lists["pictures"]] == [f"pictures/{mine.pk}.webp"]
    assert [(file.name, file.content.name) for file in found.files] == [
        (f"pictures/{mine.pk}.webp", f"{mine.name}-1200.webp")
    ]
