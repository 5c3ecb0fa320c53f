"""Few bytes for many windows: dashed strokes, dots made of strokes without length, and one path per colour."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from markupsafe import Markup, escape

GROUND = 160  # y of the street; everything stands on it
PAINT = {
    "far": "#F3ECDF", "mid": "#EAE1D1", "wall0": "#D9CDBA", "wall1": "#CDC0AC", "wall2": "#E2D8C8", "shade": "#6B5A3E",
    "lit": "#EDA52C", "dark": "#F7F2E8", "street": "#B9AC98", "crown": "#93B297", "leaf": "#7FA387", "trunk": "#8B7B62",
    "door": "#8E6A4B", "gate": "#A9573F", "cloth": "#C4694F", "cloth2": "#F3E4CF", "sun": "#F6D58A", "glow": "#F6D58A",
    "cat": "#5A4A3C", "pane": "#D9CDBA",
}  # fmt: skip

_CAT = (
    "c-3 0-4-2-3.5-5c.5-2 1.5-3 1.5-4.5l-.5-3.5 2 1.5h1.5l2-1.5-.5 3.5c0 1.5 1 2.5 1.5 4.5c.3 1.5 0 3-.5 3.5"
    "c2 .5 4-.5 4-2.5s-1-2 0-3c1.5.5 2 2 1.5 4c-.5 2.5-3 3.5-5.5 3z"
)

Point = tuple[int, int]


def svg(width: int, height: int, name: str, title: str, drawing: str, top: int = 0) -> Markup:
    """`top` cuts away sky that nothing reaches into."""
    spoken = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    return Markup(  # noqa: S704  (numbers and our own words; the title is escaped)
        f'<svg class="{name}" {spoken} viewBox="0 {top} {width} {height - top}" fill="none">{drawing}</svg>'
    )


def filled(name: str, d: str, extra: str = "") -> str:
    return f'<path class="sk-{name}" d="{d}" fill="{PAINT[name]}"{extra}/>' if d else ""


def stroked(name: str, d: str, width: float, extra: str = "") -> str:
    return f'<path class="sk-{name}-line" d="{d}" stroke="{PAINT[name]}" stroke-width="{width}"{extra}/>' if d else ""


def panes(name: str, points: Iterable[Point], size: int) -> str:
    """A square for each point (its upper left corner), as one path of short strokes."""
    d, was = "", (0, 0)
    for x, y in points:
        d += f"m{x + size // 2 - was[0]} {y - was[1]}v{size}" if d else f"M{x + size // 2} {y}v{size}"
        was = (x + size // 2, y + size)
    return stroked(name, d, size)


def dots(name: str, points: Iterable[Point], size: int) -> str:
    """A round dot for each point (its middle): a stroke of no length with a round end."""
    d, was = "", (0, 0)
    for x, y in points:
        d += f"m{x - was[0]} {y - was[1]}h0" if d else f"M{x} {y}h0"
        was = (x, y)
    return stroked(name, d, size, ' stroke-linecap="round"')


def heaven(width: int, chance: Random, top: int, x: int) -> str:
    """Sun by day, moon and stars by night; the style sheet shows one or the other."""
    y = top + chance.randint(26, 34)
    stars = "".join(f"M{chance.randrange(20, width - 20)} {chance.randrange(top + 6, top + 70)}h0" for _ in range(12))
    return (
        f'<circle class="sk-sun" cx="{x}" cy="{y}" r="16" fill="{PAINT["sun"]}"/>'
        f'<path class="sk-moon" d="M{x + 4} {y - 15}a15 15 0 1 0 11 20a12.5 12.5 0 0 1-11-20z"/>'
        f'<path class="sk-stars" d="{stars}"/>'
    )


def distance(width: int, chance: Random) -> str:
    """Hills, and the next quarter before them, pale behind ours."""
    hill = f"M0 {GROUND}V{chance.randint(96, 116)}"
    x, step = 0, width // 3
    while x < width:
        hill += f"q{step // 2}-{chance.randint(10, 34)} {step} {chance.randint(-6, 8)}"
        x += step
    town, x = f"M0 {GROUND}", 0
    while x < width:
        step, high = chance.randint(18, 46), chance.randint(20, 62)
        town += f"V{GROUND - high}h{min(step, width - x)}"
        x += step
    return filled("far", f"{hill}V{GROUND}z") + filled("mid", f"{town}V{GROUND}z")


def trees(spots: Iterable[int], chance: Random) -> str:
    """Round ones and, now and then, a pointed one."""
    crowns = leaves = trunks = ""
    for x in spots:
        r = chance.randint(6, 10)
        y = GROUND - r - chance.randint(4, 8)
        trunks += f"M{x} {GROUND}V{y}"
        if chance.random() < 0.28:
            crowns += f"M{x - r + 1} {GROUND - 4}L{x} {y - r - 8}l{r - 1} {GROUND - 4 - y + r + 8}z"
        else:
            crowns += f"M{x - r} {y}a{r} {r} 0 1 1 {2 * r} 0a{r} {r + 1} 0 1 1-{2 * r} 0"
            leaves += f"M{x} {y - r}a{r} {r} 0 0 1 0 {2 * r + 1}q{r // 2}-{r} 0-{2 * r + 1}"
    return stroked("trunk", trunks, 1.5) + filled("crown", crowns) + filled("leaf", leaves)


def ground(width: int) -> str:
    return stroked("street", f"M0 {GROUND}.5H{width}", 1)


def cat(x: int, y: int) -> str:
    """Sits with its back to us, the tail to the right."""
    return filled("cat", f"M{x} {y}{_CAT}")
