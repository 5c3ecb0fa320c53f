"""Who sees what, asked from outside: every page and every act, for everybody who might come."""

import io
from pathlib import Path

import pytest
from django.test import Client

from linli.entries import actions as entries
from linli.entries.actions.posting import AttachedPicture, Places
from linli.entries.models import Entry, Reach
from linli.homes.models import Building, Unit
from linli.media import actions as media
from linli.media.tests import pictures
from linli.notices import actions as notices
from linli.people.actions import members
from linli.people.models import Community, Member
from linli.people.roles import Role
from linli.talk import actions
from linli.talk.topics import topic_of
from tests.factories import NOW, Sunny, elsewhere, entry, homes, live_in, logged_in, member, sunny

pytestmark = pytest.mark.django_db

# Which of the four entries each visitor sees: for everybody, for members, for building 1, a notice to building 1.
SEES = {
    "stranger": "p",
    "elsewhere": "p",
    "resident of 1": "pcbn",
    "resident of 2": "pc",
    "member without home": "pc",
    "property": "pcn",
    "committee": "pcn",
    "moderator": "pcbn",
    "steward": "pcbn",
    "author": "pcbn",
    "who blocks the author": "n",
    "who left": "p",
}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


@pytest.fixture
def cast() -> Sunny:
    cast = sunny(is_public=True)
    homes(cast)
    return cast


def posted(cast: Sunny) -> dict[str, Entry]:
    first = Places(buildings=(Building.objects.get(name="1号楼").pk,))
    picture = media.take(file=io.BytesIO(pictures.photograph()), owner=cast.li_mei, now=NOW)
    shown = [AttachedPicture(picture.pk, "灯")]
    return {
        "p": entry(cast.li_mei, "公开的事", reach=Reach.PUBLIC, pictures=shown),
        "c": entry(cast.li_mei, "成员的事", pictures=shown),
        "b": entry(cast.li_mei, "一号楼里的话", reach=Reach.PLACES, places=first, pictures=shown),
        "n": notices.publish(
            by=cast.wang_qiang, title="一号楼停水", body="明天", reach=Reach.PLACES, places=first, key="n", now=NOW
        ),
    }


def visitors(cast: Sunny) -> dict[str, Client]:
    blocker = member(cast.community, "郑华")
    live_in_first = member(cast.community, "吴敏")
    unit = Unit.objects.get(name="102", entrance__building__name="1号楼")
    live_in(cast, live_in_first, unit)
    live_in(cast, blocker, unit)
    members.block(by=blocker, member=cast.li_mei, now=NOW)
    gone = member(cast.community, "冯军")
    members.leave(by=gone, now=NOW)
    return {
        "stranger": logged_in(None),
        "elsewhere": logged_in(elsewhere()),
        "resident of 1": logged_in(live_in_first),
        "resident of 2": logged_in(resident_of_second(cast)),
        "member without home": logged_in(member(cast.community, "何军")),
        "property": logged_in(cast.wang_qiang),
        "committee": logged_in(committee_without_home(cast)),
        "moderator": logged_in(member(cast.community, "林芳", roles=Role.MODERATOR)),
        "steward": logged_in(cast.steward),
        "author": logged_in(cast.li_mei),
        "who blocks the author": logged_in(blocker),
        "who left": logged_in(gone),
    }


def resident_of_second(cast: Sunny) -> Member:
    found = member(cast.community, "吕强")
    live_in(cast, found, Unit.objects.get(name="101", entrance__building__name="2号楼"))
    return found


def committee_without_home(cast: Sunny) -> Member:
    return member(cast.community, "谢红", roles=Role.COMMITTEE)


def test_the_feed_shows_each_visitor_what_is_for_them(cast: Sunny) -> None:
    made = posted(cast)
    titles = {key: one.title for key, one in made.items()}

    seen = {}
    for who, client in visitors(cast).items():
        html = client.get("/c/sunny/board/").content.decode()
        seen[who] = "".join(key for key in "pcbn" if titles[key] in html)

    assert seen == SEES


def test_the_page_of_an_entry_its_pictures_and_its_history_exist_for_whom_it_is_for(cast: Sunny) -> None:
    made = posted(cast)
    attached = {key: one.pictures.first() for key, one in made.items()}

    for who, client in visitors(cast).items():
        pages = {key: client.get(f"/c/sunny/entries/{one.pk}/").status_code for key, one in made.items()}
        histories = {key: client.get(f"/c/sunny/entries/{one.pk}/history/").status_code for key, one in made.items()}
        assert "".join(key for key, status in pages.items() if status == 200) == SEES[who], who
        assert histories == pages
        for key, row in attached.items():
            if row:
                url = f"/c/sunny/entries/{made[key].pk}/{row.picture_id}-480.webp"
                assert client.get(url).status_code == (200 if key in SEES[who] else 404), (who, key)


