"""Communities without buildings of their own: a market, a park, a row of shops, a shelf of books."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from linli.look.skyline.model import Skyline
from linli.look.skyline.pen import (
    GROUND,
    PAINT,
    Point,
    cat,
    distance,
    dots,
    filled,
    ground,
    heaven,
    panes,
    stroked,
    trees,
)

WIDTH, TOP = 560, 22
Draw = Callable[[str, list[Point], int], str]


def drawn(town: Skyline, chance: Random) -> tuple[int, int, str]:
    """Width, where the sky begins, and the drawing."""
    scene = {"product": _market, "interest": _park, "brand": _shops, "knowledge": _books}.get(town.kind, _shops)
    back = heaven(WIDTH, chance, TOP, WIDTH - chance.randint(64, 110)) + (
        "" if scene is _books else distance(WIDTH, chance)
    )
    return WIDTH, TOP, back + scene(town, chance) + ground(WIDTH)


def _lights(draw: Draw, points: list[Point], size: int, town: Skyline, chance: Random) -> str:
    """Those of the points that are lit, and those that are not."""
    lit = set(chance.sample(range(len(points)), town.lit_among(len(points))))
    dark = [point for i, point in enumerate(points) if i not in lit]
    return draw("dark", dark, size) + draw("lit", [points[i] for i in sorted(lit)], size)


def _market(town: Skyline, chance: Random) -> str:
    """Stalls under striped awnings, lanterns strung between them (product communities)."""
    posts = stripes = crates = goods = strings = ""
    clothes: tuple[list[str], list[str]] = ([], [])
    lanterns: list[Point] = []
    x = 40
    while x < WIDTH - 90:
        w, y = 12 * chance.randint(5, 7), GROUND - chance.randint(46, 54)
        cloth = clothes[len(lanterns) // 3 % 2]
        posts += f"M{x + 3} {GROUND}V{y}M{x + w - 3} {GROUND}V{y}"
        cloth.append(f"M{x - 2} {y + 12}l8-18h{w - 12}l8 18z")
        for i in range(w // 12):
            scallop = f"M{x + 12 * i} {y + 12}h12a6 5 0 0 1-12 0z"
            if i % 2:
                cloth.append(scallop)
            else:
                stripes += scallop
        crates += f"M{x + 8} {GROUND}v-16h{w - 16}v16z"
        goods += "".join(f"M{x + 15 + 9 * i} {GROUND - 18}h0" for i in range((w - 24) // 9))
        gap = chance.randint(26, 38)
        if x + w + gap < WIDTH - 90:
            strings += f"M{x + w - 4} {y - 4}q{gap // 2 + 5} 16 {gap + 10} 0"
        lanterns += [(x + w + gap // 2, y + 5), (x + w // 2 - 9, y + 24), (x + w // 2 + 9, y + 24)]
        x += w + gap
    return (
        stroked("trunk", posts, 2.5)
        + stroked("trunk", strings, 1)
        + filled("wall1", crates)
        + stroked("leaf", goods, 7, ' stroke-linecap="round"')
        + filled("cloth", "".join(clothes[0]))
        + filled("leaf", "".join(clothes[1]))
        + filled("cloth2", stripes)
        + _lights(dots, lanterns, 7, town, chance)
        + trees(range(x + 8, WIDTH - 10, 30), chance)
        + cat(22, GROUND)
    )


def _park(town: Skyline, chance: Random) -> str:
    """A pavilion among great trees, lanterns in their branches (interest communities, volunteers)."""
    crowns = leaves = trunks = ""
    lanterns: list[Point] = []
    for x in [*range(44, 210, 56), *range(368, WIDTH - 30, 56)]:
        x += chance.randint(-10, 10)
        r = chance.randint(22, 31)
        y = GROUND - r - chance.randint(20, 34)
        trunks += f"M{x} {GROUND}V{y}M{x} {y + r - 4}l-{r // 2}-{r // 2}M{x} {y + r - 10}l{r // 2}-{r // 2}"
        crowns += f"M{x - r} {y}a{r} {r} 0 1 1 {2 * r} 0a{r} {r - 2} 0 1 1-{2 * r} 0"
        leaves += f"M{x} {y - r}a{r} {r} 0 0 1 0 {2 * r - 2}q{r // 2}-{r} 0-{2 * r - 2}"
        lanterns += [(x - r // 2, y + r // 3), (x + 2, y - r // 4), (x + r // 2, y + r // 2)]
    x, g = WIDTH // 2, GROUND
    pavilion = (
        f"M{x - 62} {g - 44}q26-6 38-26h48q12 20 38 26v4h-124zM{x - 22} {g - 70}q14-6 22-20q8 14 22 20z"
        f"M{x - 44} {g}v-42h5v42zM{x + 39} {g}v-42h5v42zM{x - 16} {g}v-42h4v42zM{x + 12} {g}v-42h4v42z"
        f"M{x - 50} {g}v-5h100v5z"
    )
    return (
        stroked("trunk", trunks, 3)
        + filled("crown", crowns)
        + filled("leaf", leaves)
        + f'<circle class="sk-glow" cx="{x}" cy="{g - 26}" r="30" fill="{PAINT["glow"]}" fill-opacity=".35"/>'
        + filled("gate", pavilion)
        + _lights(dots, [(x, g - 30), *lanterns], 7, town, chance)
        + trees([228, 334], chance)
        + cat(x - 28, g - 5)
    )


def _shops(town: Skyline, chance: Random) -> str:
    """A street of shops with people living above (brand communities)."""
    walls = ["", "", ""]
    awning = stripes = doors = fronts = ""
    windows: list[Point] = []
    x = 34
    while x < WIDTH - 100:
        columns, floors = chance.randint(4, 6), chance.randint(1, 3)
        w, top = columns * 12 + 6, GROUND - 34 - floors * 15
        roof = (f"V{top}h{w}", f"V{top}h-4l{w // 2 + 4}-14l{w - w // 2 + 4} 14h-4", f"V{top}h-3v-5h{w + 6}v5h-3")[
            chance.randrange(3)
        ]
        walls[chance.randrange(3)] += f"M{x} {GROUND}V{top}{roof}V{GROUND}z"
        windows += [(x + 7 + 12 * c, top + 7 + 15 * f) for f in range(floors) for c in range(columns)]
        fronts += f"M{x + 6} {GROUND - 4}v-16h{w - 26}v16z"
        doors += f"M{x + w - 15} {GROUND}v-20h10v20z"
        y = GROUND - 30
        awning += f"M{x - 2} {y + 4}v-6h{w + 4}v6z"
        for i in range(w // 8):
            scallop = f"M{x + 8 * i + 1} {y + 4}h8a4 4 0 0 1-8 0z"
            awning, stripes = (awning + scallop, stripes) if i % 2 else (awning, stripes + scallop)
        x += w + chance.choice((0, 0, 22))
    return (
        "".join(filled(f"wall{i}", d) for i, d in enumerate(walls))
        + filled("cloth2", fronts)
        + filled("door", doors)
        + filled("cloth", awning)
        + filled("cloth2", stripes)
        + _lights(panes, windows, 6, town, chance)
        + trees([16, x + 16, x + 44], chance)
        + cat(x + 30, GROUND)
    )


def _books(town: Skyline, chance: Random) -> str:
    """A shelf: books stand like houses, and the ones being read have a light on (knowledge communities)."""
    backs = ["", "", "", ""]
    bands = ""
    labels: list[Point] = []
    x = 30
    while x < WIDTH - 60:
        w, high = chance.choice((13, 15, 17, 20, 23)), chance.randint(52, 116)
        if chance.random() < 0.1:
            x += 16
        backs[chance.randrange(4)] += f"M{x} {GROUND}v-{high}q0-3 3-3h{w - 6}q3 0 3 3v{high}z"
        bands += f"M{x + 2} {GROUND - 9}h{w - 4}M{x + 2} {GROUND - high + 7}h{w - 4}"
        labels += [(x + w // 2 - 3, GROUND - high + 16 + 10 * i) for i in range(1 + high // 60)]
        x += w + 2
    return (
        "".join(filled(name, d) for name, d in zip(("wall0", "wall1", "gate", "crown"), backs, strict=True))
        + stroked("dark", bands, 1.5, ' stroke-opacity=".6"')
        + _lights(panes, labels, 6, town, chance)
        + cat(x + 12, GROUND)
    )
