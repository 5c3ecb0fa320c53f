"""The signature of Linli: a community drawn from its own register, a window per home, lit where somebody was here today.

Everything is a function of its arguments: the same register gives the same street in every process and on paper.
Colours come from `css/skyline.css` (day and night); the attributes drawn here are those of day, for print and mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from markupsafe import Markup, escape

GROUND = 150  # y of the street; everything stands on it
_CELL = 9  # one window with the wall around it
_FLOORS_MAX, _COLUMNS_MAX, _BLOCKS_MAX = 16, 8, 14


@dataclass(frozen=True, slots=True)
class Building:
    """A building as its register knows it."""

    name: str
    floors: int
    columns: int
    homes: int = 0


@dataclass(frozen=True, slots=True)
class Skyline:
    """What is drawn: the buildings in their order, and how many of all homes had somebody here today."""

    buildings: tuple[Building, ...] = ()
    lit: int = 0
    of: int = 0
    kind: str = "residential"
    seed: int = 1

    @property
    def homes(self) -> int:
        return self.of or sum(b.homes or b.floors * b.columns for b in self.buildings)


@dataclass(frozen=True, slots=True)
class _Block:
    """A building on the drawing board: left edge, columns, floors, height of one floor."""

    x: int
    columns: int
    floors: int
    cell: int
    roof: int

    @property
    def width(self) -> int:
        return self.columns * _CELL + 5

    @property
    def top(self) -> int:
        return GROUND - self.floors * self.cell - 8

    def windows(self) -> Iterator[tuple[int, int]]:
        for floor in range(self.floors):
            for column in range(self.columns):
                yield self.x + 5 + column * _CELL, self.top + 6 + floor * self.cell


def skyline(town: Skyline, title: str = "") -> Markup:
    """The wide banner. Give a `title` (“31 of 120 homes were here today”) where no words beside it say so."""
    return _banner(town, title)


@lru_cache(maxsize=512)
def _banner(town: Skyline, title: str) -> Markup:
    chance = Random(f"{town.seed}/{town.kind}")  # noqa: S311  (a drawing, not a secret)
    if town.kind != "residential" or not town.buildings:
        town = Skyline(_village(town, chance), town.lit, town.homes or 24, town.kind, town.seed)
    blocks = list(_blocks(town.buildings, chance))
    width = blocks[-1].x + blocks[-1].width + 64
    share = min(1.0, town.lit / town.homes) if town.homes else 0.0
    return _svg(
        width,
        168,
        "skyline",
        title,
        _heaven(width, chance)
        + _far(width, chance)
        + "".join(_walls(blocks, tone) for tone in range(3))
        + _windows(blocks, share, town, chance)
        + _doors(blocks)
        + _garden(blocks, width, chance)
        + _gate(28),
    )


def _village(town: Skyline, chance: Random) -> tuple[Building, ...]:
    """Low roofs for a community that has no buildings of its own."""
    low, high, columns = {"product": (2, 2, 4), "brand": (2, 3, 5), "interest": (1, 2, 3)}.get(town.kind, (2, 4, 4))
    return tuple(Building("", chance.randint(low, high), chance.randint(2, columns)) for _ in range(7))


def _blocks(buildings: Iterable[Building], chance: Random) -> Iterator[_Block]:
    chosen = list(buildings)[:_BLOCKS_MAX]
    highest = max(b.floors for b in chosen)
    cell = 9 if highest <= 12 else 7
    x = 76
    for building in chosen:
        floors = max(1, min(building.floors, _FLOORS_MAX) if highest <= _FLOORS_MAX else round(building.floors * _FLOORS_MAX / highest))
        block = _Block(x, max(2, min(building.columns, _COLUMNS_MAX)), floors, cell, chance.randrange(5))
        yield block
        x += block.width + chance.choice((10, 16, 24))


def _svg(width: int, height: int, name: str, title: str, drawing: str) -> Markup:
    spoken = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    return Markup(  # noqa: S704  (numbers and our own words; the title is escaped)
        f'<svg class="{name}" {spoken} viewBox="0 0 {width} {height}" fill="none">{drawing}</svg>'
    )


def _heaven(width: int, chance: Random) -> str:
    x, y = width - chance.randint(58, 92), chance.randint(28, 40)
    stars = "".join(f"M{chance.randrange(20, width - 20)} {chance.randrange(6, 60)}h.1" for _ in range(12))
    return (
        f'<circle class="sk-sun" cx="{x}" cy="{y}" r="15" fill="#F6D58A"/>'
        f'<path class="sk-moon" d="M{x + 6} {y - 13}a14 14 0 1 0 9 20a12 12 0 0 1-9-20z"/>'
        f'<path class="sk-stars" d="{stars}"/>'
    )


def _far(width: int, chance: Random) -> str:
    """The next quarter, pale behind ours."""
    d, x = f"M0 {GROUND}", 0
    while x < width:
        step, high = chance.randint(16, 44), chance.randint(22, 74)
        d += f"V{GROUND - high}h{step}"
        x += step
    return f'<path class="sk-far" d="{d}V{GROUND}z" fill="#F1EADD"/>'


def _walls(blocks: list[_Block], tone: int) -> str:
    d = "".join(_wall(block) for i, block in enumerate(blocks) if i % 3 == tone)
    fill = ("#D9CDBA", "#CFC3B2", "#E0D5C4")[tone]
    return f'<path class="sk-wall{tone}" d="{d}" fill="{fill}"/>' if d else ""


def _wall(b: _Block) -> str:
    x, y, w = b.x, b.top, b.width
    half = w // 2
    roofs = (
        f"M{x - 2} {GROUND}V{y}h{w + 4}V{GROUND}z",  # flat, with a slab
        f"M{x} {GROUND}V{y}h4v-7h10v7h{w - 14}V{GROUND}z",  # lift house
        f"M{x} {GROUND}V{y}h-3l{half + 3}-11l{w - half + 3} 11h-3V{GROUND}z",  # gable
        f"M{x} {GROUND}V{y - 9}l{w} 9V{GROUND}z",  # slope
        f"M{x} {GROUND}V{y}h{w - 13}v-4h-2v-3h10v3h-2v4h7V{GROUND}z",  # water tank
    )
    return roofs[b.roof]


def _windows(blocks: list[_Block], share: float, town: Skyline, chance: Random) -> str:
    """All windows as a few dashed strokes, then one short stroke for each of the rarer kind, lit or dark."""
    everywhere = [window for block in blocks for window in block.windows()]
    count = town.lit if len(everywhere) == town.homes else round(len(everywhere) * share)
    count = min(len(everywhere), max(count, 1 if town.lit else 0))
    lit_is_rare = count * 2 <= len(everywhere)
    rare = set(chance.sample(range(len(everywhere)), count if lit_is_rare else len(everywhere) - count))
    below, above = ("dark", "lit") if lit_is_rare else ("lit", "dark")
    return _columns(blocks, below) + _strokes([w for i, w in enumerate(everywhere) if i in rare], above)


_PAINT = {"lit": "#E9A12B", "dark": "#F7F2E8"}


def _columns(blocks: list[_Block], paint: str) -> str:
    drawn = ""
    for cell in {b.cell for b in blocks}:
        d = "".join(
            f"M{b.x + 7 + column * _CELL} {b.top + 6}v{b.floors * cell}"
            for b in blocks
            if b.cell == cell
            for column in range(b.columns)
        )
        drawn += f'<path class="sk-{paint}" d="{d}" stroke="{_PAINT[paint]}" stroke-width="5" stroke-dasharray="5 {cell - 5}"/>'
    return drawn


def _strokes(windows: list[tuple[int, int]], paint: str) -> str:
    if not windows:
        return ""
    d, was = "", (0, 0)
    for x, y in windows:
        d += f"m{x + 2 - was[0]} {y - was[1]}v5" if d else f"M{x + 2} {y}v5"
        was = (x + 2, y + 5)
    return f'<path class="sk-{paint}" d="{d}" stroke="{_PAINT[paint]}" stroke-width="5"/>'


def _doors(blocks: list[_Block]) -> str:
    d = "".join(f"M{b.x + b.width // 2 - 3} {GROUND}v-5a3 3 0 0 1 6 0v5z" for b in blocks)
    return f'<path class="sk-door" d="{d}" fill="#8E6A4B"/>'


def _garden(blocks: list[_Block], width: int, chance: Random) -> str:
    crowns, trunks = "", ""
    spots = [b.x + b.width + 5 for b in blocks[:-1]] + [blocks[-1].x + blocks[-1].width + 14, width - 22, 62]
    for x in spots:
        r = chance.randint(5, 9)
        y = GROUND - r - chance.randint(3, 6)
        trunks += f"M{x} {GROUND}V{y}"
        crowns += f"M{x - r} {y}a{r} {r} 0 1 1 {2 * r} 0a{r} {r + 1} 0 1 1-{2 * r} 0"
    return (
        f'<path class="sk-trunk" d="{trunks}" stroke="#8B7B62" stroke-width="1.5"/>'
        f'<path class="sk-crown" d="{crowns}" fill="#8FAE93"/>'
        f'<path class="sk-street" d="M0 {GROUND}.5H{width}" stroke="#B9AC98"/>'
    )


def _gate(x: int) -> str:
    """The gate with its lamp: the one warm light that is always on."""
    return (
        f'<circle class="sk-glow" cx="{x}" cy="112" r="22" fill="#F6D58A" fill-opacity=".35"/>'
        f'<path class="sk-gate" d="M{x - 14} {GROUND}v-26h4v26zM{x + 10} {GROUND}v-26h4v26zM{x - 19} 124q19-10 38 0v-3q-19-11-38 0z" fill="#A0523D"/>'
        f'<circle class="sk-lamp" cx="{x}" cy="124" r="4" fill="#F2B53A"/>'
    )


@lru_cache(maxsize=512)
def small(town: Skyline) -> Markup:
    """For the top bar: four buildings at most, a few windows, lit by share."""
    heights = [b.floors for b in town.buildings[:4]] or [3, 2, 3]
    highest = max(heights)
    share = town.lit / town.homes if town.homes else 0.0
    walls, dark, lit, x = "", "", "", 2
    slots = []
    for floors in heights:
        cells = max(1, round(floors * 4 / highest))
        top = 30 - cells * 6 - 3
        walls += f"M{x} 30V{top}h13V30z"
        slots += [(x + 3 + 4 * column, top + 3 + 6 * row) for row in range(cells) for column in (0, 1)]
        x += 15
    chance = Random(town.seed)  # noqa: S311  (a drawing)
    on = set(chance.sample(range(len(slots)), max(1, round(len(slots) * min(1.0, share)))))
    for i, (wx, wy) in enumerate(slots):
        stroke = f"M{wx + 1} {wy}v3.5"
        lit, dark = (lit + stroke, dark) if i in on else (lit, dark + stroke)
    return _svg(
        x,
        32,
        "skyline-small",
        "",
        f'<path class="sk-wall0" d="{walls}" fill="#CFC3B2"/>'
        f'<path class="sk-dark" d="{dark}" stroke="#F7F2E8" stroke-width="3"/>'
        f'<path class="sk-lit" d="{lit}" stroke="#E9A12B" stroke-width="3"/>'
        f'<path class="sk-street" d="M0 30.5H{x}" stroke="#B9AC98"/>',
    )


@lru_cache(maxsize=8)
def house(size: str = "") -> Markup:
    """One house, one lit window: for what is empty, lost, loading or offline."""
    name = f"house house-{size}" if size else "house"
    return _svg(
        120,
        96,
        name,
        "",
        '<circle class="sk-sun" cx="98" cy="22" r="9" fill="#F6D58A"/>'
        '<path class="sk-moon" d="M101 12a10 10 0 1 0 7 15a8.5 8.5 0 0 1-7-15z"/>'
        '<path class="sk-wall0" d="M38 84V46h-5l29-22 10 7.5V24h7v13l12 9h-5v38z" fill="#D9CDBA"/>'
        '<path class="sk-lit" d="M54 54v12" stroke="#E9A12B" stroke-width="11"/>'
        '<path class="sk-pane" d="M54 54v12M48 60h12" stroke="#D9CDBA"/>'
        '<path class="sk-door" d="M68 84V68a5 5 0 0 1 10 0v16z" fill="#8E6A4B"/>'
        '<path class="sk-trunk" d="M22 84V66" stroke="#8B7B62" stroke-width="2"/>'
        '<path class="sk-crown" d="M12 60a10 10 0 1 1 20 0a10 11 0 1 1-20 0" fill="#8FAE93"/>'
        '<path class="sk-street" d="M4 84.5H116" stroke="#B9AC98"/>',
    )
