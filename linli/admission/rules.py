"""May it be done? Pure: told everything it needs."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal
from linli.people.roles import OFFICE, Role

LETTERS_MAX = 5000  # of one sitting
FAMILY_OPEN_MAX = 6  # invitations of one household that wait at the same time
USES_MAX = 500
DAYS_MAX = 365
QUESTIONS_MAX = 12
PDF_PATIENCE = timedelta(minutes=10)  # after that, drawing may be asked for again

NOT_STEWARD = Refusal("not_steward", _("Only a steward may do this."))
NOT_ADMITTER = Refusal("not_admitter", _("Only stewards and the committee may answer applications."))
NO_HOMES = Refusal("no_homes", _("There is no home to write to. Choose other buildings, or add homes first."))
TOO_MANY_LETTERS = Refusal("too_many_letters", _("That is more than 5,000 letters at once. Please choose less."))
SHEAF_CLOSED = Refusal(
    "sheaf_closed", _("These letters can no longer be printed again. Please make new ones; the old ones then end.")
)
UNKNOWN = Refusal("unknown", _("This code is not one of ours. Please compare it with the letter once more."), "code")
USED = Refusal(
    "used",
    _(
        "This letter has already been used. If it was not somebody of your household, please tell the property office; "
        "a new letter takes a minute."
    ),
    "code",
)
EXPIRED = Refusal("expired", _("This letter has run out. The property office prints you a new one."), "code")
REVOKED = Refusal("revoked", _("This letter has been replaced by a newer one. Please use the newest."), "code")
CHOOSE_KIND = Refusal("choose_kind", _("Please say whether you own or rent this home."), "kind")
NOT_OF_HOUSEHOLD = Refusal("not_of_household", _("Only the owner or the tenant of this home may invite family."))
FAMILY_FULL = Refusal("family_full", _("Six invitations of your home are still waiting. Please end one of them first."))
INVITATION_UNKNOWN = Refusal("invitation_unknown", _("This invitation does not exist."))
INVITATION_OVER = Refusal("invitation_over", _("This invitation has run out. Please ask for a new one."))
INVITATION_FULL = Refusal(
    "invitation_full", _("This invitation has been used as often as it may be. Please ask for a new one.")
)
INVITATION_REVOKED = Refusal("invitation_revoked", _("This invitation has been withdrawn."))
ROLE_BEYOND = Refusal("role_beyond", _("Only a steward may invite people to an office."), "roles")
NOT_INVITER = Refusal(
    "not_inviter", _("Only stewards, the committee, the property office and organisers may invite by link.")
)
NO_APPLICATIONS = Refusal("no_applications", _("This community takes nobody in by application."))
ALREADY_MEMBER = Refusal("already_member", _("You already belong to this community."))
ALREADY_WAITING = Refusal("already_waiting", _("Your application is already waiting."))
NOT_WAITING = Refusal("not_waiting", _("This application has already been answered or withdrawn."))
REASON_MISSING = Refusal("reason_missing", _("Please give a reason; the person reads it."), "reason")
HOW_MISSING = Refusal("how_missing", _("Please say how you know that the person lives there."), "verified_how")
RULES_NOT_ACCEPTED = Refusal("rules_not_accepted", _("Please read the rules and accept them."), "accept")


def refuse_steward_act(*, is_steward: bool) -> Refusal | None:
    return None if is_steward else NOT_STEWARD


def refuse_letter(
    *, used_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime
) -> Refusal | None:
    if used_at:
        return USED
    if revoked_at:
        return REVOKED
    return EXPIRED if expires_at <= now else None


def refuse_letters(*, homes: int) -> Refusal | None:
    if homes == 0:
        return NO_HOMES
    return TOO_MANY_LETTERS if homes > LETTERS_MAX else None


def refuse_family_invitation(*, is_of_household: bool, waiting: int) -> Refusal | None:
    if not is_of_household:
        return NOT_OF_HOUSEHOLD
    return FAMILY_FULL if waiting >= FAMILY_OPEN_MAX else None


def refuse_invitation(*, maker_roles: int, is_helper: bool, roles: int) -> Refusal | None:
    """Offices are given by stewards only; those who may invite at all bring residents and organisers."""
    if is_helper or not maker_roles & (OFFICE | Role.ORGANISER):
        return NOT_INVITER
    is_beyond = roles & (OFFICE | Role.MODERATOR) or (roles & Role.ORGANISER and not maker_roles & OFFICE)
    if is_beyond and not maker_roles & Role.STEWARD:
        return ROLE_BEYOND
    return None


def refuse_invitation_use(
    *, revoked_at: datetime | None, expires_at: datetime, uses: int, uses_max: int, now: datetime
) -> Refusal | None:
    if revoked_at:
        return INVITATION_REVOKED
    if expires_at <= now:
        return INVITATION_OVER
    return INVITATION_FULL if uses >= uses_max else None


def refuse_application(*, takes_applications: bool, is_member: bool) -> Refusal | None:
    if is_member:
        return ALREADY_MEMBER
    return None if takes_applications else NO_APPLICATIONS


def refuse_answer(*, roles: int, is_helper: bool) -> Refusal | None:
    """Stewards and the committee answer; the property office does not choose who belongs."""
    may = roles & (Role.STEWARD | Role.COMMITTEE)
    return NOT_ADMITTER if is_helper or not may else None
