"""Two more communities of the demo: one around an interest, one that learns together."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from linli.accounts.actions.registration import register
from linli.accounts.numbers import DEMO_PREFIX
from linli.entries import actions as entries
from linli.entries.actions.posting import AttachedPicture
from linli.entries.models import Reach
from linli.media.actions import take
from linli.notices import actions as notices
from linli.people.actions import communities
from linli.people.actions.members import admit
from linli.people.models import Member
from linli.people.roles import Role
from linli.site.demo.pictures import photograph
from linli.talk import actions as talk
from linli.talk.topics import topic_of

_FILE = Path(__file__).parent / "neighbours.toml"
FOUNDED_DAYS = 45


def add_neighbours(sunny: dict[str, Member], *, now: datetime) -> None:
    """Some people of Sunny Gardens belong to these too, under the same account."""
    number = 700
    for row in tomllib.loads(_FILE.read_text("utf-8"))["community"]:
        members = _found(row, sunny, number, now)
        number += len(members)
        things = [("entry", one) for one in row["entry"]] + [("notice", one) for one in row["notice"]]
        for kind, one in sorted(things, key=lambda thing: -thing[1]["day"]):
            (_write if kind == "entry" else _announce)(members, one, now)


def _found(row: dict[str, Any], sunny: dict[str, Member], number: int, now: datetime) -> dict[str, Member]:
    at = now - timedelta(days=FOUNDED_DAYS)
    founder = register(name=row["founder"], language="zh-hans", number=f"{DEMO_PREFIX}{number:07}", now=at)
    steward = communities.found(
        by=founder, member_name=row["founder"], name=row["name"], slug=row["slug"], kind=row["kind"],
        language="zh-hans", time_zone="Asia/Shanghai", is_public=row["public"], about=row["about"],
        colour=row["colour"], now=at,
    )  # fmt: skip
    members = {row["founder"]: steward}
    for place, (name, mark) in enumerate(row["people"], start=1):
        joined_at = at + timedelta(days=place)
        person = sunny[name].person if mark == "sunny" else None
        if person is None:
            language = "en" if mark == "en" else "zh-hans"
            person = register(name=name, language=language, number=f"{DEMO_PREFIX}{number + place:07}", now=joined_at)
        roles = Role.RESIDENT | Role.ORGANISER if mark == "organiser" else Role.RESIDENT
        members[name] = admit(
            community=steward.community, person=person, name=name, roles=int(roles), way="demo", now=joined_at
        )
    return members


def _write(members: dict[str, Member], row: dict[str, Any], now: datetime) -> None:
    by, at = members[row["who"]], now - timedelta(days=row["day"])
    community = by.community
    pictures = []
    if "picture" in row:
        scene, words = row["picture"]
        pictures.append(AttachedPicture(take(file=photograph(scene), owner=by, now=at).pk, words))
    entry = entries.post(
        by=by,
        kind=row.get("kind", "talk"),
        title=row["title"],
        body=row["text"],
        reach=Reach.PUBLIC if community.is_public else Reach.COMMUNITY,
        section_id=community.sections.filter(name=row["section"]).values_list("pk", flat=True).first(),
        pictures=pictures,
        key=f"demo-{row['day']}",
        now=at,
    )
    said = []
    for index, line in enumerate(row.get("comments", ())):
        name, words = line.split(": ", 1)
        speaker = members[name]
        said.append(
            talk.comment(
                by=speaker, on=topic_of(entry, speaker), body=words, key=f"demo-{entry.pk}-{index}",
                now=at + timedelta(minutes=20 * (index + 1)),
            )
        )  # fmt: skip
    if "accepted" in row:
        talk.accept(by=by, entry=entry, comment=said[row["accepted"]], now=at + timedelta(hours=3))
    for member in list(members.values())[:4]:
        if member.pk != by.pk:
            talk.like(by=member, entry_id=entry.pk, is_on=True, now=at + timedelta(hours=2))


def _announce(members: dict[str, Member], row: dict[str, Any], now: datetime) -> None:
    notices.publish(
        by=members[row["who"]],
        title=row["title"],
        body=row["text"],
        language="zh-hans",
        key=f"demo-notice-{row['day']}",
        now=now - timedelta(days=row["day"]),
    )
