"""Answers to comments, and answers to questions."""

import re

import pytest
from django.test import Client

from linli.entries import actions as entries
from linli.entries.models import Entry, Reach
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people.actions import block
from linli.people.models import Member
from linli.talk import actions, reads
from linli.talk.models import AcceptedAnswer, Comment
from linli.talk.topics import topic_of
from tests.factories import LATER, NOW, Sunny, elsewhere, entry, logged_in, sunny

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Sunny:
    return sunny()


def say(by: Member, on: Entry, body: str, answers: Comment | None = None) -> Comment:
    key = f"c{Comment.objects.count()}"
    return actions.comment(by=by, on=topic_of(on, by), body=body, key=key, answers=answers, now=NOW)


def question(cast: Sunny, **fields: object) -> Entry:
    return entry(cast.li_mei, "哪里修伞", "伞骨断了一根。", kind="question", **fields)


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def order_of(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<li class="comment[^"]*" id="comment-(\d+)"', html)]


def facts() -> list[str]:
    kinds = RecordedFact.objects.order_by("id").values_list("kind", flat=True)
    return [kind.removeprefix("talk.") for kind in kinds if "Answer" in kind]


# ---- threads -----------------------------------------------------------------------------------------------


def test_an_answer_stands_below_what_it_answers_and_there_are_two_levels(cast: Sunny) -> None:
    on = entry(cast.li_mei)
    first, second = say(cast.chen_jing, on, "第一"), say(cast.wang_qiang, on, "第二")
    reply = say(cast.li_mei, on, "答第一", first)
    deeper = say(cast.chen_jing, on, "再答", reply)

    html = html_of(logged_in(cast.grandpa_sun), f"/c/sunny/entries/{on.pk}/")

    assert order_of(html) == [first.pk, reply.pk, deeper.pk, second.pk]
    assert html.count("comment-answer") == 2
    assert deeper.answers_id == first.pk
    assert Entry.objects.get(pk=on.pk).comments == 4


def test_pages_of_a_talk_go_on_within_a_thread_and_lose_nothing(cast: Sunny) -> None:
    on = entry(cast.li_mei)
    roots = [say(cast.chen_jing, on, f"第{n}") for n in range(10)]
    replies = [say(cast.li_mei, on, f"答{n}", roots[n % 3]) for n in range(90)]
    client = logged_in(cast.grandpa_sun)

    seen: list[int] = []
    url = f"/c/sunny/entries/{on.pk}/"
    while url:
        html = html_of(client, url)
        seen += order_of(html)
        more = re.search(r'href="([^"]*after=[\d-]+)#comments"', html)
        url = more[1] if more else ""

    assert len(seen) == len(set(seen)) == 100
    threads = {row.pk: row.answers_id or row.pk for row in [*roots, *replies]}
    assert seen == sorted(seen, key=lambda pk: (threads[pk], pk))


def test_a_comment_of_another_entry_cannot_be_answered_here(cast: Sunny) -> None:
    on, other = entry(cast.li_mei), entry(cast.li_mei, "另一条")
    there = say(cast.chen_jing, other, "那边")

    answer = logged_in(cast.li_mei).post(f"/c/sunny/entries/{on.pk}/comments/", {"body": "x", "answers": there.pk})

    assert answer.status_code == 404
    with pytest.raises(Refused):
        say(cast.li_mei, on, "x", there)
    assert Comment.objects.count() == 1


def test_who_is_blocked_by_nobody_is_answered_by_name_and_without_javascript(cast: Sunny) -> None:
    on = entry(cast.li_mei)
    said = say(cast.chen_jing, on, "试试东门")
    client = logged_in(cast.grandpa_sun)

    form = html_of(client, f"/c/sunny/comments/{said.pk}/answer/")
    assert f'name="answers" value="{said.pk}"' in form
    assert "回复陈静" in form
    refused = client.post(f"/c/sunny/entries/{on.pk}/comments/", {"body": " ", "answers": said.pk, "key": "k"})
    assert refused.status_code == 422
    assert f'name="answers" value="{said.pk}"' in refused.content.decode()
    client.post(f"/c/sunny/entries/{on.pk}/comments/", {"body": "多谢", "answers": said.pk, "key": "k"})

    assert Comment.objects.get(body="多谢").answers_id == said.pk
    block(by=cast.li_mei, member=cast.chen_jing, now=NOW)
    assert logged_in(cast.li_mei).get(f"/c/sunny/comments/{said.pk}/answer/").status_code == 404


def test_a_thread_keeps_its_place_when_its_beginning_is_taken_back(cast: Sunny) -> None:
    on = entry(cast.li_mei)
    first = say(cast.chen_jing, on, "第一")
    reply = say(cast.li_mei, on, "答第一", first)

    actions.delete(by=cast.chen_jing, comment=first, now=LATER)

    html = html_of(logged_in(cast.grandpa_sun), f"/c/sunny/entries/{on.pk}/")
    assert order_of(html) == [first.pk, reply.pk]
    assert "<p>第一</p>" not in html


# ---- questions ---------------------------------------------------------------------------------------------


