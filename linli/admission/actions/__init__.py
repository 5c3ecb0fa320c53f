"""Every way into a community."""

from linli.admission.actions.applications import apply, approve, refuse, withdraw
from linli.admission.actions.invitations import make_invitation, revoke_invitation, use_invitation
from linli.admission.actions.letters import (
    ask_for_pdf,
    invite_family,
    make_letters,
    note_pdf,
    revoke_letter,
    revoke_sheaf,
    use_letter,
)
from linli.admission.actions.settings import arrange_questions, change_join_settings

__all__ = [
    "apply",
    "approve",
    "arrange_questions",
    "ask_for_pdf",
    "change_join_settings",
    "invite_family",
    "make_invitation",
    "make_letters",
    "note_pdf",
    "refuse",
    "revoke_invitation",
    "revoke_letter",
    "revoke_sheaf",
    "use_invitation",
    "use_letter",
    "withdraw",
]
