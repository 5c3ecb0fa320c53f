"""Tokens, languages, storage, refusals."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from linli.kernel import storage
from linli.kernel.languages import LANGUAGES, SUFFIXES, column_suffix, in_each_language
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.tokens import SPEAKABLE, digest, new_code, new_token, typed_code


def test_codes_can_be_read_aloud():
    code = new_code(2000)

    assert len(code) == 2000
    assert set(code) == set(SPEAKABLE)
    assert not set("0O1IL") & set(SPEAKABLE)
    assert set(new_code(100, "ab")) == {"a", "b"}


def test_a_typed_code_is_recognised():
    assert typed_code(" ａｂ3-4 c\u3000") == "AB34C"


def test_tokens_are_long_and_different():
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(re.fullmatch(r"[\w-]{22}", token) for token in tokens)


def test_a_digest_depends_on_the_servers_key(settings):
    before = digest("ABC")

    assert before == digest("ABC") != digest("ABD")
    assert re.fullmatch(r"[0-9a-f]{64}", before)
    settings.SECRET_KEY = "another"
    assert digest("ABC") != before


def test_each_language_is_active_in_its_turn():
    before = translation.get_language()

    assert [(language, translation.get_language()) for language in in_each_language()] == [
        (language, language) for language in LANGUAGES
    ]
    assert translation.get_language() == before
    assert tuple(map(column_suffix, LANGUAGES)) == SUFFIXES


def test_a_refusal_is_raised_with_its_code():
    refusal = Refusal("full", "No seat is left.")

    with pytest.raises(Refused, match="full") as caught:
        raise Refused(refusal)
    assert caught.value.refusal == refusal


@pytest.fixture
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.mark.usefixtures("_media")
def test_a_file_is_kept_read_and_deleted():
    name = storage.save(b"picture", folder="pictures", suffix=".webp")

    assert re.fullmatch(r"pictures/(..)/(..)/\1\2[0-9a-f]{36}\.webp", name)
    assert storage.read(name) == b"picture"
    assert storage.size_of(name) == 7
    assert storage.save(b"picture", folder="pictures", suffix=".webp") == name
    assert storage.delete(name)
    assert not storage.exists(name)
    assert not storage.delete(name)


@pytest.mark.usefixtures("_media")
def test_a_file_that_could_not_be_written_leaves_nothing(monkeypatch, settings):
    def fail(_handle):
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", fail)

    with pytest.raises(OSError, match="no space"):
        storage.save(b"picture", folder="pictures")
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "name",
    ["../secret_key", "/etc/passwd", "pictures/../../x", "pictures/aa/bb/..", "",
     "pictures/aa/bb/" + "a" * 40 + "/../x", "pictures/aa/bb/" + "a" * 40 + "\n", "Pictures/aa/bb/" + "a" * 40],
)  # fmt: skip
@pytest.mark.usefixtures("_media")
def test_a_name_that_was_never_given_is_refused(name):
    for use in (storage.read, storage.delete, storage.exists, storage.path_of):
        with pytest.raises(storage.WrongName):
            use(name)


@pytest.mark.parametrize("folder, suffix", [("..", ""), ("a/b", ""), ("", ""), ("a", "/x"), ("a", "webp"), ("a", ".W")])
@pytest.mark.usefixtures("_media")
def test_a_folder_or_suffix_with_a_path_in_it_is_refused(folder, suffix):
    with pytest.raises(storage.WrongName):
        storage.save(b"x", folder=folder, suffix=suffix)
