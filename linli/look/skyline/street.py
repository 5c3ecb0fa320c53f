"""A residential compound: its buildings along the street, height and windows from the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from linli.look.skyline.model import Building, Skyline
from linli.look.skyline.pen import GROUND, PAINT, cat, distance, filled, ground, heaven, stroked, trees

CELL = 9  # a window with the wall beside it
PANE = 5
FLOORS_MAX, COLUMNS_MAX, FRONT_MAX = 15, 8, 12
WIDTH_MIN = 540
GATE = 92  # the width kept for the gate


@dataclass(frozen=True, slots=True)
class Block:
    """A building on the drawing board."""

    x: int
    columns: int
    floors: int
    cell: int
    roof: int

    @property
    def width(self) -> int:
        return self.columns * CELL + 5

    @property
    def top(self) -> int:
        return GROUND - self.floors * self.cell - 9

    def windows(self) -> Iterator[tuple[int, int]]:
        for column in range(self.columns):
            for floor in range(self.floors):
                yield self.x + 5 + column * CELL, self.top + 7 + floor * self.cell


def drawn(town: Skyline, chance: Random) -> tuple[int, int, str]:
    """Width, where the sky begins, and the drawing."""
    blocks, width, bare = _laid_out(town.buildings[:FRONT_MAX], chance)
    behind = _behind(town.buildings[FRONT_MAX:], width, chance)
    spots = [b.x + b.width + (after.x - b.x - b.width) // 2 for b, after in pairwise(blocks)]
    top = max(0, min(min(block.top for block in blocks) - 34, 46))
    return (
        width,
        top,
        (
            heaven(width, chance, top, max(36, blocks[0].x - chance.randint(60, 110)))
            + distance(width, chance)
            + behind
            + "".join(filled(f"wall{tone}", "".join(_wall(b) for b in blocks[tone::3])) for tone in range(3))
            + filled("shade", "".join(_shade(b) for b in blocks), ' fill-opacity=".08"')
            + _windows(blocks, town, chance)
            + filled("door", "".join(_door(b) for b in blocks))
            + trees(sorted(spots + bare), chance)
            + gate(blocks[0].x - 44)
            + cat(blocks[0].x - 84 + chance.randrange(12), GROUND - 9)
            + ground(width)
        ),
    )


def _laid_out(buildings: tuple[Building, ...], chance: Random) -> tuple[list[Block], int, list[int]]:
    """Blocks in their order, the whole width, and where there is room for more trees."""
    highest = max(b.floors for b in buildings)
    cell = 9 if highest <= 11 else 8
    sizes = [
        (
            max(2, min(b.columns, COLUMNS_MAX)),
            max(1, b.floors if highest <= FLOORS_MAX else round(b.floors * FLOORS_MAX / highest)),
        )
        for b in buildings
    ]
    gaps = [chance.choice((14, 18, 26)) for _ in sizes]
    taken = sum(columns * CELL + 5 for columns, _ in sizes) + sum(gaps[:-1])
    width = max(WIDTH_MIN, taken + GATE + 90)
    x = GATE + (width - GATE - 50 - taken) // 2
    left, blocks = x, []
    for (columns, floors), gap in zip(sizes, gaps, strict=True):
        blocks.append(Block(x, columns, floors, cell, chance.randrange(6)))
        x += columns * CELL + 5 + gap
    bare = [*range(20, left - 100, 32), *range(x - gaps[-1] + 16, width - 14, 30)]
    return blocks, width, bare


def _behind(buildings: tuple[Building, ...], width: int, chance: Random) -> str:
    """Those for which the front row has no room, as shapes in the second."""
    d, x = "", GATE + 20
    for building in buildings[: (width - x) // 34]:
        high = min(building.floors, FLOORS_MAX) * 7 + 34
        d += f"M{x} {GROUND}V{GROUND - high}h26V{GROUND}z"
        x += chance.randint(30, 44)
    return filled("mid", d)


def _wall(b: Block) -> str:
    x, y, w = b.x, b.top, b.width
    half = w // 2
    return (
        f"M{x - 2} {GROUND}V{y}h{w + 4}V{GROUND}z",  # flat, with a slab
        f"M{x} {GROUND}V{y}h5v-8h11v8h{w - 16}V{GROUND}z",  # lift house
        f"M{x} {GROUND}V{y}h-4l{half + 4}-12l{w - half + 4} 12h-4V{GROUND}z",  # gable
        f"M{x} {GROUND}V{y - 10}l{w} 10V{GROUND}z",  # slope
        f"M{x} {GROUND}V{y}h{w - 14}v-4h-2v-4h11v4h-2v4h7V{GROUND}z",  # water tank
        f"M{x} {GROUND}V{y}h-5q7-2 9-9h{w - 8}q2 7 9 9h-5V{GROUND}z",  # swept eaves
    )[b.roof]


def _shade(b: Block) -> str:
    """The side away from the sun."""
    return f"M{b.x + b.width - 3} {GROUND}V{b.top}h3V{GROUND}z"


def _door(b: Block) -> str:
    return f"M{b.x + b.width // 2 - 3} {GROUND}v-6a3 3 0 0 1 6 0v6z"


def _windows(blocks: list[Block], town: Skyline, chance: Random) -> str:
    """All windows as dashed strokes, a column each; then one square for each of the rarer kind, lit or dark."""
    everywhere = [window for block in blocks for window in block.windows()]
    lit = town.lit_among(len(everywhere))
    is_lit_rare = lit * 2 <= len(everywhere)
    rare = set(chance.sample(range(len(everywhere)), lit if is_lit_rare else len(everywhere) - lit))
    below, above = ("dark", "lit") if is_lit_rare else ("lit", "dark")
    cell = blocks[0].cell
    columns = "".join(
        f"M{b.x + 7 + column * CELL} {b.top + 7}v{b.floors * cell - cell + PANE}"
        for b in blocks
        for column in range(b.columns)
    )
    dashes = f' stroke-dasharray="{PANE} {cell - PANE}"'
    return stroked(below, columns, PANE, dashes) + stroked(above, _runs(everywhere, rare, cell), PANE, dashes)


def _runs(windows: list[tuple[int, int]], chosen: set[int], cell: int) -> str:
    """Chosen windows above each other are one dashed stroke: dashes begin anew with every stroke."""
    d, end = "", (0, 0)
    i = 0
    while i < len(windows):
        if i not in chosen:
            i += 1
            continue
        (x, y), first = windows[i], i
        while i + 1 in chosen and windows[i + 1] == (x, windows[i][1] + cell):
            i += 1
        high = (i - first) * cell + PANE
        d += f"m{x + 2 - end[0]} {y - end[1]}v{high}" if d else f"M{x + 2} {y}v{high}"
        end = (x + 2, y + high)
        i += 1
    return d


def gate(x: int) -> str:
    """The gate with its lamp, the one warm light that is always on, and the low wall beside it."""
    g = GROUND
    return (
        f'<circle class="sk-glow" cx="{x}" cy="{g - 27}" r="26" fill="{PAINT["glow"]}" fill-opacity=".3"/>'
        f'<circle class="sk-glow" cx="{x}" cy="{g - 27}" r="14" fill="{PAINT["glow"]}" fill-opacity=".4"/>'
        + filled("wall1", f"M{x - 56} {g}v-8h-2v-2h40v2h-2v8zM{x + 20} {g}v-8h-2v-2h14v2h-2v8z")
        + filled(
            "gate",
            f"M{x - 16} {g}v-30h4v30zM{x + 12} {g}v-30h4v30zM{x - 16} {g - 25}h32v2.5h-32z"
            f"M{x - 25} {g - 30}q9-1 13-7h24q4 6 13 7v2h-50zM{x - 9} {g - 37}q3-1 4-4h10q1 3 4 4z",
        )
        + f'<circle class="sk-lamp" cx="{x}" cy="{g - 18}" r="4" fill="{PAINT["lit"]}"/>'
    )
