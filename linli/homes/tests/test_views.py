import io

import pytest
from django.test import Client
from django.urls import reverse

from linli.homes import actions
from linli.homes.models import Building, Entrance, Occupancy, RegisterDraft, Title, Unit
from linli.homes.plans import Pattern
from tests import factories
from tests.factories import NOW, Sunny
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def sunny() -> Sunny:
    return factories.sunny()


@pytest.fixture
def steward(sunny: Sunny) -> Client:
    return factories.logged_in(sunny.steward)


def add_homes(sunny: Sunny, first: int = 1, last: int = 1, floors: int = 2, homes: int = 2) -> None:
    pattern = Pattern(
        building_first=first,
        building_last=last,
        building_name="{}号楼",
        entrance_name="{}单元",
        floor_last=floors,
        homes_per_floor=homes,
    )
    actions.add_homes(by=sunny.steward, plan=pattern.plan(), now=NOW)


PATTERN = {
    "building_name": "{}号楼",
    "building_first": "1",
    "building_last": "2",
    "entrances": "2",
    "entrance_name": "{}单元",
    "floor_first": "1",
    "floor_last": "12",
    "homes_per_floor": "4",
    "numbering": "floor2",
    "left_out_floors": "4",
    "left_out_homes": "",
    "areas": "89.50, 120.36, 89.50, 76",
    "kind": "dwelling",
}


def test_a_pattern_is_shown_before_it_is_added(sunny: Sunny, steward: Client) -> None:
    address = reverse("homes:generate", args=["sunny"])

    preview = steward.post(address, PATTERN)
    assert preview.status_code == 200
    assert "176" in preview.content.decode()
    assert Unit.objects.count() == 0

    done = steward.post(address, PATTERN | {"confirm": "1"})
    assert done.status_code == 303
    assert Unit.objects.count() == 176
    assert Unit.objects.filter(name="302", area=12036).count() == 4
    assert not Unit.objects.filter(floor=4).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"building_name": "Haus"},
        {"building_last": "0"},
        {"floor_last": "0"},
        {"areas": "89.50, 1"},
        {"areas": "viel"},
        {"left_out_floors": "vier"},
        {"homes_per_floor": "60", "floor_last": "200", "entrances": "20"},
        {"numbering": "roman"},
        {"entrance_name": "unit"},
    ],
)
def test_a_pattern_that_makes_no_sense_is_sent_back_with_everything_typed(
    sunny: Sunny, steward: Client, wrong: dict[str, str]
) -> None:
    response = steward.post(reverse("homes:generate", args=["sunny"]), PATTERN | wrong | {"confirm": "1"})

    assert response.status_code == 422
    assert "{}单元" in response.content.decode() or "entrance_name" in wrong
    assert Unit.objects.count() == 0


def upload(steward: Client, text: str, encoding: str = "gb18030") -> str:
    file = io.BytesIO(text.encode(encoding))
    file.name = "住户册.csv"
    return steward.post(reverse("homes:upload", args=["sunny"]), {"table": file}).headers.get("Location", "")


def test_a_table_is_previewed_and_added_after_a_yes(sunny: Sunny, steward: Client) -> None:
    address = upload(steward, "楼栋,单元,房号,建筑面积\n1号楼,1单元,101,89.5\n1号楼,1单元,102,90\n")
    preview = steward.get(address)
    assert preview.status_code == 200
    assert Unit.objects.count() == 0

    done = steward.post(address)

    assert done.status_code == 303
    assert sorted(Unit.objects.values_list("name", "area")) == [("101", 8950), ("102", 9000)]
    assert RegisterDraft.objects.count() == 0


def test_wrong_rows_are_named_and_nothing_is_added(sunny: Sunny, steward: Client) -> None:
    address = upload(steward, "楼栋,房号,面积\n1号楼,101,大\n1号楼,102,90\n")

    page = steward.get(address).content.decode()
    refused = steward.post(address)

    assert "“大”" in page
    assert refused.status_code == 422
    assert Unit.objects.count() == 0


