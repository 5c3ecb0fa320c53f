from datetime import timedelta

import pytest

from linli.admission import actions, rules
from linli.admission.codes import invitation_token
from linli.admission.models import Invitation, InvitationUse
from linli.kernel.refusals import Refused
from linli.people import actions as people
from linli.people.models import Member, Person
from linli.people.roles import Role
from tests import factories
from tests.factories import LATER, NOW, Sunny

pytestmark = pytest.mark.django_db


def make(sunny: Sunny, *, by: Member | None = None, roles: int = 1, uses_max: int = 2) -> Invitation:
    return actions.make_invitation(by=by or sunny.steward, roles=roles, uses_max=uses_max, days=14, now=NOW)


def use(invitation: Invitation, person: Person, now: object = LATER) -> Member:
    return actions.use_invitation(
        person=person,
        token=invitation_token(invitation.nonce),
        name=person.name,
        now=now,  # type: ignore[arg-type]
    )


def test_a_link_lets_in_as_many_as_it_says(sunny: Sunny) -> None:
    invitation = make(sunny)
    for name in ("周兰", "吴刚"):
        use(invitation, factories.person(name))
    late = factories.person("郑爽")

    with pytest.raises(Refused) as refused:
        use(invitation, late)

    invitation.refresh_from_db()
    assert refused.value.refusal == rules.INVITATION_FULL
    assert (invitation.uses, InvitationUse.objects.count()) == (2, 2)
    assert not Member.objects.filter(person=late).exists()


def test_who_already_belongs_takes_no_use_away(sunny: Sunny) -> None:
    invitation = make(sunny, roles=int(Role.STEWARD))

    use(invitation, sunny.li_mei.person)  # type: ignore[arg-type]

    invitation.refresh_from_db()
    sunny.li_mei.refresh_from_db()
    assert invitation.uses == 0
    assert not sunny.li_mei.has_role(Role.STEWARD)


@pytest.mark.parametrize("role", [Role.STEWARD, Role.COMMITTEE, Role.PROPERTY, Role.MODERATOR])
def test_only_a_steward_invites_to_an_office(sunny: Sunny, role: Role) -> None:
    for who in (sunny.chen_jing, sunny.wang_qiang):
        with pytest.raises(Refused) as refused:
            make(sunny, by=who, roles=int(role))
        assert refused.value.refusal == rules.ROLE_BEYOND
    assert Invitation.objects.count() == 0

    member = use(make(sunny, roles=int(role)), factories.person("周兰"))
    assert member.roles == role | Role.RESIDENT


def test_a_resident_invites_nobody(sunny: Sunny) -> None:
    with pytest.raises(Refused) as refused:
        make(sunny, by=sunny.li_mei)

    assert refused.value.refusal == rules.NOT_INVITER
    assert Invitation.objects.count() == 0


def test_an_office_given_by_somebody_who_is_steward_no_more_is_not_given(sunny: Sunny) -> None:
    second = factories.member(sunny.community, "钱进", roles=Role.STEWARD)
    invitation = make(sunny, by=second, roles=int(Role.COMMITTEE))
    people.change_roles(by=sunny.steward, member=second, roles=int(Role.RESIDENT), now=NOW)

    member = use(invitation, factories.person("周兰"))

    assert member.roles == Role.RESIDENT


def test_a_link_that_ran_out_or_was_withdrawn_lets_nobody_in(sunny: Sunny) -> None:
    old, ended = make(sunny), make(sunny)
    actions.revoke_invitation(by=sunny.steward, invitation=ended, now=NOW)

    with pytest.raises(Refused) as over:
        use(old, factories.person("周兰"), NOW + timedelta(days=14))
    with pytest.raises(Refused) as revoked:
        use(ended, factories.person("吴刚"))
    with pytest.raises(Refused) as unknown:
        actions.use_invitation(person=factories.person("郑爽"), token="0" * 32, name="郑爽", now=NOW)

    assert over.value.refusal == rules.INVITATION_OVER
    assert revoked.value.refusal == rules.INVITATION_REVOKED
    assert unknown.value.refusal == rules.INVITATION_UNKNOWN
    assert InvitationUse.objects.count() == 0


def test_others_end_only_their_own_links(sunny: Sunny) -> None:
    mine, theirs = make(sunny, by=sunny.chen_jing), make(sunny)

    actions.revoke_invitation(by=sunny.chen_jing, invitation=mine, now=NOW)
    with pytest.raises(Refused):
        actions.revoke_invitation(by=sunny.chen_jing, invitation=theirs, now=NOW)

    theirs.refresh_from_db()
    assert theirs.revoked_at is None


def test_who_was_removed_comes_back_by_a_link(sunny: Sunny) -> None:
    people.remove(by=sunny.steward, member=sunny.li_mei, now=NOW)

    member = use(make(sunny), sunny.li_mei.person)  # type: ignore[arg-type]

    assert (member.pk, member.left_at) == (sunny.li_mei.pk, None)
