from django.utils import timezone

from linli.facts.people import MemberLeft, PersonErased
from linli.homes import actions
from linli.homes.models import Occupancy, RegisterDraft, Title
from linli.kernel.journal import on


@on(MemberLeft)
def end_homes_of_who_left(fact: MemberLeft) -> None:
    actions.end_for_member(member_id=fact.member_id, now=timezone.now())


@on(PersonErased)
def forget_person(fact: PersonErased) -> None:
    """The owner's name stays in the community's register of titles, as in the land register; the account does not."""
    Occupancy.objects.filter(member__in=fact.member_ids).delete()
    Title.objects.filter(member__in=fact.member_ids).update(member=None)
    RegisterDraft.objects.filter(uploaded_by__in=fact.member_ids).delete()
