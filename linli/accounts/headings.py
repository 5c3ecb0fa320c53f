"""Where somebody is heading who must log in or sign up first: one line above the form, so that nobody feels lost.

A package whose links lead through here registers who can name their target:

    @heading
    def name_of_letter(path: str) -> str | None:
        …  # "阳光花园", or None where the path is not its own

Whoever holds the link already may read what the answer says; it must tell nothing that the link alone would not.
"""

from collections.abc import Callable

Heading = Callable[[str], str | None]
_headings: list[Heading] = []


def heading(resolver: Heading) -> Heading:
    if resolver not in _headings:
        _headings.append(resolver)
    return resolver


def heading_for(path: str) -> str:
    """The name of the community or thing the path leads to, or nothing."""
    if path == "/":
        return ""
    return next((name for resolver in _headings if (name := resolver(path))), "")
