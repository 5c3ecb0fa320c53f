"""What else goes on in the demo: helpers and those they help, somebody at the gate."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from linli.accounts.actions.registration import register
from linli.accounts.numbers import DEMO_PREFIX
from linli.admission import actions as admission
from linli.circles import actions as circles
from linli.entries import actions as entries
from linli.entries.actions.posting import AttachedPicture, Places
from linli.entries.models import Entry, Reach
from linli.helping import actions as helping
from linli.helping.acting import member_acted_for
from linli.helping.forms import midnight_after, months_later
from linli.homes.models import OccupancyKind, Unit
from linli.homes.reads import Scope
from linli.media.actions import take
from linli.news import actions as news
from linli.notices import actions as notices
from linli.notices.models import Notice
from linli.people.models import Member
from linli.site.demo.pictures import photograph
from linli.talk import actions as talk
from linli.talk.topics import topic_of
from linli.tips import actions as tips
from linli.welcome import actions as welcome

ZONE = ZoneInfo("Asia/Shanghai")


def add_extras(members: dict[str, Member], units: dict[str, Unit], *, now: datetime) -> None:
    _somebody_new(members, now)
    _news(members, now)
    _tips_every_month(members, now)
    _two_questions(members, now)
    _two_circles(members, now)
    _what_is_worth_keeping(members, now)
    _grandpa_sun_is_helped(members, now)
    _somebody_without_a_telephone(members, units, now)
    _at_the_gate(members, units, now)


def _two_circles(members: dict[str, Member], now: datetime) -> None:
    """The choir is open to all; the early swimmers let in whom they know."""
    li_mei, sun, chen, wang = (members[name] for name in ("李梅", "孙爷爷", "陈静", "丁香"))
    founded_at = now - timedelta(days=40)
    choir = circles.found(
        by=chen,
        name="阳光合唱队",
        about="每周三晚上七点半，社区活动室。会不会识谱都欢迎。",
        is_open=True,
        now=founded_at,
    )
    swimmers = circles.found(
        by=li_mei, name="晨泳小组", about="六点半东门集合，一起走去游泳馆。", is_open=False, now=founded_at
    )
    for who in (li_mei, sun, wang):
        circles.join(by=who, circle=choir, now=founded_at + timedelta(days=1))
    circles.join(by=chen, circle=swimmers, words="会蛙泳，六点半起得来。", now=now - timedelta(hours=9))
    for circle, by, minutes, title, body in (
        (choir, chen, 75, "元旦晚会唱什么", "目前有三首备选：《茉莉花》《我和我的祖国》《让我们荡起双桨》。周三见面定，想换别的也可以说。"),
        (swimmers, li_mei, 65, "", "明天水温二十七度，老时间老地方。谁能多带一副耳塞？"),
    ):  # fmt: skip
        entries.post(
            by=by,
            title=title,
            body=body,
            reach=Reach.PLACES,
            places=Places(circles=[circle.pk]),
            key=f"demo-circle-{minutes}",
            now=now - timedelta(minutes=minutes),
        )


def _what_is_worth_keeping(members: dict[str, Member], now: datetime) -> None:
    """The committee keeps what many liked, and one post stays on top for a week."""
    chen = members["陈静"]
    talk_here = Entry.objects.filter(community=chen.community, kind="talk", reach=Reach.COMMUNITY)
    liked = list(talk_here.order_by("-likes", "-pk")[:4])
    for entry in liked:
        entries.feature(by=chen, entry=entry, is_on=True, now=now - timedelta(days=1))
    entries.pin(by=chen, entry=liked[0], days=7, now=now - timedelta(hours=3))


def _tips_every_month(members: dict[str, Member], now: datetime) -> None:
    """The committee has switched the tips on; this month's is the newest of its kind."""
    chen = members["陈静"]
    tips.change_series(by=chen, is_on=True, day=1, hour=9, now=now - timedelta(days=40))
    tips.publish_due(now=now - timedelta(minutes=80))


