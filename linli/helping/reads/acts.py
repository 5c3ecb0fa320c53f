from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from linli.helping import acts, rules
from linli.kernel.journal import load_fact
from linli.kernel.models import RecordedFact
from linli.people.models import Member
from linli.people.reads import Line, lines

PAGE = 30
PRINTED_MAX = 400


@dataclass(frozen=True, kw_only=True)
class ActRow:
    """One thing a helper did; its number is the receipt's."""

    id: int
    at: datetime
    helper: Line | None  # None: a member no more
    words: str
    quote: str
    url: str
    undo_words: str  # empty where it cannot be taken back any more


@dataclass(frozen=True, kw_only=True)
class Acts:
    rows: tuple[ActRow, ...]
    before: int | None


def acts_of(
    member: Member,
    *,
    viewer: Member,
    before: int | None = None,
    helper: Member | None = None,
    since: datetime | None = None,
    is_printed: bool = False,
    now: datetime,
) -> Acts:
    """What helpers did in the member's name, newest first; one query for the facts, one or two for each kind."""
    most = PRINTED_MAX if is_printed else PAGE
    found = RecordedFact.objects.filter(
        person_id=member.person_id, helper_id__isnull=False, community_id=member.community_id
    ).exclude(kind__in=acts.muted())
    if helper:
        found = found.filter(helper_id=helper.person_id)
    if before:
        found = found.filter(pk__lt=before)
    if since:
        found = found.filter(at__gte=since)
    rows = list(found.order_by("-id")[: most + 1])
    page = rows[:most]
    told = _told(member, page)
    may_undo = viewer.pk == member.pk and viewer.helper is None and not is_printed
    helpers = _helpers(viewer, {row.helper_id for row in page if row.helper_id})
    return Acts(
        rows=tuple(_row(row, told[row.pk], helpers, may_undo, now) for row in page),
        before=page[-1].pk if len(rows) > most else None,
    )


def _helpers(viewer: Member, person_ids: set[int]) -> dict[int, Line]:
    """Helpers by their person, as members of this community."""
    ids = dict(
        Member.objects.filter(community_id=viewer.community_id, person_id__in=person_ids).values_list("pk", "person_id")
    )
    return {ids[pk]: line for pk, line in lines(viewer, ids).items()}


def _told(member: Member, rows: list[RecordedFact]) -> dict[int, acts.Told]:
    by_kind: dict[str, list[RecordedFact]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    told: dict[int, acts.Told] = {}
    for kind, of_kind in by_kind.items():
        act = acts.act_for(kind)
        if act is None:
            # An app that has not said how to tell it; the member must see that something was done.
            words = [acts.Told(words=_("Changed something")) for _row in of_kind]
        else:
            words = list(act.tell(member, [load_fact(row) for row in of_kind]))
        told.update(zip((row.pk for row in of_kind), words, strict=True))
    return told


def _row(row: RecordedFact, told: acts.Told, helpers: dict[int, Line], may_undo: bool, now: datetime) -> ActRow:
    act = acts.act_for(row.kind)
    has_undo = bool(may_undo and told.may_undo and act and act.undo)
    is_open = has_undo and rules.refuse_undo(has_undo=True, at=row.at, now=now) is None
    return ActRow(
        id=row.pk,
        at=row.at,
        helper=helpers.get(row.helper_id or 0),
        words=told.words,
        quote=told.quote,
        url=told.url,
        undo_words=str(act.undo_words) if act and is_open else "",
    )
