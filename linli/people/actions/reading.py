from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Case, F, Q, When
from django.db.models.functions import Greatest

from linli.people.models import Member

# A visit ends when nothing has been looked at for so long.
VISIT = timedelta(minutes=30)


def note_board_seen(*, by: Member, to: int, now: datetime) -> None:
    """The member has the board before them, up to this entry; what was there at the end of the last visit is old.

    One statement, so that two open tabs agree; a helper's look is not the elder's.
    """
    if by.helper:
        return
    is_new_visit = Q(board_seen_at__lt=now - VISIT)
    Member.objects.filter(pk=by.pk).update(
        read_to=Case(When(is_new_visit, then=F("seen_to")), default=F("read_to")),
        seen_to=Greatest(F("seen_to"), to),
        board_seen_at=now,
    )


def note_board_read(*, by: Member, to: int, now: datetime) -> None:
    """Everything up to this entry is old, because the member says so."""
    if by.helper:
        return
    Member.objects.filter(pk=by.pk).update(
        read_to=Greatest(F("read_to"), to), seen_to=Greatest(F("seen_to"), to), board_seen_at=now
    )