def test_a_file_that_is_no_table_is_refused_in_words(sunny: Sunny, steward: Client) -> None:
    address = reverse("homes:upload", args=["sunny"])
    nothing = steward.post(address)
    spreadsheet = io.BytesIO(b"PK\x03\x04...")
    spreadsheet.name = "x.xlsx"
    other = steward.post(address, {"table": spreadsheet})

    assert (nothing.status_code, other.status_code) == (422, 422)
    assert "CSV" in other.content.decode()


def test_another_steward_cannot_see_a_draft(sunny: Sunny, steward: Client) -> None:
    address = upload(steward, "楼栋,房号,业主\n1号楼,101,李梅\n")
    second = factories.member(sunny.community, "钱进", roles=32)

    assert factories.logged_in(second).get(address).status_code == 404


def test_a_single_home_is_typed_in(sunny: Sunny, steward: Client) -> None:
    address = reverse("homes:add", args=["sunny"])
    home = {"building": "6号楼", "entrance": "", "name": "底商1", "floor": "1", "area": "45.5", "kind": "shop"}

    assert steward.post(address, home).status_code == 303
    assert steward.post(address, home).status_code == 422
    assert steward.post(address, home | {"name": "2", "area": "x"}).status_code == 422
    assert steward.post(address, home | {"name": "11010519491231002X"}).status_code == 422

    assert list(Unit.objects.values_list("name", "area", "kind")) == [("底商1", 4550, "shop")]


def test_owners_and_residents_are_written_down(sunny: Sunny, steward: Client) -> None:
    add_homes(sunny)
    unit = Unit.objects.get(name="101")
    title = {"owner_name": "李梅", "share": "1/2", "since": "2020-05-04", "until": "", "evidence": "房产证"}
    resident = {
        "member": str(sunny.li_mei.pk),
        "kind": "owner",
        "since": "2020-05-04",
        "until": "",
        "verified_how": "看过房产证",
    }

    assert steward.post(reverse("homes:title_new", args=["sunny", unit.pk]), title).status_code == 303
    over = steward.post(reverse("homes:title_new", args=["sunny", unit.pk]), title | {"share": "2/3"})
    committee = factories.logged_in(sunny.chen_jing)
    moved = committee.post(reverse("homes:occupancy_new", args=["sunny", unit.pk]), resident)

    page = steward.get(reverse("homes:home", args=["sunny", unit.pk])).content.decode()
    before = steward.get(reverse("homes:home", args=["sunny", unit.pk]) + "?on=2019-01-01").content.decode()
    assert over.status_code == 422
    assert moved.status_code == 303
    assert Title.objects.count() == Occupancy.objects.count() == 1
    assert "看过房产证" in page
    assert "chip-sky" in page
    assert "chip-sky" not in before


def test_what_the_form_of_another_community_names_does_not_exist(sunny: Sunny) -> None:
    add_homes(sunny)
    unit = Unit.objects.get(name="101")
    willow = factories.community("willow", "柳岸", founder=factories.person("周兰"))
    client = factories.logged_in(willow)
    building, entrance = Building.objects.get(), Entrance.objects.get()

    for name, pk in [
        ("home", unit.pk),
        ("home_edit", unit.pk),
        ("building", building.pk),
        ("building_name", building.pk),
        ("entrance_name", entrance.pk),
    ]:
        assert client.get(reverse(f"homes:{name}", args=["willow", pk])).status_code == 404
    for name, pk in [("home_removal", unit.pk), ("title_new", unit.pk), ("building_removal", building.pk)]:
        assert client.post(reverse(f"homes:{name}", args=["willow", pk])).status_code == 404
    assert Unit.objects.count() == 4


