from datetime import datetime

from django.db import transaction

from linli.helping import acts, rules
from linli.kernel.journal import load_fact
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people.models import Member
from linli.people.rules import HELPER_MAY_NOT


@transaction.atomic
def undo(*, by: Member, fact_id: int, now: datetime) -> None:
    """The member takes back what a helper did in their name; taking it back twice changes nothing."""
    if by.helper:
        raise Refused(HELPER_MAY_NOT)
    mine = RecordedFact.objects.filter(
        pk=fact_id, person_id=by.person_id, community_id=by.community_id, helper_id__isnull=False
    )
    row = mine.first()
    act = acts.act_for(row.kind) if row else None
    if row is None or act is None or act.undo is None:
        raise Refused(rules.NO_UNDO)
    if refusal := rules.refuse_undo(has_undo=True, at=row.at, now=now):
        raise Refused(refusal)
    act.undo(by, load_fact(row), now)
