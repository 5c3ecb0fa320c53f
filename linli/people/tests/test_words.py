"""The words a community uses for its things."""

from django.utils import translation

from linli.people.kinds import template_for
from linli.people.models import Community, Kind


def compound(**words: str) -> Community:
    return Community(kind=Kind.RESIDENTIAL, language="zh-hans", words=words)


def test_a_word_of_the_template_is_said_in_the_readers_language() -> None:
    community = compound(**template_for("residential", "zh-hans").words)

    with translation.override("en"):
        assert community.word("members", "Members") == "Neighbours"
    with translation.override("zh-hans"):
        assert community.word("members", "Members") == "邻居"


def test_a_word_of_its_own_stands_in_both_languages() -> None:
    with translation.override("en"):
        assert compound(members="街坊").word("members", "Members") == "街坊"


def test_without_a_word_the_ordinary_one_stands() -> None:
    with translation.override("en"):
        assert compound().word("members", "Members") == "Members"
