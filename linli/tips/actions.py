from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from linli.entries import actions as entries
from linli.facts.tips import TipPublished, TipSeriesChanged
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Community, Language, Member
from linli.tips import rules
from linli.tips.models import Tip, TipOfMonth, TipSeries
from linli.tips.shelf import shelf


def is_entrusted(by: Member) -> bool:
    """Whether the member keeps the shelf: whoever may write notices; a helper may not."""
    return by.helper is None and by.has_role(by.community.notice_roles)


@transaction.atomic
def fill_shelf(*, by: Member) -> None:
    """Put the twelve ready-made tips on an empty shelf."""
    if not is_entrusted(by):
        raise Refused(rules.NOT_ENTRUSTED)
    Community.objects.select_for_update().get(pk=by.community_id)
    if not Tip.objects.filter(community_id=by.community_id).exists():
        Tip.objects.bulk_create(Tip(community_id=by.community_id, **row) for row in shelf())


@transaction.atomic
def change_series(*, by: Member, is_on: bool, day: int, hour: int, now: datetime) -> None:
    """Switch the series on or off, or move it; whoever does becomes the one who answers for it."""
    fill_shelf(by=by)
    series, _ = TipSeries.objects.select_for_update().get_or_create(
        community_id=by.community_id, defaults={"since": now}
    )
    if is_on and not series.is_on:
        series.since = now
    series.is_on, series.day, series.hour, series.keeper = is_on, day, hour, by
    series.save()
    record(TipSeriesChanged(community_id=by.community_id, person_id=by.person_id, is_on=is_on), now=now)


@transaction.atomic
def keep_tip(
    *, by: Member, tip: Tip | None, month: int, title_zh: str, body_zh: str, title_en: str, body_en: str
) -> Tip:
    """Change a tip of the shelf, or put one of one's own there."""
    refusal = rules.refuse_tip(is_entrusted=is_entrusted(by), zh=(title_zh, body_zh), en=(title_en, body_en))
    if refusal:
        raise Refused(refusal)
    kept = tip or Tip(community_id=by.community_id)
    kept.month = month
    kept.title_zh, kept.body_zh, kept.title_en, kept.body_en = title_zh, body_zh, title_en, body_en
    kept.save()
    return kept


@transaction.atomic
def skip(*, by: Member, tip: Tip, is_on: bool) -> None:
    """Leave it out of the series, or take it in again; twice changes nothing."""
    if not is_entrusted(by):
        raise Refused(rules.NOT_ENTRUSTED)
    Tip.objects.filter(pk=tip.pk).update(is_skipped=is_on)


@transaction.atomic
def drop_tip(*, by: Member, tip: Tip) -> None:
    """Take it off the shelf; what has gone out stays on the board."""
    if not is_entrusted(by):
        raise Refused(rules.NOT_ENTRUSTED)
    Tip.objects.filter(pk=tip.pk).delete()


def publish_due(*, now: datetime) -> int:
    """Send this month's tip where its hour has come and it has not gone out; answers to how many communities."""
    running = TipSeries.objects.filter(is_on=True).select_related("community")
    return sum(_publish_in(series, now) for series in running)


def _publish_in(series: TipSeries, now: datetime) -> bool:
    zone = ZoneInfo(series.community.time_zone)
    at = rules.due_at(now, day=series.day, hour=series.hour, zone=zone)
    month = rules.month_of(now, zone)
    if not series.since < at <= now or TipOfMonth.objects.filter(community_id=series.pk, month=month).exists():
        return False
    return publish_month(series, month=month, now=now)


@transaction.atomic
def publish_month(series: TipSeries, *, month: str, now: datetime) -> bool:
    """Once a month, because the month's row is claimed first; nothing where no tip or no keeper is there."""
    keeper = _keeper(series)
    here = Tip.objects.filter(community_id=series.pk, month=int(month[5:]), is_skipped=False)
    # What has never gone out comes first; databases differ in where they put nothing.
    tip = here.order_by(F("published_at").asc(nulls_first=True), "pk").first()
    if tip is None or keeper is None:
        return False
    claimed, is_new = TipOfMonth.objects.get_or_create(community_id=series.pk, month=month, defaults={"tip": tip})
    if not is_new:
        return False
    title, body = in_both(tip, series.community.language)
    entry = entries.post(by=keeper, kind="tip", title=title, body=body, key=f"tip-{month}", now=now)
    TipOfMonth.objects.filter(pk=claimed.pk).update(entry=entry)
    Tip.objects.filter(pk=tip.pk).update(published_at=now)
    record(
        TipPublished(community_id=series.pk, person_id=keeper.person_id, entry_id=entry.pk, tip_id=tip.pk, month=month),
        now=now,
    )
    return True


def in_both(tip: Tip, language: str) -> tuple[str, str]:
    """The community's language first, the other one below it, so that nobody in the house is left out."""
    zh, en = (tip.title_zh, tip.body_zh), (tip.title_en, tip.body_en)
    first, second = (zh, en) if language == Language.CHINESE else (en, zh)
    if not all(first):
        return second
    return (first[0], f"{first[1]}\n\n---\n\n### {second[0]}\n\n{second[1]}" if all(second) else first[1])


def _keeper(series: TipSeries) -> Member | None:
    """Who answers for the tips: the keeper while in office, otherwise the first who is."""
    present = Member.objects.present().filter(community_id=series.pk, person__is_active=True)
    mask = series.community.notice_roles
    found = present.filter(pk__in=Member.objects.with_role(mask).filter(community_id=series.pk).values("pk"))
    return found.filter(pk=series.keeper_id or 0).first() or found.order_by("pk").first()


def forget(*, member_ids: Collection[int]) -> None:
    """Who is erased no longer answers for the tips."""
    TipSeries.objects.filter(keeper_id__in=member_ids).update(keeper=None)
