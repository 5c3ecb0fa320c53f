from datetime import timedelta

import pytest

from linli.facts.people import MemberBlocked, MemberLeft, PersonErased
from linli.helping import actions, rules, subscribers
from linli.helping.models import Consent, Mandate
from linli.helping.tests.cast import mandate
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people import actions as people
from linli.people.models import Member, Person
from linli.people.roles import Role
from tests import factories
from tests.factories import NOW, Sunny

pytestmark = pytest.mark.django_db
HALF_A_YEAR = NOW + timedelta(days=180)


def count() -> tuple[int, int]:
    return Mandate.objects.count(), RecordedFact.objects.filter(kind__startswith="helping.").count()


def give(sunny: Sunny, **changes: object) -> Mandate:
    given: dict[str, object] = {
        "by": sunny.grandpa_sun, "helper": sunny.li_mei, "topics": ["board"], "ends_at": HALF_A_YEAR, "now": NOW,
    }  # fmt: skip
    return actions.give(**(given | changes))  # type: ignore[arg-type]


def record(sunny: Sunny, **changes: object) -> Mandate:
    given: dict[str, object] = {
        "by": sunny.wang_qiang, "member": sunny.grandpa_sun, "helper": sunny.li_mei, "topics": ["board"],
        "ends_at": HALF_A_YEAR, "evidence": "物业办公室,蓝色文件夹", "now": NOW,
    }  # fmt: skip
    return actions.record_paper(**(given | changes))  # type: ignore[arg-type]


def refused(code: str, before: tuple[int, int], act: object) -> None:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    assert caught.value.refusal.code == code
    assert count() == before


def test_an_elder_names_a_helper_who_may_act_only_after_saying_yes() -> None:
    sunny = factories.sunny()

    given = give(sunny)

    assert not Mandate.objects.in_force(NOW).exists()
    actions.accept(by=sunny.li_mei, mandate=given, now=NOW)
    assert Mandate.objects.in_force(NOW).get() == given
    kinds = list(RecordedFact.objects.filter(kind__startswith="helping.").order_by("id").values_list("kind", flat=True))
    assert kinds == ["helping.MandateGiven", "helping.MandateAccepted"]


def test_giving_the_same_again_changes_nothing() -> None:
    sunny = factories.sunny()
    given = give(sunny)
    before = count()

    assert give(sunny) == given
    assert count() == before


def test_another_mandate_for_the_same_helper_is_refused() -> None:
    sunny = factories.sunny()
    give(sunny)

    refused("already", count(), lambda: give(sunny, topics=["profile"]))


def test_after_one_has_run_out_it_can_be_given_again() -> None:
    sunny = factories.sunny()
    mandate(sunny.grandpa_sun, sunny.li_mei, days=10)
    later = NOW + timedelta(days=11)

    again = give(sunny, ends_at=later + timedelta(days=30), now=later)

    assert Mandate.objects.living(later).get() == again


@pytest.mark.parametrize("code,changes", [
    ("no_topics", {"topics": []}),
    ("unknown_topic", {"topics": ["board", "votes"]}),
    ("in_the_past", {"ends_at": NOW}),
    ("too_long", {"ends_at": NOW + timedelta(days=368)}),
])  # fmt: skip
def test_a_mandate_that_cannot_be_is_refused(code: str, changes: dict[str, object]) -> None:
    sunny = factories.sunny()

    refused(code, count(), lambda: give(sunny, **changes))


def test_nobody_helps_themselves() -> None:
    sunny = factories.sunny()

    refused("oneself", count(), lambda: give(sunny, helper=sunny.grandpa_sun))


def test_a_helper_belongs_to_the_community() -> None:
    sunny, other = factories.sunny(), factories.elsewhere()

    refused("other_community", count(), lambda: give(sunny, helper=other))


def test_who_has_left_cannot_become_a_helper() -> None:
    sunny = factories.sunny()
    people.leave(by=sunny.li_mei, now=NOW)

    refused("other_community", count(), lambda: give(sunny))


@pytest.mark.parametrize("is_elder_blocking", [True, False])
def test_two_of_whom_one_blocks_the_other_have_no_mandate(is_elder_blocking: bool) -> None:
    sunny = factories.sunny()
    pair = (sunny.grandpa_sun, sunny.li_mei) if is_elder_blocking else (sunny.li_mei, sunny.grandpa_sun)
    people.block(by=pair[0], member=pair[1], now=NOW)

    refused("apart", count(), lambda: give(sunny))


def test_six_helpers_are_enough() -> None:
    sunny = factories.sunny()
    for helper in factories.members(sunny.community, 6):
        give(sunny, helper=helper)

    refused("too_many", count(), lambda: give(sunny))


def test_a_helper_gives_no_mandate_in_the_elders_name() -> None:
    sunny = factories.sunny()
    sunny.grandpa_sun.helper = sunny.li_mei
    sunny.grandpa_sun.mandate_topics = frozenset({"board", "profile"})

    refused("helper_may_not", count(), lambda: give(sunny, helper=sunny.chen_jing))


def test_only_the_helper_named_can_accept() -> None:
    sunny = factories.sunny()
    given = give(sunny)

    refused("not_the_helper", count(), lambda: actions.accept(by=sunny.chen_jing, mandate=given, now=NOW))
    assert Mandate.objects.get().accepted_at is None


def test_what_has_ended_cannot_be_accepted() -> None:
    sunny = factories.sunny()
    given = give(sunny)
    actions.end(by=sunny.grandpa_sun, mandate=given, now=NOW)

    refused("ended", count(), lambda: actions.accept(by=sunny.li_mei, mandate=given, now=NOW))


