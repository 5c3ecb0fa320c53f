import io
from datetime import timedelta
from pathlib import Path

import pytest

from linli.entries import actions, cards, subscribers
from linli.entries.actions.posting import AttachedPicture, Places
from linli.entries.models import Entry, EntryPicture, EntryPlace, EntryVersion, Reach
from linli.facts.entries import EntryDeleted
from linli.facts.people import PersonErased
from linli.homes.models import Building
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.kernel.testing import drain
from linli.media import actions as media
from linli.media.models import Picture
from linli.media.tests import pictures
from linli.people.actions import communities, members
from linli.people.models import Community, Member
from tests.factories import LATER, NOW, Sunny, elsewhere, entry, homes, sunny

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


def facts(*kinds: str) -> list[str]:
    return [kind for kind in RecordedFact.objects.order_by("id").values_list("kind", flat=True) if kind in kinds]


def picture(owner: Member) -> Picture:
    return media.take(file=io.BytesIO(pictures.photograph()), owner=owner, now=NOW)


def post(cast: Sunny, **fields: object) -> Entry:
    given: dict[str, object] = {"title": "灯", "body": "三号楼的**灯**", "key": "k", "now": NOW}
    return actions.post(by=cast.li_mei, **(given | fields))


def test_a_post_is_finished_when_it_is_written() -> None:
    made = post(sunny())

    row = Entry.objects.get(pk=made.pk)
    assert row.body_html == "<p>三号楼的<strong>灯</strong></p>\n"
    assert "三号楼的灯" in row.card_zh_hans
    assert "三号楼的灯" in row.card_en
    assert row.language == "zh-Hans"
    assert facts("entries.EntryPosted") == ["entries.EntryPosted"]


def test_the_same_key_posts_once() -> None:
    cast = sunny()

    assert post(cast).pk == post(cast, title="另一个").pk
    assert Entry.objects.get().title == "灯"
    assert facts("entries.EntryPosted") == ["entries.EntryPosted"]


@pytest.mark.parametrize(
    "fields,code",
    [
        ({"title": "", "body": "  "}, "empty"),
        ({"body": "长" * 20_001}, "too_long"),
        ({"reach": Reach.PLACES}, "no_place"),
        ({"pictures": [AttachedPicture(pk) for pk in range(13)]}, "too_many_pictures"),
    ],
)
def test_a_refused_post_leaves_nothing(fields: dict[str, object], code: str) -> None:
    cast = sunny()

    with pytest.raises(Refused) as caught:
        post(cast, **fields)

    assert caught.value.refusal.code == code
    assert (Entry.objects.count(), facts("entries.EntryPosted")) == (0, [])


def test_who_is_not_entrusted_or_has_not_accepted_the_rules_writes_nothing() -> None:
    cast = sunny()
    Community.objects.update(talk_roles=int(cast.steward.roles) & ~1)
    with pytest.raises(Refused, match="not_entrusted"):
        post(cast)
    Community.objects.update(talk_roles=63, agreement_version=2)
    with pytest.raises(Refused, match="rules_changed"):
        post(cast)

    assert Entry.objects.count() == 0


def test_a_helper_without_the_topic_may_not_post() -> None:
    cast = sunny()
    cast.grandpa_sun.helper = cast.li_mei

    with pytest.raises(Refused, match="beyond_mandate"):
        actions.post(by=cast.grandpa_sun, body="早", key="k", now=NOW)
    cast.grandpa_sun.mandate_topics = frozenset({"board"})
    made = actions.post(by=cast.grandpa_sun, body="早", key="k", now=NOW)

    assert (made.author_id, made.helper_id) == (cast.grandpa_sun.pk, cast.li_mei.pk)
    assert "由李梅代发" in made.card_zh_hans


def test_places_of_other_communities_are_left_out() -> None:
    cast = sunny()
    homes(cast)
    other = elsewhere()
    mine = Building.objects.get(name="1号楼", community=cast.community)
    theirs = Building.objects.create(community=other.community, name="9号楼", position=1)

    made = post(cast, reach=Reach.PLACES, places=Places(buildings=(mine.pk, theirs.pk)))

    assert list(EntryPlace.objects.values_list("building", flat=True)) == [mine.pk]
    assert "1号楼" in made.card_zh_hans
    assert "9号楼" not in made.card_zh_hans


def test_only_ones_own_pictures_can_be_attached_and_are_no_longer_swept() -> None:
    cast = sunny()
    mine, theirs = picture(cast.li_mei), picture(cast.chen_jing)

    made = post(
        cast, pictures=[AttachedPicture(mine.pk, "一盏灯"), AttachedPicture(theirs.pk), AttachedPicture(mine.pk)]
    )

    assert list(EntryPicture.objects.values_list("picture", "alt")) == [(mine.pk, "")]
    assert f"/c/sunny/entries/{made.pk}/{mine.pk}-1200.webp" in made.card_zh_hans
    assert media.sweep(now=NOW + timedelta(days=2)) == 1
    assert Picture.objects.get().pk == mine.pk


def test_an_edit_keeps_what_was_said_before() -> None:
    cast = sunny()
    made = post(cast)

    actions.edit(by=cast.li_mei, entry=made, title="灯", body="修好了", now=LATER)
    actions.edit(by=cast.li_mei, entry=made, title="灯", body="修好了", now=LATER)

    version = EntryVersion.objects.get()
    assert (version.body, version.written_at, version.replaced_by_id) == ("三号楼的**灯**", NOW, cast.li_mei.pk)
    row = Entry.objects.get()
    assert (row.body, row.edited_at) == ("修好了", LATER)
    assert "已编辑" in row.card_zh_hans


