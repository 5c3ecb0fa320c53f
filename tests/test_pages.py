"""Every page that the door table names, read as HTML, in both languages and in the elder view."""

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.db import transaction

from linli.people.models import Language, Person, Size
from linli.people.visits import LANGUAGE_COOKIE, SIZE_COOKIE
from tests.house import VISITORS, House
from tests.test_doors import Row, rows

LINLI = Path(__file__).resolve().parent.parent / "linli"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HAN = re.compile(r"[\u4e00-\u9fff]")


class Reading(HTMLParser):
    """What a browser would find on a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointed_at: set[str] = set()
        self.headings: list[int] = []
        self.texts: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.lang = self.title = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append((tag, held.get("lang", "")))
        if tag == "html":
            self.lang = held.get("lang", "")
        if "id" in held:
            self.ids.append(held["id"])
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form"):
            self.pointed_at.update(held.get(name, "").split())
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "style" in held or any(re.match("on[a-z]", name) for name in held):
            self.faults.append(f"<{tag}> with inline style or script")
        if tag == "form" and "action" not in held and held.get("id") != "acts":
            self.faults.append("<form> without action")
        if tag in {"script", "link", "img", "form"}:
            address = held.get("src") or held.get("href") or held.get("action") or ""
            if re.match(r"(https?:)?//", address):
                self.faults.append(f"<{tag}> asks another host: {address}")
        # What residents wrote carries its own language.
        for name in ("aria-label", "title", "placeholder", "alt"):
            if held.get(name):
                self._text(held[name])

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        if text.strip() and not {"script", "style"} & {tag for tag, _ in self.open}:
            if self.open and self.open[-1][0] == "title" and not self.title:
                self.title = text.strip()
            self._text(text)

    def _text(self, text: str) -> None:
        if not any(lang for _, lang in self.open[1:]):
            self.texts.append(" ".join(text.split()))


@cache
def words() -> dict[str, str]:
    """English sentence → Chinese sentence, of all strings without places that differ."""
    found: dict[str, str] = {}
    for path in LINLI.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                if isinstance(message.id, str) and isinstance(message.string, str) and "%(" not in message.id:
                    found[message.id] = message.string
    return {english: chinese for english, chinese in found.items() if english and HAN.search(chinese)}


def pages() -> list[tuple[Row, str]]:
    """GET rows that answer 200, each with the visitor who sees most of it."""
    found = []
    for row in rows():
        who = [name for name, cell in zip(VISITORS, row.cells, strict=True) if cell == "200"]
        if row.method == "GET" and who:
            found.append((row, "steward" if "steward" in who else who[-1]))
    return found


def html_of(house: House, row: Row, who: str, *, language: str, size: str = Size.STANDARD) -> str | None:
    """The page as this visitor likes it; None for what is no page, such as a picture or a table."""
    with transaction.atomic():
        Person.objects.update(language=language, size=size)
        client = house.clients[who]
        client.cookies[LANGUAGE_COOKIE], client.cookies[SIZE_COOKIE] = language, size
        response = client.get(house.address(row.address))
        transaction.set_rollback(True)
    assert response.status_code == 200
    is_page = response["Content-Type"].startswith("text/html")
    html = response.content.decode() if is_page else ""
    return html if "<html" in html else None


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("row,who", pages(), ids=lambda value: getattr(value, "address", value))
def test_a_page_is_whole_and_in_one_language(house: House, row: Row, who: str, language: str) -> None:
    html = html_of(house, row, who, language=language)
    if html is None:
        return

    page = Reading(html)

    assert page.faults == []
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    assert page.pointed_at - set(page.ids) == set()
    assert page.headings.count(1) >= 1  # a run of printed sheets has one on each
    assert page.title
    assert page.lang == {"zh-hans": "zh-Hans", "en": "en"}[language]
    foreign = set(words()) if language == Language.CHINESE else set(words().values())
    assert sorted(set(page.texts) & foreign) == []


@pytest.mark.parametrize("row,who", pages(), ids=lambda value: getattr(value, "address", value))
def test_a_page_has_its_elder_view(house: House, row: Row, who: str) -> None:
    html = html_of(house, row, who, language=Language.CHINESE, size=Size.ELDER)
    if html is None:
        return

    assert 'data-size="elder"' in html
