import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.text import clean_line, clean_text, excerpt, row_id
from linli.kernel.unwanted import UNWANTED


@pytest.mark.parametrize(
    "typed, clean",
    [
        ("  二楼  漏水\r\n\r\n了 ", "二楼 漏水 了"),
        ("\u202eevil\u202c", "evil"),
        ("a\u200bb\u2060c\ufeffd", "abcd"),
        ("\ue000slot\ue001\uf8ff", "slot"),
        ("\U000f0000\U0010fffd", ""),
        ("\ud800half", "half"),
        ("nul\0", "nul"),
        ("e\u0301", "é"),
        ("Z" + "\u0335" * 30, "Z" + "\u0335" * 4),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 家", "\U0001f468\u200d\U0001f469\u200d\U0001f467 家"),
        ("\u200d\u200dhidden\u200c", "hidden"),
        ("a\u200d\u200d\u200db", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u3164\u2800\u115f", ""),
        ("\u2764\ufe0f", "\u2764\ufe0f"),
        ("全\u3000角", "全 角"),
    ],
)
def test_a_line_is_what_it_looks_like(typed, clean):
    assert clean_line(typed) == clean


def test_several_lines_keep_their_shape():
    assert clean_text(" a  \r\n\tb\r\n\r\n\r\n\r\n\r\nc\u2028d\n\n") == "a\n\tb\n\n\nc\nd"


@pytest.mark.parametrize(
    "typed, limit, clean",
    [
        ("一二三四", 3, "一二三"),
        ("ab cd", 3, "ab"),
        ("x\U0001f44d\U0001f3fd", 2, "x"),
        ("x\U0001f468\u200d\U0001f469", 3, "x"),
        ("xe\u0323\u0301", 2, "x"),
        ("\U0001f44d\U0001f3fd", 1, "\U0001f44d"),
        ("一二", 2, "一二"),
    ],
)
def test_a_long_text_is_cut_between_characters(typed, limit, clean):
    assert clean_line(typed, limit) == clean
    assert clean_text(typed, limit) == clean


@settings(deadline=None)  # the machine may be busy
@given(st.text(), st.integers(1, 40))
def test_cleaning_is_final_and_leaves_nothing_unwanted(typed, limit):
    for clean in (clean_line, clean_text):
        once = clean(typed)
        assert clean(once) == once
        assert not UNWANTED.search(once)
        assert len(clean(typed, limit)) <= limit
        once.encode()
    assert unicodedata.is_normalized("NFC", clean_line(typed))


@pytest.mark.parametrize(
    "source, limit, words",
    [
        ("短", 10, "短"),
        ("# 停水通知\n\n明天**上午**九点[停水](https://a.example)。", 50, "停水通知 明天上午九点停水。"),
        ("一二三四五六七八九十", 6, "一二三四五…"),
        ("明天九点停水,请大家提前储水。物业", 15, "明天九点停水,请大家提前储水…"),
        ("one two three four five", 16, "one two three…"),
    ],
)
def test_an_excerpt_is_plain_and_ends_well(source, limit, words):
    assert excerpt(source, limit) == words
    assert len(words) <= limit


@pytest.mark.parametrize(
    "text", [None, "", "-1", "+1", "1.0", "1_0", " 1", "²", "１２", "٣", "x", "9" * 19, "9" * 5000]
)
def test_what_names_no_row_is_none_and_never_an_error(text: str | None) -> None:
    assert row_id(text) is None


def test_a_row_is_named_by_its_number() -> None:
    assert row_id("42") == 42
    assert row_id("9" * 18) == int("9" * 18)
