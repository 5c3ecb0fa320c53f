import re
from random import Random

import pytest

from linli.look.skyline import Building, Skyline, house, skyline, small
from linli.look.skyline.street import PANE, _laid_out, _runs

TOWN = Skyline(tuple(Building(str(n), 5, 4) for n in range(6)), lit=31, seed=5)
KINDS = ("residential", "product", "interest", "brand", "knowledge")


def test_the_same_register_gives_the_same_street():
    skyline.cache_clear()
    first = skyline(TOWN)
    skyline.cache_clear()

    assert skyline(TOWN) == first


def test_another_community_has_another_street():
    assert skyline(TOWN) != skyline(Skyline(TOWN.buildings, lit=31, seed=6))


def test_six_buildings_with_120_homes_take_four_kilobytes_at_most():
    assert TOWN.homes == 120
    assert (
        max(len(skyline(Skyline(TOWN.buildings, lit=lit, seed=seed))) for lit in (0, 60, 120) for seed in range(12))
        <= 4000
    )


def test_a_large_compound_stays_small_too():
    large = Skyline(tuple(Building(str(n), 33, 8) for n in range(60)), lit=5000, seed=1)

    assert len(skyline(large)) <= 9000


def test_exactly_as_many_windows_are_lit_as_homes_were_here():
    text = skyline(TOWN)
    strokes = re.search(r'class="sk-lit-line" d="([^"]*)"', text)[1]
    cell = 9
    windows = sum((int(high) - PANE) // cell + 1 for high in re.findall(r"v(\d+)", strokes))

    assert windows == 31


@pytest.mark.parametrize("lit, windows", [(0, 0), (1, 1), (60, 60), (120, 120), (500, 120)])
def test_lit_windows_never_exceed_the_homes(lit, windows):
    assert Skyline(TOWN.buildings, lit=lit).lit_among(120) == windows


def test_where_windows_stand_for_several_homes_the_share_is_kept():
    assert Skyline(TOWN.buildings, lit=30, of=60).lit_among(10) == 5
    assert Skyline(TOWN.buildings, lit=1, of=6000).lit_among(10) == 1


def test_windows_above_each_other_are_one_stroke():
    windows = [(10, 5), (10, 14), (10, 23), (19, 5)]

    assert _runs(windows, {0, 1, 3}, 9) == "M12 5v14m9-14v5".replace("9-14", "9 -14")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_own_picture_without_any_building(kind):
    text = skyline(Skyline(kind=kind, lit=3, of=20, seed=2))

    assert text.startswith('<svg class="skyline" aria-hidden="true"')
    assert text.count("<svg") == text.count("</svg>") == 1
    assert len({skyline(Skyline(kind=other, lit=3, of=20, seed=2)) for other in KINDS[1:]}) == 4


def test_a_title_is_spoken_and_escaped():
    assert 'role="img" aria-label="31 &lt; 120"' in skyline(TOWN, "31 < 120")


def test_everything_stands_within_the_picture():
    for seed in range(20):
        sizes = Random(seed)
        town = tuple(Building("", sizes.randint(1, 33), sizes.randint(1, 12)) for _ in range(sizes.randint(1, 14)))
        blocks, width, _ = _laid_out(town, Random(seed))
        assert blocks[0].x >= 60
        assert blocks[-1].x + blocks[-1].width <= width - 10
        assert min(block.top for block in blocks) >= 12


def test_the_little_one_fits_the_top_bar():
    assert len(small(TOWN)) <= 1200
    assert "sk-lit" in small(Skyline())
    assert "sk-lit" in house()


def test_no_inline_style_stands_in_a_drawing():
    for text in (skyline(TOWN), small(TOWN), house("big")):
        assert "style" not in text
