"""What else goes on in the demo: helpers and those they help, somebody at the gate."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from linli.accounts.actions.registration import register
from linli.accounts.numbers import DEMO_PREFIX
from linli.admission import actions as admission
from linli.entries import actions as entries
from linli.entries.models import Reach
from linli.helping import actions as helping
from linli.helping.acting import member_acted_for
from linli.helping.forms import midnight_after, months_later
from linli.homes.models import OccupancyKind, Unit
from linli.homes.reads import Scope
from linli.notices import actions as notices
from linli.notices.models import Notice
from linli.people.models import Member
from linli.talk import actions as talk
from linli.talk.topics import topic_of

ZONE = ZoneInfo("Asia/Shanghai")


def add_extras(members: dict[str, Member], units: dict[str, Unit], *, now: datetime) -> None:
    _grandpa_sun_is_helped(members, now)
    _somebody_without_a_telephone(members, units, now)
    _at_the_gate(members, units, now)


def _half_a_year(given_at: datetime) -> datetime:
    return midnight_after(months_later(given_at.astimezone(ZONE).date(), 6), ZONE)


def _grandpa_sun_is_helped(members: dict[str, Member], now: datetime) -> None:
    """Li Mei, two floors up, does for him what he asks her to; her own mother's neighbour asks, too."""
    sun, li_mei = members["孙爷爷"], members["李梅"]
    given_at = now - timedelta(days=30)
    topics = ["board", "notices", "profile"]
    mandate = helping.give(by=sun, helper=li_mei, topics=topics, ends_at=_half_a_year(given_at), now=given_at)
    helping.accept(by=li_mei, mandate=mandate, now=given_at + timedelta(hours=2))
    posted_at = now - timedelta(minutes=50)  # after all else, as the board is in the order of posting
    acting = member_acted_for(li_mei, mandate.pk, now=posted_at)
    assert acting
    entry = entries.post(
        by=acting,
        title="一台老收音机，送给喜欢的邻居",
        body="红灯牌，我修过了，能收中波和调频。下午都在家，来听听再拿走。",
        reach=Reach.COMMUNITY,
        key="demo-radio",
        now=posted_at,
    )
    on = topic_of(entry, acting)
    talk.comment(
        by=acting, on=on, body="孙爷爷说，喜欢评弹的优先。", key="demo-radio-1", now=posted_at + timedelta(minutes=20)
    )
    latest = Notice.objects.filter(entry__community=sun.community).select_related("entry").order_by("-entry_id").first()
    if latest:
        notices.confirm(by=acting, entry=latest.entry, now=posted_at + timedelta(minutes=30))
    # And one who waits for an answer.
    he, asked_at = members["何秀英"], now - timedelta(hours=20)
    helping.give(by=he, helper=li_mei, topics=["notices"], ends_at=_half_a_year(asked_at), now=asked_at)


def _somebody_without_a_telephone(members: dict[str, Member], units: dict[str, Unit], now: datetime) -> None:
    """An old lady signs on paper; the office keeps the sheet."""
    office, helper, at = members["王强"], members["丁香"], now - timedelta(days=12)
    elder = helping.enrol(by=office, name="徐阿婆", unit=units["4-2-101"], evidence="物业上门，户主本人在家", now=at)
    mandate = helping.record_paper(
        by=office,
        member=elder,
        helper=helper,
        topics=["board", "notices"],
        ends_at=_half_a_year(at),
        evidence="物业办公室，蓝色“代办”文件夹",
        now=at,
    )
    helping.accept(by=helper, mandate=mandate, now=at + timedelta(hours=5))


def _at_the_gate(members: dict[str, Member], units: dict[str, Unit], now: datetime) -> None:
    """Letters wait for the homes without an account, and two people ask to come in."""
    steward = members["陈静"]
    everywhere = Scope(steward.community_id, only_without_account=True)
    admission.make_letters(by=steward, scope=everywhere, days=90, now=now - timedelta(days=6))
    admission.make_invitation(by=steward, note="太极班的朋友", uses_max=10, days=30, now=now - timedelta(days=4))
    for index, (name, home, days) in enumerate((("何平", "4-2-401", 2), ("蓝天", "6-1-502", 5))):
        asked_at = now - timedelta(days=days)
        person = register(name=name, language="zh-hans", number=f"{DEMO_PREFIX}{900 + index:07}", now=asked_at)
        admission.apply(
            person=person,
            community=steward.community,
            name=name,
            unit=units[home],
            home_kind=OccupancyKind.TENANT,
            now=asked_at,
        )
