"""Homes typed by hand, one per line or with commas between: “3号楼 2单元 501”, “3-2-501”, “3-501”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.homes.models import Unit

_BETWEEN_HOMES = re.compile(r"[\n,，;；、]+")
_BETWEEN_PARTS = re.compile(r"[\s\-–—/#]+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Found:
    unit_ids: tuple[int, ...]
    unknown: tuple[str, ...]
    ambiguous: tuple[str, ...]


def find_homes(community_id: int, typed: str) -> Found:
    """The homes meant by what was typed; one query for any number of lines."""
    lines = [line.strip() for line in _BETWEEN_HOMES.split(typed) if line.strip()]
    if not lines:
        return Found((), (), ())
    names = _names(community_id)
    found: dict[int, None] = {}
    unknown: list[str] = []
    ambiguous: list[str] = []
    for line in lines:
        ids = names.get(_plain(line), set())
        if len(ids) == 1:
            found[next(iter(ids))] = None
        else:
            (ambiguous if ids else unknown).append(line)
    return Found(tuple(found), tuple(unknown), tuple(ambiguous))


def _names(community_id: int) -> dict[tuple[str, ...], set[int]]:
    """Each way of naming a home → the homes it may mean."""
    rows = Unit.objects.filter(entrance__building__community_id=community_id).values_list(
        "pk", "entrance__building__name", "entrance__name", "name"
    )
    names: dict[tuple[str, ...], set[int]] = {}
    for pk, building, entrance, unit in rows:
        for way in (_plain(f"{building} {entrance} {unit}"), _plain(f"{building} {unit}")):
            names.setdefault(way, set()).add(pk)
    return names


def _plain(name: str) -> tuple[str, ...]:
    """“3号楼 2单元 501” and “3-2-501” are the same: a part with a number is that number."""
    parts = []
    for part in _BETWEEN_PARTS.split(re.sub(r"(号楼|栋|幢|座|楼|单元|门|室|户|号)", r"\1 ", name).strip()):
        if part:
            number = _NUMBER.search(part)
            parts.append(number[0].lstrip("0") or "0" if number else part.casefold())
    return tuple(parts)
