from linli.kernel.refusals import Refusal
from linli.people import rules
from linli.people.models import Member
from linli.people.roles import Role


def refuse_leaving(member: Member) -> Refusal | None:
    """Why the member could not leave now; the action asks again."""
    if refusal := rules.refuse_helping(is_helper=bool(member.helper), topics=member.mandate_topics, topic=None):
        return refusal
    if not member.has_role(Role.STEWARD):
        return None
    present = Member.objects.present().filter(community_id=member.community_id)
    return rules.refuse_leaving(
        is_steward=True, stewards=present.with_role(Role.STEWARD).count(), members=present.count()
    )
