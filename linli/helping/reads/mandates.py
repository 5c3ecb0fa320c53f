from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import translation

from linli.helping import rules
from linli.helping.models import Consent, Mandate
from linli.helping.topics import Topic, all_topics, known
from linli.homes.models import Unit
from linli.homes.reads import homes_of, label
from linli.kernel.languages import LANGUAGES
from linli.kernel.refusals import Refusal
from linli.people.models import Member, Person
from linli.people.reads import Line, lines
from linli.people.roles import OFFICE

ENDED_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class MandateRow:
    """A mandate as one of the two sees it; `other` is the other of them."""

    id: int
    member: Line
    helper: Line
    topics: tuple[Topic, ...]
    last_day: date
    given_at: datetime
    is_accepted: bool
    is_ended: bool  # revoked or run out
    is_paper: bool
    recorded_by: str
    evidence: str
    days_left: int


@dataclass(frozen=True, kw_only=True)
class HelpingPage:
    helpers: tuple[MandateRow, ...]  # who act for me
    asked: tuple[MandateRow, ...]  # who ask me and wait for an answer
    helped: tuple[MandateRow, ...]  # for whom I act
    ended: tuple[MandateRow, ...]  # the latest, of both kinds


def helping_page(member: Member, *, now: datetime) -> HelpingPage:
    """Everything of helper mode that concerns one member; a fixed number of queries."""
    mine = _rows(member, Mandate.objects.filter(Q(member=member) | Q(helper=member)).order_by("-id")[:60], now)
    living = [row for row in mine if not row.is_ended]
    return HelpingPage(
        helpers=tuple(row for row in living if row.member.id == member.pk),
        asked=tuple(row for row in living if row.helper.id == member.pk and not row.is_accepted),
        helped=tuple(row for row in living if row.helper.id == member.pk and row.is_accepted),
        ended=tuple(row for row in mine if row.is_ended)[:ENDED_SHOWN],
    )


def paper_mandates(viewer: Member, *, now: datetime) -> tuple[MandateRow, ...]:
    """Those the office has recorded from paper and that still run, for the office."""
    found = Mandate.objects.living(now).filter(member__community_id=viewer.community_id, consent=Consent.PAPER)
    return _rows(viewer, found.order_by("-id")[:200], now)


def waiting_for(member: Member, *, now: datetime) -> int:
    """How many ask this member to help and have no answer yet; for a count in the navigation."""
    if member.helper:
        return 0
    return Mandate.objects.living(now).filter(helper=member, accepted_at=None).count()


def _rows(viewer: Member, found: object, now: datetime) -> tuple[MandateRow, ...]:
    mandates = list(found)  # type: ignore[call-overload]
    ids = {pk for row in mandates for pk in (row.member_id, row.helper_id, row.recorded_by_id) if pk}
    people = lines(viewer, ids)
    zone = ZoneInfo(viewer.community.time_zone)
    return tuple(_row(row, people, zone, now) for row in mandates if {row.member_id, row.helper_id} <= people.keys())


def _row(row: Mandate, people: dict[int, Line], zone: ZoneInfo, now: datetime) -> MandateRow:
    last_day = last_day_of(row.ends_at, zone)
    return MandateRow(
        id=row.pk,
        member=people[row.member_id],
        helper=people[row.helper_id],
        topics=known(row.topics),
        last_day=last_day,
        given_at=row.given_at,
        is_accepted=row.accepted_at is not None,
        is_ended=row.revoked_at is not None or row.ends_at <= now,
        is_paper=row.consent == Consent.PAPER,
        recorded_by=people[row.recorded_by_id].name if row.recorded_by_id in people else "",
        evidence=row.evidence,
        days_left=(last_day - now.astimezone(zone).date()).days,
    )