def test_a_member_of_another_community_cannot_be_moved_in(sunny: Sunny, steward: Client) -> None:
    add_homes(sunny)
    unit = Unit.objects.get(name="101")
    stranger = factories.elsewhere()

    response = steward.post(
        reverse("homes:occupancy_new", args=["sunny", unit.pk]),
        {"member": str(stranger.pk), "kind": "owner", "since": "2020-05-04", "verified_how": "x"},
    )

    assert response.status_code == 422
    assert Occupancy.objects.count() == 0


def test_building_entrance_and_home_are_renamed_and_removed(sunny: Sunny, steward: Client) -> None:
    add_homes(sunny)
    unit, building, entrance = Unit.objects.get(name="101"), Building.objects.get(), Entrance.objects.get()

    steward.post(reverse("homes:building_name", args=["sunny", building.pk]), {"name": "甲楼"})
    steward.post(reverse("homes:entrance_name", args=["sunny", entrance.pk]), {"name": "东门"})
    steward.post(
        reverse("homes:home_edit", args=["sunny", unit.pk]),
        {"name": "101A", "floor": "1", "area": "90", "kind": "dwelling"},
    )
    unit.refresh_from_db()
    assert (unit.name, unit.area, unit.entrance.name, unit.entrance.building.name) == ("101A", 9000, "东门", "甲楼")

    steward.post(reverse("homes:home_removal", args=["sunny", unit.pk]))
    assert Unit.objects.count() == 3
    steward.post(reverse("homes:entrance_removal", args=["sunny", entrance.pk]))
    steward.post(reverse("homes:building_removal", args=["sunny", building.pk]))
    assert Unit.objects.count() == Building.objects.count() == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_speak_both_languages(sunny: Sunny, language: str) -> None:
    add_homes(sunny)
    sunny.steward.person.language = language  # type: ignore[union-attr]
    sunny.steward.person.save()  # type: ignore[union-attr]
    client = factories.logged_in(sunny.steward)
    unit, building = Unit.objects.get(name="101"), Building.objects.get()

    for name, args in [
        ("register", []),
        ("add", []),
        ("generate", []),
        ("upload", []),
        ("template", []),
        ("building", [building.pk]),
        ("building_name", [building.pk]),
        ("home", [unit.pk]),
        ("home_edit", [unit.pk]),
        ("occupancy_new", [unit.pk]),
    ]:
        assert client.get(reverse(f"homes:{name}", args=["sunny", *args])).status_code == 200, name


def test_a_shop_circle_has_no_register() -> None:
    steward = factories.community("tea", "茶", kind="product")
    client = factories.logged_in(steward)

    assert client.get(reverse("homes:register", args=["tea"])).status_code == 404


def test_the_register_costs_the_same_for_many_buildings(sunny: Sunny, steward: Client) -> None:
    add_homes(sunny)

    assert_same_queries(
        steward, reverse("homes:register", args=["sunny"]), lambda: add_homes(sunny, 2, 60, floors=2), most=12
    )


def test_a_building_costs_the_same_for_many_homes(sunny: Sunny, steward: Client) -> None:
    add_homes(sunny)
    pk = Building.objects.get().pk

    def grow() -> None:
        more = Pattern(building_name="1号楼", entrance_name="二", floor_last=20, homes_per_floor=10)
        actions.add_homes(by=sunny.steward, plan=more.plan(), now=NOW)

    assert_same_queries(steward, reverse("homes:building", args=["sunny", pk]), grow, most=12)


def test_a_home_costs_the_same_with_a_long_history(sunny: Sunny, steward: Client) -> None:
    add_homes(sunny)
    unit = Unit.objects.get(name="101")

    def grow() -> None:
        for member in factories.members(sunny.community, 30):
            actions.settle(unit=unit, member=member, kind="family", verified_by=None, verified_how="", now=NOW)

    assert_same_queries(steward, reverse("homes:home", args=["sunny", unit.pk]), grow, most=12)
