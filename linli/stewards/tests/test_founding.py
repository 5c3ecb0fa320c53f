import pytest
from django.test import Client

from linli.people.kinds import template_for
from linli.people.models import Acceptance, Community, Kind, Member
from linli.people.roles import Role
from linli.stewards.slugs import is_slug, suggestion
from tests import factories

pytestmark = pytest.mark.django_db

FORM = {
    "kind": "residential",
    "name": "阳光花园",
    "slug": "sunny",
    "member_name": "赵敏",
    "about": "城南的一个小区",
    "is_public": "no",
    "language": "zh-hans",
    "time_zone": "Asia/Shanghai",
    "colour": "jade",
}


@pytest.fixture
def founder() -> Client:
    return factories.logged_in(factories.person("赵敏"))


def test_a_community_is_founded_on_one_page(founder: Client) -> None:
    assert founder.get("/found/").status_code == 200

    done = founder.post("/found/", FORM)

    community = Community.objects.get()
    assert done["Location"] == "/c/sunny/steward/next/"
    assert (community.name, community.kind, community.colour, community.is_public) == (
        "阳光花园",
        "residential",
        "jade",
        False,
    )
    assert Member.objects.get().roles == Role.RESIDENT | Role.STEWARD
    assert Acceptance.objects.count() == 1
    assert founder.get(done["Location"]).status_code == 200
    assert founder.get("/c/sunny/steward/").status_code == 200


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_kind_brings_its_own(founder: Client, kind: str, language: str) -> None:
    founder.post("/found/", FORM | {"kind": kind, "language": language})

    community = Community.objects.get()
    assert community.sections.count() == len(template_for(kind, language).sections) == 5
    assert community.rules == template_for(kind, language).rules
    assert community.welcome
    assert founder.get("/c/sunny/steward/next/").status_code == 200


def test_no_two_kinds_begin_alike() -> None:
    for language in ("zh-hans", "en"):
        templates = [template_for(kind, language) for kind in Kind.values]
        assert len({template.rules for template in templates}) == len(templates)
        assert len({template.sections for template in templates}) == len(templates)
        assert len({template.welcome for template in templates}) == len(templates)


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "Sonne und Mond"},
        {"slug": "阳光"},
        {"slug": "a"},
        {"slug": "-ab-"},
        {"slug": "a--b"},
        {"slug": "x" * 41},
        {"name": ""},
        {"kind": "castle"},
        {"time_zone": "Mars/Olympus"},
        {"colour": "gold"},
        {"language": "fr"},
        {"member_name": ""},
        {"name": "11010519491231002X"},
    ],
)
def test_what_is_wrong_is_said_and_kept(founder: Client, wrong: dict[str, str]) -> None:
    response = founder.post("/found/", FORM | wrong)

    assert response.status_code == 422
    assert "城南的一个小区" in response.content.decode()
    assert Community.objects.count() == 0


def test_an_address_in_use_is_refused(founder: Client) -> None:
    factories.community("sunny", founder=factories.person("周兰"))

    response = founder.post("/found/", FORM)

    assert response.status_code == 422
    assert Community.objects.count() == 1


def test_without_an_address_a_free_one_is_chosen(founder: Client) -> None:
    founder.post("/found/", FORM | {"slug": ""})
    founder.post("/found/", FORM | {"slug": "", "name": "Tea & Books"})

    first, second = Community.objects.order_by("pk").values_list("slug", flat=True)
    assert first.startswith("home-")
    assert second == "tea-books"
    assert is_slug(first)


def test_a_taken_suggestion_gets_a_number() -> None:
    assert suggestion("Sunny Gardens", {"sunny-gardens-2"}.__contains__) == "sunny-gardens-2"
    assert suggestion("阳光花园 2", lambda _slug: True).startswith("home-")


def test_addresses_are_looked_up_while_one_types(founder: Client) -> None:
    factories.community("sunny", founder=factories.person("周兰"))

    def said(query: str) -> str:
        return founder.get(f"/found/address/?{query}", headers={"HX-Request": "true"}).content.decode()

    assert "/c/moon/" in said("slug=moon")
    assert "wrong-words" in said("slug=sunny")
    assert "wrong-words" in said("slug=A B")
    assert "/c/tea-house/" in said("slug=&name=Tea+House")
    assert said("slug=&name=").strip() == ""


def test_strangers_are_sent_to_log_in() -> None:
    assert factories.logged_in(None).get("/found/")["Location"].startswith("/account/login/?next=/found/")


def test_an_operator_may_keep_founding_to_the_operators(founder: Client, settings: object) -> None:
    settings.LINLI_FOUNDING = "operators"  # type: ignore[attr-defined]

    refused = founder.post("/found/", FORM)
    allowed = factories.logged_in(factories.operator()).post("/found/", FORM)

    assert (refused.status_code, allowed.status_code) == (403, 303)
    assert Community.objects.count() == 1


def test_nobody_founds_a_dozen_in_a_day(founder: Client) -> None:
    for number in range(5):
        assert founder.post("/found/", FORM | {"slug": f"sunny-{number}"}).status_code == 303

    assert founder.post("/found/", FORM | {"slug": "sunny-6"}).status_code == 422
    assert Community.objects.count() == 5
