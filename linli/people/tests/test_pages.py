"""The pages about people, from outside."""

from __future__ import annotations

import pytest

from linli.kernel.models import RecordedFact
from linli.people import actions, reads
from linli.people.models import Block, Community, Contact, Member
from linli.people.roles import Role
from tests import factories
from tests.factories import NOW, logged_in
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

FIELDS = {
    "name": "李梅", "about": "", "phone": "", "email": "", "about_shown": "members",
    "home_shown": "members", "phone_shown": "nobody", "email_shown": "nobody",
}  # fmt: skip


def test_two_characters_of_a_chinese_name_find_it() -> None:
    sunny = factories.sunny()
    factories.member(sunny.community, "孙建国")

    assert [line.name for line in reads.directory(sunny.li_mei, words="建国").lines] == ["孙建国"]
    assert "孙建国" in logged_in(sunny.li_mei).get("/c/sunny/people/?q=建国").content.decode()


def test_a_per_cent_sign_finds_only_itself() -> None:
    sunny = factories.sunny()

    assert reads.directory(sunny.li_mei, words="%").lines == ()


def test_the_directory_goes_on_from_a_row_and_leaves_nobody_out() -> None:
    sunny = factories.sunny()
    for _ in range(35):
        factories.member(sunny.community, "王伟")  # the same name many times
    seen: list[int] = []
    after = None
    while True:
        page = reads.directory(sunny.li_mei, after=after)
        seen += [line.id for line in page.lines]
        after = page.after
        if after is None:
            break

    assert len(seen) == len(set(seen)) == page.count == 40


def test_two_hundred_neighbours_cost_no_more_statements() -> None:
    sunny = factories.sunny()

    assert_same_queries(
        logged_in(sunny.li_mei), "/c/sunny/people/", lambda: factories.members(sunny.community, 200), most=7
    )


