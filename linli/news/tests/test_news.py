"""From a resident's draft to the news: who may do what, when, and exactly once."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from linli.entries.actions.posting import AttachedEnclosure, AttachedPicture, Chosen
from linli.entries.models import Entry, EntryEnclosure
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.media import enclosing
from linli.media.models import Enclosure, Picture
from linli.news import actions, reads, rules
from linli.news.models import Story, StoryStep
from linli.news.states import state_of
from linli.people.models import Member
from tests import factories
from tests.factories import LATER, NOW, Sunny, elsewhere, logged_in
from tests.queries import assert_same_queries
from tests.things import picture_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sunny() -> Sunny:
    return factories.sunny()


def begun(by: Member, **fields: object) -> Story:
    return actions.begin(by=by, now=NOW, **({"title": "三号楼的灯", "body": "昨晚**亮了**。"} | fields))  # type: ignore[arg-type]


def waiting(sunny: Sunny, **fields: object) -> Story:
    story = begun(sunny.li_mei, **fields)
    actions.submit(by=sunny.li_mei, story=story, now=NOW)
    return fresh(story)


def fresh(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


def facts() -> list[str]:
    kinds = RecordedFact.objects.order_by("id").values_list("kind", flat=True)
    return [kind.removeprefix("news.") for kind in kinds if kind.startswith("news.")]


def sees(who: Member | None, story: Story) -> bool:
    return logged_in(who).get(f"/c/sunny/news/stories/{story.pk}/").status_code == 200


def test_a_story_goes_from_its_reporter_through_an_editor_to_everybody(sunny: Sunny) -> None:
    reporter, editor = logged_in(sunny.li_mei), logged_in(sunny.chen_jing)
    made = reporter.post("/c/sunny/news/new/", {"title": "三号楼的灯", "body": "昨晚亮了。", "submit": "1"})
    story = Story.objects.get()
    assert made["Location"] == f"/c/sunny/news/stories/{story.pk}/"
    assert "三号楼的灯" in editor.get("/c/sunny/news/desk/").content.decode()

    edited = {"title": "三号楼的灯亮了", "body": "昨晚七点亮了。", "revision": fresh(story).revision}
    editor.post(f"/c/sunny/news/stories/{story.pk}/edit/", edited)
    done = editor.post(f"/c/sunny/news/stories/{story.pk}/state/", {"do": "publish", "revision": fresh(story).revision})

    entry = Entry.objects.get()
    assert done["Location"] == f"/c/sunny/entries/{entry.pk}/"
    assert (entry.kind, entry.title, entry.author_id) == ("news", "三号楼的灯亮了", sunny.li_mei.pk)
    page = logged_in(sunny.grandpa_sun).get(f"/c/sunny/entries/{entry.pk}/").content.decode()
    assert "编辑：陈静" in page
    assert "三号楼的灯亮了" in logged_in(sunny.grandpa_sun).get("/c/sunny/news/").content.decode()
    history = reporter.get(f"/c/sunny/news/stories/{story.pk}/").content.decode()
    assert "<ins>亮了</ins>" in history
    assert facts() == ["StorySubmitted", "StoryPublished"]


def test_the_table_says_who_may_do_what_when(sunny: Sunny) -> None:
    states = {rules.DRAFT, rules.WAITING, rules.RETURNED, rules.DECLINED, rules.WITHDRAWN, rules.PUBLISHED}
    for what, way in rules.TRANSITIONS.items():
        for state in states:
            for is_reporter in (True, False):
                for is_editor in (True, False):
                    refusal = rules.refuse(
                        what, state=state, is_reporter=is_reporter, is_editor=is_editor,
                        is_whole=True, note="x", is_unagreed=False,
                    )  # fmt: skip
                    who = way.get(state)
                    may = (who == "reporter" and is_reporter) or (who == "editor" and is_editor)
                    assert (refusal is None) == may, (what, state, is_reporter, is_editor)


def test_a_draft_is_its_reporters_alone(sunny: Sunny) -> None:
    story = begun(sunny.li_mei)

    assert sees(sunny.li_mei, story)
    for who in (sunny.chen_jing, sunny.steward, sunny.grandpa_sun, elsewhere(), None):
        assert not sees(who, story)


def test_what_waits_is_seen_by_editors_and_nobody_else(sunny: Sunny) -> None:
    story = waiting(sunny)

    assert sees(sunny.chen_jing, story)
    for who in (sunny.wang_qiang, sunny.grandpa_sun, elsewhere(), None):
        assert not sees(who, story)
    assert Client().get("/c/sunny/news/").status_code == 302


def test_sent_back_it_is_the_reporters_again_with_the_editors_word(sunny: Sunny) -> None:
    story = waiting(sunny)
    with pytest.raises(Refused) as refused:
        actions.send_back(by=sunny.chen_jing, story=story, note="", now=NOW)
    assert refused.value.refusal.code == "no_note"

    actions.send_back(by=sunny.chen_jing, story=story, note="请补一张照片", now=LATER)

    assert state_of(fresh(story)) == rules.RETURNED
    assert "请补一张照片" in logged_in(sunny.li_mei).get(f"/c/sunny/news/stories/{story.pk}/").content.decode()
    assert not sees(sunny.chen_jing, story)
    actions.submit(by=sunny.li_mei, story=story, now=LATER)
    assert state_of(fresh(story)) == rules.WAITING


@pytest.mark.parametrize("who", ["li_mei", "wang_qiang", "grandpa_sun"])
def test_nobody_publishes_by_themselves(sunny: Sunny, who: str) -> None:
    story = waiting(sunny)

    with pytest.raises(Refused) as refused:
        actions.publish(by=getattr(sunny, who), story=story, revision=story.revision, now=NOW)

    assert refused.value.refusal.code == "not_an_editor"
    assert not Entry.objects.exists()
    assert facts() == ["StorySubmitted"]


def test_an_empty_story_is_not_handed_in_and_keeps_its_words(sunny: Sunny) -> None:
    client = logged_in(sunny.li_mei)

    client.post("/c/sunny/news/new/", {"title": "", "body": "只有正文", "submit": "1"})

    story = Story.objects.get()
    assert (state_of(story), story.body) == (rules.DRAFT, "只有正文")
    assert "稿件要有标题和正文" in client.get(f"/c/sunny/news/stories/{story.pk}/").content.decode()


def test_two_editors_at_once_lose_nothing(sunny: Sunny) -> None:
    story = waiting(sunny)
    seen = story.revision
    actions.keep(by=sunny.chen_jing, story=story, title="甲", body="甲的话", revision=seen, now=NOW)

    answer = logged_in(sunny.steward).post(
        f"/c/sunny/news/stories/{story.pk}/edit/", {"title": "乙", "body": "乙的话", "revision": seen}
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "乙的话" in html
    assert "甲的话" in html
    assert fresh(story).title == "甲"
    with pytest.raises(Refused):
        actions.publish(by=sunny.steward, story=story, revision=seen, now=NOW)


def test_published_once_however_often_editors_press(sunny: Sunny) -> None:
    story = waiting(sunny)

    for by in (sunny.chen_jing, sunny.steward, sunny.chen_jing):
        actions.publish(by=by, story=story, revision=story.revision, now=NOW)

    assert Entry.objects.count() == 1
    assert facts().count("StoryPublished") == 1


def test_withdrawn_it_is_read_by_nobody_else_and_not_published(sunny: Sunny) -> None:
    story = waiting(sunny)

    actions.withdraw(by=sunny.li_mei, story=story, now=LATER)

    assert not sees(sunny.chen_jing, story)
    with pytest.raises(Refused) as refused:
        actions.publish(by=sunny.chen_jing, story=story, revision=story.revision + 1, now=LATER)
    assert refused.value.refusal.code == "not_now"


def test_pictures_are_kept_with_the_draft_and_go_with_it(sunny: Sunny) -> None:
    picture, _ = picture_of(sunny.li_mei)
    story = waiting(sunny, pictures=[AttachedPicture(picture, "灯")])
    assert Picture.objects.get(pk=picture).unused_since is None

    actions.publish(by=sunny.chen_jing, story=story, revision=story.revision, now=LATER)

    assert Entry.objects.get().pictures.get().picture_id == picture


def test_a_helper_writes_no_news_for_an_elder(sunny: Sunny) -> None:
    sunny.grandpa_sun.helper = sunny.li_mei

    with pytest.raises(Refused):
        begun(sunny.grandpa_sun)

    assert not Story.objects.exists()


def test_who_is_erased_leaves_no_unpublished_story(sunny: Sunny) -> None:
    waiting(sunny)
    published = waiting(sunny)
    actions.publish(by=sunny.chen_jing, story=published, revision=published.revision, now=NOW)

    actions.forget(member_ids=[sunny.li_mei.pk, sunny.chen_jing.pk], now=LATER)

    row = Story.objects.get()
    assert (row.pk, row.reporter_id, row.title, row.body) == (published.pk, None, "", "")
    assert not StoryStep.objects.filter(by__in=[sunny.li_mei.pk, sunny.chen_jing.pk]).exists()


def test_lists_cost_the_same_for_one_story_as_for_many(sunny: Sunny) -> None:
    first = waiting(sunny)
    actions.publish(by=sunny.chen_jing, story=first, revision=first.revision, now=NOW)
    waiting(sunny)

    def grow() -> None:
        for number in range(18):
            story = waiting(sunny, title=f"{number}")
            if number % 2:
                actions.publish(by=sunny.chen_jing, story=story, revision=story.revision, now=NOW)

    client = logged_in(sunny.chen_jing)
    assert_same_queries(client, "/c/sunny/news/", grow)
    assert_same_queries(client, "/c/sunny/news/desk/", grow)
    assert_same_queries(logged_in(sunny.li_mei), "/c/sunny/news/stories/", grow)
    assert reads.desk(sunny.chen_jing)[0].state == rules.WAITING


def test_a_story_is_published_with_its_files(sunny: Sunny, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    kept = enclosing.take(file=BytesIO(b"%PDF-1.7\n%%EOF\n"), called="节目单.pdf", owner=sunny.li_mei, now=NOW)
    assert kept
    story = waiting(sunny, pictures=Chosen([], [AttachedEnclosure(kept.pk, "节目单")]))
    assert Enclosure.objects.get().unused_since is None

    actions.publish(by=sunny.chen_jing, story=story, revision=story.revision, now=LATER)

    assert [row.words for row in EntryEnclosure.objects.all()] == ["节目单"]