def test_nobody_comments_on_or_likes_what_they_do_not_see(cast: Sunny) -> None:
    made = posted(cast)

    for who, client in visitors(cast).items():
        is_member = who not in ("stranger", "elsewhere", "who left")
        for key, one in made.items():
            may = is_member and key in SEES[who]
            base = f"/c/sunny/entries/{one.pk}/"
            before = Entry.objects.values_list("comments", "likes").get(pk=one.pk)
            said = client.post(f"{base}comments/", {"body": "我也说一句", "key": f"{who}{key}"})
            liked = client.post(f"{base}like/", {"on": "1"})
            after = Entry.objects.values_list("comments", "likes").get(pk=one.pk)
            assert (said.status_code == 303 and "#comment-" in said["Location"]) is may, (who, key)
            assert liked.status_code == (303 if may else 302 if who == "stranger" else 404), (who, key)
            assert after == ((before[0] + 1, before[1] + 1) if may else before)


def test_a_closed_community_shows_strangers_nothing_even_of_what_was_public(cast: Sunny) -> None:
    made = posted(cast)
    Community.objects.filter(pk=cast.community.pk).update(is_public=False)
    row = made["p"].pictures.get()

    for url in ("", f"entries/{made['p'].pk}/", f"entries/{made['p'].pk}/{row.picture_id}-480.webp"):
        answer = logged_in(None).get(f"/c/sunny/{url}")
        assert (answer.status_code, "/account/login/" in answer["Location"]) == (302, True)
        assert logged_in(elsewhere_once()).get(f"/c/sunny/{url}").status_code == 404


def elsewhere_once() -> Member:
    found = Member.objects.filter(community__slug="willow", name="刘洋").select_related("person").first()
    return found or elsewhere()


def test_an_entry_does_not_exist_below_another_community(cast: Sunny) -> None:
    made = posted(cast)
    other = elsewhere()

    assert logged_in(other).get(f"/c/willow/entries/{made['p'].pk}/").status_code == 404
    assert logged_in(other).post(f"/c/willow/entries/{made['p'].pk}/like/", {"on": "1"}).status_code == 404


def test_who_moves_out_no_longer_sees_what_is_for_the_building(cast: Sunny) -> None:
    made = posted(cast)
    client = logged_in(cast.grandpa_sun)
    assert client.get(f"/c/sunny/entries/{made['b'].pk}/").status_code == 200

    cast.grandpa_sun.occupancies.update(ended_at=NOW)

    assert client.get(f"/c/sunny/entries/{made['b'].pk}/").status_code == 404


def test_a_deleted_entry_is_gone_with_its_comments(cast: Sunny) -> None:
    made = entry(cast.li_mei)
    said = actions.comment(by=cast.chen_jing, on=topic_of(made, cast.chen_jing), body="看见了", key="k", now=NOW)
    entries.delete(by=cast.li_mei, entry=made, now=NOW)

    client = logged_in(cast.chen_jing)

    assert client.get(f"/c/sunny/entries/{made.pk}/").status_code == 404
    assert client.get(f"/c/sunny/comments/{said.pk}/edit/").status_code == 404
    assert client.post(f"/c/sunny/comments/{said.pk}/like/", {"on": "1"}).status_code == 404


def test_what_a_blocked_neighbour_says_is_not_shown(cast: Sunny) -> None:
    made = entry(cast.li_mei)
    for who in (cast.chen_jing, cast.grandpa_sun):
        actions.comment(by=who, on=topic_of(made, who), body=f"{who.name}说", key="k", now=NOW)
    members.block(by=cast.li_mei, member=cast.chen_jing, now=NOW)

    mine = logged_in(cast.li_mei).get(f"/c/sunny/entries/{made.pk}/").content.decode()
    theirs = logged_in(cast.grandpa_sun).get(f"/c/sunny/entries/{made.pk}/").content.decode()

    assert ("陈静说" in mine, "孙爷爷说" in mine) == (False, True)
    assert ("陈静说" in theirs, "孙爷爷说" in theirs) == (True, True)


def test_a_home_is_named_only_to_whom_its_owner_shows_it(cast: Sunny) -> None:
    public, inner = entry(cast.li_mei, "公开的", reach=Reach.PUBLIC), entry(cast.li_mei, "成员的")

    assert "1号楼" not in Entry.objects.get(pk=public.pk).card_zh_hans
    assert "1号楼" in Entry.objects.get(pk=inner.pk).card_zh_hans
    assert "1号楼" not in logged_in(None).get(f"/c/sunny/entries/{public.pk}/").content.decode()
