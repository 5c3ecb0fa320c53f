"""May it be done? Pure: told everything it needs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal

NOT_ENTRUSTED = Refusal("not_entrusted", _("Only those whom this community trusts with notices may do this."))
NO_WORDS = Refusal("no_words", _("Please write a title and a text, in one language at least."), "title_zh")
BODY_MAX = 8_000


def refuse_tip(*, is_entrusted: bool, zh: tuple[str, str], en: tuple[str, str]) -> Refusal | None:
    if not is_entrusted:
        return NOT_ENTRUSTED
    return None if all(zh) or all(en) else NO_WORDS


def due_at(now: datetime, *, day: int, hour: int, zone: ZoneInfo) -> datetime:
    """When this month's tip goes out: the local day and hour, also across a change of daylight saving time."""
    here = now.astimezone(zone)
    return datetime(here.year, here.month, day, hour, tzinfo=zone)


def month_of(now: datetime, zone: ZoneInfo) -> str:
    return f"{now.astimezone(zone):%Y-%m}"
