"""What the steward's desk shows; every page costs a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.http import Http404

from linli.admission.models import Invitation, Sheaf
from linli.admission.reads.applications import waiting_count
from linli.entries.models import NOTICE, Entry
from linli.homes.models import Occupancy
from linli.homes.reads import MyHome, Scope, count_in, current_homes, homes_of
from linli.people.models import Acceptance, Agreement, Community, Kind, Member
from linli.people.roles import OFFICE, ROLE_NAMES, Role, foremost, role_names

PAGE = 50
ACCEPTANCES = 200


def is_free(slug: str) -> bool:
    return not Community.objects.filter(slug=slug).exists()


@dataclass(frozen=True)
class Step:
    """One thing a young community still needs."""

    key: str
    is_done: bool


@dataclass(frozen=True)
class Desk:
    """What waits, and how the community stands."""

    kind: str
    homes: int
    with_accounts: int
    members: int
    without_home: int
    waiting: int
    open_links: int
    agreement_version: int
    not_agreed: int
    steps: tuple[Step, ...]

    @property
    def has_homes(self) -> bool:
        return self.kind == Kind.RESIDENTIAL

    @property
    def is_settled(self) -> bool:
        return all(step.is_done for step in self.steps)


def desk(community: Community, *, now: datetime) -> Desk:
    present = Member.objects.present().filter(community_id=community.pk)
    counts = present.aggregate(
        members=Count("pk"), not_agreed=Count("pk", filter=Q(agreed_version__lt=community.agreement_version))
    )
    with_home = Occupancy.objects.current().filter(member__community_id=community.pk).values("member").distinct()
    links = Invitation.objects.filter(community_id=community.pk)
    open_links = links.filter(revoked_at=None, expires_at__gt=now, uses__lt=F("uses_max")).count()
    homes, with_accounts = count_in(Scope(community.pk, with_parking=True))
    has_letters = Sheaf.objects.filter(community_id=community.pk).exists() or with_accounts > 0
    helpers = present.with_role(OFFICE).count() > 1
    has_notice = Entry.objects.filter(community_id=community.pk, kind=NOTICE).exists()
    steps = [
        Step("homes", homes > 0),
        Step("letters", has_letters),
    ]
    if community.kind != Kind.RESIDENTIAL:
        steps = []
    steps += [
        Step("invite", links.exists() or counts["members"] > 1),
        Step("roles", helpers),
        Step("notice", has_notice),
    ]
    return Desk(
        kind=community.kind,
        homes=homes,
        with_accounts=with_accounts,
        members=counts["members"],
        without_home=max(0, counts["members"] - with_home.count()),
        waiting=waiting_count(community.pk),
        open_links=open_links,
        agreement_version=community.agreement_version,
        not_agreed=counts["not_agreed"],
        steps=tuple(steps),
    )


@dataclass(frozen=True)
class MemberLine:
    id: int
    name: str
    portrait: str
    home: str
    roles: tuple[str, ...]
    joined_at: datetime
    is_agreed: bool


@dataclass(frozen=True)
class MembersPage:
    lines: tuple[MemberLine, ...]
    next_before: int | None
    total: int


def members_page(community: Community, *, search: str = "", role: int = 0, before: int | None = None) -> MembersPage:
    """The newest first; a word of the search is part of the name, or the name of a building or home."""
    found = Member.objects.present().filter(community_id=community.pk)
    for word in search.split()[:4]:
        living = Occupancy.objects.filter(ended_at=None).filter(
            Q(unit__name__iexact=word) | Q(unit__entrance__building__name__icontains=word)
        )
        found = found.filter(Q(name__icontains=word) | Q(pk__in=living.values("member")))
    if role:
        found = found.with_role(role)
    total = found.count()
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    shown = rows[:PAGE]
    homes = homes_of([row.pk for row in shown])
    lines = tuple(
        MemberLine(
            row.pk,
            row.name,
            row.portrait,
            homes.get(row.pk, ""),
            tuple(role_names(row.roles & ~int(Role.RESIDENT))),
            row.joined_at,
            row.agreed_version >= community.agreement_version,
        )
        for row in shown
    )
    return MembersPage(lines, shown[-1].pk if len(rows) > PAGE else None, total)


@dataclass(frozen=True)
class MemberPage:
    id: int
    name: str
    roles: int
    role_names: tuple[str, ...]
    foremost: str
    homes: tuple[MyHome, ...]
    joined_at: datetime
    admitted_by: str
    agreed_version: int
    is_me: bool


def member_or_404(community_id: int, pk: int) -> Member:
    rows = Member.objects.present().select_related("admitted_by").filter(community_id=community_id, pk=pk)
    if (found := rows.first()) is None:
        raise Http404
    return found


def member_page(member: Member, *, viewer: Member) -> MemberPage:
    first = foremost(member.roles)
    return MemberPage(
        id=member.pk,
        name=member.name,
        roles=member.roles,
        role_names=tuple(role_names(member.roles)),
        foremost=str(ROLE_NAMES[first]) if first else "",
        homes=current_homes(member.pk),
        joined_at=member.joined_at,
        admitted_by=member.admitted_by.name if member.admitted_by else "",
        agreed_version=member.agreed_version,
        is_me=member.pk == viewer.pk,
    )


@dataclass(frozen=True)
class VersionLine:
    version: int
    published_at: datetime
    published_by: str
    accepted: int


@dataclass(frozen=True)
class AgreementsPage:
    text: str
    versions: tuple[VersionLine, ...]
    members: int
    missing: tuple[tuple[int, str], ...]


def agreements_page(community: Community) -> AgreementsPage:
    versions = (
        Agreement.objects.filter(community_id=community.pk)
        .select_related("published_by")
        .annotate(accepted=Count("acceptances"))
        .order_by("-version")[:50]
    )
    present = Member.objects.present().filter(community_id=community.pk)
    missing = present.filter(agreed_version__lt=community.agreement_version).order_by("name", "pk")
    return AgreementsPage(
        text=community.rules,
        versions=tuple(
            VersionLine(row.version, row.published_at, row.published_by.name if row.published_by else "", row.accepted)
            for row in versions
        ),
        members=present.count(),
        missing=tuple(missing.values_list("pk", "name")[:ACCEPTANCES]),
    )


@dataclass(frozen=True)
class AcceptanceLine:
    id: int
    name: str
    helper: str
    at: datetime


@dataclass(frozen=True)
class VersionPage:
    version: int
    text: str
    lines: tuple[AcceptanceLine, ...]
    next_before: int | None


def version_page(community_id: int, version: int, *, before: int | None = None) -> VersionPage:
    """Who accepted it, and when, the newest first."""
    agreement = Agreement.objects.filter(community_id=community_id, version=version).first()
    if agreement is None:
        raise Http404
    rows = Acceptance.objects.filter(agreement=agreement).order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.values_list("pk", "member__name", "helper__name", "at")[: ACCEPTANCES + 1])
    lines = tuple(AcceptanceLine(pk, name, helper or "", at) for pk, name, helper, at in found[:ACCEPTANCES])
    return VersionPage(version, agreement.text, lines, lines[-1].id if len(found) > ACCEPTANCES else None)
