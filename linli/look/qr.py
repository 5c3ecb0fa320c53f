"""QR codes drawn into the page."""

import io
from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=256)
def qr_svg(text: str, label: str = "") -> Markup:
    """Level H: a third of the code may be torn, wet or covered and it still reads."""
    out = io.BytesIO()
    segno.make(text, error="h", boost_error=False, micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4,
        svgclass="qr", lineclass=None, dark="#000", light="#fff", title=label or None, nl=False,
    )  # fmt: skip
    svg = out.getvalue().decode()
    role = ' role="img"' if label else ' aria-hidden="true"'
    return Markup(svg.replace("<svg", f"<svg{role}", 1))  # noqa: S704  (segno's own drawing; it escapes the title)
