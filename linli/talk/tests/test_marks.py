"""What somebody keeps, follows, or does not want on the board."""

import re

import pytest
from django.test import Client

from linli.entries.models import Entry
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.kernel.testing import drain
from linli.people.actions import block
from linli.people.models import Member
from linli.talk import actions, reads
from linli.talk.models import Like, Mark, MutedMember
from linli.talk.topics import topic_of
from tests.factories import LATER, NOW, Sunny, elsewhere, entry, logged_in, sunny
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
BOARD = "/c/sunny/board/"


@pytest.fixture
def cast() -> Sunny:
    return sunny()


def say(by: Member, on: Entry, body: str = "嗯") -> None:
    key = f"c{Entry.objects.get(pk=on.pk).comments}-{by.pk}"
    actions.comment(by=by, on=topic_of(on, by), body=body, key=key, now=NOW)


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def order_of(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article class="card[^"]*" id="entry-(\d+)"', html)]


def test_what_is_kept_is_found_again_by_its_keeper_alone(cast: Sunny) -> None:
    made = entry(cast.chen_jing, "红烧肉的做法")
    mine, other = logged_in(cast.li_mei), logged_in(cast.grandpa_sun)

    mine.post(f"/c/sunny/entries/{made.pk}/mark/", {"do": "keep"})
    mine.post(f"/c/sunny/entries/{made.pk}/mark/", {"do": "keep"})

    assert "红烧肉的做法" in html_of(mine, "/c/sunny/kept/")
    assert "红烧肉的做法" not in html_of(other, "/c/sunny/kept/")
    assert 'aria-pressed="true"' in html_of(mine, f"/c/sunny/entries/{made.pk}/")
    assert not RecordedFact.objects.filter(kind__contains="Mark").exists()
    mine.post(f"/c/sunny/entries/{made.pk}/mark/", {"do": "let-go"})
    assert "红烧肉的做法" not in html_of(mine, "/c/sunny/kept/")


def test_what_may_no_longer_be_seen_is_on_no_shelf(cast: Sunny) -> None:
    made = entry(cast.chen_jing, "红烧肉的做法")
    actions.mark(by=cast.li_mei, entry_id=made.pk, deed="keep", now=NOW)

    Entry.objects.update(deleted_at=NOW)

    assert reads.marked_page(cast.li_mei, "kept", before=None).rows == ()


def test_who_writes_or_answers_follows_and_sees_what_is_new(cast: Sunny) -> None:
    made = entry(cast.li_mei)
    say(cast.grandpa_sun, made)
    drain()
    say(cast.chen_jing, made)
    say(cast.wang_qiang, made)

    assert [row.new for row in reads.marked_page(cast.grandpa_sun, "followed", before=None).rows] == [2]
    assert "2 条新评论" in html_of(logged_in(cast.li_mei), "/c/sunny/kept/?show=followed")
    logged_in(cast.grandpa_sun).post(f"/c/sunny/entries/{made.pk}/seen/")
    assert [row.new for row in reads.marked_page(cast.grandpa_sun, "followed", before=None).rows] == [0]


def test_who_stopped_following_is_not_made_to_follow_again(cast: Sunny) -> None:
    made = entry(cast.li_mei)
    say(cast.grandpa_sun, made)
    drain()
    actions.mark(by=cast.grandpa_sun, entry_id=made.pk, deed="unfollow", now=NOW)

    say(cast.grandpa_sun, made)
    drain()

    assert reads.marked_page(cast.grandpa_sun, "followed", before=None).rows == ()


def test_a_muted_thread_leaves_the_board_and_can_come_back(cast: Sunny) -> None:
    made, other = entry(cast.chen_jing, "吵架帖"), entry(cast.chen_jing, "好帖")
    mine = logged_in(cast.li_mei)

    mine.post(f"/c/sunny/entries/{made.pk}/mark/", {"do": "mute"})

    assert order_of(html_of(mine, BOARD)) == [other.pk]
    assert order_of(html_of(mine, f"{BOARD}?show=unread")) == [other.pk]
    assert order_of(html_of(logged_in(cast.grandpa_sun), BOARD)) == [other.pk, made.pk]
    assert "吵架帖" in html_of(mine, f"/c/sunny/entries/{made.pk}/")
    mine.post(f"/c/sunny/entries/{made.pk}/mark/", {"do": "unmute"})
    assert order_of(html_of(mine, BOARD)) == [other.pk, made.pk]


