import pytest

from linli.entries.models import Entry
from linli.facts.people import PersonErased
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.kernel.testing import drain
from linli.people.actions import members
from linli.people.models import Community, Member
from linli.talk import actions, subscribers
from linli.talk.models import Comment, Like
from linli.talk.topics import topic_of
from tests.factories import LATER, NOW, entry, homes, sunny

pytestmark = pytest.mark.django_db


def facts(kind: str) -> int:
    return RecordedFact.objects.filter(kind=f"talk.{kind}").count()


def say(by: Member, on: Entry, body: str = "看见了", key: str = "k") -> Comment:
    return actions.comment(by=by, on=topic_of(on, by), body=body, key=key, now=NOW)


def counts(on: Entry) -> tuple[int, int]:
    row = Entry.objects.get(pk=on.pk)
    return row.likes, row.comments


def test_a_comment_is_finished_and_counted() -> None:
    cast = sunny()
    homes(cast)
    on = entry(cast.li_mei)

    said = say(cast.grandpa_sun, on, "谢谢 https://example.org/a?b=1&c=2。")

    row = Comment.objects.get(pk=said.pk)
    assert "1号楼" in row.card_zh_hans
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">' in row.card_en
    assert counts(on) == (0, 1)
    assert facts("Commented") == 1


def test_the_same_key_says_it_once() -> None:
    cast = sunny()
    on = entry(cast.li_mei)

    first, second = say(cast.chen_jing, on), say(cast.chen_jing, on, "另一句")

    assert first.pk == second.pk
    assert counts(on) == (0, 1)
    assert (Comment.objects.count(), facts("Commented")) == (1, 1)


@pytest.mark.parametrize("body,code", [("", "empty"), ("长" * 5001, "too_long")])
def test_a_refused_comment_leaves_nothing(body: str, code: str) -> None:
    cast = sunny()
    on = entry(cast.li_mei)

    with pytest.raises(Refused, match=code):
        say(cast.chen_jing, on, body)

    assert (Comment.objects.count(), facts("Commented"), counts(on)) == (0, 0, (0, 0))


def test_who_has_not_accepted_the_rules_says_nothing() -> None:
    cast = sunny()
    on = entry(cast.li_mei)
    Community.objects.update(agreement_version=2)
    cast.chen_jing.community.agreement_version = 2

    with pytest.raises(Refused, match="rules_changed"):
        say(cast.chen_jing, on)

    assert Comment.objects.count() == 0


def test_an_edited_comment_says_so() -> None:
    cast = sunny()
    said = say(cast.chen_jing, entry(cast.li_mei))

    actions.edit(by=cast.chen_jing, comment=said, body="改过了", now=LATER)

    row = Comment.objects.get()
    assert (row.body, row.edited_at) == ("改过了", LATER)
    assert "已编辑" in row.card_zh_hans


def test_nobody_else_edits_or_takes_back_a_comment() -> None:
    cast = sunny()
    said = say(cast.chen_jing, entry(cast.li_mei))

    with pytest.raises(Refused, match="not_yours"):
        actions.edit(by=cast.li_mei, comment=said, body="改过了", now=LATER)
    with pytest.raises(Refused, match="not_yours"):
        actions.delete(by=cast.li_mei, comment=said, now=LATER)

    assert Comment.objects.get().body == "看见了"
    assert facts("CommentDeleted") == 0


def test_a_comment_is_taken_back_with_its_words_and_likes() -> None:
    cast = sunny()
    on = entry(cast.li_mei)
    said = say(cast.chen_jing, on)
    actions.like(by=cast.li_mei, entry_id=on.pk, comment_id=said.pk, is_on=True, now=NOW)

    for _ in range(2):
        actions.delete(by=cast.steward, comment=said, now=LATER)

    row = Comment.objects.get()
    assert (row.body, row.card_zh_hans, row.card_en, row.likes, row.deleted_at) == ("", "", "", 0, LATER)
    assert (Like.objects.count(), counts(on), facts("CommentDeleted")) == (0, (0, 0), 1)


def test_a_wish_to_like_said_twice_counts_once() -> None:
    cast = sunny()
    on = entry(cast.li_mei)
    said = say(cast.chen_jing, on)

    for wish in (True, True):
        actions.like(by=cast.grandpa_sun, entry_id=on.pk, is_on=wish, now=NOW)
        actions.like(by=cast.grandpa_sun, entry_id=on.pk, comment_id=said.pk, is_on=wish, now=NOW)
    assert (counts(on), Comment.objects.get().likes, Like.objects.count(), facts("Liked")) == ((1, 1), 1, 2, 2)

    for wish in (False, False):
        actions.like(by=cast.grandpa_sun, entry_id=on.pk, is_on=wish, now=NOW)
        actions.like(by=cast.grandpa_sun, entry_id=on.pk, comment_id=said.pk, is_on=wish, now=NOW)
    assert (counts(on), Comment.objects.get().likes, Like.objects.count(), facts("Unliked")) == ((0, 1), 0, 0, 2)


def test_a_helper_needs_the_topic() -> None:
    cast = sunny()
    on = entry(cast.li_mei)
    cast.grandpa_sun.helper = cast.li_mei

    with pytest.raises(Refused, match="beyond_mandate"):
        say(cast.grandpa_sun, on)
    with pytest.raises(Refused, match="beyond_mandate"):
        actions.like(by=cast.grandpa_sun, entry_id=on.pk, is_on=True, now=NOW)
    cast.grandpa_sun.mandate_topics = frozenset({"board"})
    said = say(cast.grandpa_sun, on)

    assert "由李梅代发" in said.card_zh_hans
    assert RecordedFact.objects.get(kind="talk.Commented").helper_id == cast.li_mei.person_id


def test_a_new_name_reaches_the_comments() -> None:
    cast = sunny()
    say(cast.chen_jing, entry(cast.li_mei))

    members.edit_profile(by=cast.chen_jing, name="陈小静", now=LATER)
    drain()

    assert "陈小静" in Comment.objects.get().card_zh_hans


def test_erasure_takes_words_and_likes_and_keeps_the_counts_true() -> None:
    cast = sunny()
    on = entry(cast.li_mei)
    mine, theirs = say(cast.chen_jing, on), say(cast.grandpa_sun, on)
    actions.like(by=cast.chen_jing, entry_id=on.pk, is_on=True, now=NOW)
    actions.like(by=cast.chen_jing, entry_id=on.pk, comment_id=theirs.pk, is_on=True, now=NOW)

    for _ in range(2):
        subscribers.erase_talk(PersonErased(person_id=1, member_ids=(cast.chen_jing.pk,)))

    row = Comment.objects.get(pk=mine.pk)
    assert (row.body, row.author_id, row.card_zh_hans) == ("", None, "")
    assert (counts(on), Comment.objects.get(pk=theirs.pk).likes, Like.objects.count()) == ((0, 1), 0, 0)
