import io

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from linli.entries.models import Entry
from linli.homes import actions as homes
from linli.homes.models import Unit
from linli.homes.plans import Pattern
from linli.kernel.models import RecordedFact
from linli.people.models import Agreement, Community, Contact, Member, Section
from linli.people.roles import Role
from linli.stewards import reads
from tests import factories
from tests.factories import NOW, Sunny
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
DESK = "/c/sunny/steward/"


@pytest.fixture
def sunny() -> Sunny:
    return factories.sunny()


@pytest.fixture
def steward(sunny: Sunny) -> Client:
    return factories.logged_in(sunny.steward)


def live_in(sunny: Sunny, *members: Member) -> None:
    plan = Pattern(building_name="3号楼", floor_last=9, homes_per_floor=2).plan()
    homes.add_homes(by=sunny.steward, plan=plan, now=NOW)
    for member, unit in zip(members, Unit.objects.order_by("pk"), strict=False):
        homes.settle(unit=unit, member=member, kind="owner", verified_by=None, verified_how="", now=NOW)


def test_the_desk_tells_what_waits_and_what_is_still_missing(sunny: Sunny) -> None:
    before = reads.desk(sunny.community, now=NOW)
    live_in(sunny, sunny.li_mei)
    after = reads.desk(sunny.community, now=NOW)

    assert [step.key for step in before.steps if not step.is_done] == ["homes", "letters", "notice"]
    assert [step.key for step in after.steps if not step.is_done] == ["notice"]
    assert (after.homes, after.with_accounts, after.members, after.without_home) == (18, 1, 5, 4)


def test_the_office_sees_the_desk_and_only_stewards_what_is_theirs(sunny: Sunny, steward: Client) -> None:
    committee, office = factories.logged_in(sunny.chen_jing), factories.logged_in(sunny.wang_qiang)

    pages = [client.get(DESK).content.decode() for client in (steward, committee, office)]

    assert [f"{DESK}settings/" in page for page in pages] == [True, False, False]
    assert [f"{DESK}applications/" in page for page in pages] == [True, True, False]
    assert committee.get(f"{DESK}settings/").status_code == 404


def test_members_are_found_by_name_home_and_role(sunny: Sunny, steward: Client) -> None:
    live_in(sunny, sunny.li_mei, sunny.grandpa_sun)

    def found(query: str) -> set[str]:
        page = steward.get(f"{DESK}members/?{query}").content.decode()
        return {name for name in ("李梅", "孙爷爷", "王强", "陈静") if f"<b>{name}</b>" in page}

    assert found("") == {"李梅", "孙爷爷", "王强", "陈静"}
    assert found("q=李") == {"李梅"}
    assert found("q=101") == {"李梅"}
    assert found("q=3号楼") == {"李梅", "孙爷爷"}
    assert found("q=3号楼+102") == {"孙爷爷"}
    assert found("role=16") == {"王强"}
    assert found("q=nobody") == set()


def test_long_lists_continue_from_a_row(sunny: Sunny) -> None:
    factories.members(sunny.community, 60)

    first = reads.members_page(sunny.community)
    second = reads.members_page(sunny.community, before=first.next_before)

    assert (len(first.lines), len(second.lines)) == (50, 15)
    assert not {line.id for line in first.lines} & {line.id for line in second.lines}


def test_a_steward_entrusts_a_member_with_roles(sunny: Sunny, steward: Client) -> None:
    address = f"{DESK}members/{sunny.li_mei.pk}/"
    assert steward.get(address).status_code == 200

    steward.post(f"{address}roles/", {"roles": ["2", "8"]})

    sunny.li_mei.refresh_from_db()
    assert sunny.li_mei.roles == Role.RESIDENT | Role.ORGANISER | Role.COMMITTEE
    assert RecordedFact.objects.filter(kind="people.RolesChanged").count() == 1


def test_the_last_steward_stays(sunny: Sunny, steward: Client) -> None:
    address = f"{DESK}members/{sunny.steward.pk}/"

    refused = steward.post(f"{address}roles/", {"roles": ["2"]})
    removed = steward.post(f"{address}removal/")

    sunny.steward.refresh_from_db()
    assert (refused.status_code, removed.status_code) == (422, 422)
    assert sunny.steward.has_role(Role.STEWARD)
    assert sunny.steward.left_at is None


