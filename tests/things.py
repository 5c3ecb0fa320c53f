"""One of each thing that an address can name, in Sunny Gardens; every app adds its own, by calling actions."""

from datetime import datetime, timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image

from linli.admission import actions as admission
from linli.admission.codes import invitation_token, letter_code
from linli.circles import actions as circles
from linli.entries.actions import post
from linli.entries.actions.posting import AttachedEnclosure, AttachedPicture, Chosen
from linli.helping.tests.cast import paper_mandate
from linli.homes import actions as register
from linli.homes.models import Occupancy, OccupancyKind, Title
from linli.homes.reads import Scope
from linli.media import enclosing
from linli.media.actions import take
from linli.news import actions as news
from linli.notices.actions import keep_plan, publish
from linli.notices.models import NoticePlan
from linli.people.actions import change_picture, edit_profile
from linli.people.models import Member
from linli.talk import actions as talk
from linli.talk.topics import topic_of
from linli.tips import actions as tips
from linli.tips.models import Tip
from tests import factories
from tests.factories import Sunny


def picture_of(owner: Member, *, is_square: bool = False) -> tuple[int, str]:
    file = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(file, "JPEG")
    file.seek(0)
    taken = take(file=file, owner=owner, is_square=is_square, now=timezone.now())
    return taken.pk, taken.name


def things(sunny: Sunny) -> dict[str, object]:
    """Name → what stands in the address. Made now, because pages ask the clock whether a thing still counts."""
    units = factories.homes(sunny)
    return {
        "member": sunny.li_mei.pk,
        "unit": units["1号楼 101"].pk,
        "empty_unit": units["2号楼 102"].pk,
        "entrance": units["1号楼 101"].entrance_id,
        "building": units["1号楼 101"].entrance.building_id,
        "occupancy": Occupancy.objects.get(member=sunny.li_mei).pk,
        **_register(sunny, units["1号楼 101"].pk),
        **_written(sunny),
        **_ways_in(sunny),
        "steward": sunny.steward.pk,
        "circle": _circle(sunny),
        "tip": _tip(sunny),
        "story": _story(sunny),
        "elder": sunny.grandpa_sun.pk,
        "mandate": paper_mandate(sunny).pk,
    }


def _story(sunny: Sunny) -> int:
    """Waits for an editor."""
    now = timezone.now()
    made = news.begin(by=sunny.li_mei, title="三号楼的灯", body="昨晚亮了。", now=now)
    news.submit(by=sunny.li_mei, story=made, now=now)
    return made.pk


def _tip(sunny: Sunny) -> int:
    tips.fill_shelf(by=sunny.steward)
    return Tip.objects.values_list("pk", flat=True)[0]


def _circle(sunny: Sunny) -> int:
    """The resident leads it, the elder asks to be let in."""
    circle = circles.found(by=sunny.li_mei, name="合唱队", about="", is_open=False, now=timezone.now())
    circles.join(by=sunny.grandpa_sun, circle=circle, words="男低音", now=timezone.now())
    return circle.pk


def _register(sunny: Sunny, unit_id: int) -> dict[str, object]:
    now = timezone.now()
    unit = Occupancy.objects.select_related("unit").get(unit_id=unit_id).unit
    register.record_title(by=sunny.steward, unit=unit, owner_name="李梅", since=now.date(), now=now)
    draft = register.keep_draft(
        by=sunny.steward, file_name="homes.csv", text="楼,单元,户号,楼层\n3号楼,1单元,101,1\n", now=now
    )
    return {"title": Title.objects.get(unit=unit).pk, "draft": draft.pk}


def _written(sunny: Sunny) -> dict[str, object]:
    now = timezone.now()
    by = sunny.li_mei
    picture, _ = picture_of(by)
    enclosure = _plan_of(by, now)
    chosen = Chosen([AttachedPicture(picture, "橘猫")], [AttachedEnclosure(enclosure, "平面图")])
    entry = post(by=by, title="谁家的猫", body="橘猫在门口。", pictures=chosen, key="entry", now=now)
    comment = talk.comment(by=by, on=topic_of(entry, by), body="是我家的。", key="comment", now=now)
    notice = publish(by=sunny.wang_qiang, title="周五停水", body="九点到十二点。", key="notice", now=now)
    plan = keep_plan(by=sunny.wang_qiang, plan_id=None, typed={"title": ["停水的初稿"]}, now=now)
    NoticePlan.objects.filter(pk=plan.pk).update(publish_at=now + timedelta(days=1))
    _, portrait = picture_of(by, is_square=True)
    edit_profile(by=by, portrait=portrait, now=now)
    _, banner = picture_of(sunny.steward, is_square=True)
    change_picture(by=sunny.steward, picture=banner, now=now)
    return {
        "entry": entry.pk,
        "comment": comment.pk,
        "notice": notice.pk,
        "plan": plan.pk,
        "picture": picture,
        "loose": picture_of(by)[0],
        "enclosure": enclosure,
        "loose_enclosure": _plan_of(by, now),
        "portrait": portrait,
        "banner": banner,
    }


def _plan_of(by: Member, now: datetime) -> int:
    row = enclosing.take(file=BytesIO(b"%PDF-1.7\n%%EOF\n"), called="plan.pdf", owner=by, now=now)
    assert row is not None
    return row.pk


def _ways_in(sunny: Sunny) -> dict[str, object]:
    now = timezone.now()
    sheaf = admission.make_letters(by=sunny.steward, scope=Scope(sunny.community.pk), kind="", days=90, now=now)
    letter = sheaf.letters.order_by("pk").first()
    invitation = admission.make_invitation(by=sunny.steward, uses_max=5, days=7, now=now)
    application = admission.apply(
        person=factories.person("申请人"),
        community=sunny.community,
        name="何平",
        home_kind=OccupancyKind.TENANT,
        now=now,
    )
    home = Occupancy.objects.get(member=sunny.li_mei).unit
    return {
        "sheaf": sheaf.pk,
        "code": letter_code(letter.nonce),
        "family_letter": admission.invite_family(by=sunny.li_mei, unit=home, now=now).pk,
        "invitation": invitation.pk,
        "token": invitation_token(invitation.nonce),
        "application": application.pk,
    }
