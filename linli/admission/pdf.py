"""Letters as PDF, where the machine has pango and a Chinese font; only the worker loads any of it."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.utils import translation
from PIL import ImageFile

from linli.admission.address import entry_words
from linli.admission.reads.letters import Sheets
from linli.look.jinja import engine

STYLE = Path(__file__).resolve().parent / "static" / "admission" / "letters.css"


@cache
def pdf_available() -> bool:
    """Whether this machine can lay out a Chinese page; `linli check` tells the operator."""
    return has_pango() and has_chinese_font()


@cache
def _weasyprint() -> Any:
    """The library, without what its import does to Pillow: it would let half pictures pass everywhere."""
    library = import_module("weasyprint")
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return library


@cache
def has_pango() -> bool:
    try:
        _weasyprint()
    except (ImportError, OSError):
        # weasyprint is installed, but the libraries it draws with are not.
        return False
    return True


@cache
def has_chinese_font() -> bool:
    command = shutil.which("fc-list")
    if command is None:
        return False
    found = subprocess.run(  # noqa: S603  (a fixed command of the system)
        [command, ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=20, check=False
    )
    return bool(found.stdout.strip())


def letters_pdf(sheets: Sheets, *, language: str) -> bytes:
    """The sheets of one building as one file."""
    weasyprint = _weasyprint()
    with translation.override(language):
        template = engine().environment.get_template("admission/letters_pdf.html")
        html = template.render(sheets=sheets, entry=entry_words())
    style = weasyprint.CSS(string=STYLE.read_text("utf-8"))
    page = weasyprint.HTML(string=html, url_fetcher=_nothing_from_outside)
    document: bytes = page.write_pdf(stylesheets=[style])
    return document


def _nothing_from_outside(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    raise ValueError(f"a letter is whole in itself and loads nothing: {url[:80]}")
