from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from linli.accounts.actions.registration import register
from linli.accounts.links import log_in_link
from linli.accounts.numbers import DEMO_PREFIX
from linli.entries import actions as entries
from linli.entries.actions.posting import AttachedEnclosure, AttachedPicture, Chosen, Places
from linli.entries.models import Entry, Reach
from linli.homes import actions as register_of_homes
from linli.homes.models import Building, Unit
from linli.homes.plans import Pattern
from linli.kernel.refusals import Refused
from linli.media import enclosing
from linli.media.actions import take
from linli.media.models import Picture
from linli.notices import actions as notices
from linli.people.actions import communities
from linli.people.actions.members import admit, change_roles, edit_profile
from linli.people.models import Community, Contact, Kind, Member
from linli.people.roles import Role
from linli.site.demo.extras import add_extras
from linli.site.demo.neighbours import add_neighbours
from linli.site.demo.pictures import photograph
from linli.site.demo.recordings import recording
from linli.talk import actions as talk
from linli.talk.topics import topic_of

SLUG = "sunny"
NAME = "阳光花园"
ZONE = ZoneInfo("Asia/Shanghai")
FOUNDER = "陈静"
CAST = (("李梅", "resident"), ("陈静", "committee, steward"), ("王强", "property office"), ("孙爷爷", "elder view"))
_HERE = Path(__file__).parent
_ROLES = {"property": Role.PROPERTY, "committee": Role.COMMITTEE, "steward": Role.STEWARD,
          "organiser": Role.ORGANISER, "moderator": Role.MODERATOR}  # fmt: skip


@dataclass
class Town:
    """What the steps of building share."""

    now: datetime
    chance: Random
    steward: Member
    members: dict[str, Member] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)

    def at(self, days: float, hour: int, minute: int = 0) -> datetime:
        """A moment so many days ago in the town's own time, never in the future."""
        day = self.now.astimezone(ZONE) - timedelta(days=days)
        return min(day.replace(hour=hour, minute=minute, second=0, microsecond=0), self.now - timedelta(minutes=3))


def is_built() -> bool:
    return Community.objects.filter(slug=SLUG).exists()


@transaction.atomic
def build(now: datetime) -> Community:
    """Found Sunny Gardens and let its people live there for three months up to `now`."""
    people = tomllib.loads((_HERE / "people.toml").read_text("utf-8"))["people"]
    life = tomllib.loads((_HERE / "life.toml").read_text("utf-8"))
    town = _found(now)
    _homes(town)
    _people(town, people)
    for day, kind, row in sorted(_events(life), key=lambda event: -event[0]):
        if kind == "talk":
            _talk(town, day, row)
        else:
            _notice(town, day, row)
    add_extras(town.members, town.units, now=now)
    add_neighbours(town.members, now=now)
    _windows(town)
    return town.steward.community


def login_lines() -> Iterator[str]:
    """What `make run` prints: who to be, and where to click."""
    for name, role in CAST:
        member = Member.objects.filter(community__slug=SLUG, name=name).select_related("person").first()
        if member and member.person:
            yield f"  {name} ({role}): {settings.LINLI_ADDRESS}{log_in_link(member.person)}?next=/c/{SLUG}/"


def _found(now: datetime) -> Town:
    founder = register(name=FOUNDER, language="zh-hans", number=f"{DEMO_PREFIX}0000001", now=now - timedelta(days=90))
    steward = communities.found(
        by=founder,
        member_name=FOUNDER,
        name=NAME,
        slug=SLUG,
        kind=Kind.RESIDENTIAL,
        language="zh-hans",
        time_zone="Asia/Shanghai",
        is_public=True,
        about="六栋楼，一百二十户，一个小花园。二〇〇四年建成，邻居们自己的网上家园。",
        now=now - timedelta(days=90),
    )
    town = Town(now=now, chance=Random(20), steward=steward)  # noqa: S311  (a story, not a secret)
    town.members[FOUNDER] = steward
    contacts: list[dict[str, object]] = [
        {"name": "物业服务中心", "phone": "021-5555 0100", "hours": "8:00–20:00", "is_office": True},
        {"name": "门岗（24 小时）", "phone": "021-5555 0101", "hours": "全天", "is_office": False},
        {"name": "业委会办公室", "phone": "021-5555 0102", "hours": "周二、周四 14:00–17:00", "is_office": False},
    ]
    contacts += [
        {"name": row.name, "phone": row.phone, "hours": row.hours, "is_office": row.is_office}
        for row in Contact.objects.filter(community=steward.community)
    ]
    communities.arrange_contacts(by=steward, contacts=contacts, now=now)
    return town


def _homes(town: Town) -> None:
    pattern = Pattern(
        building_last=6,
        building_name="{}号楼",
        entrances=2,
        entrance_name="{}单元",
        floor_last=5,
        homes_per_floor=2,
        areas=(8950, 11230),
    )
    register_of_homes.add_homes(by=town.steward, plan=pattern.plan(), now=town.now - timedelta(days=90))
    rows = Unit.objects.filter(entrance__building__community=town.steward.community).select_related(
        "entrance__building"
    )
    for unit in rows:
        building, entrance = unit.entrance.building.name, unit.entrance.name
        town.units[f"{building.removesuffix('号楼')}-{entrance.removesuffix('单元')}-{unit.name}"] = unit


