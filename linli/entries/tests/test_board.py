"""Parts of the board, what is new since the last visit, what editors put on top or among the best, and sharing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.entries import actions
from linli.entries.actions.posting import Places
from linli.entries.models import Entry, Reach
from linli.entries.tasks import let_pinned_down
from linli.homes.models import Building
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people import actions as people
from linli.people.models import Member, Section
from tests import factories
from tests.factories import NOW, entry, logged_in, sunny
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

BOARD = "/c/sunny/board/"


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def order_of(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article class="card[^"]*" id="entry-(\d+)"', html)]


def facts(*kinds: str) -> list[str]:
    return [kind for kind in RecordedFact.objects.order_by("id").values_list("kind", flat=True) if kind in kinds]


def recent(by: Member, body: str, *, hours: float, **fields: object) -> Entry:
    return entry(by, body, now=timezone.now() - timedelta(hours=hours), **fields)


# ---- parts -------------------------------------------------------------------------------------------------


def test_what_is_talked_about_comes_first_and_the_next_page_goes_on_after_it() -> None:
    cast = sunny()
    made = [recent(who, f"第{n}条", hours=n + 1) for n, who in enumerate(factories.members(cast.community, 25))]
    Entry.objects.filter(pk=made[20].pk).update(likes=40)
    client = logged_in(cast.li_mei)

    first = html_of(client, f"{BOARD}?show=hot")
    following = re.search(r'href="(/c/sunny/board/\?show=hot&amp;before=\d+)"', first)
    assert following
    second = html_of(client, following[1].replace("&amp;", "&"))

    assert order_of(first)[0] == made[20].pk
    assert len(order_of(first)) == 20
    assert sorted(order_of(first) + order_of(second)) == sorted(one.pk for one in made)


def test_what_somebody_may_not_see_is_not_talked_about_either() -> None:
    cast = sunny()
    factories.homes(cast)
    there = Places(buildings=[Building.objects.get(name="2号楼").pk])
    secret = recent(cast.chen_jing, "只给二号楼", hours=1, reach=Reach.PLACES, places=there)
    Entry.objects.filter(pk=secret.pk).update(likes=99)

    assert secret.pk not in order_of(html_of(logged_in(cast.li_mei), f"{BOARD}?show=hot"))


def test_a_shelf_shows_what_stands_on_it() -> None:
    cast = sunny()
    shelf = Section.objects.filter(community=cast.community).first()
    assert shelf
    on_it = entry(cast.li_mei, "在架上", section_id=shelf.pk)
    entry(cast.li_mei, "不在", key="other")

    html = html_of(logged_in(cast.chen_jing), f"{BOARD}?section={shelf.pk}")

    assert order_of(html) == [on_it.pk]
    assert f'href="/c/sunny/board/" aria-current="page">{shelf.name}' in html


@pytest.mark.parametrize("query", ["section=999999", "section=x", "show=nothing", "show=section", "before=²"])
def test_what_the_board_does_not_have_is_the_board_itself(query: str) -> None:
    cast = sunny()
    made = entry(cast.li_mei)

    assert order_of(html_of(logged_in(cast.li_mei), f"{BOARD}?{query}")) == [made.pk]


def test_strangers_get_no_part_that_needs_a_member() -> None:
    cast = sunny(is_public=True)
    made = entry(cast.li_mei, reach=Reach.PUBLIC)

    for part in ("hot", "unread", "home"):
        assert order_of(html_of(Client(), f"{BOARD}?show={part}")) == [made.pk]
    assert order_of(html_of(Client(), f"{BOARD}?show=digest")) == []


@pytest.mark.parametrize("query", ["show=hot", "show=unread", "show=digest", "show=waiting", "section={section}"])
def test_every_part_costs_the_same_for_one_entry_as_for_two_hundred(query: str) -> None:
    cast = sunny()
    shelf = Section.objects.filter(community=cast.community).first()
    assert shelf
    one = entry(cast.li_mei, section_id=shelf.pk, now=timezone.now())
    Entry.objects.update(featured_at=NOW)

    def grow() -> None:
        fields = {name: getattr(one, name) for name in ("community", "kind", "author", "reach", "at", "section")}
        Entry.objects.bulk_create(
            Entry(key=f"g{n}", featured_at=NOW, card_zh_hans="<article>", **fields) for n in range(200)
        )

    assert_same_queries(logged_in(cast.li_mei), f"{BOARD}?{query.format(section=shelf.pk)}", grow, most=3)


# ---- what is new -------------------------------------------------------------------------------------------


def test_what_came_since_the_last_visit_stands_above_a_line() -> None:
    cast = sunny()
    old = entry(cast.chen_jing, "旧的", key="old")
    client = logged_in(cast.li_mei)
    people.note_board_seen(by=cast.li_mei, to=old.pk, now=NOW)
    new = entry(cast.chen_jing, "新的", key="new")

    assert "divider" not in html_of(client, BOARD)
    client.post(f"{BOARD}position/", {"to": new.pk})  # much later than NOW: a new visit
    html = html_of(client, BOARD)

    assert order_of(html) == [new.pk, old.pk]
    assert html.index(f'id="entry-{new.pk}"') < html.index('class="divider"') < html.index(f'id="entry-{old.pk}"')
    assert order_of(html_of(client, f"{BOARD}?show=unread")) == [new.pk]


def test_looking_again_within_one_visit_keeps_what_is_new_new() -> None:
    cast = sunny()
    first, second = entry(cast.chen_jing, "一", key="1"), entry(cast.chen_jing, "二", key="2")
    people.note_board_seen(by=cast.li_mei, to=first.pk, now=NOW)
    people.note_board_seen(by=cast.li_mei, to=second.pk, now=NOW + timedelta(hours=2))
    people.note_board_seen(by=cast.li_mei, to=second.pk, now=NOW + timedelta(hours=2, minutes=20))

    row = Member.objects.get(pk=cast.li_mei.pk)
    assert (row.read_to, row.seen_to) == (first.pk, second.pk)

    people.note_board_seen(by=cast.li_mei, to=0, now=NOW + timedelta(hours=3))
    row.refresh_from_db()
    assert (row.read_to, row.seen_to) == (second.pk, second.pk)


def test_all_of_it_can_be_called_read_without_javascript() -> None:
    cast = sunny()
    made = entry(cast.chen_jing)
    client = logged_in(cast.li_mei)
    assert f'name="all" value="{made.pk}"' in html_of(client, f"{BOARD}?show=unread")

    answer = client.post(f"{BOARD}position/", {"all": made.pk})

    assert answer.status_code == 303
    assert "您都看过了" in html_of(client, f"{BOARD}?show=unread")


def test_no_address_sets_the_mark_into_the_future() -> None:
    cast = sunny()
    made = entry(cast.chen_jing)

    logged_in(cast.li_mei).post(f"{BOARD}position/", {"all": "9" * 18})

    assert Member.objects.get(pk=cast.li_mei.pk).read_to == made.pk


# ---- the best, and on top ----------------------------------------------------------------------------------


def test_an_editor_takes_an_entry_among_the_best_once() -> None:
    cast = sunny()
    made = entry(cast.li_mei)

    for _turn in range(2):
        actions.feature(by=cast.chen_jing, entry=made, is_on=True, now=NOW)

    assert facts("entries.EntryFeatured") == ["entries.EntryFeatured"]
    html = html_of(logged_in(cast.li_mei), f"{BOARD}?show=digest")
    assert order_of(html) == [made.pk]
    assert "精华" in Entry.objects.get().card_zh_hans

    actions.feature(by=cast.chen_jing, entry=made, is_on=False, now=NOW)
    assert order_of(html_of(logged_in(cast.li_mei), f"{BOARD}?show=digest")) == []
    assert "精华" not in Entry.objects.get().card_zh_hans


@pytest.mark.parametrize("who", ["li_mei", "wang_qiang"])
def test_nobody_else_chooses(who: str) -> None:
    cast = sunny()
    made = entry(cast.li_mei)
    by = getattr(cast, who)

    with pytest.raises(Refused):
        actions.feature(by=by, entry=made, is_on=True, now=NOW)
    with pytest.raises(Refused):
        actions.pin(by=by, entry=made, days=3, now=NOW)
    with pytest.raises(Refused):
        actions.unpin(by=by, entry=made, now=NOW)

    row = Entry.objects.get()
    assert (row.featured_at, row.pinned_until, facts("entries.EntryPinned", "entries.EntryFeatured")) == (
        None,
        None,
        [],
    )


def test_a_fourth_post_finds_no_room_on_top() -> None:
    cast = sunny()
    made = [entry(cast.li_mei, f"{n}", key=f"{n}") for n in range(4)]
    for one in made[:3]:
        actions.pin(by=cast.chen_jing, entry=one, days=7, now=NOW)

    with pytest.raises(Refused) as refused:
        actions.pin(by=cast.chen_jing, entry=made[3], days=7, now=NOW)

    assert refused.value.refusal.code == "too_many_pinned"
    assert Entry.objects.filter(pinned_until__isnull=False).count() == 3
    # One that is there already may begin its time anew.
    actions.pin(by=cast.chen_jing, entry=made[0], days=30, now=NOW)
    assert Entry.objects.get(pk=made[0].pk).pinned_until == NOW + timedelta(days=30)


def test_a_pinned_post_is_not_called_urgent_and_comes_down_by_itself() -> None:
    cast = sunny()
    made = entry(cast.li_mei, "置顶的帖")
    client = logged_in(cast.chen_jing)

    answer = client.post(f"/c/sunny/entries/{made.pk}/pin/", {"days": "3"})

    assert answer.status_code == 302
    card = Entry.objects.get().card_zh_hans
    assert "置顶" in card
    assert "紧急" not in card
    assert 'class="cards board-pinned"' in html_of(client, BOARD)
    Entry.objects.update(pinned_until=timezone.now() - timedelta(minutes=1))
    let_pinned_down()
    row = Entry.objects.get()
    assert row.pinned_until is None
    assert "置顶</span>" not in row.card_zh_hans


def test_an_urgent_notice_is_neither_pinned_nor_unpinned_by_hand() -> None:
    cast = sunny()
    urgent = entry(cast.wang_qiang, kind="notice", title="停水", pinned_until=NOW + timedelta(days=1))

    for act in (
        lambda: actions.pin(by=cast.chen_jing, entry=urgent, days=3, now=NOW),
        lambda: actions.unpin(by=cast.chen_jing, entry=urgent, now=NOW),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == "pinned_by_itself"
    assert Entry.objects.get().pinned_by_id is None


# ---- sharing -----------------------------------------------------------------------------------------------


def test_a_sheet_for_the_gate_keeps_what_is_for_members() -> None:
    cast = sunny(is_public=True)
    inside = entry(cast.li_mei, "读书会", "只说给成员听", key="in")
    outside = entry(cast.li_mei, "读书会", "说给大家听", key="out", reach=Reach.PUBLIC)
    client = logged_in(cast.li_mei)

    closed, open_ = (html_of(client, f"/c/sunny/entries/{one.pk}/share/") for one in (inside, outside))

    assert "只说给成员听" not in closed
    assert "说给大家听" in open_
    assert f"http://testserver/c/sunny/entries/{inside.pk}/" in closed
    assert "<svg" in closed
    assert Client().get(f"/c/sunny/entries/{inside.pk}/share/").status_code == 404
    assert Client().get(f"/c/sunny/entries/{outside.pk}/share/").status_code == 200


def test_what_is_public_can_be_shown_by_others_with_its_name_and_nothing_else_can() -> None:
    cast = sunny(is_public=True)

    outside, inside = html_of(Client(), BOARD), html_of(logged_in(cast.li_mei), BOARD)

    assert '<meta property="og:title" content="阳光花园">' in outside
    assert '<meta property="og:url" content="http://testserver/c/sunny/board/">' in outside
    assert "og:" not in inside
