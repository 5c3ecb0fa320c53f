"""Every write to accounts."""

from linli.accounts.actions.contacts import add_contact, remove_contact, remove_passkey
from linli.accounts.actions.erasure import erase
from linli.accounts.actions.operation import readmit, suspend
from linli.accounts.actions.passwords import make_sheet, set_password, use_sheet
from linli.accounts.actions.registration import register, rename
from linli.accounts.actions.sessions import end_other_sessions, end_session, forget_expired

__all__ = [
    "add_contact",
    "end_other_sessions",
    "end_session",
    "erase",
    "forget_expired",
    "make_sheet",
    "readmit",
    "register",
    "remove_contact",
    "remove_passkey",
    "rename",
    "set_password",
    "suspend",
    "use_sheet",
]
