"""May it be done? Pure: told everything it needs."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal

LONGEST = timedelta(days=367)  # a year and the rest of its last day
HELPERS_MAX = 6
UNDO_WITHIN = timedelta(hours=72)

ONESELF = Refusal("oneself", _("Nobody can be their own helper. Please choose somebody else."), "helper")
OTHER_COMMUNITY = Refusal("other_community", _("A helper must be a member of this community."), "helper")
APART = Refusal("apart", _("Helper mode is not possible between these two at present."), "helper")
NO_TOPICS = Refusal("no_topics", _("Please choose at least one thing the helper may do."), "topics")
UNKNOWN_TOPIC = Refusal("unknown_topic", _("One of the things chosen cannot be entrusted to a helper."), "topics")
IN_THE_PAST = Refusal("in_the_past", _("The last day must lie ahead."), "until")
TOO_LONG = Refusal("too_long", _("A mandate holds for a year at most. It can be given again."), "until")
ALREADY = Refusal("already", _("This helper already has a mandate. To change it, end it and give a new one."), "helper")
TOO_MANY = Refusal("too_many", _("Six helpers are enough. Please end a mandate first."), "helper")
NOT_OFFICE = Refusal(
    "not_office", _("A consent on paper is recorded by the property office, the committee or a steward.")
)
RECORDER_HELPS = Refusal(
    "recorder_helps", _("Who is to be the helper cannot record the consent. Please ask a colleague."), "helper"
)
NO_EVIDENCE = Refusal("no_evidence", _("Please write where the signed sheet is kept."), "evidence")
NOT_THE_HELPER = Refusal("not_the_helper", _("Only the helper who was named can accept."))
NOT_YOURS = Refusal("not_yours", _("Only the two whose mandate it is can end it."))
ENDED = Refusal("ended", _("This mandate has ended."))
NOT_ACCEPTED = Refusal("not_accepted", _("Please accept the mandate first."))
NO_UNDO = Refusal("no_undo", _("This cannot be taken back here."))
TOO_LATE = Refusal("too_late", _("This can be taken back within three days only."))
NO_NAME = Refusal("no_name", _("Please write the name."), "name")
SAME_NAME = Refusal(
    "same_name",
    _("Somebody of this name already belongs. Please add what tells them apart, or choose the member."),
    "name",
)
NOT_WITHOUT_PHONE = Refusal(
    "not_without_phone", _("Only those whose consent is on paper have their list printed by the office.")
)


def refuse_mandate(
    *,
    is_self: bool,
    is_here: bool,
    is_apart: bool,
    topics: Collection[str],
    offered: Collection[str],
    ends_at: datetime,
    helpers: int,
    now: datetime,
) -> Refusal | None:
    """`is_here`: both belong now; `is_apart`: one of the two blocks the other."""
    if is_self:
        return ONESELF
    if not is_here:
        return OTHER_COMMUNITY
    if is_apart:
        return APART
    if not topics:
        return NO_TOPICS
    if set(topics) - set(offered):
        return UNKNOWN_TOPIC
    if ends_at <= now:
        return IN_THE_PAST
    if ends_at - now > LONGEST:
        return TOO_LONG
    return TOO_MANY if helpers >= HELPERS_MAX else None


def refuse_paper(*, is_office: bool, is_recorder_helper: bool, evidence: str) -> Refusal | None:
    if not is_office:
        return NOT_OFFICE
    if is_recorder_helper:
        return RECORDER_HELPS
    return None if evidence.strip() else NO_EVIDENCE


def refuse_acceptance(*, is_helper: bool, is_living: bool) -> Refusal | None:
    if not is_helper:
        return NOT_THE_HELPER
    return None if is_living else ENDED


def refuse_end(*, is_member: bool, is_helper: bool, keeps_paper: bool) -> Refusal | None:
    """`keeps_paper`: of the office, and the consent is on paper."""
    return None if is_member or is_helper or keeps_paper else NOT_YOURS


def refuse_start(*, is_helper: bool, is_living: bool, is_accepted: bool, is_apart: bool) -> Refusal | None:
    if not is_helper:
        return NOT_THE_HELPER
    if not is_living:
        return ENDED
    if is_apart:
        return APART
    return None if is_accepted else NOT_ACCEPTED


def refuse_undo(*, has_undo: bool, at: datetime, now: datetime) -> Refusal | None:
    if not has_undo:
        return NO_UNDO
    return None if now - at <= UNDO_WITHIN else TOO_LATE


def refuse_enrolment(*, is_office: bool, name: str, is_namesake: bool) -> Refusal | None:
    if not is_office:
        return NOT_OFFICE
    if not name:
        return NO_NAME
    return SAME_NAME if is_namesake else None
