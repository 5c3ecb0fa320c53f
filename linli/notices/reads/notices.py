"""What the pages of notices show, as frozen values, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.template.loader import get_template
from django.utils import timezone
from markupsafe import Markup

from linli.entries.actions.posting import Places
from linli.entries.cards import places_label
from linli.entries.differences import Piece, differences
from linli.entries.models import NOTICE, Entry, EntryVersion, Reach
from linli.homes.reads.scopes import count_in
from linli.kernel.markdown import plain
from linli.notices.models import Notice, Receipt
from linli.notices.scopes import is_for_people, members_of, scope_for
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
    is_corrected: bool
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
            "places__building", "places__entrance__building", "places__unit__entrance__building", "places__circle"
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
        is_corrected=entry.edited_at is not None,
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
    members = members_of(member.community_id, places).count()
    if member.community.kind != Kind.RESIDENTIAL or is_for_people(places):
        return Preview(homes=0, without_account=0, members=members, by_homes=False)
    homes, with_account = count_in(scope_for(member.community_id, reach, places))
    return Preview(homes=homes, without_account=homes - with_account, members=members, by_homes=True)


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
    changes: tuple[Piece, ...]  # what is other than in the words this member had read


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
        changes=_changes(pk, receipt.corrected_at) if receipt and receipt.corrected_at else (),
    )


def _changes(pk: int, since: datetime) -> tuple[Piece, ...]:
    """The words before the first correction since then, beside those of now."""
    older = EntryVersion.objects.filter(entry=pk, replaced_at__gte=since).order_by("replaced_at", "pk").first()
    if older is None:
        return ()
    now = Entry.objects.only("title", "body").get(pk=pk)
    return differences(f"{older.title}\n{plain(older.body)}", f"{now.title}\n{plain(now.body)}")


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
