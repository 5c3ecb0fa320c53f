"""Line icons from the package `lucide`, drawn into the page in the colour of the words beside them."""

import re
from functools import lru_cache

from lucide import _render_icon
from markupsafe import Markup, escape

_OUTER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


# Names that lucide has changed and people still know.
_RENAMED = {"circle-help": "circle-question-mark", "fingerprint": "fingerprint-pattern"}


@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> Markup:
    """Hidden from screen readers, for the words beside it say it; give a `label` where there are none."""
    found = _OUTER.search(_render_icon(_RENAMED.get(name, name), None))
    assert found
    lines = _SPACE.sub("", found[1]).replace(" />", "/>")
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    # Stroke and size stand in css/20-base.css: a page has forty icons.
    return Markup(f'<svg class="icon" viewBox="0 0 24 24" width="20" height="20" {spoken}>{lines}</svg>')  # noqa: S704
