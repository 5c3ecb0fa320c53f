"""What surrounds a page: names, ways to go, switches. The package `site` fills it; the shell only draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.module_loading import import_string
from markupsafe import Markup

LANGUAGES = ("zh-hans", "en")
THEMES = ("auto", "light", "dark")
SIZES = ("standard", "elder", "largest")
ACCENTS = ("brick", "jade", "sky", "plum", "moss", "slate")


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A way to go. `primary` ones stand in the bottom bar of a phone; all of them in the rail."""

    key: str
    label: str
    url: str
    icon: str
    primary: bool = False
    count: int = 0
    section: str = ""  # heading of the rail under which it stands


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem:
    """A large tile of the ＋ sheet."""

    label: str
    url: str
    icon: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number that an elder can press."""

    label: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """The person at the screen."""

    name: str
    url: str
    picture: str = ""
    acting_for: str = ""  # whose name stands over the page in helper mode
    acting_end: str = ""  # address that ends it


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Everything around a page. All of it has a default, so log-in and error pages render with a bare one."""

    language: str = "zh-hans"
    theme: str = "auto"
    size: str = "standard"
    community: str = ""
    slug: str = ""
    home: str = "/"
    accent: str = "brick"
    skyline: Markup = field(default_factory=Markup)  # the small one, for the top bar
    items: tuple[NavItem, ...] = ()
    add_items: tuple[AddItem, ...] = ()
    me: Me | None = None
    log_in: str = ""  # address, for strangers
    phones: tuple[Phone, ...] = ()
    asks: NavItem | None = None  # one line over the page: something waits for this person's answer
    help: str = ""  # address of the help page; always in the same place (WCAG 3.2.6)

    @property
    def is_elder(self) -> bool:
        return self.size != "standard"

    @property
    def primary(self) -> tuple[NavItem, ...]:
        return tuple(item for item in self.items if item.primary)


def bare_frame(request: HttpRequest | None) -> Frame:
    """Only how the visitor likes pages: for log-in, errors, and servers that have no navigation yet."""
    visit = getattr(request, "visit", None)
    if visit is not None:
        return Frame(language=visit.language, theme=visit.theme, size=visit.size)
    language = translation.get_language() or ""
    return Frame(language="zh-hans" if language.startswith("zh") else "en")


@cache
def _frame_for(path: str) -> Callable[[HttpRequest], Frame]:
    return cast("Callable[[HttpRequest], Frame]", import_string(path))


def frame_for(request: HttpRequest) -> Frame:
    """The frame of this request, as `settings.LINLI_FRAME` says."""
    path = getattr(settings, "LINLI_FRAME", "")
    return _frame_for(path)(request) if path else bare_frame(request)
