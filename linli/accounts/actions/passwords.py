from datetime import datetime

from django.db import transaction

from linli.accounts import rules
from linli.accounts.actions.sessions import drop_sessions
from linli.accounts.models import RecoverySheet
from linli.facts.accounts import PasswordChanged, SheetMade, SheetUsed
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.kernel.tokens import digest, new_code
from linli.people.models import Person

SHEET_LENGTH = 12


@transaction.atomic
def set_password(*, person: Person, password: str, kept_session: str | None, now: datetime) -> None:
    """Set a password and log out everywhere else."""
    person.set_password(password)
    person.save(update_fields=["password"])
    drop_sessions(person, kept_session)
    record(PasswordChanged(person_id=person.pk))


@transaction.atomic
def make_sheet(*, person: Person, now: datetime, by: Person | None = None) -> str:
    """A new recovery code to print; shown once, an earlier one is void. An operator makes one for who is locked out."""
    code = new_code(SHEET_LENGTH)
    RecoverySheet.objects.update_or_create(person=person, defaults={"secret": _secret(person, code), "made_at": now})
    record(SheetMade(person_id=person.pk, helper_id=by.pk if by else None))
    return code


@transaction.atomic
def use_sheet(*, person: Person | None, code: str, now: datetime) -> None:
    """Spend the code of the printed sheet; refused alike for a wrong code and for nobody's number."""
    secret = _secret(person, code)
    spent, _ = RecoverySheet.objects.filter(person=person, secret=secret).delete() if person else (0, {})
    if not spent or person is None or not person.is_active:
        raise Refused(rules.WRONG_SHEET)
    record(SheetUsed(person_id=person.pk))


def _secret(person: Person | None, code: str) -> str:
    return digest(f"sheet:{person.pk if person else 0}:{code}")
