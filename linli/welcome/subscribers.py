"""Steps tick themselves: each is done when the fact that shows it has happened."""

from django.utils import timezone

from linli.facts import Fact
from linli.facts.admission import LettersMade
from linli.facts.circles import CircleFounded, CircleJoined
from linli.facts.homes import MovedIn, RegisterChanged
from linli.facts.notices import NoticeConfirmed, NoticePublished
from linli.facts.people import AgreementAccepted, PersonErased, ProfileEdited, RolesChanged
from linli.kernel.journal import on
from linli.people.models import Member
from linli.people.roles import Role
from linli.welcome import actions

FACE = {"portrait", "about"}


def _tick(fact: Fact, step: str) -> None:
    actions.tick(community_id=fact.community_id, person_id=fact.person_id, step=step, now=timezone.now())


@on(AgreementAccepted)
def read_the_rules(fact: AgreementAccepted) -> None:
    _tick(fact, "rules")


@on(ProfileEdited)
def is_recognised(fact: ProfileEdited) -> None:
    if FACE & set(fact.fields):
        _tick(fact, "face")


@on(MovedIn)
def has_a_home(fact: MovedIn) -> None:
    # It is the office that moves somebody in, as often as not.
    person_id = Member.objects.filter(pk=fact.member_id).values_list("person_id", flat=True).first()
    actions.tick(community_id=fact.community_id, person_id=person_id, step="home", now=timezone.now())


@on(NoticeConfirmed)
def confirmed_a_notice(fact: NoticeConfirmed) -> None:
    _tick(fact, "notice")


@on(CircleFounded)
def founded_a_circle(fact: CircleFounded) -> None:
    _tick(fact, "circle")


@on(CircleJoined)
def is_in_a_circle(fact: CircleJoined) -> None:
    person_id = Member.objects.filter(pk=fact.member_id).values_list("person_id", flat=True).first()
    actions.tick(community_id=fact.community_id, person_id=person_id, step="circle", now=timezone.now())


@on(NoticePublished)
def announced(fact: NoticePublished) -> None:
    _tick(fact, "announce")


@on(RegisterChanged)
def entered_homes(fact: RegisterChanged) -> None:
    _tick(fact, "register")


@on(LettersMade)
def printed_letters(fact: LettersMade) -> None:
    _tick(fact, "letters")


@on(RolesChanged)
def named_another_steward(fact: RolesChanged) -> None:
    if fact.after & ~fact.before & Role.STEWARD:
        _tick(fact, "second")


@on(PersonErased)
def forget_welcome(fact: PersonErased) -> None:
    actions.forget(member_ids=fact.member_ids)