def test_a_picture_taken_out_goes_a_day_later() -> None:
    cast = sunny()
    mine = picture(cast.li_mei)
    made = post(cast, pictures=[AttachedPicture(mine.pk)])

    actions.edit(by=cast.li_mei, entry=made, title="灯", body="没有图", now=LATER)

    assert Picture.objects.get().unused_since == LATER
    assert media.sweep(now=LATER + timedelta(hours=25)) == 1


@pytest.mark.parametrize(
    "who,fields,code", [("chen_jing", {}, "not_yours"), ("li_mei", {"title": "", "body": ""}, "empty")]
)
def test_a_refused_edit_changes_nothing(who: str, fields: dict[str, str], code: str) -> None:
    cast = sunny()
    made = post(cast)

    with pytest.raises(Refused, match=code):
        actions.edit(by=getattr(cast, who), entry=made, **({"title": "x", "body": "y"} | fields), now=LATER)

    assert (Entry.objects.get().body, EntryVersion.objects.count()) == ("三号楼的**灯**", 0)
    assert facts("entries.EntryEdited") == []


def test_a_deleted_entry_leaves_neither_words_nor_pictures() -> None:
    cast = sunny()
    mine, elsewhere_too = picture(cast.li_mei), picture(cast.li_mei)
    made = post(cast, pictures=[AttachedPicture(mine.pk), AttachedPicture(elsewhere_too.pk)])
    post(cast, key="other", pictures=[AttachedPicture(elsewhere_too.pk)])
    actions.edit(by=cast.li_mei, entry=made, title="x", body="y", pictures=[AttachedPicture(mine.pk)], now=LATER)

    for _ in range(2):
        actions.delete(by=cast.li_mei, entry=made, now=LATER)
    drain()

    row = Entry.objects.get(pk=made.pk)
    assert (row.title, row.body, row.body_html, row.card_zh_hans, row.card_en) == ("", "", "", "", "")
    assert EntryVersion.objects.count() == 0
    assert list(Picture.objects.values_list("pk", flat=True)) == [elsewhere_too.pk]
    assert facts("entries.EntryDeleted") == ["entries.EntryDeleted"]


def test_only_the_author_and_who_keeps_order_delete() -> None:
    cast = sunny()
    made = post(cast)

    with pytest.raises(Refused, match="not_yours"):
        actions.delete(by=cast.chen_jing, entry=made, now=LATER)
    assert Entry.objects.present().count() == 1
    actions.delete(by=cast.steward, entry=made, now=LATER)
    assert Entry.objects.present().count() == 0


def test_a_new_name_reaches_the_cards() -> None:
    cast = sunny()
    entry(cast.li_mei)
    entry(cast.chen_jing)

    members.edit_profile(by=cast.li_mei, name="李小梅", now=LATER)
    drain()

    cards = list(Entry.objects.order_by("pk").values_list("card_zh_hans", flat=True))
    assert "李小梅" in cards[0]
    assert "李小梅" not in cards[1]


def test_a_new_name_of_a_shelf_reaches_the_cards() -> None:
    cast = sunny()
    shelf = cast.community.sections.first()
    assert shelf
    made = entry(cast.li_mei, section_id=shelf.pk)
    assert shelf.name in made.card_zh_hans

    communities.arrange_sections(by=cast.steward, names=[(shelf.pk, "新栏目")], now=LATER)
    drain()

    assert "新栏目" in Entry.objects.get().card_zh_hans


def test_erasure_takes_ones_own_words_and_leaves_what_was_announced_without_the_name() -> None:
    cast = sunny()
    mine = entry(cast.wang_qiang, body="我自己的话")
    notice = entry(cast.wang_qiang, kind="notice", title="停水", body="明天停水")
    others = entry(cast.li_mei)

    for _ in range(2):
        subscribers.erase_entries(PersonErased(person_id=1, member_ids=(cast.wang_qiang.pk,)))

    row = Entry.objects.get(pk=mine.pk)
    assert (row.body, row.author_id, row.deleted_at is None) == ("", None, False)
    kept = Entry.objects.get(pk=notice.pk)
    assert (kept.body, kept.author_id) == ("明天停水", None)
    assert "王强" not in kept.card_zh_hans
    assert "已注销的邻居" in kept.card_zh_hans
    assert Entry.objects.get(pk=others.pk).author_id == cast.li_mei.pk
    assert facts("entries.EntryDeleted") == ["entries.EntryDeleted"]


def test_a_reaction_to_a_deletion_can_run_twice() -> None:
    cast = sunny()
    mine = picture(cast.li_mei)
    made = post(cast, pictures=[AttachedPicture(mine.pk)])
    actions.delete(by=cast.li_mei, entry=made, now=LATER)

    for _ in range(2):
        subscribers.discard_pictures(EntryDeleted(entry_id=made.pk, entry_kind="talk"))

    assert Picture.objects.count() == 0


def test_a_card_finished_while_others_are_rebuilt_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    made = entry(sunny().li_mei)
    render = cards.render_cards

    def slowly(rows: list[Entry]) -> None:
        render(rows)
        rows[0].card_en += "old"
        Entry.objects.filter(pk=made.pk).update(card_en="newer")

    monkeypatch.setattr(cards, "render_cards", slowly)
    cards.rebuild(Entry.objects.all())

    assert Entry.objects.get().card_en == "newer"
