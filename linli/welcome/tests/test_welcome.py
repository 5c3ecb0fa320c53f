"""What a newcomer reads, steps that tick themselves, and greetings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.facts.notices import NoticePublished
from linli.facts.people import AgreementAccepted, ProfileEdited
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people.kinds import template_for
from linli.people.models import Kind, Member
from linli.people.roles import Role
from linli.welcome import actions, reads, subscribers
from linli.welcome.models import FirstStep, Greeting, WelcomeWords
from linli.welcome.steps import steps_for
from tests import factories
from tests.factories import LATER, NOW, Sunny, elsewhere, logged_in
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def sunny() -> Sunny:
    return factories.sunny()


def done(who: Member) -> set[str]:
    return set(FirstStep.objects.filter(member=who).values_list("step", flat=True))


def test_five_kinds_say_what_they_give_and_ask_each_in_its_own_words() -> None:
    seen: set[str] = set()
    for kind in Kind.values:
        for language in ("zh-hans", "en"):
            template = template_for(kind, language)
            lines = [*template.soon, *template.later, *template.asks]
            assert len(lines) == 9
            assert all(4 <= len(line) <= 120 for line in lines)
            seen.update(lines)
    assert len(seen) == 5 * 2 * 9


def test_a_newcomer_reads_what_this_place_gives_in_their_language(sunny: Sunny) -> None:
    client = logged_in(sunny.li_mei)
    template = template_for(Kind.RESIDENTIAL, "zh-hans")

    page = client.get("/c/sunny/welcome/").content.decode()

    assert template.soon[0] in page
    assert template.asks[-1] in page
    assert "起步" in page


def test_steps_are_ticked_by_what_happens_and_once(sunny: Sunny) -> None:
    mei, community = sunny.li_mei, sunny.community.pk

    for _turn in range(2):
        subscribers.read_the_rules(
            AgreementAccepted(community_id=community, person_id=mei.person_id, member_id=mei.pk, version=1)
        )
    for fields in (("phone",), ("about", "phone")):
        subscribers.is_recognised(
            ProfileEdited(community_id=community, person_id=mei.person_id, member_id=mei.pk, fields=fields)
        )

    assert done(mei) == {"rules", "face"}
    assert FirstStep.objects.filter(member=mei).count() == 2


def test_who_has_said_something_has_said_hello(sunny: Sunny) -> None:
    factories.entry(sunny.li_mei)

    steps = {row.step.key: row.is_done for row in reads.welcome_of(sunny.li_mei, language="zh-hans").steps}
    others = {row.step.key: row.is_done for row in reads.welcome_of(sunny.grandpa_sun, language="zh-hans").steps}

    assert (steps["hello"], others["hello"]) == (True, False)


def test_what_somebody_does_elsewhere_ticks_nothing_here(sunny: Sunny) -> None:
    other = elsewhere()

    subscribers.announced(
        NoticePublished(
            community_id=sunny.community.pk, person_id=other.person_id, entry_id=1, is_urgent=False, homes=1
        )
    )

    assert not FirstStep.objects.exists()


@pytest.mark.parametrize(
    ("kind", "roles", "expected"),
    [
        (Kind.RESIDENTIAL, Role.RESIDENT, ["hello", "home", "rules", "face", "notice", "circle"]),
        (Kind.INTEREST, Role.RESIDENT, ["hello", "rules", "face", "notice", "circle"]),
        (Kind.RESIDENTIAL, Role.RESIDENT | Role.PROPERTY,
         ["hello", "home", "rules", "face", "notice", "circle", "announce"]),
        (Kind.RESIDENTIAL, Role.RESIDENT | Role.STEWARD,
         ["hello", "home", "rules", "face", "notice", "circle", "announce", "register", "letters", "second"]),
    ],
)  # fmt: skip
def test_each_role_has_its_own_steps(kind: str, roles: int, expected: list[str]) -> None:
    assert [step.key for step in steps_for(kind=kind, roles=int(roles), has_rules=True)] == expected


def test_a_steward_words_it_anew_and_takes_it_back(sunny: Sunny) -> None:
    client = logged_in(sunny.steward)

    client.post("/c/sunny/steward/welcome/", {"soon": "有热水\n\n有电梯 ", "later": "", "asks": "轻声关门"})
    page = logged_in(sunny.li_mei).get("/c/sunny/welcome/").content.decode()
    assert "有电梯" in page
    assert template_for(Kind.RESIDENTIAL, "zh-hans").soon[0] not in page
    long = client.post("/c/sunny/steward/welcome/", {"soon": "\n".join("一二三四五六七"), "asks": "轻声关门"})
    assert long.status_code == 422
    assert "最多 6 行" in long.content.decode()
    client.post("/c/sunny/steward/welcome/", {"soon": ""})

    assert not WelcomeWords.objects.exists()
    assert (
        template_for(Kind.RESIDENTIAL, "zh-hans").soon[0]
        in logged_in(sunny.li_mei).get("/c/sunny/welcome/").content.decode()
    )


def test_a_newcomer_is_greeted_once_and_reads_it(sunny: Sunny) -> None:
    url = f"/c/sunny/steward/newcomers/{sunny.grandpa_sun.pk}/greeting/"
    client = logged_in(sunny.chen_jing)
    assert "欢迎您，孙爷爷" in client.get(url).content.decode()

    for words in ("欢迎孙爷爷", "再说一遍"):
        client.post(url, {"words": words})

    assert list(Greeting.objects.values_list("words", flat=True)) == ["欢迎孙爷爷"]
    assert RecordedFact.objects.filter(kind="welcome.NewcomerGreeted").count() == 1
    assert "欢迎孙爷爷" in logged_in(sunny.grandpa_sun).get("/c/sunny/welcome/").content.decode()
    assert "欢迎孙爷爷" not in logged_in(sunny.li_mei).get("/c/sunny/welcome/").content.decode()


@pytest.mark.parametrize("who", ["li_mei", "grandpa_sun"])
def test_residents_greet_in_person(sunny: Sunny, who: str) -> None:
    by = getattr(sunny, who)

    with pytest.raises(Refused):
        actions.greet(by=by, member=sunny.chen_jing, words="您好", now=NOW)
    with pytest.raises(Refused):
        actions.change_words(by=by, soon="x", later="", asks="", now=NOW)

    assert (Greeting.objects.count(), WelcomeWords.objects.count()) == (0, 0)
    assert logged_in(by).get("/c/sunny/steward/newcomers/").status_code == 404


def test_nobody_greets_themselves_or_with_nothing(sunny: Sunny) -> None:
    for member, words, code in (
        (sunny.chen_jing, "您好", "oneself"),
        (sunny.li_mei, "", "no_words"),
        (sunny.li_mei, "好" * 401, "too_long"),
    ):
        with pytest.raises(Refused) as refused:
            actions.greet(by=sunny.chen_jing, member=member, words=words, now=NOW)
        assert refused.value.refusal.code == code
    assert not Greeting.objects.exists()


def test_newcomers_are_those_of_two_months_and_cost_the_same_for_any_number(sunny: Sunny) -> None:
    now = timezone.now()
    Member.objects.update(joined_at=now - timedelta(days=3))
    Member.objects.filter(pk=sunny.wang_qiang.pk).update(joined_at=now - timedelta(days=61))

    assert {row.line.name for row in reads.newcomers(sunny.chen_jing, now=now)} == {"李梅", "孙爷爷", "赵敏"}

    def grow() -> None:
        for newcomer in factories.members(sunny.community, 40):
            actions.greet(by=sunny.chen_jing, member=newcomer, words="您好", now=LATER)
        Member.objects.filter(name__startswith="邻居").update(joined_at=now)

    assert_same_queries(logged_in(sunny.chen_jing), "/c/sunny/steward/newcomers/", grow)


def test_the_board_shows_the_way_to_a_newcomer_and_to_nobody_else_at_no_cost(sunny: Sunny) -> None:
    client = logged_in(sunny.li_mei)
    assert "/c/sunny/welcome/" in client.get("/c/sunny/board/").content.decode()

    Member.objects.filter(pk=sunny.li_mei.pk).update(read_to=1)

    assert "第一次来" not in client.get("/c/sunny/board/").content.decode()


def test_who_is_erased_leaves_neither_step_nor_greeting(sunny: Sunny) -> None:
    actions.greet(by=sunny.chen_jing, member=sunny.li_mei, words="您好", now=NOW)
    actions.tick(community_id=sunny.community.pk, person_id=sunny.li_mei.person_id, step="hello", now=NOW)
    actions.put_away(by=sunny.li_mei, now=NOW)

    actions.forget(member_ids=[sunny.li_mei.pk])

    assert (Greeting.objects.count(), FirstStep.objects.count()) == (0, 0)
