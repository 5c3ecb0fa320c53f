from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.admission import rules
from linli.admission.models import JoinSettings, Question
from linli.kernel.refusals import Refused
from linli.people.models import Member
from linli.people.roles import Role


@dataclass(frozen=True)
class AskedQuestion:
    text: str
    kind: str
    answers: tuple[str, ...] = ()
    is_required: bool = True


def _ask_steward(by: Member) -> None:
    if refusal := rules.refuse_steward_act(is_steward=by.has_role(Role.STEWARD) and not by.helper):
        raise Refused(refusal)


@transaction.atomic
def change_join_settings(*, by: Member, takes_applications: bool, letter_days: int, now: datetime) -> None:
    _ask_steward(by)
    JoinSettings.objects.update_or_create(
        community_id=by.community_id,
        defaults={"takes_applications": takes_applications, "letter_days": letter_days},
    )


@transaction.atomic
def arrange_questions(*, by: Member, questions: Sequence[AskedQuestion], now: datetime) -> None:
    """Replace the questions; past applications keep theirs."""
    _ask_steward(by)
    Question.objects.filter(community_id=by.community_id).delete()
    Question.objects.bulk_create(
        Question(
            community_id=by.community_id,
            text=question.text,
            kind=question.kind,
            answers=list(question.answers),
            is_required=question.is_required,
            position=position,
        )
        for position, question in enumerate(questions[: rules.QUESTIONS_MAX])
    )
