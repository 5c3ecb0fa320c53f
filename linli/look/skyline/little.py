"""The small ones: for the top bar, and the single house."""

from functools import lru_cache
from random import Random

from markupsafe import Markup

from linli.look.skyline.model import Skyline
from linli.look.skyline.pen import PAINT, filled, panes, stroked, svg

_BASE = 31


@lru_cache(maxsize=512)
def small(town: Skyline) -> Markup:
    """Four buildings at most, a few windows, lit by share; always one lit, because somebody is reading this."""
    heights = [b.floors for b in town.buildings[:4]] or [3, 2, 4, 2]
    walls, windows, x = "", [], 1
    for floors in heights:
        cells = max(1, round(floors * 4 / max(heights)))
        top = _BASE - cells * 6 - 3
        walls += f"M{x} {_BASE}V{top}h13V{_BASE}z"
        windows += [(x + 2 + 5 * column, top + 3 + 6 * row) for row in range(cells) for column in (0, 1)]
        x += 14
    chance = Random(town.seed)  # noqa: S311  (a drawing)
    lit = set(chance.sample(range(len(windows)), max(1, town.lit_among(len(windows)))))
    return svg(
        x,
        32,
        "skyline-small",
        "",
        filled("wall1", walls)
        + panes("dark", [w for i, w in enumerate(windows) if i not in lit], 4)
        + panes("lit", [windows[i] for i in sorted(lit)], 4)
        + stroked("street", f"M0 {_BASE}.5H{x}", 1),
    )


@lru_cache(maxsize=8)
def house(size: str = "") -> Markup:
    """One house, one lit window: for what is empty, lost, loading or offline."""
    return svg(
        120,
        96,
        f"house house-{size}" if size else "house",
        "",
        f'<circle class="sk-sun" cx="100" cy="20" r="9" fill="{PAINT["sun"]}"/>'
        '<path class="sk-moon" d="M102 11a9 9 0 1 0 7 12a7.5 7.5 0 0 1-7-12z"/>'
        + filled("far", "M0 84q24-22 48-10q30-26 72 2v8z")
        + filled("wall0", "M36 84V48h-6l30-22 9 6.6V25h8v13.3L90 48h-6v36z")
        + filled("shade", "M80 84V45l4 3v36z", ' fill-opacity=".08"')
        + f'<circle class="sk-glow" cx="52" cy="60" r="15" fill="{PAINT["glow"]}" fill-opacity=".35"/>'
        + stroked("lit", "M52 53v13", 12)
        + stroked("pane", "M52 53v13M46 59.5h12", 1.2)
        + filled("door", "M66 84V67a5 5 0 0 1 10 0v17z")
        + stroked("trunk", "M20 84V64", 2)
        + filled("crown", "M10 58a10 10 0 1 1 20 0a10 11 0 1 1-20 0")
        + filled("leaf", "M20 48a10 10 0 0 1 0 21q5-10 0-21")
        + stroked("street", "M2 84.5H118", 1),
    )
