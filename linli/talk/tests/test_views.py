import re

import pytest
from django.test import Client

from linli.entries.models import Entry, Reach
from linli.people.models import Community, Member
from linli.people.roles import Role
from linli.people.rules import BEYOND_MANDATE
from linli.talk import actions, reads
from linli.talk.models import Comment, Like
from linli.talk.rebuilding import rebuild_cards
from linli.talk.rules import COMMENTS_MOST
from linli.talk.topics import topic_of
from tests import factories
from tests.factories import NOW, Sunny, entry, logged_in, sunny
from tests.queries import assert_same_queries, queries_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def cast() -> Sunny:
    return sunny(is_public=True)


@pytest.fixture
def on(cast: Sunny) -> Entry:
    return entry(cast.li_mei, reach=Reach.PUBLIC)


def url(on: Entry) -> str:
    return f"/c/sunny/entries/{on.pk}/"


def say(by: Member, on: Entry, body: str = "看见了", key: str = "k") -> Comment:
    return actions.comment(by=by, on=topic_of(on, by), body=body, key=key, now=NOW)


def talk(by: Member, on: Entry, count: int) -> list[Comment]:
    return [say(by, on, f"第{number}句。", f"k{number}") for number in range(count)]


def sentences(html: str) -> list[int]:
    return [int(number) for number in re.findall(r"第(\d+)句。", html)]