def _two_questions(members: dict[str, Member], now: datetime) -> None:
    """One has found its answer, the other still waits; answers stand below what they answer."""
    li_mei, sun, chen, ding = (members[name] for name in ("李梅", "孙爷爷", "陈静", "丁香"))
    at = now - timedelta(minutes=79)
    asked = entries.post(
        by=ding, kind="question", title="附近哪里还能修伞", body="伞骨断了一根，扔了可惜。", key="demo-umbrella", now=at
    )
    first = talk.comment(
        by=sun, on=topic_of(asked, sun), body="南门菜场二楼，修鞋的老赵顺带修伞，五块钱。", key="demo-u1",
        now=at + timedelta(minutes=1),
    )  # fmt: skip
    talk.comment(
        by=ding, on=topic_of(asked, ding), body="谢谢孙爷爷，他几点出摊？", key="demo-u2", answers=first,
        now=at + timedelta(minutes=2),
    )  # fmt: skip
    talk.comment(
        by=sun, on=topic_of(asked, sun), body="上午八点到十一点，下雨天不来。", key="demo-u3", answers=first,
        now=at + timedelta(minutes=3),
    )  # fmt: skip
    talk.comment(by=chen, on=topic_of(asked, chen), body="我也记下了。", key="demo-u4", now=at + timedelta(minutes=4))
    talk.accept(by=ding, entry=asked, comment=first, now=at + timedelta(minutes=5))
    entries.post(
        by=li_mei, kind="question", title="谁家孩子学过游泳？教练怎么样",
        body="想给六岁的孩子报寒假班，希望离家近一点。", key="demo-swim", now=now - timedelta(minutes=77),
    )  # fmt: skip


def _somebody_new(members: dict[str, Member], now: datetime) -> None:
    """Two have come this month; the committee has greeted one of them."""
    new = [members[name] for name in ("李梅", "丁香")]
    for member, days in zip(new, (9, 20), strict=True):
        Member.objects.filter(pk=member.pk).update(joined_at=now - timedelta(days=days))
    welcome.greet(
        by=members["陈静"], member=new[0], words="李梅您好，我住二号楼。周三晚上活动室有合唱，来听听？",
        now=now - timedelta(days=8),
    )  # fmt: skip


def _news(members: dict[str, Member], now: datetime) -> None:
    """Two stories are published, one waits for an editor, one has been sent back."""
    li_mei, ding, chen = (members[name] for name in ("李梅", "丁香", "陈静"))
    at = now - timedelta(minutes=95)
    for number, (by, title, body, editing) in enumerate((
        (ding, "社区花园收了第一茬白菜", "东门花园的第一茬白菜昨天收了，一共四十六棵。\n\n种菜的十二户每家留一棵，剩下的送给了楼里七十岁以上的老人。孙爷爷说：“比菜场的甜。”\n\n下一茬种菠菜，想认一小块地的，可以找花园小组。", ""),
        (li_mei, "合唱队拿了街道第二名", "周六街道歌会，阳光合唱队唱了《茉莉花》，拿了第二名。\n\n台下坐着三十多位来助阵的邻居，最小的五岁。", "周六的街道歌会上，阳光合唱队唱了《茉莉花》，拿了第二名。\n\n台下坐着三十多位来助阵的邻居，最小的五岁。排练每周三晚上七点半在活动室，欢迎来听。"),
        (ding, "三号楼的感应灯换好了", "物业昨天换了三号楼一到六层的感应灯，晚上回家不再摸黑。", ""),
    )):  # fmt: skip
        begun = at + timedelta(minutes=2 * number)
        pictures = []
        if number == 0:
            lead = take(file=photograph("garden"), owner=by, now=begun)
            pictures.append(AttachedPicture(lead.pk, "东门花园里的菜畦"))
        story = news.begin(by=by, title=title, body=body, pictures=pictures, language="zh-Hans", now=begun)
        news.submit(by=by, story=story, now=begun + timedelta(seconds=20))
        if number == 2:
            continue
        story.refresh_from_db()
        if editing:
            news.keep(
                by=chen,
                story=story,
                title=title,
                body=editing,
                revision=story.revision,
                now=begun + timedelta(seconds=40),
            )
            story.refresh_from_db()
        news.publish(by=chen, story=story, revision=story.revision, now=begun + timedelta(minutes=1))
    back = news.begin(
        by=li_mei, title="地库水洼有人管了吗", body="27 号车位旁边又积水了。", now=at + timedelta(minutes=7)
    )
    news.submit(by=li_mei, story=back, now=at + timedelta(minutes=8))
    news.send_back(
        by=chen, story=back, note="请补一句物业怎么答复的，再配一张照片，就可以发。", now=at + timedelta(minutes=9)
    )


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
