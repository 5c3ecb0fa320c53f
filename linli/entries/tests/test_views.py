import io
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.entries import cards
from linli.entries.models import Entry, EntryPicture, EntryPlace, EntryVersion, Reach
from linli.homes.models import Building
from linli.media import actions as media
from linli.media.models import Picture
from linli.media.tests import pictures
from linli.people.models import Community, Member
from tests import factories
from tests.factories import NOW, Sunny, entry, homes, logged_in, sunny
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

POST = "/c/sunny/post/"


def upload(content: bytes | None = None, name: str = "灯.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else pictures.photograph(), "image/jpeg")


def written(**fields: object) -> dict[str, object]:
    return {"title": "灯", "body": "三号楼的灯", "audience": "community", "key": "k1"} | fields


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def inputs(html: str, name: str) -> list[str]:
    return re.findall(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', html)


def test_a_post_without_javascript_arrives_with_its_pictures() -> None:
    cast = sunny()
    client = logged_in(cast.li_mei)
    key = inputs(html_of(client, POST), "key")[0]

    answer = client.post(POST, written(key=key, pictures=[upload(), upload()], pictures_alt=["一盏灯", ""]))

    made = Entry.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/c/sunny/entries/{made.pk}/")
    assert (made.title, made.key, made.author_id) == ("灯", key, cast.li_mei.pk)
    assert list(EntryPicture.objects.values_list("alt", flat=True)) == ["一盏灯", ""]
    page = html_of(client, f"/c/sunny/entries/{made.pk}/")
    assert "已发布。" in page
    assert page.count(f"/c/sunny/entries/{made.pk}/") >= 2
    assert 'alt="一盏灯"' in page


def test_a_form_sent_twice_posts_once() -> None:
    client = logged_in(sunny().li_mei)

    first, second = client.post(POST, written()), client.post(POST, written(body="两次"))

    assert first["Location"] == second["Location"]
    assert Entry.objects.get().body == "三号楼的灯"


def test_a_refused_form_keeps_what_was_typed_and_the_pictures() -> None:
    cast = sunny()
    client = logged_in(cast.li_mei)

    answer = client.post(POST, written(body="很长" * 10_001, pictures=[upload()], pictures_alt=["灯"]))
    html = answer.content.decode()

    assert answer.status_code == 422
    assert Entry.objects.count() == 0
    staged = Picture.objects.get()
    assert inputs(html, "picture") == [str(staged.pk)]
    assert f'name="alt-{staged.pk}" value="灯"' in html
    assert f"/c/sunny/pictures/{staged.pk}-480.webp" in html
    assert 'value="灯"' in html
    assert "很长很长" in html

    client.post(POST, written(picture=[str(staged.pk)], **{f"alt-{staged.pk}": "灯"}))
    assert EntryPicture.objects.get().alt == "灯"


@pytest.mark.parametrize(
    "content,words",
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "不收这种文件"),
        (pictures.bomb(), "超过 5000 万像素"),
        (pictures.photograph(2000, 1500)[:9000], "已损坏或没有传完"),
        (pictures.encoded(kind="PNG") + b"<script>alert(1)</script>", "夹带了别的文件"),
    ],
    ids=["svg", "bomb", "half", "polyglot"],
)
def test_a_refused_picture_is_named_beside_the_field_and_the_good_one_is_kept(content: bytes, words: str) -> None:
    client = logged_in(sunny().li_mei)

    answer = client.post(POST, written(pictures=[upload(content), upload()]))
    html = answer.content.decode()

    assert answer.status_code == 422
    assert words in html
    assert 'id="id_pictures-error"' in html
    assert Entry.objects.count() == 0
    assert inputs(html, "picture") == [str(Picture.objects.get().pk)]
    assert len({path.stem.split("-")[0] for path in Path(settings.MEDIA_ROOT).rglob("*.webp")}) == 1


def test_pictures_can_be_sent_before_the_words_and_taken_back() -> None:
    client = logged_in(sunny().li_mei)

    sent = client.post(POST, written(body="", step="pictures", pictures=[upload(), upload()]))
    first, second = inputs(sent.content.decode(), "picture")
    taken_back = client.post(POST, written(body="草稿", picture=[first, second], remove=first))
    html = taken_back.content.decode()

    assert (sent.status_code, taken_back.status_code) == (200, 200)
    assert inputs(html, "picture") == [second]
    assert "草稿" in html
    assert inputs(html, "key") == ["k1"]
    assert 'class="summary"' not in html
    assert Entry.objects.count() == 0


