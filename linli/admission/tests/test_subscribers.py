import pytest
from django.utils import timezone

from linli.admission import actions
from linli.admission.codes import invitation_token
from linli.admission.models import Application, Invitation, InvitationUse, Letter
from linli.admission.subscribers import end_what_who_left_has_handed_out, forget_person
from linli.facts.people import MemberLeft, PersonErased
from linli.homes import actions as homes
from linli.homes.models import Unit
from tests import factories
from tests.factories import NOW, Sunny

pytestmark = pytest.mark.django_db


def test_the_invitations_of_who_left_end(sunny: Sunny, unit: Unit) -> None:
    now = timezone.now()
    homes.settle(unit=unit, member=sunny.chen_jing, kind="owner", verified_by=None, verified_how="", now=now)
    actions.invite_family(by=sunny.chen_jing, unit=unit, now=now)
    actions.make_invitation(by=sunny.chen_jing, uses_max=2, days=9, now=now)
    actions.make_invitation(by=sunny.steward, uses_max=2, days=9, now=now)

    for _twice in range(2):
        end_what_who_left_has_handed_out(MemberLeft(member_id=sunny.chen_jing.pk))

    assert Letter.objects.filter(revoked_at=None).count() == 0
    assert [row.made_by for row in Invitation.objects.filter(revoked_at=None)] == [sunny.steward]


def test_an_erased_person_leaves_no_application(sunny: Sunny) -> None:
    person = factories.person("周兰")
    link = actions.make_invitation(by=sunny.steward, uses_max=2, days=9, now=NOW)
    actions.apply(person=person, community=sunny.community, name="周兰", now=NOW)
    member = actions.use_invitation(person=person, token=invitation_token(link.nonce), name="周兰", now=NOW)

    forget_person(PersonErased(person_id=person.pk, member_ids=(member.pk,)))

    assert Application.objects.count() == InvitationUse.objects.count() == 0