def test_who_lays_down_the_office_lands_on_the_board(sunny: Sunny, steward: Client) -> None:
    factories.member(sunny.community, "钱进", roles=Role.STEWARD)

    done = steward.post(f"{DESK}members/{sunny.steward.pk}/roles/", {"roles": []})

    assert done["Location"] == "/c/sunny/"
    assert steward.get(DESK).status_code == 404


def test_a_membership_is_ended(sunny: Sunny, steward: Client) -> None:
    resident = factories.logged_in(sunny.li_mei)
    assert resident.get("/c/sunny/agreement/").status_code == 200

    steward.post(f"{DESK}members/{sunny.li_mei.pk}/removal/")

    assert resident.get("/c/sunny/agreement/").status_code == 404
    assert steward.get(f"{DESK}members/{sunny.li_mei.pk}/").status_code == 404


def test_members_elsewhere_do_not_exist_here(sunny: Sunny, steward: Client) -> None:
    other = factories.elsewhere()

    assert steward.get(f"{DESK}members/{other.pk}/").status_code == 404
    assert steward.post(f"{DESK}members/{other.pk}/roles/", {"roles": ["2"]}).status_code == 404
    assert steward.post(f"{DESK}members/{other.pk}/removal/").status_code == 404
    other.refresh_from_db()
    assert (other.roles, other.left_at) == (Role.RESIDENT, None)


SETTINGS = {
    "name": "阳光花园一期",
    "about": "",
    "language": "zh-hans",
    "time_zone": "Asia/Shanghai",
    "colour": "plum",
    "is_public": "on",
    "talk_roles": "63",
    "notice_roles": "32",
    "welcome": "欢迎",
    "word_members": "街坊",
}


def test_settings_are_changed(sunny: Sunny, steward: Client) -> None:
    assert steward.get(f"{DESK}settings/").status_code == 200

    assert steward.post(f"{DESK}settings/", SETTINGS).status_code == 303

    community = Community.objects.get()
    assert (community.name, community.colour, community.is_public) == ("阳光花园一期", "plum", True)
    assert community.words["members"] == "街坊"
    assert "office" not in community.words
    assert community.word("home", "x") == "家"
    assert community.notice_roles == Role.STEWARD


def test_settings_that_make_no_sense_change_nothing(sunny: Sunny, steward: Client) -> None:
    for wrong in ({"talk_roles": "999"}, {"colour": "gold"}, {"name": ""}, {"time_zone": "Mars"}):
        assert steward.post(f"{DESK}settings/", SETTINGS | wrong).status_code == 422

    assert Community.objects.get().name == "阳光花园"