def test_nobody_attaches_or_sees_the_staged_pictures_of_others() -> None:
    cast = sunny()
    theirs = media.take(file=io.BytesIO(pictures.photograph()), owner=cast.chen_jing, now=NOW)

    client = logged_in(cast.li_mei)
    client.post(POST, written(picture=[str(theirs.pk)]))

    assert (Entry.objects.count(), EntryPicture.objects.count()) == (1, 0)
    assert client.get(f"/c/sunny/pictures/{theirs.pk}-480.webp").status_code == 404
    assert logged_in(cast.chen_jing).get(f"/c/sunny/pictures/{theirs.pk}-480.webp").status_code == 200


def test_a_post_can_be_for_ones_own_building_and_no_other() -> None:
    cast = sunny(is_public=True)
    homes(cast)
    mine, other = Building.objects.order_by("name")
    client = logged_in(cast.li_mei)
    html = html_of(client, POST)

    assert f'value="building-{mine.pk}"' in html
    assert f'value="building-{other.pk}"' not in html
    assert client.post(POST, written(audience=f"building-{other.pk}")).status_code == 422
    assert client.post(POST, written(audience=f"building-{mine.pk}")).status_code == 302
    assert Entry.objects.get().reach == Reach.PLACES
    assert EntryPlace.objects.get().building_id == mine.pk


def test_only_a_public_community_has_posts_for_everybody() -> None:
    cast = sunny()
    client = logged_in(cast.li_mei)

    assert 'value="public"' not in html_of(client, POST)
    assert client.post(POST, written(audience="public")).status_code == 422
    Community.objects.update(is_public=True)
    assert client.post(POST, written(audience="public")).status_code == 302


def test_who_may_not_post_is_told_before_typing() -> None:
    cast = sunny()
    Community.objects.update(talk_roles=int(cast.steward.roles) & ~1)
    client = logged_in(cast.li_mei)

    html = html_of(client, POST)

    assert "您的身份不能这样做" in html
    assert "<textarea" not in html
    assert POST not in html_of(client, "/c/sunny/board/").split("<main")[1].split("</main")[0]


def test_too_many_posts_are_refused_in_words_and_kept() -> None:
    client = logged_in(sunny().li_mei)
    for number in range(20):
        assert client.post(POST, written(key=f"k{number}")).status_code == 302

    answer = client.post(POST, written(key="one more", body="还想说"))

    assert answer.status_code == 422
    assert "还想说" in answer.content.decode()
    assert Entry.objects.count() == 20


def test_an_edit_shows_its_history_with_what_changed() -> None:
    cast = sunny()
    client = logged_in(cast.li_mei)
    made = entry(cast.li_mei, "停水", body="明天停水")
    url = f"/c/sunny/entries/{made.pk}/"

    assert "明天停水" in html_of(client, f"{url}edit/")
    answer = client.post(f"{url}edit/", {"title": "停水", "body": "后天停水"})

    assert answer["Location"] == url
    assert EntryVersion.objects.get().body == "明天停水"
    assert f"{url}history/" in html_of(client, url)
    html = html_of(logged_in(cast.chen_jing), f"{url}history/")
    assert "<del>明</del><ins>后</ins>天停水" in html


def test_an_edit_keeps_adds_and_drops_pictures() -> None:
    cast = sunny()
    client = logged_in(cast.li_mei)
    client.post(POST, written(pictures=[upload(), upload()], pictures_alt=["一", "二"]))
    made = Entry.objects.get()
    first, second = EntryPicture.objects.values_list("picture_id", flat=True)
    url = f"/c/sunny/entries/{made.pk}/edit/"

    html = html_of(client, url)
    assert inputs(html, "picture") == [str(first), str(second)]
    client.post(url, {"body": "换图", "picture": [second], f"alt-{second}": "二改", "pictures": [upload()]})

    assert [row.alt for row in EntryPicture.objects.all()] == ["二改", ""]
    assert Picture.objects.get(pk=first).unused_since is not None


def test_deleting_asks_first() -> None:
    cast = sunny()
    made = entry(cast.li_mei)
    url = f"/c/sunny/entries/{made.pk}/deletion/"
    client = logged_in(cast.li_mei)

    assert "谁家的猫" in html_of(client, url)
    assert Entry.objects.present().count() == 1
    assert logged_in(cast.chen_jing).post(url).status_code == 404
    assert client.post(url)["Location"] == "/c/sunny/"
    assert Entry.objects.present().count() == 0


