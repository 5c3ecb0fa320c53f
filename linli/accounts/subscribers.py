"""Whoever owns an account hears when its locks are changed."""

from linli.accounts.messages import mail_notice
from linli.facts.accounts import ContactAdded, ContactRemoved, PasswordChanged, SheetMade, SheetUsed
from linli.kernel.jobs import enqueue
from linli.kernel.journal import on


@on(PasswordChanged)
def tell_of_password(fact: PasswordChanged) -> None:
    enqueue(mail_notice, person_id=fact.person_id, what="password")


@on(SheetUsed)
def tell_of_sheet(fact: SheetUsed) -> None:
    enqueue(mail_notice, person_id=fact.person_id, what="sheet")


@on(SheetMade)
def tell_of_sheet_made(fact: SheetMade) -> None:
    if fact.helper_id:
        enqueue(mail_notice, person_id=fact.person_id, what="sheet_made")


@on(ContactAdded, ContactRemoved)
def tell_of_contact(fact: ContactAdded | ContactRemoved) -> None:
    enqueue(mail_notice, person_id=fact.person_id, what="contact")
