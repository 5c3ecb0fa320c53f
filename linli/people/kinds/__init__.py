"""What a new community of each kind starts with; stewards change all of it afterwards."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from linli.people.roles import EVERYBODY, OFFICE, Role


@dataclass(frozen=True)
class ContactTemplate:
    name: str
    phone: str
    is_office: bool


@dataclass(frozen=True)
class KindTemplate:
    sections: tuple[str, ...]
    words: dict[str, str]
    rules: str
    welcome: str
    soon: tuple[str, ...]  # what the community gives at once
    later: tuple[str, ...]  # what it gives over time
    asks: tuple[str, ...]  # what it asks in return
    contacts: tuple[ContactTemplate, ...]
    talk_roles: int
    notice_roles: int


_MASKS = {"everybody": int(EVERYBODY), "office": int(OFFICE), "organisers": int(OFFICE | Role.ORGANISER)}


@cache
def template_for(kind: str, language: str) -> KindTemplate:
    """The template of a kind ("residential", …) in a language ("zh-hans" or "en")."""
    tree = tomllib.loads((Path(__file__).parent / f"{kind}.toml").read_text("utf-8"))
    texts = tree[language]
    return KindTemplate(
        sections=tuple(texts["sections"]),
        words=dict(texts["words"]),
        rules=texts["rules"].strip(),
        welcome=texts["welcome"].strip(),
        soon=tuple(texts["soon"]),
        later=tuple(texts["later"]),
        asks=tuple(texts["asks"]),
        contacts=tuple(
            ContactTemplate(row["name"], row["phone"], row.get("is_office", False)) for row in texts.get("contacts", [])
        ),
        talk_roles=_MASKS[tree["talk"]],
        notice_roles=_MASKS[tree["notices"]],
    )