def test_the_feed_goes_on_from_a_row_with_and_without_javascript() -> None:
    cast = sunny()
    made = [entry(cast.li_mei, f"第{number}件事。") for number in range(45)]
    client = logged_in(cast.chen_jing)

    first = html_of(client, "/c/sunny/board/")
    url = re.search(r'href="([^"]*before=\d+)"', first)
    assert url
    second = html_of(client, url[1])
    part = client.get(url[1], headers={"HX-Request": "true"}).content.decode()

    assert [number for number in range(45) if f"第{number}件事。" in first] == list(range(25, 45))
    assert [number for number in range(45) if f"第{number}件事。" in second] == list(range(5, 25))
    assert "<html" not in part
    assert part.count("<article") == 20
    assert f"before={made[5].pk}" in part
    # Nothing is shown twice when somebody posts in between.
    entry(cast.li_mei, "刚刚")
    assert "刚刚" not in html_of(client, url[1])


@pytest.mark.parametrize("before", ["0", "-1", "abc", "9" * 40, "１２"])
def test_an_odd_row_to_go_on_from_does_no_harm(before: str) -> None:
    cast = sunny()
    entry(cast.li_mei)

    assert logged_in(cast.li_mei).get("/c/sunny/board/", {"before": before}).status_code == 200


def test_what_is_urgent_stands_on_top_once_until_it_expires() -> None:
    cast = sunny()
    # Kinds of other packages may be urgent too; the board's own kind serves here.
    entry(cast.steward, "停电", pinned_until=timezone.now() + timedelta(hours=1))
    entry(cast.li_mei, "闲话")
    client = logged_in(cast.li_mei)

    html = html_of(client, "/c/sunny/board/")
    assert html.index("停电") < html.index("闲话")
    assert html.count('id="entry-') == 2

    Entry.objects.update(pinned_until=timezone.now() - timedelta(hours=1))
    html = html_of(client, "/c/sunny/board/")
    assert html.index("闲话") < html.index("停电")


def test_the_building_has_its_own_tab() -> None:
    cast = sunny()
    homes(cast)
    client = logged_in(cast.li_mei)
    assert "本楼还没有内容" in html_of(client, "/c/sunny/board/?show=home")
    client.post(POST, written(audience=f"building-{Building.objects.get(name='1号楼').pk}"))
    entry(cast.chen_jing, "给大家的")

    html = html_of(client, "/c/sunny/board/?show=home")

    assert "三号楼的灯" in html
    assert "给大家的" not in html


def test_strangers_share_one_page_and_get_no_cookie() -> None:
    cast = sunny(is_public=True)
    entry(cast.li_mei, "公开", reach=Reach.PUBLIC)

    answer = logged_in(None).get("/c/sunny/")

    assert "s-maxage" in answer["Cache-Control"]
    assert not answer.cookies
    assert "csrf" not in answer.content.decode()
    assert "/c/sunny/join/" in answer.content.decode()
    assert logged_in(cast.li_mei).get("/c/sunny/")["Cache-Control"] == "private, no-cache"


def test_an_empty_board_says_what_it_is_for() -> None:
    cast = sunny(is_public=True)

    assert "这里还没有人发言" in html_of(logged_in(cast.li_mei), "/c/sunny/board/")
    assert "还没有公开的内容" in html_of(logged_in(None), "/c/sunny/")


