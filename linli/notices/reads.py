"""What the pages of notices show, as frozen values, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.template.loader import get_template
from django.utils import timezone
from markupsafe import Markup

from linli.entries.actions.posting import Places
from linli.entries.cards import places_label
from linli.entries.models import NOTICE, Entry, Reach
from linli.homes.models import Occupancy
from linli.homes.reads.scopes import ScopedHome, count_in, homes_in
from linli.kernel.markdown import plain
from linli.notices.models import Notice, Receipt
from linli.notices.scopes import places_of, scope_for
from linli.people.models import Kind, Member

PAGE = 20
EXCERPT = 160


@dataclass(frozen=True)
class NoticeRow:
    """A notice in the list, as one member sees it."""

    id: int
    url: str
    title: str
    excerpt: str
    at: datetime
    is_urgent: bool
    is_over: bool
    expires_at: datetime | None
    author: str
    places: str
    is_confirmed: bool
    receipt_url: str
    readers_url: str


@dataclass(frozen=True)
class NoticeList:
    rows: tuple[NoticeRow, ...]
    next_url: str
    may_write: bool
    new_url: str


def may_write(member: Member) -> bool:
    return member.helper is None and member.has_role(member.community.notice_roles)


def notice_list(member: Member, *, before: int | None, now: datetime) -> NoticeList:
    base = f"/c/{member.community.slug}"
    found = Entry.objects.visible_to(member).filter(kind=NOTICE).select_related("notice", "author")
    if before:
        found = found.filter(id__lt=before)
    entries = list(
        found.prefetch_related(
            "places__building", "places__entrance__building", "places__unit__entrance__building"
        ).order_by("-id")[: PAGE + 1]
    )
    page = entries[:PAGE]
    confirmed = confirmed_by(member, [entry.pk for entry in page])
    may = may_write(member)
    return NoticeList(
        rows=tuple(_row(entry, base, entry.pk in confirmed, may, now) for entry in page),
        next_url=f"{base}/notices/?before={page[-1].pk}" if len(entries) > PAGE else "",
        may_write=may,
        new_url=f"{base}/notices/new/",
    )


def _row(entry: Entry, base: str, is_confirmed: bool, may: bool, now: datetime) -> NoticeRow:
    notice = entry.notice
    return NoticeRow(
        id=entry.pk,
        url=f"{base}/entries/{entry.pk}/",
        title=entry.title,
        excerpt=plain(entry.body)[:EXCERPT],
        at=timezone.localtime(entry.at),
        is_urgent=notice.is_urgent,
        is_over=notice.expires_at is not None and notice.expires_at <= now,
        expires_at=timezone.localtime(notice.expires_at) if notice.expires_at else None,
        author=entry.author.name if entry.author else "",
        places=places_label(entry) if entry.reach == Reach.PLACES else "",
        is_confirmed=is_confirmed,
        receipt_url=f"{base}/notices/{entry.pk}/receipt/",
        readers_url=f"{base}/notices/{entry.pk}/readers/" if may else "",
    )


def confirmed_by(member: Member, ids: list[int]) -> set[int]:
    """Which of these notices the member has confirmed."""
    found = Receipt.objects.filter(member=member, notice_id__in=ids, confirmed_at__isnull=False)
    return set(found.values_list("notice_id", flat=True))


def urgent_notices(member: Member, *, now: datetime) -> tuple[NoticeRow, ...]:
    """Those that stay on top now, for the elders' start page."""
    base = f"/c/{member.community.slug}"
    found = Entry.objects.visible_to(member).filter(kind=NOTICE, pinned_until__gt=now)
    entries = list(found.select_related("notice", "author").order_by("-id")[:5])
    confirmed = confirmed_by(member, [entry.pk for entry in entries])
    return tuple(_row(entry, base, entry.pk in confirmed, False, now) for entry in entries)


def unconfirmed_count(member: Member, *, now: datetime) -> int:
    """Notices that still matter and that this member has not confirmed."""
    found = Entry.objects.visible_to(member).filter(kind=NOTICE).exclude(notice__expires_at__lte=now)
    mine = Receipt.objects.filter(member=member, confirmed_at__isnull=False).values("notice_id")
    return found.exclude(pk__in=mine).count()


def notice_or_404(member: Member, pk: int) -> Entry:
    entry = (
        Entry.objects.visible_to(member)
        .filter(kind=NOTICE, pk=pk)
        .select_related("notice", "author", "section", "helper")
        .first()
    )
    if entry is None:
        raise Http404
    entry.community = member.community
    return entry


@dataclass(frozen=True)
class Preview:
    """What a notice would reach, before it is sent."""

    homes: int
    without_account: int
    members: int
    by_homes: bool


def preview(member: Member, *, reach: str, places: Places) -> Preview:
    members = Member.objects.filter(community_id=member.community_id, left_at=None).count()
    if member.community.kind != Kind.RESIDENTIAL:
        return Preview(homes=0, without_account=0, members=members, by_homes=False)
    homes, with_account = count_in(scope_for(member.community_id, reach, places))
    return Preview(homes=homes, without_account=homes - with_account, members=members, by_homes=True)


