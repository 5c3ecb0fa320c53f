"""One style sheet for pages, put together from many small files (docs/decisions: one file travels faster than twenty).

The parts stay readable in `css/`; `look/linli.css` is made of them whenever static files are collected or looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

SOURCES = Path(__file__).resolve().parent / "css"
NAME = "look/linli.css"
LAYERS = "@layer reset, tokens, base, parts, pages;\n"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Rules for the dark theme are repeated for devices that are dark by themselves: CSS has no "or" across media queries.
_NIGHT = re.compile(r':root\[data-theme="dark"\][^{}]*\{[^{}]*\}')
_INDENT = re.compile(r"\n\s*")


def sources() -> list[Path]:
    """Ours in the order of their layers, then `css/*.css` of the other packages."""
    packages = Path(__file__).resolve().parent.parent
    others = sorted(path for path in packages.glob("*/css/*.css") if path.parent != SOURCES)
    return [*sorted(SOURCES.glob("*.css")), *others]


def joined() -> str:
    """All sheets in one, without comments and indentation; layers, not order, decide what wins."""
    text = _COMMENT.sub("", "\n".join(path.read_text("utf-8") for path in sources()))
    night = "".join(rule[0].replace('"dark"', '"auto"') for rule in _NIGHT.finditer(text))
    text += f"@layer tokens {{ @media (prefers-color-scheme: dark) {{ {night} }} }}"
    return LAYERS + _INDENT.sub("\n", text).strip() + "\n"


class SheetFinder(BaseFinder):
    """Finds the one style sheet; for settings.STATICFILES_FINDERS."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.folder = Path(settings.STATIC_ROOT).with_name("sheets")

    def _made(self) -> Path:
        path = self.folder / NAME
        text = joined()
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return path

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        made = str(self._made())
        return [made] if find_all else made

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        self._made()
        yield NAME, FileSystemStorage(location=str(self.folder))
