"""What the pages of the news show, as frozen values, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils import timezone
from markupsafe import Markup

from linli.entries.cards import CardPicture, pictures_of
from linli.entries.differences import Piece, differences
from linli.entries.models import EDITORS, Entry, EntryPicture
from linli.kernel.markdown import plain, render
from linli.media.reads import Staged, staged
from linli.news.models import Story, StoryStep
from linli.news.rules import TRANSITIONS, WAITING, allowed
from linli.news.states import state_of
from linli.people.models import Member

PAGE, DESK_MOST, STEPS_MOST = 20, 100, 60


@dataclass(frozen=True)
class NewsRow:
    """A published story in the list."""

    url: str
    title: str
    excerpt: str
    reporter: str
    at: datetime
    picture: CardPicture | None


@dataclass(frozen=True)
class NewsPage:
    rows: tuple[NewsRow, ...]
    next_url: str
    waiting: int  # for editors
    is_editor: bool


def is_editor(member: Member) -> bool:
    return member.helper is None and member.has_role(EDITORS)


def news_page(member: Member, *, before: int | None) -> NewsPage:
    """The newest first; three queries, and one more for editors."""
    found = Entry.objects.visible_to(member).filter(kind="news").select_related("author")
    if before:
        found = found.filter(pk__lt=before)
    entries = list(found.order_by("-pk")[: PAGE + 1])
    slug = member.community.slug
    first: dict[int, EntryPicture] = {}
    shown = EntryPicture.objects.filter(entry__in=[entry.pk for entry in entries], position=0)
    for row in shown.select_related("picture"):
        first[row.entry_id] = row
    editor = is_editor(member)
    return NewsPage(
        rows=tuple(
            NewsRow(
                url=f"/c/{slug}/entries/{entry.pk}/",
                title=entry.title,
                excerpt=plain(entry.body)[:140],
                reporter=entry.author.name if entry.author else "",
                at=timezone.localtime(entry.at),
                picture=pictures_of(slug, entry.pk, [first[entry.pk]])[0] if entry.pk in first else None,
            )
            for entry in entries[:PAGE]
        ),
        next_url=f"/c/{slug}/news/?before={entries[PAGE - 1].pk}" if len(entries) > PAGE else "",
        waiting=Story.objects.waiting().filter(community_id=member.community_id).count() if editor else 0,
        is_editor=editor,
    )


@dataclass(frozen=True)
class StoryRow:
    id: int
    url: str
    title: str
    reporter: str
    state: str
    since: datetime


def my_stories(member: Member) -> tuple[StoryRow, ...]:
    """One query."""
    return _rows(
        member,
        list(Story.objects.filter(reporter=member).select_related("reporter").order_by("-changed_at")[:DESK_MOST]),
    )


def desk(member: Member) -> tuple[StoryRow, ...]:
    """What waits for an editor, the longest first. One query."""
    waiting = Story.objects.waiting().filter(community_id=member.community_id).select_related("reporter")
    return _rows(member, list(waiting.order_by("submitted_at", "pk")[:DESK_MOST]))


def _rows(member: Member, stories: list[Story]) -> tuple[StoryRow, ...]:
    return tuple(
        StoryRow(
            id=story.pk,
            url=f"/c/{member.community.slug}/news/stories/{story.pk}/",
            title=story.title,
            reporter=story.reporter.name if story.reporter else "",
            state=state_of(story),
            since=timezone.localtime(story.submitted_at or story.changed_at),
        )
        for story in stories
    )


@dataclass(frozen=True)
class StepShown:
    what: str
    by: str
    note: str
    at: datetime
    changes: tuple[Piece, ...]


@dataclass(frozen=True)
class StoryShown:
    """A story on its own page, for its reporter and for editors."""

    id: int
    url: str
    title: str
    html: Markup
    reporter: str
    state: str
    revision: int
    entry_url: str
    may: frozenset[str]
    steps: tuple[StepShown, ...]
    note: str  # the last word of an editor, while the reporter has to answer it
    pictures: tuple[tuple[Staged, str], ...]


def story_or_404(member: Member, pk: int) -> Story:
    """The reporter's own; for editors what has been submitted. Anything else does not exist."""
    story = Story.objects.filter(community_id=member.community_id, pk=pk).select_related("reporter").first()
    if story is None or member.helper:
        raise Http404
    is_shown = story.submitted_at is not None and not (story.withdrawn_at or story.returned_at)
    if story.reporter_id != member.pk and not (is_editor(member) and is_shown):
        raise Http404
    return story


def story_shown(member: Member, story: Story) -> StoryShown:
    state, reporter, editor = state_of(story), story.reporter_id == member.pk, is_editor(member)
    steps = list(StoryStep.objects.filter(story=story).select_related("by")[:STEPS_MOST])
    words = dict(story.pictures)
    pictures = staged(story.reporter, list(words)) if story.reporter and reporter else []
    slug = member.community.slug
    return StoryShown(
        id=story.pk,
        url=f"/c/{slug}/news/stories/{story.pk}/",
        title=story.title,
        html=Markup(render(story.body)),  # noqa: S704  (render cleans)
        reporter=story.reporter.name if story.reporter else "",
        state=state,
        revision=story.revision,
        entry_url=f"/c/{slug}/entries/{story.entry_id}/" if story.entry_id else "",
        may=frozenset(
            what for what in TRANSITIONS if allowed(what, state=state, is_reporter=reporter, is_editor=editor)
        ),
        steps=_steps(story, steps),
        note=next((step.note for step in steps if step.what in ("returned", "declined")), "")
        if state != WAITING
        else "",
        pictures=tuple((picture, words[picture.id]) for picture in pictures),
    )


def _steps(story: Story, steps: list[StoryStep]) -> tuple[StepShown, ...]:
    """The newest first; an edit shows what it changed, up to the edit after it."""
    shown = []
    title, body = story.title, story.body
    for step in steps:
        changes: tuple[Piece, ...] = ()
        if step.what == "edited":
            changes = differences(f"{step.title_before}\n{step.body_before}", f"{title}\n{body}")
            title, body = step.title_before, step.body_before
        shown.append(
            StepShown(step.what, step.by.name if step.by else "", step.note, timezone.localtime(step.at), changes)
        )
    return tuple(shown)


def editors_of(entry_id: int) -> tuple[str, ...]:
    """Who looked it over, by name; one query."""
    names = StoryStep.objects.filter(story__entry=entry_id, what__in=("edited", "published"), by__isnull=False)
    return tuple(dict.fromkeys(names.order_by("id").values_list("by__name", flat=True)))
