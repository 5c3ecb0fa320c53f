"""Every address of the project, read from the URL patterns themselves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# Packages that guard their own views; the door table has a row or two for each as a whole.
WHOLES = ("allauth.", "django.contrib.admin", "django.views.static", "django.contrib.staticfiles")


@dataclass(frozen=True)
class Address:
    route: str
    name: str
    view: Callable[..., object]

    @property
    def is_ours(self) -> bool:
        return not self.view.__module__.startswith(WHOLES)

    @property
    def door(self) -> str | None:
        return getattr(self.view, "door", None)


def all_addresses() -> list[Address]:
    return list(_below(get_resolver().url_patterns, "", ""))


def our_addresses() -> list[Address]:
    return [address for address in all_addresses() if address.is_ours]


def _below(patterns: list[URLPattern | URLResolver], route: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                yield from _below(pattern.url_patterns, here, f"{namespace}{pattern.namespace or ''}:".lstrip(":"))
        else:
            yield Address(here, namespace + (pattern.name or ""), pattern.callback)