def html_of(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_comment_without_javascript_leads_to_itself(cast: Sunny, on: Entry) -> None:
    answer = logged_in(cast.chen_jing).post(f"{url(on)}comments/", {"body": "我家的猫", "key": "k"})

    said = Comment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{url(on)}#comment-{said.pk}")
    html = html_of(logged_in(None), url(on))
    assert f'id="comment-{said.pk}"' in html
    assert "我家的猫" in html


def test_with_javascript_only_the_comment_arrives_and_the_form_is_made_ready(cast: Sunny, on: Entry) -> None:
    answer = logged_in(cast.chen_jing).post(f"{url(on)}comments/", {"body": "我家的猫", "key": "k"}, headers=HTMX)
    html = answer.content.decode()

    assert answer.status_code == 200
    assert html.count('class="comment"') == 1
    assert "<form" not in html
    key = re.search(r'name="key" value="([^"]+)"', html)
    assert key
    assert key[1] != "k"
    assert re.search(r'<b id="comment-count" (data-)?hx-swap-oob="true">1</b>', html)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_refused_comment_keeps_what_was_typed(cast: Sunny, on: Entry, headers: dict[str, str]) -> None:
    client = logged_in(cast.chen_jing)

    answer = client.post(f"{url(on)}comments/", {"body": "长" * 5001, "key": "k"}, headers=headers)
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "长" * 5001 in html
    assert "评论最多 5,000 字" in html
    assert 'value="k"' in html
    assert ("<html" in html) is (not headers)
    assert (Comment.objects.count(), Entry.objects.get().comments) == (0, 0)


def test_a_comment_on_a_long_talk_leads_to_where_it_stands(cast: Sunny, on: Entry) -> None:
    talk(cast.li_mei, on, reads.PAGE)
    client = logged_in(cast.chen_jing)

    answer = client.post(f"{url(on)}comments/", {"body": "最后一句", "key": "k"})
    said = Comment.objects.latest("pk")

    assert answer["Location"] == f"{url(on)}?after={said.pk - 1}#comment-{said.pk}"
    assert f'id="comment-{said.pk}"' in html_of(client, f"{url(on)}?after={said.pk - 1}")


def test_a_long_talk_goes_on_from_a_row(cast: Sunny, on: Entry) -> None:
    said = talk(cast.li_mei, on, 120)
    client = logged_in(cast.chen_jing)

    first = html_of(client, url(on))
    more = re.search(r'href="([^"]*after=[\d-]+)#comments"', first)
    assert more
    second = html_of(client, more[1])
    part = html_of(client, more[1], **HTMX)

    assert sentences(first) == list(range(50))
    assert sentences(second) == sentences(part) == list(range(50, 100))
    assert "<html" not in part
    assert f"after={said[99].pk}" in part


def test_too_many_comments_are_refused_in_words_and_kept(cast: Sunny, on: Entry) -> None:
    client = logged_in(cast.chen_jing)
    for number in range(COMMENTS_MOST):
        client.post(f"{url(on)}comments/", {"body": "快", "key": f"k{number}"}, headers=HTMX)

    answer = client.post(f"{url(on)}comments/", {"body": "还有一句", "key": "last"})

    assert answer.status_code == 422
    assert "还有一句" in answer.content.decode()
    assert Comment.objects.count() == COMMENTS_MOST


def test_likes_go_on_and_off_with_and_without_javascript(cast: Sunny, on: Entry) -> None:
    client = logged_in(cast.chen_jing)

    plain = client.post(f"{url(on)}like/", {"on": "1", "next": "/c/sunny/board/?before=9"})
    foot = client.post(f"{url(on)}like/", {"on": "1"}, headers=HTMX).content.decode()

    assert plain["Location"] == f"/c/sunny/board/?before=9#entry-{on.pk}"
    assert 'aria-pressed="true"' in foot
    assert "<b>1</b>" in foot
    assert (Entry.objects.get().likes, Like.objects.count()) == (1, 1)
    off = client.post(f"{url(on)}like/", {"on": "0"}, headers=HTMX).content.decode()
    assert 'aria-pressed="false"' in off
    assert Entry.objects.get().likes == 0


def test_a_like_leads_nowhere_else(cast: Sunny, on: Entry) -> None:
    client = logged_in(cast.chen_jing)

    for away in ("https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"):
        assert client.post(f"{url(on)}like/", {"on": "1", "next": away})["Location"] == f"{url(on)}#entry-{on.pk}"


def test_a_comment_can_be_liked_changed_and_taken_back(cast: Sunny, on: Entry) -> None:
    said = say(cast.chen_jing, on)
    say(cast.li_mei, on, "谢谢")
    client = logged_in(cast.chen_jing)
    base = f"/c/sunny/comments/{said.pk}/"

    liked = client.post(f"{base}like/", {"on": "1"}, headers=HTMX).content.decode()
    assert 'aria-pressed="true"' in liked
    assert f'id="comment-{said.pk}"' in liked
    assert client.post(f"{base}edit/", {"body": ""}).status_code == 422
    assert client.post(f"{base}edit/", {"body": "改过了"}).status_code == 303
    assert "改过了" in html_of(client, url(on))
    assert client.post(f"{base}deletion/").status_code == 303
    html = html_of(client, url(on))
    assert "改过了" not in html
    assert "这条评论已被删除" in html


def test_the_last_comment_goes_without_a_trace(cast: Sunny, on: Entry) -> None:
    first, last = say(cast.chen_jing, on), say(cast.li_mei, on, "谢谢")
    actions.delete(by=cast.li_mei, comment=last, now=NOW)
    assert "这条评论已被删除" not in html_of(logged_in(cast.li_mei), url(on))

    actions.delete(by=cast.chen_jing, comment=first, now=NOW)

    assert 'class="comment' not in html_of(logged_in(cast.li_mei), url(on)).split("comments-title")[1]


def test_only_whom_it_concerns_finds_the_buttons(cast: Sunny, on: Entry) -> None:
    said = say(cast.chen_jing, on)
    base = f"/c/sunny/comments/{said.pk}/"
    moderator = factories.member(cast.community, "林芳", roles=Role.MODERATOR)
    buttons = {}
    for who in (cast.chen_jing, cast.grandpa_sun, moderator):
        html = html_of(logged_in(who), url(on))
        buttons[who.name] = (f"{base}edit/" in html, f"{base}deletion/" in html)

    assert buttons == {"陈静": (True, True), "孙爷爷": (False, False), "林芳": (False, True)}
    for door in ("edit", "deletion"):
        assert logged_in(cast.grandpa_sun).post(f"{base}{door}/", {"body": "x"}).status_code == 404
    assert Comment.objects.get().body == "看见了"


def test_who_must_accept_new_rules_reads_but_finds_no_form(cast: Sunny, on: Entry) -> None:
    Community.objects.update(agreement_version=2)
    client = logged_in(cast.chen_jing)

    html = html_of(client, url(on))

    assert 'id="comment-form"' not in html
    assert client.post(f"{url(on)}comments/", {"body": "x", "key": "k"}).status_code == 422
    assert Comment.objects.count() == 0


def test_a_public_entry_tells_other_sites_what_it_is(cast: Sunny, on: Entry) -> None:
    stranger = logged_in(None).get(url(on))
    html = stranger.content.decode()

    assert '<meta property="og:title" content="谁家的猫">' in html
    assert '<meta property="og:description" content="橘猫在三号楼门口。">' in html
    assert not stranger.cookies
    assert "s-maxage" in stranger["Cache-Control"]
    inner = entry(cast.li_mei)
    assert "og:title" not in html_of(logged_in(cast.li_mei), url(inner))


@pytest.mark.parametrize("who", ["li_mei", None])
def test_the_page_of_an_entry_costs_the_same_for_one_comment_as_for_two_hundred(
    cast: Sunny, on: Entry, who: str | None
) -> None:
    say(cast.chen_jing, on)
    visitor = getattr(cast, who) if who else None

    def grow() -> None:
        Comment.objects.bulk_create(
            Comment(entry=on, author=cast.li_mei, body="一", card_zh_hans="<p>一</p>", at=NOW, key=f"g{number}")
            for number in range(200)
        )

    assert_same_queries(logged_in(visitor), url(on), grow, most=4)


def test_a_comment_costs_eight_statements(cast: Sunny, on: Entry, django_assert_max_num_queries) -> None:
    client = logged_in(cast.chen_jing)
    queries_of(client, url(on))
    client.post(f"{url(on)}comments/", {"body": "先说一句", "key": "k0"}, headers=HTMX)

    # Visit, entry, savepoint (a transaction outside of tests), comment, count, follow, fact, release.
    with django_assert_max_num_queries(8):
        client.post(f"{url(on)}comments/", {"body": "一句", "key": "k"}, headers=HTMX)


def test_all_cards_can_be_rebuilt(cast: Sunny, on: Entry) -> None:
    said = say(cast.chen_jing, on)
    finished = (Entry.objects.get().card_en, Comment.objects.get().card_zh_hans)
    Entry.objects.update(card_zh_hans="", card_en="old")
    Comment.objects.filter(pk=said.pk).update(card_zh_hans="old", card_en="")
    told: list[tuple[int, int]] = []

    count = rebuild_cards(lambda done, of: told.append((done, of)))

    assert (Entry.objects.get().card_en, Comment.objects.get().card_zh_hans) == finished
    assert count == 2
    assert told[-1] == (2, 2)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_refused_like_is_told_on_the_page(
    cast: Sunny, on: Entry, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = say(cast.chen_jing, on)
    monkeypatch.setattr("linli.talk.actions.saying.refuse_helping", lambda **_given: BEYOND_MANDATE)
    client = logged_in(cast.grandpa_sun)

    for address in (f"{url(on)}like/", f"/c/sunny/comments/{said.pk}/like/"):
        answer = client.post(address, {"on": "1"}, headers=headers)
        assert answer.status_code == (204 if headers else 303)
        assert str(BEYOND_MANDATE.message) in html_of(client, url(on))

    assert (Like.objects.count(), Entry.objects.get().likes, Comment.objects.get().likes) == (0, 0, 0)