def test_a_muted_neighbour_is_off_the_board_but_their_notices_are_not(cast: Sunny) -> None:
    talk = entry(cast.wang_qiang, "闲聊")
    notice = entry(cast.wang_qiang, "停水", kind="notice")
    mine = logged_in(cast.li_mei)

    mine.post(f"/c/sunny/people/{cast.wang_qiang.pk}/mute/", {"on": "1"})

    assert order_of(html_of(mine, BOARD)) == [notice.pk]
    assert html_of(mine, f"/c/sunny/entries/{talk.pk}/")
    assert "王强" in html_of(mine, "/c/sunny/kept/?show=muted")
    mine.post(f"/c/sunny/people/{cast.wang_qiang.pk}/mute/", {"on": "0"})
    assert order_of(html_of(mine, BOARD)) == [notice.pk, talk.pk]


def test_nobody_mutes_themselves(cast: Sunny) -> None:
    with pytest.raises(Refused) as refused:
        actions.mute_member(by=cast.li_mei, muted=cast.li_mei, is_on=True, now=NOW)

    assert refused.value.refusal.code == "oneself"
    assert not MutedMember.objects.exists()


def test_a_helper_has_no_shelf_of_the_elder(cast: Sunny) -> None:
    made = entry(cast.chen_jing)
    cast.grandpa_sun.helper = cast.li_mei

    with pytest.raises(Refused):
        actions.mark(by=cast.grandpa_sun, entry_id=made.pk, deed="keep", now=NOW)
    actions.note_thread_seen(by=cast.grandpa_sun, entry_id=made.pk)

    assert not Mark.objects.exists()


@pytest.mark.parametrize("deed", ["", "burn", "keep "])
def test_other_deeds_do_not_exist(cast: Sunny, deed: str) -> None:
    made = entry(cast.chen_jing)

    assert logged_in(cast.li_mei).post(f"/c/sunny/entries/{made.pk}/mark/", {"do": deed}).status_code == 404
    assert logged_in(elsewhere()).post(f"/c/sunny/entries/{made.pk}/mark/", {"do": "keep"}).status_code == 404
    assert not Mark.objects.exists()


def test_shelves_cost_the_same_for_one_as_for_many(cast: Sunny) -> None:
    made = entry(cast.chen_jing)
    actions.mark(by=cast.li_mei, entry_id=made.pk, deed="keep", now=NOW)

    def grow() -> None:
        more = [entry(cast.chen_jing, f"{n}") for n in range(28)]
        Mark.objects.bulk_create(Mark(member=cast.li_mei, entry=one, kept_at=LATER) for one in more)

    assert_same_queries(logged_in(cast.li_mei), "/c/sunny/kept/", grow)


def test_who_is_erased_leaves_no_mark(cast: Sunny) -> None:
    made = entry(cast.chen_jing)
    actions.mark(by=cast.li_mei, entry_id=made.pk, deed="keep", now=NOW)
    actions.mute_member(by=cast.grandpa_sun, muted=cast.li_mei, is_on=True, now=NOW)

    actions.forget_marks(member_ids=[cast.li_mei.pk])

    assert (Mark.objects.count(), MutedMember.objects.count()) == (0, 0)


# ---- reactions ---------------------------------------------------------------------------------------------


def test_another_reaction_takes_the_place_of_the_first_and_counts_once(cast: Sunny) -> None:
    made = entry(cast.chen_jing)
    mine = logged_in(cast.li_mei)
    url = f"/c/sunny/entries/{made.pk}/"

    for number in ("1", "2", "2", "4"):
        mine.post(f"{url}like/", {"on": number})

    assert Entry.objects.get(pk=made.pk).likes == 1
    assert list(Like.objects.values_list("member", "reaction")) == [(cast.li_mei.pk, 4)]
    page = html_of(mine, url)
    assert "加油" in page
    assert "#biceps-flexed" in page
    assert RecordedFact.objects.filter(kind="talk.Liked").count() == 1
    mine.post(f"{url}like/", {"on": "0"})
    assert (Entry.objects.get(pk=made.pk).likes, Like.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", ["5", "-1", "²", "x", "9" * 30])
def test_other_reactions_do_not_exist(cast: Sunny, number: str) -> None:
    made = entry(cast.chen_jing)

    logged_in(cast.li_mei).post(f"/c/sunny/entries/{made.pk}/like/", {"on": number})

    assert not Like.objects.exists()


def test_who_reacted_is_listed_by_reaction_without_those_one_blocks(cast: Sunny) -> None:
    made = entry(cast.chen_jing)
    for who, reaction in ((cast.li_mei, 1), (cast.wang_qiang, 2), (cast.grandpa_sun, 2)):
        actions.like(by=who, entry_id=made.pk, is_on=True, reaction=reaction, now=NOW)
    block(by=cast.chen_jing, member=cast.wang_qiang, now=NOW)

    groups = reads.reactions_of(cast.chen_jing, made.pk)

    assert [(group.reaction.number, [line.name for line in group.lines]) for group in groups] == [
        (1, ["李梅"]),
        (2, ["孙爷爷"]),
    ]
    assert "孙爷爷" in html_of(logged_in(cast.li_mei), f"/c/sunny/entries/{made.pk}/reactions/")
