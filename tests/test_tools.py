"""The gates themselves: each says what is wrong, and nothing where nothing is."""

import pytest
from babel.messages.catalog import Message

from tools.messages import complaints_of_message
from tools.templates import Page


def said_of(english: str | tuple[str, str], chinese: str, **fields: object) -> list[str]:
    string: object = (chinese,) if isinstance(english, tuple) else chinese
    return list(complaints_of_message(Message(english, string, **fields)))


def test_a_good_translation_passes() -> None:
    assert said_of("%(name)s has joined.", "%(name)s 加入了。") == []
    assert said_of(("%(num)s home", "%(num)s homes"), "%(num)s 户") == []
    assert said_of("Print A4 letters with a QR code", "打印带 QR 码的 A4 入户信") == []


@pytest.mark.parametrize(
    "english,chinese,word",
    [
        ("Save", "", "not translated"),
        ("%(name)s has joined.", "%(nam)s 加入了。", "other places"),
        (("%(num)s home", "%(num)s homes"), "一户", "other places"),
        ("Read the notice", "阅读 notice", "English word 'notice'"),
        ("Saved. Thank you.", "已保存,谢谢。", "half-width"),
    ],
)
def test_a_bad_translation_is_named(english: str | tuple[str, str], chinese: str, word: str) -> None:
    assert word in said_of(english, chinese)[0]


def test_a_fuzzy_translation_is_named() -> None:
    assert said_of("Save", "保存", flags=["fuzzy"]) == ["is marked fuzzy"]


def test_a_good_template_passes() -> None:
    source = """<form method="post" action="{{ url("x") }}">{{ csrf_input }}
      <img src="{{ picture.src }}" alt="{{ picture.alt }}" width="{{ picture.width }}" {% if a %}height="2"{% endif %}>
    </form>"""

    assert Page(source).found == []


@pytest.mark.parametrize(
    "source,word",
    [
        ('<p style="color: red">', "style="),
        ('<button onclick="go()">', "onclick="),
        ("<script>go()</script>", "inline"),
        ("<style>p {}</style>", "inline"),
        ('<img src="x" width="1" height="1">', "without alt"),
        ('<form method="get">', "without action"),
        ('<form action="/x/" method="post"><input name="a"></form>', "csrf"),
        ('<script src="https://elsewhere.example/x.js"></script>', "another host"),
        ('<a href="https://elsewhere.example" target="_blank">', "noopener"),
        ('<div hx-on:click="go()">', "eval"),
    ],
)
def test_a_bad_template_is_named(source: str, word: str) -> None:
    assert word in Page(source).found[0][1]
