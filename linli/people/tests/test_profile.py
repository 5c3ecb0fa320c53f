"""Who sees what of a member."""

from __future__ import annotations

import itertools

import pytest

from linli.people import actions, places, reads
from linli.people.models import Member, Shown
from linli.people.places import Place, Register
from linli.people.reads import Relation, may_see
from tests import factories
from tests.factories import NOW, Sunny

pytestmark = pytest.mark.django_db

TEXTS = {"about": "修收音机", "phone": "13800138000", "email": "sun@sunny.example"}
VIEWERS = ("self", "building", "member", "stranger", "elsewhere", "kept off", "helper", "helper with profile")
SEES = {
    "self": set(Shown.values),
    "helper with profile": set(Shown.values),
    "helper": {"building", "members", "public"},
    "building": {"building", "members", "public"},
    "member": {"members", "public"},
    "stranger": {"public"},
    "elsewhere": {"public"},
    "kept off": {"public"},
}


@pytest.fixture
def sunny(monkeypatch: pytest.MonkeyPatch) -> Sunny:
    """Grandpa Sun and Li Mei live in building 3, the others elsewhere."""
    sunny = factories.sunny()
    here, there = Place(3, "3号楼"), Place(5, "5号楼")
    live = {sunny.grandpa_sun.pk: (here,), sunny.li_mei.pk: (here,), sunny.chen_jing.pk: (there,)}
    register = Register(
        places_of=lambda ids: {pk: live[pk] for pk in ids if pk in live},
        member_ids_in=lambda building: Member.objects.filter(
            pk__in=[pk for pk, where in live.items() if where[0].building_id == building]
        ).values("pk"),  # type: ignore[arg-type, return-value]
        buildings_of=lambda _community: (here, there),
    )
    monkeypatch.setattr(places, "_registers", [register])
    return sunny


def elder(sunny: Sunny, shown: str = "nobody") -> Member:
    Member.objects.filter(pk=sunny.grandpa_sun.pk).update(
        **TEXTS, about_shown=shown, phone_shown=shown, email_shown=shown, home_shown=shown
    )
    return reads.member_or_404(sunny.community, sunny.grandpa_sun.pk)


def viewer(sunny: Sunny, who: str) -> Member | None:
    if who == "kept off":
        actions.block(by=sunny.grandpa_sun, member=sunny.wang_qiang, now=NOW)
    if who.startswith("helper"):
        acting = Member.objects.get(pk=sunny.grandpa_sun.pk)
        acting.community, acting.helper = sunny.community, sunny.chen_jing
        acting.mandate_topics = frozenset({"profile"} if who == "helper with profile" else {"board"})
        return acting
    return {
        "self": lambda: sunny.grandpa_sun,
        "building": lambda: sunny.li_mei,
        "member": lambda: sunny.chen_jing,
        "stranger": lambda: None,
        "elsewhere": factories.elsewhere,
        "kept off": lambda: sunny.wang_qiang,
    }[who]()


@pytest.mark.parametrize("who,shown", list(itertools.product(VIEWERS, Shown.values)))
def test_each_viewer_sees_what_is_meant_for_them_and_nothing_else(sunny: Sunny, who: str, shown: str) -> None:
    member = elder(sunny, shown)

    profile = reads.profile_for(viewer(sunny, who), member)

    is_seen = shown in SEES[who]
    found = {"about": profile.about, "phone": profile.phone, "email": profile.email, "home": profile.home}
    assert found == ({**TEXTS, "home": "3号楼"} if is_seen else dict.fromkeys(found, ""))
    assert profile.name == "孙爷爷"


@pytest.mark.parametrize("field", ["about", "phone", "email", "home"])
@pytest.mark.parametrize("shown", Shown.values)
def test_one_field_says_nothing_of_the_others(sunny: Sunny, field: str, shown: str) -> None:
    elder(sunny)
    Member.objects.filter(pk=sunny.grandpa_sun.pk).update(**{f"{field}_shown": shown})
    member = reads.member_or_404(sunny.community, sunny.grandpa_sun.pk)

    profile = reads.profile_for(sunny.li_mei, member)

    found = {name for name in ("about", "phone", "email", "home") if getattr(profile, name)}
    assert found == ({field} if shown != Shown.NOBODY else set())


def test_who_is_nearer_sees_never_less() -> None:
    for shown in Shown.values:
        seen = [may_see(shown, relation) for relation in Relation]
        assert seen == sorted(seen)


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("shown", Shown.values)
def test_the_preview_is_what_others_really_see(sunny: Sunny, relation: Relation, shown: str) -> None:
    member = elder(sunny, shown)
    who = {
        Relation.SELF: "self",
        Relation.BUILDING: "building",
        Relation.MEMBER: "member",
        Relation.STRANGER: "stranger",
    }

    assert reads.preview(member, relation) == reads.profile_for(viewer(sunny, who[relation]), member)


def test_of_who_has_left_only_the_name_is_shown(sunny: Sunny) -> None:
    elder(sunny, "public")
    actions.leave(by=sunny.grandpa_sun, now=NOW)

    profile = reads.profile_for(sunny.li_mei, reads.member_or_404(sunny.community, sunny.grandpa_sun.pk))

    assert (profile.name, profile.has_left, profile.has_fields, profile.roles) == ("孙爷爷", True, False, ())


def test_a_new_member_shows_neither_phone_nor_email() -> None:
    sunny = factories.sunny()

    member = Member.objects.get(pk=sunny.li_mei.pk)

    assert (member.phone_shown, member.email_shown) == ("nobody", "nobody")


def test_the_directory_shows_a_home_only_to_whom_it_is_meant_for(sunny: Sunny) -> None:
    elder(sunny, "building")

    near = {line.name: line.home for line in reads.directory(sunny.li_mei, words="爷爷").lines}
    far = {line.name: line.home for line in reads.directory(sunny.chen_jing, words="爷爷").lines}

    assert (near, far) == ({"孙爷爷": "3号楼"}, {"孙爷爷": ""})


@pytest.mark.parametrize("shown,who,is_found", [
    ("members", "chen_jing", True), ("building", "li_mei", True), ("building", "steward", True),
    ("nobody", "wang_qiang", True), ("nobody", "li_mei", False),
])  # fmt: skip
def test_the_filter_by_building_tells_nothing_that_is_not_shown(
    sunny: Sunny, shown: str, who: str, is_found: bool
) -> None:
    elder(sunny, shown)

    found = reads.directory(getattr(sunny, who), building_id=3)

    assert ("孙爷爷" in {line.name for line in found.lines}) is is_found


def test_a_neighbour_of_another_building_does_not_find_out_by_the_filter(sunny: Sunny) -> None:
    elder(sunny, "building")
    resident = factories.member(sunny.community, "何军")

    assert "孙爷爷" not in {line.name for line in reads.directory(resident, building_id=3).lines}