def last_day_of(ends_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which a mandate holds that ends at this midnight."""
    return (ends_at.astimezone(zone) - timedelta(seconds=1)).date()


def mandate_or_404(viewer: Member, pk: int) -> Mandate:
    """A mandate the viewer has a part in, or keeps the paper of."""
    mine = Q(member=viewer) | Q(helper=viewer)
    if viewer.has_role(OFFICE) and not viewer.helper:
        mine |= Q(consent=Consent.PAPER)
    found = Mandate.objects.select_related("member", "helper").filter(mine, member__community_id=viewer.community_id)
    mandate = found.filter(pk=pk).first()
    if mandate is None:
        raise Http404
    return mandate


def acted_for_or_404(viewer: Member, pk: int) -> Member:
    """The member whose list of acts the viewer may print: the office where the consent is on paper."""
    on_paper = Mandate.objects.filter(member=OuterRef("pk"), consent=Consent.PAPER, accepted_at__isnull=False)
    found = Member.objects.filter(Exists(on_paper), pk=pk, community_id=viewer.community_id)
    member = found.select_related("person").first()
    if member is None:
        raise Http404
    member.community = viewer.community
    return member


@dataclass(frozen=True, kw_only=True)
class Helped:
    """Somebody who asks a person for help, or for whom the person may act at once, in whichever community."""

    community: str
    name: str
    is_accepted: bool
    page_url: str
    start_url: str


def helped_by(person: Person, *, now: datetime) -> tuple[Helped, ...]:
    """For the person's own page: “act for Grandpa Sun”. One query."""
    found = Mandate.objects.living(now).together().filter(helper__person=person).order_by("accepted_at", "pk")
    return tuple(
        Helped(
            community=name,
            name=member,
            is_accepted=accepted_at is not None,
            page_url=f"/c/{slug}/helping/",
            start_url=f"/c/{slug}/helping/mandates/{pk}/start/",
        )
        for pk, member, name, slug, accepted_at in found.values_list(
            "pk", "member__name", "member__community__name", "member__community__slug", "accepted_at"
        )
    )


def find_unit(community_id: int, building_id: int, words: str) -> Unit | None:
    """The home of a building by what stands on its door: “501”, or “2单元 501” where two doors say 501."""
    units = Unit.objects.filter(entrance__building_id=building_id, entrance__building__community_id=community_id)
    wanted = "".join(words.split()).casefold()
    named = [
        (unit, "".join(label("", unit.entrance.name, unit.name).split()).casefold())
        for unit in units.select_related("entrance")
    ]
    exact = [unit for unit, whole in named if whole == wanted]
    found = exact or [unit for unit, _whole in named if "".join(unit.name.split()).casefold() == wanted]
    return found[0] if len(found) == 1 else None


def refuse_acting(helper: Member, mandate: Mandate, *, now: datetime) -> Refusal | None:
    """Why the helper may not begin now; None if they may."""
    mine = Mandate.objects.filter(pk=mandate.pk)
    is_living = mine.living(now).exists()
    is_in_force = is_living and mine.in_force(now).exists()
    return rules.refuse_start(
        is_helper=mandate.helper_id == helper.pk,
        is_living=is_living,
        is_accepted=mandate.accepted_at is not None,
        is_apart=is_living and mandate.accepted_at is not None and not is_in_force,
    )


@dataclass(frozen=True, kw_only=True)
class SheetTopic:
    label: str
    explanation: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The consent sheet in both languages; names may be blank, to be written by hand."""

    member: str
    member_home: str
    helper: str
    helper_home: str
    topics: dict[str, tuple[SheetTopic, ...]]  # by language


def sheet_for(viewer: Member, *, member_id: int | None, helper_id: int | None) -> Sheet:
    ids = [pk for pk in (member_id, helper_id) if pk]
    people = lines(viewer, ids)
    homes = homes_of([pk for pk in ids if pk in people])
    topics = {}
    for language in LANGUAGES:
        with translation.override(language):
            topics[language] = tuple(
                SheetTopic(label=str(topic.label), explanation=str(topic.explanation)) for topic in all_topics()
            )
    return Sheet(
        member=people[member_id].name if member_id in people else "",
        member_home=homes.get(member_id or 0, ""),
        helper=people[helper_id].name if helper_id in people else "",
        helper_home=homes.get(helper_id or 0, ""),
        topics=topics,
    )