def test_accepting_twice_is_once() -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)
    before = count()

    actions.accept(by=sunny.li_mei, mandate=given, now=NOW + timedelta(hours=1))

    assert Mandate.objects.get().accepted_at == NOW
    assert count() == before


@pytest.mark.parametrize("who", ["grandpa_sun", "li_mei"])
def test_either_of_the_two_ends_it_at_once(who: str) -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)

    actions.end(by=getattr(sunny, who), mandate=given, now=NOW)

    assert not Mandate.objects.in_force(NOW).exists()
    assert Mandate.objects.get().revoked_by == getattr(sunny, who)


@pytest.mark.parametrize("who", ["chen_jing", "steward"])
def test_nobody_else_ends_what_an_elder_gave_themselves(who: str) -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)

    refused("not_yours", count(), lambda: actions.end(by=getattr(sunny, who), mandate=given, now=NOW))
    assert Mandate.objects.in_force(NOW).exists()


def test_the_office_records_a_consent_on_paper_and_can_end_it() -> None:
    sunny = factories.sunny()

    given = record(sunny)

    assert (given.consent, given.recorded_by, given.evidence) == (
        Consent.PAPER,
        sunny.wang_qiang,
        "物业办公室,蓝色文件夹",
    )
    assert not Mandate.objects.in_force(NOW).exists()
    actions.end(by=sunny.chen_jing, mandate=given, now=NOW)
    assert not Mandate.objects.living(NOW).exists()


def test_a_neighbour_records_no_consent_of_others() -> None:
    sunny = factories.sunny()
    neighbour = factories.member(sunny.community, "何军", roles=Role.ORGANISER | Role.MODERATOR)

    refused("not_office", count(), lambda: record(sunny, by=neighbour))


def test_who_is_to_help_does_not_record_the_consent() -> None:
    sunny = factories.sunny()

    refused("recorder_helps", count(), lambda: record(sunny, helper=sunny.wang_qiang))


def test_a_consent_on_paper_says_where_the_paper_is() -> None:
    sunny = factories.sunny()

    refused("no_evidence", count(), lambda: record(sunny, evidence="  "))


def test_no_identity_number_is_written_down() -> None:
    sunny = factories.sunny()

    refused("identity_number", count(), lambda: record(sunny, evidence="身份证 11010519491231002X"))


def test_the_office_of_another_community_records_nothing_here() -> None:
    sunny = factories.sunny()
    other = factories.elsewhere()
    stranger = factories.member(other.community, "周经理", roles=Role.PROPERTY)

    refused("other_community", count(), lambda: record(sunny, by=stranger))


def test_who_leaves_is_helped_and_helps_no_more() -> None:
    sunny = factories.sunny()
    mandate(sunny.grandpa_sun, sunny.li_mei)
    mandate(sunny.li_mei, sunny.chen_jing)

    subscribers.end_mandates_of_who_left(MemberLeft(member_id=sunny.li_mei.pk))
    subscribers.end_mandates_of_who_left(MemberLeft(member_id=sunny.li_mei.pk))

    assert not Mandate.objects.filter(revoked_at=None).exists()
    assert RecordedFact.objects.filter(kind="helping.MandateEnded").count() == 2


def test_blocking_ends_it_for_good() -> None:
    sunny = factories.sunny()
    mandate(sunny.grandpa_sun, sunny.li_mei)
    fact = MemberBlocked(member_id=sunny.grandpa_sun.pk, blocked_id=sunny.li_mei.pk)

    subscribers.end_mandates_between(fact)

    assert not Mandate.objects.living(NOW).exists()


def test_erasure_takes_the_mandates_along() -> None:
    sunny = factories.sunny()
    mandate(sunny.grandpa_sun, sunny.li_mei)
    kept = mandate(sunny.steward, sunny.chen_jing)

    subscribers.forget_mandates(PersonErased(member_ids=(sunny.li_mei.pk,)))

    assert list(Mandate.objects.all()) == [kept]


def test_somebody_without_a_telephone_becomes_a_member_whom_nobody_can_log_in_as() -> None:
    sunny = factories.sunny()

    member = actions.enrol(by=sunny.chen_jing, name="王秀英", unit=None, evidence="上门", now=NOW)

    assert member.community_id == sunny.community.pk
    assert member.person is not None and not member.person.has_usable_password()
    assert (member.person.phone, member.person.email, member.person.size) == (None, "", "elder")
    assert actions.enrol(by=sunny.chen_jing, name="王秀英", unit=None, evidence="上门", now=NOW) == member


@pytest.mark.parametrize("who,name,code", [
    ("li_mei", "王秀英", "not_office"), ("chen_jing", "  ", "no_name"), ("chen_jing", "李梅", "same_name"),
])  # fmt: skip
def test_who_cannot_be_registered(who: str, name: str, code: str) -> None:
    sunny = factories.sunny()
    before = (Person.objects.count(), Member.objects.count())

    with pytest.raises(Refused) as caught:
        actions.enrol(by=getattr(sunny, who), name=name, unit=None, evidence="上门", now=NOW)

    assert caught.value.refusal.code == code
    assert (Person.objects.count(), Member.objects.count()) == before


def test_beginning_needs_a_mandate_that_is_accepted_and_runs() -> None:
    asked = {"is_helper": True, "is_living": True, "is_accepted": True, "is_apart": False}

    assert rules.refuse_start(**asked) is None
    assert rules.refuse_start(**asked | {"is_helper": False}) == rules.NOT_THE_HELPER
    assert rules.refuse_start(**asked | {"is_living": False}) == rules.ENDED
    assert rules.refuse_start(**asked | {"is_apart": True}) == rules.APART
    assert rules.refuse_start(**asked | {"is_accepted": False}) == rules.NOT_ACCEPTED
