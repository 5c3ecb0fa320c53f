from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from linli.entries import actions as entries
from linli.entries.actions.posting import AttachedPicture, chosen_of, let_enclosures_go, rows_of
from linli.entries.models import EDITORS
from linli.facts import Fact
from linli.facts.news import StoryDeclined, StoryPublished, StoryReturned, StorySubmitted, StoryWithdrawn
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.media import actions as media
from linli.media import enclosing
from linli.news import rules
from linli.news.models import Story, StoryStep
from linli.news.states import state_of
from linli.people.models import Member
from linli.people.rules import refuse_helping


def is_editor(by: Member) -> bool:
    """An office is held by a person, so a helper is none."""
    return by.helper is None and by.has_role(EDITORS)


@transaction.atomic
def begin(
    *, by: Member, title: str, body: str, pictures: Sequence[AttachedPicture] = (), language: str = "", now: datetime
) -> Story:
    """A story of one's own, kept as a draft."""
    _refuse_helper(by)
    story = Story.objects.create(
        community=by.community,
        reporter=by,
        title=title,
        body=body,
        language=language,
        begun_at=now,
        changed_at=now,
    )
    _keep_attached(story, by, pictures, now)
    story.save()
    return story


@transaction.atomic
def keep(
    *,
    by: Member,
    story: Story,
    title: str,
    body: str,
    pictures: Sequence[AttachedPicture] | None = None,
    revision: int,
    now: datetime,
) -> None:
    """New words: a reporter's own while it is a draft, an editor's while it waits. No pictures: as they are."""
    what = "edit" if state_of(story) == rules.WAITING else "keep"
    row = _locked(by, story, what, is_whole=bool(title and body))
    if row.revision != revision:
        raise Refused(rules.CHANGED_MEANWHILE)
    if what == "edit" and (title, body) != (row.title, row.body):
        _note(row, by, "edited", now, before=True)
    if pictures is not None and row.reporter_id == by.pk:
        _keep_attached(row, by, pictures, now)
    row.title, row.body, row.changed_at, row.revision = title, body, now, row.revision + 1
    row.save()


@transaction.atomic
def submit(*, by: Member, story: Story, now: datetime) -> None:
    """Give it to the editors; twice changes nothing."""
    if state_of(Story.objects.get(pk=story.pk)) == rules.WAITING and story.reporter_id == by.pk:
        return
    row = _locked(by, story, "submit")
    row.submitted_at, row.returned_at = now, None
    _moved(row, by, "submitted", now, StorySubmitted(story_id=row.pk))


@transaction.atomic
def withdraw(*, by: Member, story: Story, now: datetime) -> None:
    """The reporter does not want it published; nobody else reads it any more."""
    row = _locked(by, story, "withdraw")
    row.withdrawn_at = now
    entries.let_go({pk for pk, _words in row.pictures}, now)
    let_enclosures_go([kept[0] for kept in row.enclosures], now)
    _moved(row, by, "withdrawn", now, StoryWithdrawn(story_id=row.pk))


@transaction.atomic
def send_back(*, by: Member, story: Story, note: str, now: datetime) -> None:
    """Ask the reporter for changes, and say which."""
    row = _locked(by, story, "return", note=note)
    row.returned_at = now
    _moved(row, by, "returned", now, StoryReturned(story_id=row.pk, reporter_id=_person(row)), note=note)


@transaction.atomic
def decline(*, by: Member, story: Story, note: str, now: datetime) -> None:
    """It will not be published, and why."""
    row = _locked(by, story, "decline", note=note)
    row.declined_at = now
    _moved(row, by, "declined", now, StoryDeclined(story_id=row.pk, reporter_id=_person(row)), note=note)


@transaction.atomic
def publish(*, by: Member, story: Story, revision: int, now: datetime) -> Story:
    """Put it before everybody, under the reporter's name; published once, however many editors press."""
    fresh = Story.objects.select_for_update(of=("self",)).select_related("reporter__community").get(pk=story.pk)
    if fresh.published_at and is_editor(by):
        return fresh
    row = _locked(by, story, "publish")
    if row.revision != revision:
        raise Refused(rules.CHANGED_MEANWHILE)
    reporter = fresh.reporter
    if reporter is None or reporter.left_at is not None:
        raise Refused(rules.REPORTER_GONE)
    row.entry = entries.post(
        by=reporter,
        kind="news",
        title=row.title,
        body=row.body,
        pictures=chosen_of(row.pictures, row.enclosures),
        language=row.language,
        key=f"story-{row.pk}",
        now=now,
    )
    row.published_at = now
    fact = StoryPublished(story_id=row.pk, entry_id=row.entry.pk, reporter_id=reporter.person_id)
    _moved(row, by, "published", now, fact)
    return row


@transaction.atomic
def forget(*, member_ids: Collection[int], now: datetime) -> None:
    """Unpublished stories of these reporters go; what was published is the entry's to keep or blank."""
    Story.objects.filter(reporter__in=member_ids, published_at=None).delete()
    theirs = Story.objects.filter(reporter__in=member_ids)
    StoryStep.objects.filter(story__in=theirs).delete()
    theirs.update(reporter=None, title="", body="", pictures=[], enclosures=[], changed_at=now)
    StoryStep.objects.filter(by__in=member_ids).update(by=None, note="")


def _keep_attached(row: Story, by: Member, pictures: Sequence[AttachedPicture], now: datetime) -> None:
    """What the story will be published with is not swept meanwhile; what was taken out of it is."""
    before, enclosed = {pk for pk, _words in row.pictures}, {kept[0] for kept in row.enclosures}
    row.pictures, row.enclosures = [[picture.id, picture.alt] for picture in pictures], rows_of(pictures)
    media.keep_for(owner=by, ids=[pk for pk, _words in row.pictures])
    enclosing.keep_for(owner=by, ids=[kept[0] for kept in row.enclosures])
    entries.let_go(before - {pk for pk, _words in row.pictures}, now)
    let_enclosures_go(enclosed - {kept[0] for kept in row.enclosures}, now)


def _locked(by: Member, story: Story, what: str, *, note: str = "", is_whole: bool | None = None) -> Story:
    """The row as it now is, if this may be done to it."""
    _refuse_helper(by)
    row = Story.objects.select_for_update().get(pk=story.pk)
    refusal = rules.refuse(
        what,
        state=state_of(row),
        is_reporter=row.reporter_id == by.pk,
        is_editor=is_editor(by) and row.community_id == by.community_id,
        is_whole=bool(row.title and row.body) if is_whole is None else is_whole,
        note=note,
        is_unagreed=by.agreed_version < by.community.agreement_version,
    )
    if refusal:
        raise Refused(refusal)
    return row


def _moved(row: Story, by: Member, what: str, now: datetime, fact: Fact, *, note: str = "") -> None:
    row.changed_at, row.revision = now, row.revision + 1
    row.save()
    _note(row, by, what, now, note=note)
    record(replace(fact, community_id=by.community_id, person_id=by.person_id), now=now)


def _note(row: Story, by: Member, what: str, now: datetime, *, note: str = "", before: bool = False) -> None:
    StoryStep.objects.create(
        story=row,
        by=by,
        what=what,
        note=note,
        title_before=row.title if before else "",
        body_before=row.body if before else "",
        at=now,
    )


def _person(row: Story) -> int | None:
    return Member.objects.filter(pk=row.reporter_id or 0).values_list("person_id", flat=True).first()


def _refuse_helper(by: Member) -> None:
    if refusal := refuse_helping(is_helper=by.helper is not None, topics=by.mandate_topics, topic=None):
        raise Refused(refusal)
