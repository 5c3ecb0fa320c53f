"""Rate limits in fixed windows, one row per key; exact under a rush."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import ngettext

from linli.kernel.jobs import daily
from linli.kernel.models import Allowance
from linli.kernel.refusals import Refusal


def allow(key: str, *, most: int, per_seconds: int, now: datetime) -> bool:
    """Count one more; False when the window already holds `most`."""
    window = int(now.timestamp()) // per_seconds
    end = datetime.fromtimestamp((window + 1) * per_seconds, tz=UTC)
    row, is_new = Allowance.objects.get_or_create(
        key=key[-160:], defaults={"window": window, "count": 1, "expires_at": end}
    )
    if is_new:
        return most >= 1
    mine = Allowance.objects.filter(pk=row.pk)
    if mine.filter(window__lt=window).update(window=window, count=1, expires_at=end):
        return most >= 1
    return bool(mine.filter(window=window, count__lt=most).update(count=F("count") + 1))


def too_often(*, per_seconds: int, now: datetime, field: str = "") -> Refusal:
    """The refusal that says when to try again."""
    seconds = per_seconds - int(now.timestamp()) % per_seconds
    minutes = max(1, -(-seconds // 60))
    message = ngettext(
        "That was a little too often. Please try again in %(num)s minute.",
        "That was a little too often. Please try again in %(num)s minutes.",
        minutes,
    ) % {"num": minutes}
    return Refusal("too_often", message, field)


@daily("04:20")
def sweep_allowances() -> None:
    Allowance.objects.filter(expires_at__lt=timezone.now() - timedelta(hours=1)).delete()
