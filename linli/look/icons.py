"""Line icons from the package `lucide`, drawn into the page in the colour of the words beside them."""

from functools import lru_cache

from lucide import _render_icon
from markupsafe import Markup


@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> Markup:
    """Hidden from screen readers, for the words beside it say it; give a `label` where there are none."""
    if label:
        svg = _render_icon(name, None, role="img", aria_label=label)
    else:
        svg = _render_icon(name, None, aria_hidden="true")
    return Markup(svg)
