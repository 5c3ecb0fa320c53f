"""Drafts and planned notices, notices to entrances, roles and circles, corrections, and homes reached on paper."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from linli.circles import actions as circles
from linli.entries.actions.posting import AttachedEnclosure, AttachedPicture, Chosen, Places
from linli.entries.models import Entry, EntryEnclosure, Reach
from linli.homes.models import Entrance
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.media import enclosing
from linli.media.models import Enclosure, Picture
from linli.notices import actions, reads
from linli.notices.models import NoticePlan, PaperSheet, Receipt
from linli.people.actions.members import change_roles
from linli.people.models import Member
from linli.people.roles import Role
from tests import factories
from tests.factories import LATER, NOW, logged_in
from tests.queries import assert_same_queries
from tests.things import picture_of

pytestmark = pytest.mark.django_db

FORM = {"title": "周五停水", "body": "九点到十二点", "scope": "all", "key": "k1"}
WORDS = {
    "title": "周五停水",
    "body": "九点到十二点",
    "is_urgent": False,
    "expires_at": None,
    "reach": Reach.COMMUNITY,
    "places": Places(),
}
DAY = timedelta(days=1)


def notice(by: Member, key: str = "n1", **fields: object) -> Entry:
    given: dict[str, object] = {"title": "周五停水", "body": "九点到十二点。", "key": key, "now": NOW}
    return actions.publish(by=by, **(given | fields))


def plan(by: Member, *, publish_at: datetime | None = NOW + DAY, **words: object) -> NoticePlan:
    values = WORDS | words
    return actions.keep_plan(
        by=by, plan_id=None, typed={"title": [str(values["title"])]}, values=values, publish_at=publish_at, now=NOW
    )


def sees(who: Member, entry: Entry) -> bool:
    return logged_in(who).get(f"/c/sunny/entries/{entry.pk}/").status_code == 200


# ---- whom it is for ----------------------------------------------------------------------------------------


def test_a_notice_to_the_committee_is_for_the_committee() -> None:
    sunny = factories.sunny()

    entry = notice(sunny.chen_jing, reach=Reach.PLACES, places=Places(roles=[int(Role.COMMITTEE)]))

    assert sees(sunny.chen_jing, entry)
    assert sees(sunny.steward, entry)  # answers for order
    for who in (sunny.li_mei, sunny.wang_qiang, sunny.grandpa_sun, factories.elsewhere()):
        assert not sees(who, entry)
        assert "周五停水" not in logged_in(who).get("/c/sunny/notices/").content.decode()
    assert reads.preview(sunny.chen_jing, reach=Reach.PLACES, places=Places(roles=[int(Role.COMMITTEE)])).members == 1
    change_roles(by=sunny.steward, member=sunny.chen_jing, roles=int(Role.RESIDENT), now=LATER)
    # Who wrote it keeps what they wrote.
    assert sees(Member.objects.get(pk=sunny.chen_jing.pk), entry)


def test_a_notice_to_a_circle_reaches_who_is_in_it() -> None:
    sunny = factories.sunny()
    choir = circles.found(by=sunny.li_mei, name="合唱队", about="", is_open=True, now=NOW)

    entry = notice(sunny.wang_qiang, reach=Reach.PLACES, places=Places(circles=[choir.pk]))

    assert sees(sunny.li_mei, entry)
    assert not sees(sunny.grandpa_sun, entry)
    circles.join(by=sunny.grandpa_sun, circle=choir, now=LATER)
    assert sees(sunny.grandpa_sun, entry)
    assert reads.readers(sunny.wang_qiang, entry).members == 2


def test_a_notice_to_an_entrance_reaches_its_homes() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)
    first = Entrance.objects.get(building__name="1号楼")

    entry = notice(sunny.wang_qiang, reach=Reach.PLACES, places=Places(entrances=[first.pk]))

    assert entry.notice.homes == 4
    assert sees(sunny.li_mei, entry)
    assert not sees(factories.member(sunny.community, "外楼"), entry)


def test_a_form_that_names_nobody_says_so_beside_the_field() -> None:
    sunny = factories.sunny()

    answer = logged_in(sunny.wang_qiang).post("/c/sunny/notices/new/", FORM | {"scope": "people", "send": "1"})

    assert answer.status_code == 422
    assert "请至少选一种身份或一个小组" in answer.content.decode()
    assert not Entry.objects.exists()


# ---- drafts and plans --------------------------------------------------------------------------------------


def test_a_planned_notice_goes_out_at_its_time_and_once() -> None:
    sunny = factories.sunny()
    kept = plan(sunny.wang_qiang)

    assert actions.publish_due(now=NOW + DAY - timedelta(seconds=1)) == 0
    assert not Entry.objects.exists()
    assert actions.publish_due(now=NOW + DAY + timedelta(hours=3)) == 1  # the server was off for a while
    assert actions.publish_due(now=NOW + DAY + timedelta(hours=4)) == 0

    entry = Entry.objects.get()
    kept.refresh_from_db()
    assert (entry.title, entry.author_id, kept.published_id) == ("周五停水", sunny.wang_qiang.pk, entry.pk)
    assert RecordedFact.objects.filter(kind="notices.NoticePublished").count() == 1


def test_who_lost_the_role_does_not_publish_and_the_page_says_why() -> None:
    sunny = factories.sunny()
    plan(sunny.wang_qiang)
    change_roles(by=sunny.steward, member=sunny.wang_qiang, roles=int(Role.RESIDENT), now=LATER)

    assert actions.publish_due(now=NOW + 2 * DAY) == 0

    assert not Entry.objects.exists()
    page = logged_in(sunny.chen_jing).get("/c/sunny/notices/").content.decode()
    assert "没有发出" in page
    assert "只有社区授权发公告的人才能这样做" in page or "公告" in page


def test_a_plan_that_would_end_before_it_begins_is_refused() -> None:
    sunny = factories.sunny()

    for words, at, code in (
        ({}, NOW - DAY, "planned_before_now"),
        ({"expires_at": NOW + timedelta(hours=2)}, NOW + DAY, "ends_before_it_goes_out"),
    ):
        with pytest.raises(Refused) as refused:
            plan(sunny.wang_qiang, publish_at=at, **words)
        assert refused.value.refusal.code == code
    assert not NoticePlan.objects.exists()


@pytest.mark.parametrize("who", ["li_mei", "grandpa_sun"])
def test_only_the_office_plans(who: str) -> None:
    sunny = factories.sunny()
    kept = plan(sunny.wang_qiang)

    with pytest.raises(Refused):
        plan(getattr(sunny, who))
    with pytest.raises(Refused):
        actions.drop_plan(by=getattr(sunny, who), plan_id=kept.pk, now=NOW)
    assert "周五停水" not in logged_in(getattr(sunny, who)).get("/c/sunny/notices/").content.decode()
    assert NoticePlan.objects.count() == 1


def test_a_draft_is_found_again_by_its_author_alone_and_goes_out_when_sent() -> None:
    sunny = factories.sunny()
    office, committee = logged_in(sunny.wang_qiang), logged_in(sunny.chen_jing)

    answer = office.post("/c/sunny/notices/new/", {"title": "", "body": "写到一半", "scope": "all", "draft": "1"})

    kept = NoticePlan.objects.get()
    assert answer.status_code == 303
    assert "还没有标题" in office.get("/c/sunny/notices/").content.decode()
    assert "还没有标题" not in committee.get("/c/sunny/notices/").content.decode()
    assert "写到一半" in office.get(f"/c/sunny/notices/new/?plan={kept.pk}").content.decode()
    assert "写到一半" not in committee.get(f"/c/sunny/notices/new/?plan={kept.pk}").content.decode()

    office.post("/c/sunny/notices/new/", FORM | {"plan": kept.pk, "send": "1"})
    assert Entry.objects.get().title == "周五停水"
    assert not NoticePlan.objects.exists()


def test_a_time_is_typed_and_shown_in_the_communitys_own_time() -> None:
    sunny = factories.sunny()
    at = (
        (timezone.now() + 3 * DAY)
        .astimezone(ZoneInfo("Asia/Shanghai"))
        .replace(hour=8, minute=0, second=0, microsecond=0)
    )
    client = logged_in(sunny.wang_qiang)

    client.post("/c/sunny/notices/new/", FORM | {"publish_at": f"{at:%Y-%m-%dT%H:%M}", "send": "1"})

    assert NoticePlan.objects.get().publish_at == at
    assert f"{at.month}月{at.day}日 08:00" in client.get("/c/sunny/notices/").content.decode()


def test_pictures_of_a_draft_are_kept_and_go_with_it() -> None:
    sunny = factories.sunny()
    picture, _ = picture_of(sunny.wang_qiang)
    kept = actions.keep_plan(
        by=sunny.wang_qiang, plan_id=None, typed={}, pictures=[AttachedPicture(picture, "水表")], now=NOW
    )
    assert Picture.objects.get(pk=picture).unused_since is None

    actions.drop_plan(by=sunny.wang_qiang, plan_id=kept.pk, now=LATER)

    assert Picture.objects.get(pk=picture).unused_since == LATER


# ---- corrections -------------------------------------------------------------------------------------------


def test_who_had_read_it_sees_what_changed_until_they_confirm() -> None:
    sunny = factories.sunny()
    entry = notice(sunny.wang_qiang)
    actions.confirm(by=sunny.li_mei, entry=entry, now=NOW)
    entry.refresh_from_db()
    actions.correct(by=sunny.wang_qiang, entry=entry, title="周六停水", body="九点到十二点。", now=LATER)
    entry.refresh_from_db()
    actions.correct(by=sunny.wang_qiang, entry=entry, title="周六停水", body="八点到十二点。", now=LATER + DAY)
    reader, newcomer = logged_in(sunny.li_mei), logged_in(sunny.grandpa_sun)
    url = f"/c/sunny/entries/{entry.pk}/"

    page = reader.get(url).content.decode()

    # Both corrections, because the reader knows the first words only.
    assert "<del>五</del><ins>六</ins>" in page
    assert "<del>九</del><ins>八</ins>" in page
    assert "<ins>" not in newcomer.get(url).content.decode()
    actions.confirm(by=sunny.li_mei, entry=entry, now=LATER + 2 * DAY)
    assert "<ins>" not in reader.get(url).content.decode()
    assert "有更正" in reader.get("/c/sunny/notices/").content.decode()


# ---- paper -------------------------------------------------------------------------------------------------


def states(sunny: factories.Sunny, entry: Entry) -> dict[str, int]:
    found = reads.readers(sunny.wang_qiang, entry)
    return {"paper": found.on_paper, "unread": found.unread, "none": found.without_account, "ok": found.confirmed}


def test_homes_not_reached_get_a_sheet_each_and_are_ticked_building_by_building() -> None:
    sunny = factories.sunny()
    units = factories.homes(sunny)
    entry = notice(sunny.wang_qiang)
    actions.confirm(by=sunny.li_mei, entry=entry, now=NOW)
    office = logged_in(sunny.wang_qiang)

    printed = office.get(f"/c/sunny/notices/{entry.pk}/sheets/").content.decode()
    assert printed.count('<article class="paper"') == 2 + 7  # a list for each building, a sheet for each home but one
    assert f"http://testserver/c/sunny/entries/{entry.pk}/" not in printed.split("<svg")[0]
    first = units["1号楼 101"].entrance.building_id
    office.post(f"/c/sunny/notices/{entry.pk}/paper/", {"building": first})

    assert states(sunny, entry) == {"paper": 3, "unread": 1, "none": 3, "ok": 1}
    assert PaperSheet.objects.filter(by=sunny.wang_qiang).count() == 3
    # What is seen on a screen afterwards counts more than paper.
    actions.confirm(by=sunny.grandpa_sun, entry=entry, now=LATER)
    assert states(sunny, entry) == {"paper": 2, "unread": 1, "none": 3, "ok": 2}
    office.post(f"/c/sunny/notices/{entry.pk}/paper/", {"unit": units["1号楼 201"].pk, "off": "1"})
    assert states(sunny, entry)["paper"] == 1


def test_homes_it_is_not_for_are_never_ticked() -> None:
    sunny = factories.sunny()
    units = factories.homes(sunny)
    first = units["1号楼 101"]
    entry = notice(sunny.wang_qiang, reach=Reach.PLACES, places=Places(units=[first.pk]))

    noted = actions.note_paper(
        by=sunny.wang_qiang, entry=entry, unit_ids=[first.pk, units["2号楼 201"].pk, 999_999], now=NOW
    )

    assert noted == 1
    assert list(PaperSheet.objects.values_list("unit", flat=True)) == [first.pk]
    with pytest.raises(Refused):
        actions.note_paper(by=sunny.li_mei, entry=entry, unit_ids=[first.pk], now=NOW)
    assert PaperSheet.objects.count() == 1


def test_the_table_begins_no_formula() -> None:
    sunny = factories.sunny()
    units = factories.homes(sunny)
    units["1号楼 101"].entrance.building.__class__.objects.filter(name="1号楼").update(name="=HYPERLINK(1)")
    entry = notice(sunny.wang_qiang)

    answer = logged_in(sunny.wang_qiang).get(f"/c/sunny/notices/{entry.pk}/readers.csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 9
    assert lines[1].startswith("'=HYPERLINK(1)")
    assert logged_in(sunny.li_mei).get(f"/c/sunny/notices/{entry.pk}/readers.csv").status_code == 404


def test_plans_cost_the_same_for_one_as_for_many() -> None:
    sunny = factories.sunny()
    plan(sunny.wang_qiang)

    def grow() -> None:
        rows = [
            NoticePlan(community=sunny.community, author=sunny.wang_qiang, title=f"{n}", changed_at=NOW, publish_at=NOW)
            for n in range(45)
        ]
        NoticePlan.objects.bulk_create(rows)

    assert_same_queries(logged_in(sunny.wang_qiang), "/c/sunny/notices/", grow)


def test_a_correction_takes_the_confirmation_back() -> None:
    sunny = factories.sunny()
    entry = notice(sunny.wang_qiang)
    actions.confirm(by=sunny.li_mei, entry=entry, now=NOW)
    entry.refresh_from_db()

    actions.correct(by=sunny.wang_qiang, entry=entry, title="周六停水", body="九点到十二点。", now=LATER)

    row = Receipt.objects.get(member=sunny.li_mei)
    assert (row.confirmed_at, row.corrected_at) == (None, LATER)


def test_a_planned_notice_goes_out_with_its_files_and_a_dropped_one_lets_them_go(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    office = factories.sunny().wang_qiang
    files = [
        enclosing.take(file=BytesIO(b"%PDF-1.7\n%%EOF\n"), called=f"{name}.pdf", owner=office, now=NOW) for name in "ab"
    ]
    first, second = (Chosen([], [AttachedEnclosure(row.pk, "停水范围")]) for row in files if row)
    actions.keep_plan(
        by=office, plan_id=None, typed={}, values=WORDS, pictures=first, publish_at=NOW + timedelta(hours=1), now=NOW
    )
    dropped = actions.keep_plan(by=office, plan_id=None, typed={}, pictures=second, now=NOW)

    actions.drop_plan(by=office, plan_id=dropped.pk, now=LATER)
    assert actions.publish_due(now=NOW + timedelta(hours=2)) == 1

    assert [row.words for row in EntryEnclosure.objects.all()] == ["停水范围"]
    assert list(Enclosure.objects.order_by("pk").values_list("unused_since", flat=True)) == [None, LATER]
