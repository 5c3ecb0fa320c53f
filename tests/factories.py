"""The cast and the community that every test, seed and picture shares; built by calling actions, nothing random."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.test import Client

from linli.entries import actions as entries
from linli.entries.models import Entry
from linli.homes import actions as register
from linli.homes.models import OccupancyKind, Unit
from linli.homes.plans import Pattern
from linli.people.actions.communities import found
from linli.people.actions.members import admit
from linli.people.models import Community, Kind, Member, Person, Size
from linli.people.roles import Role

# A Monday, six in the evening in Shanghai.
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
PASSWORD = "sunny-gardens-1"

LI_MEI = "李梅"
WANG_QIANG = "王强"
CHEN_JING = "陈静"
GRANDPA_SUN = "孙爷爷"


def person(name: str = LI_MEI, **fields: object) -> Person:
    """Somebody who can log in; the number is the next free one."""
    count = Person.objects.count() + 1
    given: dict[str, object] = {
        "number": f"{100000 + count}",
        "name": name,
        "email": f"person{count}@sunny.example",
        "language": "zh-hans",
        "registered_at": NOW,
    }
    made = Person(**(given | fields))
    made.set_password(PASSWORD)
    made.save()
    return made


def community(slug: str = "sunny", name: str = "阳光花园", founder: Person | None = None, **fields: object) -> Member:
    """A community; answers its founder, who is its steward."""
    given: dict[str, object] = {
        "member_name": founder.name if founder else "赵敏",
        "kind": Kind.RESIDENTIAL,
        "language": "zh-hans",
        "time_zone": "Asia/Shanghai",
        "now": NOW,
    }
    return found(by=founder or person("赵敏"), name=name, slug=slug, **(given | fields))


def member(of: Community, name: str = LI_MEI, *, roles: int = Role.RESIDENT, **fields: object) -> Member:
    """One more member of a community."""
    roles = int(roles) | Role.RESIDENT
    return admit(community=of, person=person(name, **fields), name=name, roles=roles, way="demo", now=NOW)


def members(of: Community, count: int) -> list[Member]:
    """Many neighbours, to make a list long."""
    return [member(of, f"邻居{number}") for number in range(1, count + 1)]


@dataclass(frozen=True, kw_only=True)
class Sunny:
    """阳光花园 Sunny Gardens and the people in it."""

    community: Community
    steward: Member
    li_mei: Member  # resident
    wang_qiang: Member  # property office
    chen_jing: Member  # committee
    grandpa_sun: Member  # an elder, reads in the elder view

    @property
    def slug(self) -> str:
        return self.community.slug


def sunny(**fields: object) -> Sunny:
    """The community of the cast."""
    steward = community(**fields)
    home = steward.community
    return Sunny(
        community=home,
        steward=steward,
        li_mei=member(home, LI_MEI),
        wang_qiang=member(home, WANG_QIANG, roles=Role.PROPERTY),
        chen_jing=member(home, CHEN_JING, roles=Role.COMMITTEE),
        grandpa_sun=member(home, GRANDPA_SUN, size=Size.ELDER),
    )


def homes(of: Sunny) -> dict[str, Unit]:
    """Two buildings with four homes each: Li Mei and Grandpa Sun live in the first, Chen Jing in the second."""
    pattern = Pattern(building_last=2, building_name="{}号楼", entrance_name="{}单元", floor_last=2, homes_per_floor=2)
    register.add_homes(by=of.steward, plan=pattern.plan(), now=NOW)
    units = Unit.objects.filter(entrance__building__community=of.community).select_related("entrance__building")
    found_units = {f"{unit.entrance.building.name} {unit.name}": unit for unit in units}
    for who, where in ((of.li_mei, "1号楼 101"), (of.grandpa_sun, "1号楼 102"), (of.chen_jing, "2号楼 201")):
        live_in(of, who, found_units[where])
    return found_units


def live_in(of: Sunny, who: Member, unit: Unit) -> None:
    """The steward has seen the papers."""
    register.move_in(
        by=of.steward,
        unit=unit,
        member=who,
        kind=OccupancyKind.OWNER,
        since=NOW.date(),
        verified_how="房产证",
        now=NOW,
    )


def entry(by: Member, title: str = "谁家的猫", body: str = "橘猫在三号楼门口。", **fields: object) -> Entry:
    """Something a member wrote for the whole community; posting the same words twice makes two."""
    key = f"factory-{Entry.objects.count()}"
    given: dict[str, object] = {"title": title, "body": body, "key": key, "now": NOW}
    return entries.post(by=by, **(given | fields))


def elsewhere() -> Member:
    """A resident of another community, who must see nothing of Sunny Gardens."""
    return member(community("willow", "柳岸", founder=person("周兰")).community, "刘洋")


def operator() -> Person:
    """Somebody who runs the server and belongs to no community."""
    return person("马丽", is_operator=True)


def logged_in(who: Person | Member | None) -> Client:
    """A browser in which this person is logged in; a stranger's for None."""
    client = Client()
    found = who.person if isinstance(who, Member) else who
    if found:
        client.force_login(found)
        # As a log-in leaves it: pages that ask again after a while find that it was just now.
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(found.pk)
        session.save()
    return client
