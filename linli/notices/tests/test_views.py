from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from linli.entries.models import Entry
from linli.media.models import Picture
from linli.media.tests import pictures
from linli.notices import actions, reads
from linli.notices.homes import find_homes
from linli.notices.models import Receipt
from tests import factories
from tests.factories import NOW
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def notice(sunny: factories.Sunny, key: str = "n1", **fields: object) -> Entry:
    given: dict[str, object] = {"title": "周五停水", "body": "九点到十二点。", "key": key, "now": NOW}
    return actions.publish(by=sunny.wang_qiang, **(given | fields))


FORM = {"title": "周五停水", "body": "**九点**到十二点", "scope": "all", "key": "k1"}


def test_writing_shows_the_reach_before_anything_is_sent() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)

    response = factories.logged_in(sunny.wang_qiang).post("/c/sunny/notices/new/", FORM | {"preview": "1"})

    assert response.status_code == 200
    assert "通知到 8 户" in response.content.decode() or "8" in response.content.decode()
    assert "<strong>九点</strong>" in response.content.decode()
    assert not Entry.objects.exists()


def test_sending_leads_to_the_notice() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)

    response = factories.logged_in(sunny.wang_qiang).post("/c/sunny/notices/new/", FORM | {"send": "1"})

    entry = Entry.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/c/sunny/entries/{entry.pk}/"


def test_single_homes_are_typed_as_people_say_them() -> None:
    sunny = factories.sunny()
    units = factories.homes(sunny)

    found = find_homes(sunny.community.pk, "1号楼 1单元 101\n2-1-201, 1-102；9-9-999")

    assert set(found.unit_ids) == {units["1号楼 101"].pk, units["2号楼 201"].pk, units["1号楼 102"].pk}
    assert found.unknown == ("9-9-999",)


def test_an_unknown_home_is_named_beside_the_field_and_nothing_typed_is_lost() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)
    form = FORM | {"scope": "some", "homes": "1-1-101\n9-9-999", "preview": "1"}

    response = factories.logged_in(sunny.wang_qiang).post("/c/sunny/notices/new/", form)

    page = response.content.decode()
    assert response.status_code == 422
    assert "9-9-999" in page
    assert "1-1-101" in page
    assert "**九点**到十二点" in page
    assert not Entry.objects.exists()


def test_an_urgent_notice_without_an_end_is_refused_beside_the_field() -> None:
    sunny = factories.sunny()

    response = factories.logged_in(sunny.wang_qiang).post(
        "/c/sunny/notices/new/", FORM | {"is_urgent": "on", "preview": "1"}
    )

    assert response.status_code == 422
    assert 'id="id_expires_at-error"' in response.content.decode()


def test_one_tap_confirms_without_javascript_and_with() -> None:
    sunny = factories.sunny()
    entry = notice(sunny)
    url = f"/c/sunny/notices/{entry.pk}/receipt/"

    plain = factories.logged_in(sunny.li_mei).post(url, {"next": "/c/sunny/notices/"})
    htmx = factories.logged_in(sunny.grandpa_sun).post(url, headers={"HX-Request": "true"})

    assert (plain.status_code, plain["Location"]) == (303, "/c/sunny/notices/")
    assert htmx.status_code == 200
    assert Receipt.objects.exclude(confirmed_at=None).count() == 2


def test_looking_at_a_notice_changes_nothing_until_the_page_says_it_is_open() -> None:
    sunny = factories.sunny()
    entry = notice(sunny)
    client = factories.logged_in(sunny.li_mei)

    client.get(f"/c/sunny/entries/{entry.pk}/")
    assert not Receipt.objects.exists()

    assert client.post(f"/c/sunny/notices/{entry.pk}/seen/").status_code == 204
    assert Receipt.objects.get().confirmed_at is None


def test_the_readers_page_tells_each_home_apart() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)
    entry = notice(sunny)
    actions.confirm(by=sunny.li_mei, entry=entry, now=NOW)
    actions.note_opened(by=sunny.grandpa_sun, entry=entry, now=NOW)

    readers = reads.readers(sunny.wang_qiang, entry)

    assert (readers.confirmed, readers.opened, readers.unread, readers.without_account) == (1, 1, 1, 5)
    states = {row.home.label: row.state for building in readers.buildings for row in building.homes}
    assert sum(state == "none" for state in states.values()) == 5