def test_the_directory_goes_on_by_htmx() -> None:
    sunny = factories.sunny()
    factories.members(sunny.community, 40)
    client = logged_in(sunny.li_mei)
    after = reads.directory(sunny.li_mei).after

    html = client.get(f"/c/sunny/people/?after={after}", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in html
    assert html.count("<li") == 45 - 30


def test_who_is_blocked_vanishes_for_the_blocker_alone() -> None:
    sunny = factories.sunny()
    client = logged_in(sunny.li_mei)

    assert client.post(f"/c/sunny/people/{sunny.chen_jing.pk}/block/").status_code == 303

    assert "陈静" not in client.get("/c/sunny/people/?q=陈").content.decode().split("<ul")[-1]
    assert "陈静" in {line.name for line in reads.directory(sunny.wang_qiang).lines}
    assert "陈静" in client.get("/c/sunny/people/blocked/").content.decode()
    # Nobody tells the one who is blocked: their own view is as before.
    assert "李梅" in logged_in(sunny.chen_jing).get(f"/c/sunny/people/{sunny.li_mei.pk}/").content.decode()


def test_blocking_twice_and_unblocking_twice_is_once() -> None:
    sunny = factories.sunny()
    client = logged_in(sunny.li_mei)
    way = f"/c/sunny/people/{sunny.chen_jing.pk}"

    for act in ("block", "block", "unblock", "unblock"):
        assert client.post(f"{way}/{act}/").status_code == 303

    kinds = list(RecordedFact.objects.order_by("id").values_list("kind", flat=True))[-2:]
    assert kinds == ["people.MemberBlocked", "people.MemberUnblocked"]
    assert not Block.objects.exists()


def test_nobody_blocks_themselves_or_a_member_of_another_community() -> None:
    sunny, other = factories.sunny(), factories.elsewhere()
    client = logged_in(sunny.li_mei)

    assert client.post(f"/c/sunny/people/{sunny.li_mei.pk}/block/").status_code == 422
    assert client.post(f"/c/sunny/people/{other.pk}/block/").status_code == 404
    assert not Block.objects.exists()


def test_a_profile_is_changed_and_only_what_changed_is_told() -> None:
    sunny = factories.sunny()
    before = RecordedFact.objects.count()

    response = logged_in(sunny.li_mei).post("/c/sunny/me/", FIELDS | {"about": " 爱种花 "})

    assert response.status_code == 303
    assert Member.objects.get(pk=sunny.li_mei.pk).about == "爱种花"
    (fact,) = RecordedFact.objects.order_by("id")[before:]
    assert (fact.kind, fact.payload["fields"]) == ("people.ProfileEdited", ["about"])
    assert "爱种花" not in str(fact.payload)


def test_saving_without_a_change_records_nothing() -> None:
    sunny = factories.sunny()
    before = RecordedFact.objects.count()

    logged_in(sunny.li_mei).post("/c/sunny/me/", FIELDS)

    assert RecordedFact.objects.count() == before


@pytest.mark.parametrize("field,typed", [
    ("name", "  "), ("phone", "call me"), ("email", "nonsense"), ("phone_shown", "friends"), ("name", "很" * 33),
])  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field_and_changes_nothing(field: str, typed: str) -> None:
    sunny = factories.sunny()

    response = logged_in(sunny.li_mei).post("/c/sunny/me/", FIELDS | {"about": "爱种花", field: typed})

    html = response.content.decode()
    assert response.status_code == 422
    assert f'id="id_{field}-error"' in html
    assert "爱种花" in html
    assert Member.objects.get(pk=sunny.li_mei.pk).about == ""


def test_the_last_steward_cannot_leave_and_is_told_why() -> None:
    sunny = factories.sunny()
    client = logged_in(sunny.steward)

    shown = client.get("/c/sunny/me/leave/")
    response = client.post("/c/sunny/me/leave/", {"sure": "yes"})

    assert "社区至少要有一位管家" in shown.content.decode()
    assert response.status_code == 422
    assert Member.objects.get(pk=sunny.steward.pk).left_at is None


def test_leaving_needs_a_clear_yes() -> None:
    sunny = factories.sunny()
    client = logged_in(sunny.li_mei)

    assert client.post("/c/sunny/me/leave/").status_code == 422
    assert Member.objects.get(pk=sunny.li_mei.pk).left_at is None
    assert client.post("/c/sunny/me/leave/", {"sure": "yes"}).status_code == 303
    assert Member.objects.get(pk=sunny.li_mei.pk).left_at is not None
    assert client.get("/c/sunny/me/").status_code == 404


def test_strangers_cannot_count_through_the_members_of_a_public_community() -> None:
    sunny = factories.sunny()
    Community.objects.update(is_public=True)
    stranger = logged_in(None)

    assert stranger.get(f"/c/sunny/people/{sunny.li_mei.pk}/").status_code == 404
    Member.objects.filter(pk=sunny.li_mei.pk).update(about="爱种花", about_shown="public", phone="13800138000")
    shown = stranger.get(f"/c/sunny/people/{sunny.li_mei.pk}/")

    assert shown.status_code == 200
    assert "爱种花" in shown.content.decode()
    assert "13800138000" not in shown.content.decode()


def test_a_member_of_another_community_is_not_shown_here() -> None:
    sunny, other = factories.sunny(), factories.elsewhere()

    assert logged_in(sunny.li_mei).get(f"/c/sunny/people/{other.pk}/").status_code == 404


def test_a_number_dials_and_the_office_comes_first() -> None:
    sunny = factories.sunny()
    Contact.objects.all().delete()
    for position, (name, is_office) in enumerate((("报警", False), ("物业服务中心", True))):
        Contact.objects.create(
            community=sunny.community, name=name, phone="021-6543 2100", hours="8:00–20:00", is_office=is_office,
            position=position,
        )  # fmt: skip

    html = logged_in(sunny.li_mei).get("/c/sunny/phones/").content.decode()

    assert html.index("物业服务中心") < html.index("报警")
    assert 'href="tel:02165432100"' in html
    assert "8:00–20:00" in html


def test_an_office_is_shown_by_its_role() -> None:
    sunny = factories.sunny()
    actions.change_roles(by=sunny.steward, member=sunny.li_mei, roles=int(Role.RESIDENT | Role.ORGANISER), now=NOW)

    assert {line.name: line.role for line in reads.directory(sunny.steward).lines}["李梅"] == "组织者"
