"""The signature of Linli: a community drawn from its register, a window per home, lit where somebody was here today.

Everything is a function of its arguments: the same register gives the same street in every process and on paper.
Colours come from `css/47-skyline.css` (day and night); the attributes drawn here are those of day, for print and mail.
"""

from functools import lru_cache
from random import Random

from markupsafe import Markup

from linli.look.skyline import places, street
from linli.look.skyline.little import house, small
from linli.look.skyline.model import Building, Skyline
from linli.look.skyline.pen import svg

__all__ = ["Building", "Skyline", "house", "skyline", "small"]

HEIGHT = 166


@lru_cache(maxsize=512)
def skyline(town: Skyline, title: str = "") -> Markup:
    """The wide banner. Give a `title` (“31 of 120 homes were here today”) where no words beside it say so."""
    chance = Random(f"{town.seed}/{town.kind}")  # noqa: S311  (a drawing, not a secret)
    if town.kind == "residential" and town.buildings:
        width, top, drawing = street.drawn(town, chance)
    else:
        width, top, drawing = places.drawn(town, chance)
    return svg(width, HEIGHT, "skyline", title, drawing, top)