def _people(town: Town, rows: list[list[str]]) -> None:
    for index, (name, home, kind, roles, size) in enumerate(rows):
        at = town.now - timedelta(days=89 - index % 40)
        bits = Role.RESIDENT
        for role in roles.split():
            bits |= _ROLES[role]
        if name == FOUNDER:
            change_roles(by=town.steward, member=town.steward, roles=int(bits), now=at)
            town.steward.roles = int(bits)
        else:
            language = "en" if name.isascii() or "ü" in name else "zh-hans"
            person = register(
                name=name, language=language, size=size or "standard", number=f"{DEMO_PREFIX}{index + 10:07}", now=at
            )
            town.members[name] = admit(
                community=town.steward.community, person=person, name=name, roles=int(bits), way="demo", now=at
            )
        if home:
            register_of_homes.move_in(
                by=town.steward,
                unit=town.units[home],
                member=town.members[name],
                kind=kind,
                since=at.date(),
                verified_how="入户信",
                now=at,
            )
    edit_profile(by=town.members["孙爷爷"], about="退休钟表匠，修了五十年的表。下午都在家。", now=town.now)
    edit_profile(by=town.members["李梅"], about="三号楼的李梅，养了两只猫，周末爱烤点心。", now=town.now)


def _events(life: dict[str, Any]) -> Iterator[tuple[float, str, dict[str, Any]]]:
    for kind in ("talk", "notice"):
        for row in life[kind]:
            yield row["day"] + (0.01 if kind == "notice" else 0), kind, row


def _talk(town: Town, day: float, row: dict[str, Any]) -> None:
    author = town.members[row["who"]]
    at = town.at(day, town.chance.randint(7, 20), town.chance.randint(0, 59))
    building = Building.objects.filter(community=author.community, name=row.get("building", "")).first()
    reach = Reach.PLACES if building else Reach.PUBLIC if row.get("public") else Reach.COMMUNITY
    entry = entries.post(
        by=author,
        title=row.get("title", ""),
        body=row["text"],
        reach=reach,
        places=Places(buildings=[building.pk] if building else ()),
        section_id=author.community.sections.filter(name=row["section"]).values_list("pk", flat=True).first(),
        pictures=Chosen(
            (_picture(town, author, scene, alt, at) for scene, alt in row.get("pictures", ())),
            [made for one in row.get("recordings", ()) if (made := _recording(author, one, at))],
        ),
        language=row.get("lang", "zh-hans"),
        key=f"demo-{row['who']}-{row['day']}",
        now=at,
    )
    said_at = at
    for index, line in enumerate(row.get("comments", ())):
        name, words = line.split(": ", 1)
        said_at = min(said_at + timedelta(minutes=town.chance.randint(4, 70)), town.now)
        talk.comment(
            by=town.members[name],
            on=topic_of(entry, town.members[name]),
            body=words,
            key=f"demo-{entry.pk}-{index}",
            now=said_at,
        )
    _likes(town, entry, at)


def _picture(town: Town, owner: Member, scene: str, alt: str, at: datetime) -> AttachedPicture:
    picture: Picture = take(file=photograph(scene), owner=owner, now=at)
    return AttachedPicture(picture.pk, alt)


def _recording(owner: Member, wanted: dict[str, str], at: datetime) -> AttachedEnclosure | None:
    """The worker prepares it once the demo runs."""
    if not (file := recording(wanted["what"])):
        return None
    try:
        row = enclosing.take(file=file, called=wanted["called"], owner=owner, now=at)
    except Refused:
        return None
    return AttachedEnclosure(row.pk, wanted["words"], wanted["captions"]) if row else None


def _likes(town: Town, entry: Entry, at: datetime) -> None:
    if entry.reach == Reach.PLACES:
        return
    for member in town.chance.sample(list(town.members.values()), town.chance.randint(2, 16)):
        if member.pk != entry.author_id:
            talk.like(by=member, entry_id=entry.pk, is_on=True, now=min(at + timedelta(hours=1), town.now))


def _notice(town: Town, day: float, row: dict[str, Any]) -> None:
    author = town.members[row["who"]]
    at = town.at(day, 9, town.chance.randint(0, 40))
    names = row.get("buildings", [])
    ids = list(Building.objects.filter(community=author.community, name__in=names).values_list("pk", flat=True))
    urgent_days = row.get("urgent_days")
    entry = notices.publish(
        by=author,
        title=row["title"],
        body=row["text"],
        is_urgent=bool(urgent_days),
        expires_at=town.now + timedelta(days=urgent_days) if urgent_days else None,
        reach=Reach.PLACES if ids else Reach.PUBLIC if row.get("public") else Reach.COMMUNITY,
        places=Places(buildings=ids),
        language="zh-hans",
        key=f"demo-notice-{row['day']}-{row['title']}",
        now=at,
    )
    share = 0.55 if row["day"] == 0 else 0.85
    for member in town.members.values():
        sees = not ids or member.occupancies.filter(unit__entrance__building__in=ids).exists()
        # The cast reads the newest itself, so that whoever tries the demo has something to confirm.
        is_left = row["day"] == 0 and member.name in dict(CAST)
        if sees and not is_left and town.chance.random() < share:
            notices.confirm(by=member, entry=entry, now=min(at + timedelta(hours=3), town.now))


def _windows(town: Town) -> None:
    """Who was here today; the skyline lights that many windows."""
    today = town.now.astimezone(ZONE).toordinal()
    here = [member.pk for member in town.members.values() if town.chance.random() < 0.7]
    Member.objects.filter(pk__in=here).update(seen_day=today)
