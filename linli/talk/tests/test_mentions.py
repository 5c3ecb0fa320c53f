"""`@name` in posts and comments: a link where the name is clear, and a place where one finds it."""

import pytest

from linli.entries import mentions
from linli.entries.actions.posting import Places
from linli.entries.models import Entry, Mention, Reach
from linli.homes.models import Building
from linli.kernel.markdown import render
from linli.kernel.models import RecordedFact
from linli.people.actions import block
from linli.people.models import Member
from linli.talk import actions, reads
from linli.talk.models import Comment
from linli.talk.rebuilding import rebuild_comments
from linli.talk.topics import topic_of
from tests import factories
from tests.factories import LATER, NOW, Sunny, elsewhere, entry, logged_in, sunny

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Sunny:
    return sunny()


def say(by: Member, on: Entry, body: str) -> Comment:
    return actions.comment(by=by, on=topic_of(on, by), body=body, key=f"c{Comment.objects.count()}", now=NOW)


def page_of(who: Member) -> str:
    return logged_in(who).get("/c/sunny/kept/?show=mentioned").content.decode()


def test_a_name_in_a_post_is_a_link_and_found_by_its_bearer(cast: Sunny) -> None:
    made = entry(cast.li_mei, "修灯", "请@王强 看看三号楼的灯，@陈静也知道。")

    html = Entry.objects.get(pk=made.pk).body_html
    assert f'<a href="/c/sunny/people/{cast.wang_qiang.pk}/"' in html
    assert ">@王强</a>" in html
    assert ">@陈静</a>也知道" in html
    assert "修灯" in page_of(cast.wang_qiang)
    assert "修灯" not in page_of(cast.grandpa_sun)
    assert RecordedFact.objects.filter(kind="entries.Mentioned").count() == 2


def test_a_name_in_a_comment_leads_to_the_comment(cast: Sunny) -> None:
    made = entry(cast.li_mei)
    said = say(cast.chen_jing, made, "@李梅 是你家的猫吗？ mail@李梅 不算")

    page = logged_in(cast.grandpa_sun).get(f"/c/sunny/entries/{made.pk}/").content.decode()
    assert f'<a href="/c/sunny/people/{cast.li_mei.pk}/">@李梅</a> 是你家的猫吗' in page
    assert "mail@李梅 不算" in page
    assert f"#comment-{said.pk}" in page_of(cast.li_mei)
    rebuild_comments(Comment.objects.all())
    assert "@李梅</a>" in Comment.objects.get().card_zh_hans


def test_a_name_that_two_bear_is_a_link_to_nobody(cast: Sunny) -> None:
    factories.member(cast.community, "王强")

    made = entry(cast.li_mei, "修灯", "请@王强 看看。")

    assert "<a" not in Entry.objects.get(pk=made.pk).body_html
    assert not Mention.objects.exists()


def test_people_of_other_communities_are_not_spoken_to(cast: Sunny) -> None:
    other = elsewhere()

    made = entry(cast.li_mei, "修灯", f"@{other.name} 在吗")

    assert "<a" not in Entry.objects.get(pk=made.pk).body_html


def test_who_blocks_somebody_is_not_spoken_to_by_them(cast: Sunny) -> None:
    block(by=cast.grandpa_sun, member=cast.li_mei, now=NOW)

    entry(cast.li_mei, "修钟", "@孙爷爷 在家吗")

    assert not Mention.objects.exists()


def test_who_may_not_see_it_is_not_told(cast: Sunny) -> None:
    factories.homes(cast)
    first = Building.objects.get(name="1号楼")
    entry(cast.li_mei, "楼里的事", "@孙爷爷 @王强", reach=Reach.PLACES, places=Places(buildings=[first.pk]))

    assert list(Mention.objects.values_list("member__name", flat=True)) == ["孙爷爷"]


def test_edited_twice_somebody_is_told_once(cast: Sunny) -> None:
    made = entry(cast.li_mei)
    said = say(cast.chen_jing, made, "@李梅 在吗")

    actions.edit(by=cast.chen_jing, comment=said, body="@李梅 在不在", now=LATER)

    assert Mention.objects.count() == 1
    assert "@李梅</a> 在不在" in Comment.objects.get().card_zh_hans


def test_markup_in_names_and_links_stays_words(cast: Sunny) -> None:
    html = render("[@王强](https://a.example) `@王强` @王强<b>", {"王强": "/c/sunny/people/1/"})

    assert html.count('href="/c/sunny/people/1/"') == 1
    assert "<code>@王强</code>" in html
    assert "<b>" not in html


def test_no_at_no_query(cast: Sunny, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert mentions.people_in(cast.li_mei, "没有提到谁") == {}


def test_only_so_many_at_once(cast: Sunny) -> None:
    for neighbour in factories.members(cast.community, 30):
        assert neighbour.name

    entry(cast.li_mei, "大家", " ".join(f"@邻居{n}" for n in range(1, 31)))

    assert Mention.objects.count() <= mentions.NAMES_MOST
    assert reads.marked_page(cast.li_mei, "mentioned", before=None).rows == ()
