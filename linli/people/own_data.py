"""What each package knows of a person: how it is handed out in “my data”, and what erasure does with it.

Every package with tables says so in a module `personal.py`, found when Django starts:

    from linli.people.personal import NOT_PERSONAL, Erasure, Export, OwnFile, Personal, exports

    PERSONAL_DATA = {
        "Comment": Personal(export="comments", erasure=Erasure.BLANKED),
        "Section": NOT_PERSONAL,
    }

    @exports
    def comments(person: Person) -> Export:
        return Export(lists={"comments": [{"text": …, "at": …}]}, files=((…),))

A test walks all tables and fails for one that is not named, and for an `export` that nobody hands out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from linli.people.models import Person


class Erasure(StrEnum):
    DELETED = "deleted"  # the rows go
    BLANKED = "blanked"  # the rows stay for others' sake, without text and name
    KEPT = "kept"  # they say nothing of the person by themselves; `why` says what for


@dataclass(frozen=True, kw_only=True)
class Personal:
    """How one table is treated; what is not handed out or not removed needs a reason."""

    export: str = ""  # the list in the ZIP in which it stands
    erasure: Erasure
    why: str = ""

    def __post_init__(self) -> None:
        if (not self.export or self.erasure is Erasure.KEPT) and not self.why:
            raise ValueError("say why it is not handed out, or kept")


@dataclass(frozen=True)
class NotPersonal:
    """The table holds nothing of any person."""


NOT_PERSONAL = NotPersonal()
Declaration = Mapping[str, Personal | NotPersonal]


@dataclass(frozen=True, kw_only=True)
class OwnFile:
    """A file of the person's own: its name inside the ZIP and where it lies, or its bytes."""

    name: str
    content: Path | bytes


@dataclass(frozen=True, kw_only=True)
class Export:
    """One package's part of the ZIP: lists of plain rows (text, numbers, times, lists of them), and files."""

    lists: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    files: Iterable[OwnFile] = ()


Exporter = Callable[[Person], Export]
_exporters: list[Exporter] = []


def exports(exporter: Exporter) -> Exporter:
    """Register what a package hands out; asked in the order of INSTALLED_APPS."""
    if exporter not in _exporters:
        _exporters.append(exporter)
    return exporter


def exporters() -> tuple[Exporter, ...]:
    return tuple(_exporters)
