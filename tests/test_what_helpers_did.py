"""What helpers did: listed, printed, taken back; facts of the packages above are made by going through their pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.entries.models import Entry
from linli.helping import acts
from linli.helping.models import Mandate
from linli.helping.tests.cast import acting, mandate, paper_mandate
from linli.helping.topics import all_topics
from linli.kernel.models import RecordedFact
from linli.people.models import Member
from linli.talk.models import Comment, Like
from tests import factories
from tests.factories import Sunny
from tests.queries import assert_same_queries
from tests.test_doors import rows
from tests.things import things

pytestmark = pytest.mark.django_db


def helped(sunny: Sunny) -> Client:
    """Li Mei posts, comments and likes for Grandpa Sun."""
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei), sunny.li_mei)
    client.post("/c/sunny/post/", {"body": "收音机送给喜欢的邻居", "audience": "community", "key": "radio"})
    entry = Entry.objects.get()
    client.post(f"/c/sunny/entries/{entry.pk}/comments/", {"body": "下午都在家", "key": "radio-1"})
    client.post(f"/c/sunny/entries/{entry.pk}/like/", {"on": "1"})
    return client


def fact(kind: str) -> RecordedFact:
    return RecordedFact.objects.get(kind=kind)


def test_what_a_helper_writes_carries_both_names() -> None:
    sunny = factories.sunny()
    helped(sunny)

    entry, comment, like = Entry.objects.get(), Comment.objects.get(), Like.objects.get()

    assert (entry.author, entry.helper) == (sunny.grandpa_sun, sunny.li_mei)
    assert (comment.author, comment.helper) == (sunny.grandpa_sun, sunny.li_mei)
    assert (like.member, like.helper) == (sunny.grandpa_sun, sunny.li_mei)
    assert "孙爷爷" in entry.card_zh_hans and "李梅" in entry.card_zh_hans


def test_the_elder_reads_in_plain_words_what_was_done() -> None:
    sunny = factories.sunny()
    helped(sunny)

    html = factories.logged_in(sunny.grandpa_sun).get("/c/sunny/helping/acts/").content.decode()

    for words in ("收音机送给喜欢的邻居", "下午都在家", "李梅", f"/c/sunny/entries/{Entry.objects.get().pk}/"):
        assert words in html
    assert html.count("helping/acts/") >= 3


def test_one_tap_takes_a_post_a_comment_and_a_like_back() -> None:
    sunny = factories.sunny()
    helped(sunny)
    elder = factories.logged_in(sunny.grandpa_sun)

    for kind in ("talk.Liked", "talk.Commented", "entries.EntryPosted"):
        assert elder.post(f"/c/sunny/helping/acts/{fact(kind).pk}/undo/").status_code == 303

    assert not Like.objects.exists()
    assert Comment.objects.get().deleted_at is not None
    assert Entry.objects.get().deleted_at is not None
    # Twice is once.
    before = RecordedFact.objects.count()
    assert elder.post(f"/c/sunny/helping/acts/{fact('entries.EntryPosted').pk}/undo/").status_code == 303
    assert RecordedFact.objects.count() == before


def test_after_three_days_it_is_too_late() -> None:
    sunny = factories.sunny()
    helped(sunny)
    RecordedFact.objects.update(at=timezone.now() - timedelta(hours=73))
    elder = factories.logged_in(sunny.grandpa_sun)

    response = elder.post(f"/c/sunny/helping/acts/{fact('entries.EntryPosted').pk}/undo/")

    assert response.status_code == 422
    assert Entry.objects.get().deleted_at is None
    assert f"acts/{fact('entries.EntryPosted').pk}/undo/" not in elder.get("/c/sunny/helping/acts/").content.decode()


@pytest.mark.parametrize("who", ["chen_jing", "li_mei", "steward"])
def test_nobody_else_takes_it_back_here_or_reads_it(who: str) -> None:
    sunny = factories.sunny()
    helped(sunny)
    client = factories.logged_in(getattr(sunny, who))

    response = client.post(f"/c/sunny/helping/acts/{fact('entries.EntryPosted').pk}/undo/")

    assert response.status_code == 422
    assert Entry.objects.get().deleted_at is None
    assert "收音机" not in client.get("/c/sunny/helping/acts/").content.decode()


def test_a_helper_sees_only_their_own_acts() -> None:
    sunny = factories.sunny()
    helped(sunny)
    other = acting(sunny, mandate(sunny.grandpa_sun, sunny.chen_jing), sunny.chen_jing)

    assert "收音机" not in other.get("/c/sunny/helping/acts/").content.decode()


def test_the_office_prints_it_for_somebody_whose_consent_is_on_paper() -> None:
    sunny = factories.sunny()
    client = acting(sunny, paper_mandate(sunny), sunny.li_mei)
    client.post("/c/sunny/post/", {"body": "收音机送给喜欢的邻居", "audience": "community", "key": "radio"})

    response = factories.logged_in(sunny.wang_qiang).get(f"/c/sunny/helping/people/{sunny.grandpa_sun.pk}/acts/print/")

    assert "收音机送给喜欢的邻居" in response.content.decode()


def test_an_act_nobody_has_words_for_is_listed_nevertheless() -> None:
    sunny = factories.sunny()
    RecordedFact.objects.create(
        kind="later.SomethingNew", community_id=sunny.community.pk, person_id=sunny.grandpa_sun.person_id,
        helper_id=sunny.li_mei.person_id, payload={}, at=timezone.now(),
    )  # fmt: skip

    html = factories.logged_in(sunny.grandpa_sun).get("/c/sunny/helping/acts/").content.decode()

    assert "改动了一处内容" in html


def test_a_long_list_costs_no_more() -> None:
    sunny = factories.sunny()
    helped(sunny)
    rows = list(RecordedFact.objects.filter(helper_id=sunny.li_mei.person_id))

    def grow() -> None:
        RecordedFact.objects.bulk_create(
            RecordedFact(
                kind=row.kind, community_id=row.community_id, person_id=row.person_id, helper_id=row.helper_id,
                payload=row.payload, at=row.at,
            )
            for _ in range(200 // len(rows))
            for row in rows
        )  # fmt: skip

    client = factories.logged_in(sunny.grandpa_sun)
    assert_same_queries(client, "/c/sunny/helping/acts/", grow, most=12)
    assert_same_queries(client, "/c/sunny/helping/acts/print/", grow, most=12)


def test_whatever_a_helper_posts_carries_the_helper_or_is_refused() -> None:
    """Every address that takes a POST, as a helper with every topic: nothing happens in the elder's name alone."""
    sunny = factories.sunny()
    named = things(sunny)
    Mandate.objects.update(topics=[topic.key for topic in all_topics()])
    client = factories.logged_in(sunny.li_mei)
    client.post(f"/c/sunny/helping/mandates/{named['mandate']}/start/")
    fields = {
        "on": "1",
        "body": "试试",
        "audience": "community",
        "sure": "yes",
        "confirm": "on",
        "name": "某人",
        "kind": "family",
    }
    before = RecordedFact.objects.order_by("-id").values_list("id", flat=True).first() or 0

    for row in rows():
        if row.method == "POST" and row.address.startswith("/c/sunny/") and not row.address.endswith("/stop/"):
            client.post(row.address.format(**named), fields | {"key": row.address[:30]})

    done = RecordedFact.objects.filter(id__gt=before)
    assert set(done.exclude(kind__startswith="accounts.").values_list("person_id", "helper_id")) == {
        (sunny.grandpa_sun.person_id, sunny.li_mei.person_id)
    }
    assert set(done.values_list("kind", flat=True)) <= set(acts.registered()) | acts.muted()
    assert Member.objects.get(pk=sunny.grandpa_sun.pk).left_at is None
