from datetime import timedelta

import pytest

from linli.admission import actions, rules
from linli.admission.actions.applications import Answer
from linli.admission.models import Application
from linli.admission.reads import applications
from linli.homes import actions as homes
from linli.homes.models import Occupancy, Unit
from linli.homes.rules import IDENTITY_NUMBER
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people.models import Member, Person
from tests import factories
from tests.factories import LATER, NOW, Sunny

pytestmark = pytest.mark.django_db


def apply(sunny: Sunny, person: Person, **fields: object) -> Application:
    given: dict[str, object] = {"name": person.name, "now": NOW}
    return actions.apply(person=person, community=sunny.community, **(given | fields))  # type: ignore[arg-type]


def facts(kind: str) -> int:
    return RecordedFact.objects.filter(kind=f"admission.{kind}").count()


def test_the_committee_lets_an_applicant_into_their_home(sunny: Sunny, unit: Unit) -> None:
    person = factories.person("周兰")
    application = apply(sunny, person, unit=unit, answers=(Answer("从哪里知道我们?", "邻居"),))

    member = actions.approve(
        by=sunny.chen_jing, application=application, unit=unit, home_kind="tenant", verified_how="见过合同", now=LATER
    )

    application.refresh_from_db()
    assert application.member == member
    assert application.decided_by == sunny.chen_jing
    assert Occupancy.objects.get(member=member).verified_by == sunny.chen_jing
    assert facts("ApplicationApproved") == 1


def test_without_a_home_an_applicant_is_simply_a_member(sunny: Sunny) -> None:
    application = apply(sunny, factories.person("周兰"))

    member = actions.approve(by=sunny.steward, application=application, now=LATER)

    assert member.name == "周兰"
    assert Occupancy.objects.count() == 0


def test_a_home_needs_somebody_who_knows(sunny: Sunny, unit: Unit) -> None:
    application = apply(sunny, factories.person("周兰"))

    with pytest.raises(Refused) as refused:
        actions.approve(by=sunny.steward, application=application, unit=unit, home_kind="owner", now=LATER)

    assert refused.value.refusal == rules.HOW_MISSING
    assert Application.objects.waiting().count() == 1
    assert facts("ApplicationApproved") == 0


def test_residents_and_the_property_office_answer_nothing(sunny: Sunny) -> None:
    application = apply(sunny, factories.person("周兰"))

    for who in (sunny.li_mei, sunny.wang_qiang, factories.elsewhere()):
        with pytest.raises(Refused):
            actions.approve(by=who, application=application, now=LATER)
        with pytest.raises(Refused):
            actions.refuse(by=who, application=application, reason="x", now=LATER)

    assert Application.objects.waiting().count() == 1


def test_a_steward_elsewhere_cannot_answer_here(sunny: Sunny) -> None:
    application = apply(sunny, factories.person("周兰"))
    other = factories.community("willow", "柳岸", founder=factories.person("吴刚"))

    with pytest.raises(Refused) as refused:
        actions.approve(by=other, application=application, now=LATER)

    assert refused.value.refusal == rules.NOT_WAITING
    assert not Member.objects.filter(name="周兰").exists()


def test_a_refusal_states_its_reason_and_one_may_try_again(sunny: Sunny) -> None:
    person = factories.person("周兰")
    application = apply(sunny, person)
    with pytest.raises(Refused) as missing:
        actions.refuse(by=sunny.steward, application=application, reason="  ", now=LATER)
    assert missing.value.refusal == rules.REASON_MISSING

    actions.refuse(by=sunny.steward, application=application, reason="请写明门牌", now=LATER)

    standing = applications.my_application(sunny.community.pk, person)
    assert standing
    assert (standing.state, standing.reason) == ("refused", "请写明门牌")
    apply(sunny, person, now=LATER)
    assert Application.objects.waiting().count() == 1


def test_of_two_answers_the_second_is_told_so(sunny: Sunny) -> None:
    application = apply(sunny, factories.person("周兰"))
    actions.approve(by=sunny.steward, application=application, now=LATER)

    with pytest.raises(Refused) as refused:
        actions.refuse(by=sunny.chen_jing, application=application, reason="x", now=LATER)

    assert refused.value.refusal == rules.NOT_WAITING
    assert facts("ApplicationRefused") == 0


def test_one_application_waits_at_a_time(sunny: Sunny) -> None:
    person = factories.person("周兰")
    apply(sunny, person)

    with pytest.raises(Refused) as refused:
        apply(sunny, person)

    assert refused.value.refusal == rules.ALREADY_WAITING
    assert (Application.objects.count(), facts("Applied")) == (1, 1)


def test_an_applicant_takes_it_back(sunny: Sunny) -> None:
    person = factories.person("周兰")
    application = apply(sunny, person)

    for _twice in range(2):
        actions.withdraw(person=person, community=sunny.community, now=LATER)

    application.refresh_from_db()
    assert application.withdrawn_at == LATER
    assert facts("ApplicationWithdrawn") == 1


def test_members_do_not_apply_and_a_closed_door_stays_closed(sunny: Sunny) -> None:
    with pytest.raises(Refused) as member:
        apply(sunny, sunny.li_mei.person)  # type: ignore[arg-type]
    actions.change_join_settings(by=sunny.steward, takes_applications=False, letter_days=90, now=NOW)
    with pytest.raises(Refused) as closed:
        apply(sunny, factories.person("周兰"))

    assert member.value.refusal == rules.ALREADY_MEMBER
    assert closed.value.refusal == rules.NO_APPLICATIONS
    assert Application.objects.count() == 0


def test_no_identity_number_enters_by_an_application(sunny: Sunny) -> None:
    person = factories.person("周兰")

    for fields in (
        {"name": "11010519491231002X"},
        {"answers": (Answer("?", "我的身份证 11010519491231002X"),)},
        {"home_words": "11010519491231002X"},
    ):
        with pytest.raises(Refused) as refused:
            apply(sunny, person, **fields)
        assert refused.value.refusal == IDENTITY_NUMBER

    assert Application.objects.count() == 0


def test_stewards_see_who_waits_how_long_and_what_to_look_at_twice(sunny: Sunny, unit: Unit) -> None:
    homes.settle(unit=unit, member=sunny.grandpa_sun, kind="owner", verified_by=None, verified_how="", now=NOW)
    application = apply(sunny, factories.person("李梅"), unit=unit)

    page = applications.application_page(application, now=NOW + timedelta(days=5))

    assert page.line.is_long
    assert page.line.home == "3号楼 2单元 101"
    assert len(page.hints) == 2


def test_it_says_how_long_answers_usually_take(sunny: Sunny) -> None:
    assert applications.usual_wait(sunny.community.pk) == ""
    for hours in (1, 5, 200):
        application = apply(sunny, factories.person(f"新{hours}"))
        actions.approve(by=sunny.steward, application=application, now=NOW + timedelta(hours=hours))

    assert applications.usual_wait(sunny.community.pk).startswith("5")


@pytest.mark.parametrize(
    "words, found",
    [
        ("3号楼 2单元 101", True),
        ("3号楼2单元101", True),
        ("3-2-101", True),
        ("3栋2门101室", True),
        ("101", False),
        ("3-2-999", False),
        ("", False),
    ],
)
def test_a_home_is_recognised_as_people_write_it(sunny: Sunny, words: str, found: bool) -> None:
    unit = applications.unit_by_words(sunny.community.pk, words)

    assert (unit is not None) == found
