"""Codes and notices on their way; jobs, so that no page waits for a mail server."""

from __future__ import annotations

from datetime import datetime

from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from linli.accounts.sms import gateway
from linli.kernel.jobs import job
from linli.people.models import Person
from linli.settings.options import options


@job(transactional=False)
def mail_code(to: str, code: str, language: str, until: str) -> None:
    """The same words for everybody, so that a mailbox tells nothing about who has an account."""
    if not to or timezone.now() >= datetime.fromisoformat(until):
        return  # a code that comes too late only confuses
    with translation.override(language):
        subject = _("%(code)s is your code for Linli") % {"code": code}
        text = _(
            "Your code for Linli is %(code)s. It is valid for ten minutes.\n\n"
            "Type it on the page where you asked for it. Give it to nobody, whoever asks.\n\n"
            "If it was not you who asked, there is nothing to do.\n\n%(address)s"
        ) % {"code": code, "address": options.address}
    EmailMessage(subject, text, to=[to]).send()


@job(transactional=False)
def text_code(to: str, code: str, language: str, until: str) -> None:
    if not to or timezone.now() >= datetime.fromisoformat(until):
        return
    with translation.override(language):
        text = _("%(code)s is your code for Linli, valid for ten minutes. Give it to nobody.") % {"code": code}
    gateway().send(to, text)


@job(transactional=False)
def mail_notice(person_id: int, what: str) -> None:
    """Tells the person what was changed on the account, in case it was somebody else."""
    person = Person.objects.filter(pk=person_id, is_active=True).exclude(email="").first()
    if person is None:
        return
    with translation.override(person.language or options.language):
        happened = {
            "password": _("The password of your account was changed, and all other devices were logged out."),
            "sheet": _("Somebody logged in with the recovery code of your account."),
            "sheet_made": _("An operator has made a recovery code for your account, as somebody asked for one."),
            "contact": _("The e-mail address or phone number of your account was changed."),
        }[what]
        text = _(
            "%(name)s, %(happened)s\n\nIf it was you, all is well. If not, log in and change the password:\n%(address)s"
        ) % {"name": person.name, "happened": happened, "address": f"{options.address}/me/"}
        subject = _("Your account at Linli was changed")
    EmailMessage(subject, text, to=[person.email]).send()
