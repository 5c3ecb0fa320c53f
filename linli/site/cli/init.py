"""`linli init`: the first community and its administrator, asked for or given by flags."""

import argparse
import getpass
import re
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actions.registration import register
from linli.accounts.contacts import Contact, ContactKind, read_email
from linli.accounts.numbers import grouped
from linli.kernel.refusals import Refused
from linli.people.actions.communities import found
from linli.people.models import Community, Kind, Language
from linli.settings.options import options
from linli.site.operation.collecting import collect, is_current
from linli.site.operation.errors import OperatorError
from linli.site.operation.migrating import migrate

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]")
Read = Callable[[str], str | None]  # the clean value, or None where it will not do


def init(given: argparse.Namespace) -> int:
    migrate()
    if Community.objects.exists():
        raise OperatorError(_("This server is set up already. Further communities are founded in the browser."))
    asks = sys.stdin.isatty() and given.password_file != "-"  # noqa: S105  (the standard input)
    name = _value(given.name, _("Name of the community"), _text(64), _("1 to 64 characters"), asks=asks)
    slug = _value(given.slug, _("Its address: /c/…/"), _slug, _("3 to 40 letters a–z, digits and hyphens"), asks=asks)
    kinds = ", ".join(Kind.values)
    kind = _value(
        given.kind, _("Kind (%(kinds)s)") % {"kinds": kinds}, _one_of(Kind.values), kinds, "residential", asks=asks
    )
    languages = ", ".join(Language.values)
    language = _value(
        given.language, _("Language (%(languages)s)") % {"languages": languages}, _one_of(Language.values), languages,
        options.language, asks=asks,
    )  # fmt: skip
    admin = _value(given.admin_name, _("Your name"), _text(64), _("1 to 64 characters"), asks=asks)
    email = _value(
        given.email, _("Your e-mail address (may be left out)"), _email, _("an e-mail address"), "", asks=asks
    )
    password, is_made_up = _password(given.password_file, asks=asks)
    now = timezone.now()
    try:
        with transaction.atomic():
            person = register(
                name=admin,
                now=now,
                password=password,
                contact=Contact(ContactKind.EMAIL, email) if email else None,
                language=language,
                is_operator=True,
            )
            found(
                by=person,
                member_name=admin,
                name=name,
                slug=slug,
                kind=kind,
                language=language,
                time_zone=options.time_zone,
                now=now,
            )
    except Refused as refused:
        raise OperatorError(str(refused.refusal.message)) from None
    if not is_current():
        collect()
    _tell(slug, person.number, password if is_made_up else "")
    return 0


def _tell(slug: str, number: str, password: str) -> None:
    lines = [
        _("Your community is founded: %(address)s") % {"address": f"{options.address}/c/{slug}/"},
        _("You log in with your Linli number: %(number)s") % {"number": grouped(number)},
    ]
    if password:
        lines.append(_("and this password, shown only now: %(password)s") % {"password": password})
    lines.append(_("Start the server with: linli serve"))
    sys.stdout.write("\n".join(lines) + "\n")


def _value(
    given: str | None, question: str, read: Read, expected: str, default: str | None = None, *, asks: bool
) -> str:
    """From the flag, else asked until it will do, else the default."""
    if given is not None:
        if (value := read(given)) is None:
            raise OperatorError(_("“%(given)s” will not do: %(expected)s.") % {"given": given, "expected": expected})
        return value
    if not asks:
        if default is None:
            raise OperatorError(
                _("Missing: %(question)s. Give it by its flag (linli init --help).") % {"question": question}
            )
        return default
    while True:
        typed = input(f"{question}{f' [{default}]' if default else ''}: ").strip()
        value = default if not typed and default is not None else read(typed)
        if value is not None:
            return value
        sys.stdout.write(f"  {expected}\n")


def _text(length: int) -> Read:
    return lambda typed: typed.strip() if 0 < len(typed.strip()) <= length else None


def _slug(typed: str) -> str | None:
    return typed.lower() if _SLUG.fullmatch(typed.lower()) else None


def _one_of(values: list[str]) -> Read:
    return lambda typed: typed.lower() if typed.lower() in values else None


def _email(typed: str) -> str | None:
    return read_email(typed) if typed else ""


def _password(file: str | None, *, asks: bool) -> tuple[str, bool]:
    """The password, and whether it was made up here."""
    if file:
        text = sys.stdin.readline() if file == "-" else Path(file).read_text(encoding="utf-8")
        return _strong(text.strip("\r\n")), False
    if not asks:
        return "-".join(secrets.token_hex(2) for _n in range(4)), True
    while True:
        typed = getpass.getpass(_("Your password: "))
        try:
            _strong(typed)
        except OperatorError as error:
            sys.stdout.write(f"  {error}\n")
            continue
        if getpass.getpass(_("Once more: ")) == typed:
            return typed, False
        sys.stdout.write("  " + _("The two differ.") + "\n")


def _strong(password: str) -> str:
    try:
        validate_password(password)
    except ValidationError as error:
        raise OperatorError(" ".join(error.messages)) from None
    return password
