"""What the welcome shows, as frozen values, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404
from django.utils import timezone

from linli.entries.models import Entry
from linli.people.kinds import template_for
from linli.people.models import Community, Member
from linli.people.reads import Line, lines
from linli.talk.models import Comment
from linli.welcome.models import FirstStep, Greeting, ListPutAway, WelcomeWords
from linli.welcome.steps import Step, steps_for

NEW_DAYS, NEWCOMERS_MOST = 60, 100


@dataclass(frozen=True)
class Gives:
    """What a community gives at once and over time, and what it asks."""

    soon: tuple[str, ...]
    later: tuple[str, ...]
    asks: tuple[str, ...]
    is_own: bool


def gives_of(community: Community, language: str) -> Gives:
    """The community's own words, or its template's in the reader's language. One query."""
    own = WelcomeWords.objects.filter(community_id=community.pk).first()
    template = template_for(community.kind, language)
    if own is None:
        return Gives(template.soon, template.later, template.asks, is_own=False)
    soon, later, asks = (tuple(filter(None, text.split("\n"))) for text in (own.soon, own.later, own.asks))
    return Gives(soon, later, asks, is_own=True)


@dataclass(frozen=True)
class StepRow:
    step: Step
    url: str
    is_done: bool


@dataclass(frozen=True)
class GreetingShown:
    name: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Welcome:
    gives: Gives
    steps: tuple[StepRow, ...]
    done: int
    is_put_away: bool
    greetings: tuple[GreetingShown, ...]


def welcome_of(member: Member, *, language: str) -> Welcome:
    """Six queries."""
    community = member.community
    ticked = set(FirstStep.objects.filter(member=member).values_list("step", flat=True))
    if _who_spoke([member.pk]):
        ticked.add("hello")
    base = f"/c/{community.slug}/"
    wanted = steps_for(kind=community.kind, roles=member.roles, has_rules=community.agreement_version > 0)
    steps = tuple(StepRow(step, base + step.path, step.key in ticked) for step in wanted)
    greetings = Greeting.objects.filter(member=member, by__left_at=None).select_related("by").order_by("pk")
    return Welcome(
        gives=gives_of(community, language),
        steps=steps,
        done=sum(row.is_done for row in steps),
        is_put_away=ListPutAway.objects.filter(member=member).exists(),
        greetings=tuple(GreetingShown(row.by.name, row.words, timezone.localtime(row.at)) for row in greetings),
    )


def _who_spoke(ids: list[int]) -> set[int]:
    """Of these members, who has written something; looked up here, because a job for each comment would cost too much."""
    posted = Entry.objects.present().filter(author__in=ids).values_list("author", flat=True)
    said = Comment.objects.filter(author__in=ids, deleted_at=None).values_list("author", flat=True)
    return {pk for pk in (*posted.distinct(), *said.distinct()) if pk}


@dataclass(frozen=True)
class Newcomer:
    line: Line
    joined_at: datetime
    done: int
    of: int
    greeted_by: tuple[str, ...]
    is_greeted_by_me: bool


def newcomers(member: Member, *, now: datetime) -> tuple[Newcomer, ...]:
    """Who came in the last two months, the newest first; five queries for any number of them."""
    since = now - timedelta(days=NEW_DAYS)
    rows = list(
        Member.objects.present()
        .filter(community_id=member.community_id, joined_at__gt=since)
        .exclude(pk=member.pk)
        .order_by("-joined_at", "-pk")[:NEWCOMERS_MOST]
    )
    ids = [row.pk for row in rows]
    ticked: dict[int, set[str]] = defaultdict(set)
    for member_id, step in FirstStep.objects.filter(member__in=ids).values_list("member_id", "step"):
        ticked[member_id].add(step)
    for member_id in _who_spoke(ids):
        ticked[member_id].add("hello")
    greeted: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for said in Greeting.objects.filter(member__in=ids).select_related("by").order_by("pk"):
        greeted[said.member_id].append((said.by_id, said.by.name))
    known = lines(member, ids)
    community = member.community
    found = []
    for row in rows:
        steps = steps_for(kind=community.kind, roles=row.roles, has_rules=community.agreement_version > 0)
        found.append(
            Newcomer(
                line=known[row.pk],
                joined_at=timezone.localtime(row.joined_at),
                done=sum(step.key in ticked[row.pk] for step in steps),
                of=len(steps),
                greeted_by=tuple(name for _pk, name in greeted[row.pk]),
                is_greeted_by_me=any(pk == member.pk for pk, _name in greeted[row.pk]),
            )
        )
    return tuple(found)


def newcomer_or_404(member: Member, pk: int) -> Member:
    found = Member.objects.present().filter(community_id=member.community_id, pk=pk).first()
    if found is None:
        raise Http404
    return found