def test_who_asked_accepts_an_answer_and_the_card_says_so(cast: Sunny) -> None:
    on = question(cast)
    wrong, right = say(cast.wang_qiang, on, "不知道"), say(cast.chen_jing, on, "南门修鞋摊")
    assert "等回答" in Entry.objects.get(pk=on.pk).card_zh_hans
    client = logged_in(cast.li_mei)

    client.post(f"/c/sunny/comments/{wrong.pk}/acceptance/")
    answer = client.post(f"/c/sunny/comments/{right.pk}/acceptance/")

    assert answer["Location"] == f"/c/sunny/entries/{on.pk}/"
    assert AcceptedAnswer.objects.get().comment_id == right.pk
    assert "已解答" in Entry.objects.get(pk=on.pk).card_zh_hans
    html = html_of(logged_in(cast.grandpa_sun), f"/c/sunny/entries/{on.pk}/")
    assert html.index("采纳的回答") < html.index("南门修鞋摊") < html.index("不知道")
    assert facts() == ["AnswerAccepted", "AnswerAccepted"]


@pytest.mark.parametrize("who", ["chen_jing", "wang_qiang", "grandpa_sun"])
def test_nobody_else_accepts(cast: Sunny, who: str) -> None:
    on = question(cast)
    said = say(cast.chen_jing, on, "南门修鞋摊")

    with pytest.raises(Refused) as refused:
        actions.accept(by=getattr(cast, who), entry=on, comment=said, now=NOW)

    assert refused.value.refusal.code == "not_your_question"
    assert not AcceptedAnswer.objects.exists()
    assert "这条解答了问题" not in html_of(logged_in(getattr(cast, who)), f"/c/sunny/entries/{on.pk}/")
    assert facts() == []


def test_a_moderator_may_and_a_stranger_or_outsider_may_not(cast: Sunny) -> None:
    on = question(cast)
    said = say(cast.chen_jing, on, "南门修鞋摊")

    assert logged_in(elsewhere()).post(f"/c/sunny/comments/{said.pk}/acceptance/").status_code == 404
    assert Client().post(f"/c/sunny/comments/{said.pk}/acceptance/").status_code == 302
    assert not AcceptedAnswer.objects.exists()
    actions.accept(by=cast.steward, entry=on, comment=said, now=NOW)
    actions.accept(by=cast.steward, entry=on, comment=said, now=LATER)
    assert facts() == ["AnswerAccepted"]


def test_an_answer_taken_back_or_deleted_makes_the_question_wait_again(cast: Sunny) -> None:
    on = question(cast)
    said = say(cast.chen_jing, on, "南门修鞋摊")
    actions.accept(by=cast.li_mei, entry=on, comment=said, now=NOW)
    actions.take_answer_back(by=cast.li_mei, entry=on, now=NOW)
    assert Entry.objects.get(pk=on.pk).settled_at is None

    actions.accept(by=cast.li_mei, entry=on, comment=said, now=NOW)
    actions.delete(by=cast.chen_jing, comment=said, now=LATER)

    assert Entry.objects.get(pk=on.pk).settled_at is None
    assert not AcceptedAnswer.objects.exists()


def test_talk_is_no_question(cast: Sunny) -> None:
    on = entry(cast.li_mei)
    said = say(cast.chen_jing, on, "嗯")

    with pytest.raises(Refused) as refused:
        actions.accept(by=cast.li_mei, entry=on, comment=said, now=NOW)

    assert refused.value.refusal.code == "no_question"


def test_a_question_is_asked_from_the_form(cast: Sunny) -> None:
    client = logged_in(cast.li_mei)

    form = html_of(client, "/c/sunny/post/?kind=question")
    assert re.search(r'<input[^>]*value="question"[^>]*checked', form)
    client.post("/c/sunny/post/", {"kind": "question", "body": "哪里修伞", "audience": "community", "key": "k"})
    wrong = client.post("/c/sunny/post/", {"kind": "notice", "body": "混进来", "audience": "community", "key": "k2"})

    assert Entry.objects.get().kind == "question"
    assert wrong.status_code == 422


def test_who_is_blocked_is_not_shown_as_the_answer(cast: Sunny) -> None:
    on = question(cast, reach=Reach.COMMUNITY)
    said = say(cast.chen_jing, on, "南门修鞋摊")
    actions.accept(by=cast.li_mei, entry=on, comment=said, now=NOW)
    block(by=cast.grandpa_sun, member=cast.chen_jing, now=NOW)

    assert reads.accepted_answer(on.pk, cast.grandpa_sun, language="zh-hans") is None
    assert "南门修鞋摊" not in html_of(logged_in(cast.grandpa_sun), f"/c/sunny/entries/{on.pk}/")


def test_an_entry_deleted_takes_its_answer_along(cast: Sunny) -> None:
    on = question(cast)
    said = say(cast.chen_jing, on, "南门修鞋摊")
    actions.accept(by=cast.li_mei, entry=on, comment=said, now=NOW)

    entries.delete(by=cast.li_mei, entry=on, now=LATER)

    assert logged_in(cast.li_mei).get(f"/c/sunny/entries/{on.pk}/").status_code == 404
