"""May it be done? Pure: told everything it needs."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal

URGENT_MOST = timedelta(days=14)

NOT_ENTRUSTED = Refusal("not_entrusted", _("Only those whom this community trusts with notices may do this."))
NO_TITLE = Refusal("no_title", _("Please give the notice a title that says what it is about."), "title")
NO_EXPIRY = Refusal(
    "no_expiry", _("An urgent notice stays on top, so it needs an end. Please say until when."), "expires_at"
)
EXPIRES_BEFORE_NOW = Refusal("expires_before_now", _("The end lies in the past."), "expires_at")
URGENT_TOO_LONG = Refusal("urgent_too_long", _("An urgent notice stays on top for at most 14 days."), "expires_at")
PLANNED_BEFORE_NOW = Refusal(
    "planned_before_now", _("This time is past. Leave it empty to send at once."), "publish_at"
)
ENDS_BEFORE_IT_GOES_OUT = Refusal(
    "ends_before_it_goes_out", _("It would end before it goes out. Please look at both times."), "expires_at"
)
REACHES_NOBODY = Refusal("reaches_nobody", _("There is no home in what you chose."), "scope")


def refuse_publish(
    *, is_entrusted: bool, title: str, is_urgent: bool, expires_at: datetime | None, now: datetime
) -> Refusal | None:
    if not is_entrusted:
        return NOT_ENTRUSTED
    if not title:
        return NO_TITLE
    if expires_at and expires_at <= now:
        return EXPIRES_BEFORE_NOW
    if is_urgent and not expires_at:
        return NO_EXPIRY
    if is_urgent and expires_at and expires_at > now + URGENT_MOST:
        return URGENT_TOO_LONG
    return None


def refuse_correction(*, is_entrusted: bool, title: str) -> Refusal | None:
    if not is_entrusted:
        return NOT_ENTRUSTED
    return None if title else NO_TITLE


def refuse_end(*, is_entrusted: bool) -> Refusal | None:
    return None if is_entrusted else NOT_ENTRUSTED


def refuse_plan(*, publish_at: datetime, expires_at: datetime | None, now: datetime) -> Refusal | None:
    if publish_at <= now:
        return PLANNED_BEFORE_NOW
    return ENDS_BEFORE_IT_GOES_OUT if expires_at and expires_at <= publish_at else None


# What a planned notice can be stopped by, by code, for the page that says why it did not go out.
STOPS = {
    refusal.code: refusal
    for refusal in (NOT_ENTRUSTED, NO_TITLE, NO_EXPIRY, EXPIRES_BEFORE_NOW, URGENT_TOO_LONG, REACHES_NOBODY)
}
