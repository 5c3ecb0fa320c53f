"""Help (帮助): short pages in each language, written as Markdown beside this file, the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markupsafe import Markup

HERE = Path(__file__).resolve().parent

# For whom, and the pages in the order in which one needs them.
GROUPS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (_("For everybody"), ("first-day", "log-in", "notices", "post", "privacy")),
    (_("For elders and those who help them"), ("elders", "helper")),
    (_("For stewards and offices"), ("stewards", "stewards-notices", "stewards-roles")),
)
PAGES = frozenset(name for _title, names in GROUPS for name in names)


@dataclass(frozen=True)
class HelpPage:
    name: str
    title: str
    lead: str
    html: Markup

    @property
    def url(self) -> str:
        return f"/help/{self.name}/"


@dataclass(frozen=True)
class HelpGroup:
    title: str
    pages: tuple[HelpPage, ...]


@cache
def help_page(name: str, language: str) -> HelpPage:
    """`# Title`, one paragraph of lead, then the text."""
    source = (HERE / language / f"{name}.md").read_text("utf-8")
    title, lead, text = source.split("\n\n", 2)
    # Our own text, written beside this file: nothing in it needs cleaning.
    html = Markup(MarkdownIt("commonmark").enable("table").render(text))  # noqa: S704
    return HelpPage(name, title.removeprefix("# ").strip(), lead.strip(), html)


def help_groups(language: str) -> tuple[HelpGroup, ...]:
    return tuple(HelpGroup(str(title), tuple(help_page(name, language) for name in names)) for title, names in GROUPS)


def next_page(name: str, language: str) -> HelpPage | None:
    """The one to read afterwards, of the same group."""
    for _title, names in GROUPS:
        if name in names[:-1]:
            return help_page(names[names.index(name) + 1], language)
    return None