def test_a_picture_is_sent_so_that_nothing_in_it_can_run() -> None:
    cast = sunny(is_public=True)
    client = logged_in(cast.li_mei)
    client.post(POST, written(audience="public", pictures=[upload()]))
    row = EntryPicture.objects.get()
    url = f"/c/sunny/entries/{row.entry_id}/{row.picture_id}-480.webp"

    answer = logged_in(None).get(url)

    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline; filename=")
    assert answer["Cache-Control"].startswith("public, max-age=31536000")
    assert answer.content[:4] == b"RIFF"
    again = logged_in(None).get(url, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Entry.objects.update(reach=Reach.COMMUNITY)
    assert client.get(url)["Cache-Control"].startswith("private")
    assert logged_in(None).get(url).status_code == 404


def test_a_larger_size_than_there_is_gives_the_largest() -> None:
    cast = sunny()
    client = logged_in(cast.li_mei)
    client.post(POST, written(pictures=[upload(pictures.photograph(300, 200))]))
    row = EntryPicture.objects.get()

    answer = client.get(f"/c/sunny/entries/{row.entry_id}/{row.picture_id}-2048.webp")

    assert (answer.status_code, answer.content[:4]) == (200, b"RIFF")
    assert client.get(f"/c/sunny/entries/{row.entry_id}/{row.picture_id}-1.webp").status_code == 404


NASTY = "</p><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}\ue000\ue010 [x](javascript:alert(3)) ![y](//z)"


class Active(HTMLParser):
    """What a browser would run or fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "style", "base"}:
            self.found.append(tag)
        for name, value in attrs:
            is_way_out = name in {"href", "src", "action", "formaction", "hx-get", "hx-post"}
            if name.startswith("on") or (is_way_out and not re.match(r"[/#?]|https?:", value or "/")):
                self.found.append(f"{tag} {name}={value}")
            if tag == "img" and name == "src" and not (value or "").startswith("/c/sunny/"):
                self.found.append(f"img {value}")


def test_nothing_that_is_typed_becomes_active(client: Client) -> None:
    cast = sunny(is_public=True)
    Member.objects.filter(pk=cast.li_mei.pk).update(name=NASTY[:32])
    Community.objects.update(about=NASTY, welcome=NASTY)
    shelf = cast.community.sections.first()
    assert shelf
    shelf.name = NASTY[:32]
    shelf.save()
    writer = logged_in(cast.li_mei)
    words = written(title=NASTY[:120], body=NASTY, section=shelf.pk, audience="public", pictures_alt=[NASTY[:200]])
    writer.post(POST, words | {"pictures": [upload()]})
    made = Entry.objects.get()
    url = f"/c/sunny/entries/{made.pk}/"
    writer.post(f"{url}comments/", {"body": NASTY, "key": "k"})
    writer.post(f"{url}edit/", {"title": NASTY[:110], "body": f"{NASTY}2"})

    refused = writer.post(POST, written(title=NASTY[:120], body=NASTY, audience=NASTY)).content.decode()
    pages = [refused] + [
        html_of(who, page) for who in (writer, client) for page in ("/c/sunny/board/", url, f"{url}history/")
    ]
    pages += [html_of(writer, f"{url}edit/"), html_of(writer, f"{url}deletion/")]

    for html in pages:
        body = html.split("<main", 1)[1].split("</main", 1)[0]
        assert Active(body).found == []
        assert "alert(1)" in body
        assert "{{7*7}}" in body


@pytest.mark.parametrize("who", ["li_mei", None])
@pytest.mark.parametrize("url", ["/c/sunny/board/", "/c/sunny/board/?show=home"])
def test_the_feed_costs_the_same_for_one_entry_as_for_two_hundred(who: str | None, url: str) -> None:
    cast = sunny(is_public=True)
    homes(cast)
    one = entry(cast.li_mei, reach=Reach.PUBLIC)

    def grow() -> None:
        fields = {name: getattr(one, name) for name in ("community", "kind", "author", "reach", "at", "card_zh_hans")}
        Entry.objects.bulk_create(Entry(key=f"g{number}", **fields) for number in range(200))

    visitor = getattr(cast, who) if who else None
    assert_same_queries(logged_in(visitor), url, grow, most=3)


def test_history_costs_the_same_for_one_version_as_for_many() -> None:
    cast = sunny()
    made = entry(cast.li_mei)
    EntryVersion.objects.create(entry=made, body="一", written_at=NOW, replaced_at=NOW, replaced_by=cast.li_mei)

    def grow() -> None:
        EntryVersion.objects.bulk_create(
            EntryVersion(entry=made, body=f"{n}", written_at=NOW, replaced_at=NOW, replaced_by=cast.li_mei)
            for n in range(200)
        )

    assert_same_queries(logged_in(cast.li_mei), f"/c/sunny/entries/{made.pk}/history/", grow)


def test_cards_are_finished_in_a_fixed_number_of_queries() -> None:
    cast: Sunny = sunny()
    homes(cast)
    for number in range(12):
        entry(factories.member(cast.community, f"邻居{number}"))
    rows = list(Entry.objects.select_related("author", "helper", "section", "community"))

    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as captured:
            cards.render_cards(some)
        counts.append(len(captured))

    assert counts[0] == counts[1] == 3


def test_too_many_pictures_are_refused_before_they_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.entries.attaching.PICTURES_MOST", 2)
    client = logged_in(sunny().li_mei)

    answer = client.post(POST, written(pictures=[upload(), upload(), upload()]))

    assert answer.status_code == 422
    assert 'id="id_pictures-error"' in answer.content.decode()
    assert (Entry.objects.count(), Picture.objects.count()) == (0, 2)
