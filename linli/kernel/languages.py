"""The languages of the site, and the columns that hold finished HTML in each."""

from collections.abc import Iterator

from django.utils import translation

LANGUAGES = ("zh-hans", "en")
SUFFIXES = ("zh_hans", "en")


def column_suffix(language: str) -> str:
    """The part of a column's name that stands for a language: zh-hans → zh_hans."""
    return language.replace("-", "_")


def in_each_language() -> Iterator[str]:
    """Each language in turn, active while the loop's body runs."""
    for language in LANGUAGES:
        with translation.override(language):
            yield language