def test_the_community_gets_a_picture(sunny: Sunny, steward: Client, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    drawn = io.BytesIO()
    Image.new("RGB", (900, 600), "#B5402A").save(drawn, "JPEG")
    drawn.seek(0)
    drawn.name = "gate.jpg"
    broken = io.BytesIO(b"no picture")
    broken.name = "gate.jpg"

    assert steward.post(f"{DESK}picture/", {"picture": broken}).status_code == 422
    assert steward.post(f"{DESK}picture/", {}).status_code == 422
    assert Community.objects.get().picture == ""
    assert steward.post(f"{DESK}picture/", {"picture": drawn}).status_code == 303
    name = Community.objects.get().picture
    assert f"/c/sunny/picture-{name}-480.webp" in steward.get(f"{DESK}picture/").content.decode()
    assert steward.get(f"/c/sunny/picture-{name}-480.webp").status_code == 200
    steward.post(f"{DESK}picture/", {"remove": "1"})
    assert Community.objects.get().picture == ""


def test_sections_are_renamed_moved_added_and_taken_away(sunny: Sunny, steward: Client) -> None:
    rows = list(Section.objects.filter(community=sunny.community))
    form: dict[str, str] = {}
    for i, row in enumerate(rows):
        form |= {f"s{i}-section": str(row.pk), f"s{i}-place": str(i + 1), f"s{i}-name": row.name}
    form |= {"s0-place": "9", "s1-name": "", "s2-name": "找东西", "s5-name": "花草", "s5-place": "1"}

    assert steward.post(f"{DESK}sections/", form).status_code == 303

    names = list(Section.objects.filter(community=sunny.community).values_list("name", flat=True))
    assert names == ["花草", "找东西", rows[3].name, rows[4].name, rows[0].name]
    assert Section.objects.get(name="找东西").pk == rows[2].pk
    doubled = steward.post(f"{DESK}sections/", {"s0-name": "同名", "s1-name": "同名"})
    assert doubled.status_code == 422
    assert Section.objects.filter(community=sunny.community).count() == 5


def test_telephone_numbers_are_kept(sunny: Sunny, steward: Client) -> None:
    form = {"c0-name": "物业", "c0-phone": "0571-8888 6666", "c0-hours": "8–20", "c0-is_office": "on"}

    assert steward.post(f"{DESK}contacts/", form).status_code == 303
    assert steward.post(f"{DESK}contacts/", {"c0-name": "物业", "c0-phone": "abc"}).status_code == 422
    assert steward.post(f"{DESK}contacts/", {"c0-name": "物业"}).status_code == 422

    contact = Contact.objects.get(community=sunny.community)
    assert (contact.name, contact.phone, contact.is_office) == ("物业", "0571-8888 6666", True)


def test_new_rules_are_published_and_it_is_known_who_has_accepted(sunny: Sunny, steward: Client) -> None:
    unchanged = steward.post(f"{DESK}agreement/", {"text": sunny.community.rules})
    done = steward.post(f"{DESK}agreement/", {"text": "一条就够:互相照应"})

    page = reads.agreements_page(Community.objects.get())
    version = steward.get(f"{DESK}agreement/2/").content.decode()
    assert (unchanged.status_code, done.status_code) == (422, 303)
    assert [(line.version, line.accepted) for line in page.versions] == [(2, 1), (1, 5)]
    assert {name for _pk, name in page.missing} == {"李梅", "王强", "陈静", "孙爷爷"}
    assert "赵敏" in version
    assert Agreement.objects.get(version=1).text != Agreement.objects.get(version=2).text
    assert steward.get(f"{DESK}agreement/3/").status_code == 404


def test_members_are_asked_for_their_yes_on_every_page_until_they_give_it(sunny: Sunny, steward: Client) -> None:
    resident = factories.logged_in(sunny.li_mei)
    assert "/c/sunny/agreement/" not in resident.get("/c/sunny/people/").content.decode()
    steward.post(f"{DESK}agreement/", {"text": "互相照应"})

    asked = resident.get("/c/sunny/people/").content.decode()
    resident.post("/c/sunny/post/", {"body": "大家好", "key": "1"})
    assert Entry.objects.count() == 0
    resident.post("/c/sunny/agreement/", {"version": "2"})
    afterwards = resident.get("/c/sunny/people/").content.decode()

    assert 'class="asks"' in asked
    assert 'class="asks"' not in afterwards


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_speak_both_languages(sunny: Sunny, language: str) -> None:
    sunny.steward.person.language = language  # type: ignore[union-attr]
    sunny.steward.person.save()  # type: ignore[union-attr]
    client = factories.logged_in(sunny.steward)

    for name in ("", "next/", "members/", "settings/", "sections/", "contacts/", "agreement/", "agreement/1/"):
        assert client.get(DESK + name).status_code == 200, name
    assert client.get("/found/").status_code == 200


@pytest.mark.parametrize("name", ["", "members/", "agreement/", "agreement/1/"])
def test_pages_cost_the_same_for_many_members(sunny: Sunny, steward: Client, name: str) -> None:
    def grow() -> None:
        live_in(sunny, *factories.members(sunny.community, 200))

    assert_same_queries(steward, DESK + name, grow, most=16)


def test_the_time_is_told_by_the_view(sunny: Sunny) -> None:
    assert reads.desk(sunny.community, now=timezone.now()).open_links == 0