CONFIRMED, OPENED, UNREAD, NO_ACCOUNT = "confirmed", "opened", "unread", "none"


@dataclass(frozen=True)
class HomeState:
    """One home and how far the notice has come there."""

    home: ScopedHome
    state: str


@dataclass(frozen=True)
class BuildingState:
    name: str
    homes: tuple[HomeState, ...]
    confirmed: int
    percent: int


@dataclass(frozen=True)
class Readers:
    """Who has read a notice, by home; for those who may write notices."""

    entry_url: str
    title: str
    at: datetime
    buildings: tuple[BuildingState, ...]
    total: int
    confirmed: int
    opened: int
    unread: int
    without_account: int
    members_confirmed: int
    members: int
    by_homes: bool


def readers(member: Member, entry: Entry) -> Readers:
    """Homes, those who live there and their receipts: a fixed number of queries for any number of homes."""
    receipts = dict(Receipt.objects.filter(notice_id=entry.pk).values_list("member_id", "confirmed_at"))
    homes = homes_in(scope_for(member.community_id, entry.reach, places_of(entry)))
    occupants: dict[int, list[int]] = defaultdict(list)
    current = Occupancy.objects.current().filter(unit__entrance__building__community_id=member.community_id)
    for unit_id, member_id in current.values_list("unit_id", "member_id"):
        occupants[unit_id].append(member_id)
    states = [HomeState(home, _state(occupants[home.unit_id], receipts)) for home in homes]
    count = {state: sum(row.state == state for row in states) for state in (CONFIRMED, OPENED, UNREAD, NO_ACCOUNT)}
    present = Member.objects.filter(community_id=member.community_id, left_at=None)
    return Readers(
        entry_url=f"/c/{member.community.slug}/entries/{entry.pk}/",
        title=entry.title,
        at=timezone.localtime(entry.at),
        buildings=_by_building(states),
        total=len(states),
        confirmed=count[CONFIRMED],
        opened=count[OPENED],
        unread=count[UNREAD],
        without_account=count[NO_ACCOUNT],
        members_confirmed=sum(1 for confirmed_at in receipts.values() if confirmed_at),
        members=present.count(),
        by_homes=bool(homes),
    )


def _state(member_ids: list[int], receipts: dict[int, datetime | None]) -> str:
    """A home has confirmed when anybody in it has."""
    if not member_ids:
        return NO_ACCOUNT
    if any(receipts.get(pk) for pk in member_ids):
        return CONFIRMED
    return OPENED if any(pk in receipts for pk in member_ids) else UNREAD


def _by_building(states: list[HomeState]) -> tuple[BuildingState, ...]:
    grouped: dict[str, list[HomeState]] = defaultdict(list)
    for row in states:
        grouped[row.home.building].append(row)
    return tuple(
        BuildingState(
            name=name,
            homes=tuple(rows),
            confirmed=(confirmed := sum(row.state == CONFIRMED for row in rows)),
            percent=100 * confirmed // len(rows),
        )
        for name, rows in grouped.items()
    )


@dataclass(frozen=True)
class PanelView:
    """What a notice adds to its entry's page for one viewer."""

    id: int
    is_urgent: bool
    is_over: bool
    expires_at: datetime | None
    confirmed_at: datetime | None
    is_member: bool
    receipt_url: str
    seen_url: str
    readers_url: str
    edit_url: str
    end_url: str
    homes_confirmed: int


def panel(pk: int, member: Member | None, slug: str, *, now: datetime) -> PanelView:
    notice = Notice.objects.get(pk=pk)
    receipt = Receipt.objects.filter(notice=notice, member=member).first() if member else None
    base = f"/c/{slug}/notices/{pk}"
    may = member is not None and may_write(member)
    is_over = notice.expires_at is not None and notice.expires_at <= now
    return PanelView(
        id=pk,
        is_urgent=notice.is_urgent,
        is_over=is_over,
        expires_at=timezone.localtime(notice.expires_at) if notice.expires_at else None,
        confirmed_at=timezone.localtime(receipt.confirmed_at) if receipt and receipt.confirmed_at else None,
        is_member=member is not None,
        receipt_url=f"{base}/receipt/",
        seen_url="" if receipt or member is None or member.helper else f"{base}/seen/",
        readers_url=f"{base}/readers/" if may else "",
        edit_url=f"{base}/edit/" if may else "",
        end_url=f"{base}/end/" if may and not is_over else "",
        homes_confirmed=Receipt.objects.filter(notice=notice, confirmed_at__isnull=False).count() if may else 0,
    )


def card_buttons(member: Member, ids: list[int]) -> dict[int, Markup]:
    """“知道了” for the notices among these cards that the member has not confirmed; one query."""
    confirmed = confirmed_by(member, ids)
    template = get_template("notices/_card_button.html", using="jinja2")
    slug = member.community.slug
    return {
        pk: Markup(  # noqa: S704  (a template of ours escapes)
            template.render({"id": pk, "url": f"/c/{slug}/notices/{pk}/receipt/", "is_confirmed": pk in confirmed})
        )
        for pk in ids
    }
