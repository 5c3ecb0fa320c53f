"""What the pages of tips show, as frozen values, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils import timezone

from linli.entries.models import Entry
from linli.people.models import Language, Member
from linli.tips.models import Tip, TipSeries
from linli.tips.rules import due_at, month_of

PUBLISHED_MOST = 60


@dataclass(frozen=True)
class PublishedTip:
    url: str
    title: str
    at: datetime


def published(member: Member) -> tuple[PublishedTip, ...]:
    """What has gone out, the newest first. One query."""
    found = Entry.objects.visible_to(member).filter(kind="tip").order_by("-id")
    base = f"/c/{member.community.slug}/entries/"
    rows = found.values_list("pk", "title", "at")[:PUBLISHED_MOST]
    return tuple(PublishedTip(f"{base}{pk}/", title, timezone.localtime(at)) for pk, title, at in rows)


@dataclass(frozen=True)
class TipRow:
    id: int
    month: int
    title: str
    is_skipped: bool
    is_next: bool
    published_at: datetime | None
    languages: int  # in how many it is written


@dataclass(frozen=True)
class Shelf:
    is_on: bool
    day: int
    hour: int
    keeper: str
    next_at: datetime | None
    tips: tuple[TipRow, ...]


def may_keep(member: Member) -> bool:
    return member.helper is None and member.has_role(member.community.notice_roles)


def shelf_of(member: Member, *, language: str, now: datetime) -> Shelf:
    """The shelf through the year. Two queries, and one for what has gone out this month."""
    series = TipSeries.objects.filter(community_id=member.community_id).select_related("keeper").first()
    tips = list(Tip.objects.filter(community_id=member.community_id))
    zone = ZoneInfo(member.community.time_zone)
    next_at = _next_at(series, tips, now, zone) if series and series.is_on else None
    coming = next((tip for tip in _waiting(tips) if next_at and tip.month == next_at.month), None)
    return Shelf(
        is_on=series is not None and series.is_on,
        day=series.day if series else 5,
        hour=series.hour if series else 9,
        keeper=series.keeper.name if series and series.keeper else "",
        next_at=next_at,
        tips=tuple(
            TipRow(
                id=tip.pk,
                month=tip.month,
                title=title_of(tip, language),
                is_skipped=tip.is_skipped,
                is_next=coming is not None and tip.pk == coming.pk,
                published_at=timezone.localtime(tip.published_at) if tip.published_at else None,
                languages=bool(tip.title_zh and tip.body_zh) + bool(tip.title_en and tip.body_en),
            )
            for tip in tips
        ),
    )


def _waiting(tips: list[Tip]) -> list[Tip]:
    """In the order in which they would go out."""
    never = datetime.min.replace(tzinfo=ZoneInfo("UTC"))
    return sorted((tip for tip in tips if not tip.is_skipped), key=lambda tip: (tip.published_at or never, tip.pk))


def _next_at(series: TipSeries, tips: list[Tip], now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next month that has a tip, this one included while its own is still to come."""
    months = {tip.month for tip in tips if not tip.is_skipped}
    this = due_at(now, day=series.day, hour=series.hour, zone=zone)
    sent = {month_of(tip.published_at, zone) for tip in tips if tip.published_at}
    for ahead in range(13):
        year, month = divmod(this.year * 12 + this.month - 1 + ahead, 12)
        at = this.replace(year=year, month=month + 1)
        if at.month in months and f"{at:%Y-%m}" not in sent and (at > now or series.since < at):
            return at
    return None


def title_of(tip: Tip, language: str) -> str:
    first, second = (tip.title_zh, tip.title_en) if language == Language.CHINESE else (tip.title_en, tip.title_zh)
    return first or second


def tip_or_404(member: Member, pk: int) -> Tip:
    tip = Tip.objects.filter(community_id=member.community_id, pk=pk).first()
    if tip is None or not may_keep(member):
        raise Http404
    return tip
