import pytest

from linli.homes.plans import Pattern, home_number, letters


def test_six_buildings_of_two_entrances_and_twelve_floors_of_four() -> None:
    plan = Pattern(
        building_last=6, building_name="{}号楼", entrances=2, entrance_name="{}单元", floor_last=12, homes_per_floor=4
    ).plan()

    first, last = plan.buildings[0], plan.buildings[-1]
    assert plan.unit_count == 6 * 2 * 12 * 4
    assert (first.name, first.entrances[0].name, first.entrances[0].units[0].name) == ("1号楼", "1单元", "101")
    assert (last.name, last.entrances[1].name, last.entrances[1].units[-1].name) == ("6号楼", "2单元", "1204")
    assert first.floors == 12


@pytest.mark.parametrize(
    "numbering, name",
    [
        ("floor2", "103"),
        ("floor2_padded", "0103"),
        ("entrance_floor2", "2-103"),
        ("floor_letter", "1C"),
        ("running", "7"),
    ],
)
def test_homes_are_numbered_as_people_do(numbering: str, name: str) -> None:
    assert home_number(numbering, entrance=2, floor=1, home=3, running=7) == name


def test_basements_are_numbered_with_a_b() -> None:
    assert home_number("floor2", entrance=1, floor=-1, home=2, running=2) == "B102"


def test_floors_and_homes_that_nobody_wants_are_left_out() -> None:
    pattern = Pattern(
        building_name="A",
        floor_last=15,
        homes_per_floor=4,
        left_out_floors=frozenset({4, 13, 14}),
        left_out_homes=frozenset({4}),
    )

    names = [unit.name for _b, _e, unit in pattern.plan().units()]
    assert pattern.unit_count == len(names) == 12 * 4
    assert names[:4] == ["101", "102", "103", "105"]
    assert not [name for name in names if name[:-2] in {"4", "13", "14"}]


def test_there_is_no_floor_nought() -> None:
    assert Pattern(building_name="A", floor_first=-1, floor_last=2).floors == [-1, 1, 2]


def test_areas_repeat_on_every_floor() -> None:
    plan = Pattern(building_name="A", floor_last=2, homes_per_floor=2, areas=(8950, 12036)).plan()

    assert [unit.area for _b, _e, unit in plan.units()] == [8950, 12036, 8950, 12036]


def test_buildings_may_have_letters() -> None:
    assert [b.name for b in Pattern(building_last=3, building_name="{}座", is_lettered=True).plan().buildings] == [
        "A座",
        "B座",
        "C座",
    ]
    assert letters(27) == "AA"