def test_a_home_that_moved_out_no_longer_counts() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)
    entry = notice(sunny)
    actions.confirm(by=sunny.li_mei, entry=entry, now=NOW)
    sunny.li_mei.occupancies.update(ended_at=NOW)

    assert reads.readers(sunny.wang_qiang, entry).confirmed == 0


@pytest.mark.parametrize("address", ["readers", "edit"])
def test_residents_do_not_see_who_has_read(address: str) -> None:
    sunny = factories.sunny()
    entry = notice(sunny)

    assert factories.logged_in(sunny.li_mei).get(f"/c/sunny/notices/{entry.pk}/{address}/").status_code == 404


def test_a_notice_of_another_community_does_not_exist() -> None:
    sunny = factories.sunny()
    entry = notice(sunny)
    stranger = factories.elsewhere()

    response = factories.logged_in(stranger).post(f"/c/willow/notices/{entry.pk}/receipt/")

    assert response.status_code == 404
    assert not Receipt.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_many() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)
    notice(sunny)

    def grow() -> None:
        for number in range(40):
            notice(sunny, key=f"more-{number}", expires_at=timezone.now() + timedelta(days=1))

    assert_same_queries(factories.logged_in(sunny.li_mei), "/c/sunny/notices/", grow)
    assert_same_queries(factories.logged_in(sunny.wang_qiang), "/c/sunny/notices/", lambda: None)


def test_the_readers_page_costs_the_same_for_few_and_many_homes() -> None:
    sunny = factories.sunny()
    units = factories.homes(sunny)
    entry = notice(sunny)

    def grow() -> None:
        for number, unit in enumerate(list(units.values()) * 5):
            factories.live_in(sunny, factories.member(sunny.community, f"邻居{number}"), unit)

    assert_same_queries(factories.logged_in(sunny.wang_qiang), f"/c/sunny/notices/{entry.pk}/readers/", grow)


def photograph() -> SimpleUploadedFile:
    return SimpleUploadedFile("valve.jpg", pictures.photograph(), content_type="image/jpeg")


def test_pictures_survive_the_preview_and_arrive_with_the_notice() -> None:
    sunny = factories.sunny()
    client = factories.logged_in(sunny.wang_qiang)

    client.post("/c/sunny/notices/new/", FORM | {"preview": "1", "pictures": photograph(), "pictures_alt": "阀门"})
    picture = Picture.objects.get()
    client.post("/c/sunny/notices/new/", FORM | {"send": "1", "picture": picture.pk, f"alt-{picture.pk}": "阀门"})

    assert [(row.picture, row.alt) for row in Entry.objects.get().pictures.all()] == [(picture, "阀门")]


def test_a_colleagues_correction_keeps_the_pictures() -> None:
    sunny = factories.sunny()
    client = factories.logged_in(sunny.wang_qiang)
    client.post("/c/sunny/notices/new/", FORM | {"send": "1", "pictures": photograph(), "pictures_alt": "阀门"})
    entry = Entry.objects.get()

    response = factories.logged_in(sunny.chen_jing).post(
        f"/c/sunny/notices/{entry.pk}/edit/", {"title": "周六停水", "body": "改期了"}
    )

    assert response.status_code == 303
    assert [row.alt for row in entry.pictures.all()] == ["阀门"]


def test_going_back_from_the_preview_keeps_everything_typed() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)
    form = FORM | {"scope": "some", "homes": "1-1-101", "change": "1"}

    response = factories.logged_in(sunny.wang_qiang).post("/c/sunny/notices/new/", form)

    page = response.content.decode()
    assert response.status_code == 200
    assert "1-1-101" in page
    assert "**九点**到十二点" in page


@pytest.mark.parametrize("before", ["²", "-1", "9" * 400, "x", "１２"])
def test_a_row_that_is_no_number_is_the_first_page_and_never_an_error(before: str) -> None:
    sunny = factories.sunny()
    notice(sunny)

    response = factories.logged_in(sunny.li_mei).get("/c/sunny/notices/", {"before": before})

    assert response.status_code == 200
