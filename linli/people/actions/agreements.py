from datetime import datetime

from django.db import transaction
from django.db.models import F

from linli.facts.people import AgreementAccepted, AgreementPublished
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people import rules
from linli.people.models import Acceptance, Agreement, Community, Member
from linli.people.roles import Role


@transaction.atomic
def publish_agreement(*, by: Member, text: str, now: datetime) -> Agreement:
    """Put a new version of the rules in force; every member is asked to accept it, the steward has done so."""
    if not by.has_role(Role.STEWARD) or by.helper:
        raise Refused(rules.NOT_STEWARD)
    # The update is the lock: two stewards publishing at once get two versions.
    Community.objects.filter(pk=by.community_id).update(
        rules=text, agreement_version=F("agreement_version") + 1, revision=F("revision") + 1
    )
    version = Community.objects.values_list("agreement_version", flat=True).get(pk=by.community_id)
    agreement = Agreement.objects.create(
        community_id=by.community_id, version=version, text=text, published_by=by, published_at=now
    )
    record(AgreementPublished(community_id=by.community_id, person_id=by.person_id, version=version))
    note_acceptance(member=by, agreement=agreement, now=now)
    return agreement


@transaction.atomic
def accept_agreement(*, by: Member, version: int, now: datetime) -> None:
    """Accept the rules in force; accepting twice changes nothing, a version no longer in force is refused."""
    agreement = Agreement.objects.filter(community_id=by.community_id).first()
    if agreement is None or agreement.version != version:
        raise Refused(rules.RULES_CHANGED_MEANWHILE)
    note_acceptance(member=by, agreement=agreement, now=now)


def note_acceptance(*, member: Member, agreement: Agreement, now: datetime) -> None:
    """Write down that the member accepted; called inside the transaction of the act that contains the yes."""
    _, is_new = Acceptance.objects.get_or_create(
        agreement=agreement, member=member, defaults={"at": now, "helper": member.helper}
    )
    if not is_new:
        return
    Member.objects.filter(pk=member.pk, agreed_version__lt=agreement.version).update(agreed_version=agreement.version)
    member.agreed_version = agreement.version
    record(
        AgreementAccepted(
            community_id=member.community_id,
            person_id=member.person_id,
            helper_id=member.helper.person_id if member.helper else None,
            member_id=member.pk,
            version=agreement.version,
        )
    )


def note_acceptance_of_rules_in_force(*, member: Member, now: datetime) -> None:
    """Every way in shows the rules and asks for a yes, so admission is acceptance."""
    if agreement := Agreement.objects.filter(community_id=member.community_id).first():
        note_acceptance(member=member, agreement=agreement, now=now)
