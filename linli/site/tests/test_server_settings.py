from pathlib import Path

import pytest

from linli.settings import options as module
from linli.settings.options import SETTINGS, SettingError, as_markdown, load

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "settings.md"


def test_every_setting_stands_in_the_document_as_the_table_has_it() -> None:
    assert as_markdown() in DOCUMENT.read_text(encoding="utf-8")


def test_without_any_setting_linli_runs_on_this_machine_alone(tmp_path: Path) -> None:
    options = load({}, tmp_path)

    assert options.data == tmp_path / "var"
    assert options.address == "http://127.0.0.1:8000"
    assert options.allowed_hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert options.database_path == tmp_path / "var" / "linli.sqlite3"
    assert options.mail_from == "linli@127.0.0.1"


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first, second = load({}, tmp_path), load({}, tmp_path)

    kept = tmp_path / "var" / "secret_key"
    assert first.secret_key == second.secret_key == kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_no_secret_is_shown_where_the_options_are_printed(tmp_path: Path) -> None:
    options = load(
        {
            "LINLI_SECRET_KEY": "s" * 40,
            "LINLI_DATABASE": "postgres://linli:geheim@db/linli",
            "LINLI_MAIL": "smtps://linli:geheim@mail.example.org",
            "LINLI_SMS_TOKEN": "geheim",
        },
        tmp_path,
    )

    assert "geheim" not in repr(options)
    assert "ssss" not in repr(options)


@pytest.mark.parametrize(
    "variable,value,sentence",
    [
        ("LINLI_PORT", "abc", 'LINLI_PORT is "abc": give a whole number from 1 to 65535.'),
        ("LINLI_PORT", "0", 'LINLI_PORT is "0": give a whole number from 1 to 65535.'),
        ("LINLI_PORT", "８０００", 'LINLI_PORT is "８０００": give a whole number from 1 to 65535.'),
        ("LINLI_LANGUAGE", "fr", 'LINLI_LANGUAGE is "fr": give one of zh-hans, en.'),
        ("LINLI_DEBUG", "maybe", 'LINLI_DEBUG is "maybe": give yes or no.'),
        ("LINLI_TIME_ZONE", "Asia/Peking", "the name of a time zone"),
        ("LINLI_TIME_ZONE", "../../etc/passwd", "the name of a time zone"),
        ("LINLI_ADDRESS", "linli.example.org", "a web address without a path"),
        ("LINLI_ADDRESS", "https://a.example/path", "a web address without a path"),
        ("LINLI_ADDRESS", "http://a:b", "a web address without a path"),
        ("LINLI_DATABASE", "mysql://x/y", "LINLI_DATABASE is given: give sqlite, "),
        ("LINLI_DATABASE", "postgres://host/", "LINLI_DATABASE is given: give sqlite, "),
        ("LINLI_MAIL", "smtp://u:p@mail.example.org", "it would send the password unprotected"),
        ("LINLI_SMS", "http://gateway.example", "the https:// address"),
        ("LINLI_TRUSTED_PROXIES", "proxy.local", "the number of proxies in front"),
        ("LINLI_SECRET_KEY", "short", "LINLI_SECRET_KEY is given: give at least 32 characters"),
        ("LINLI_HOST", "0.0.0.0", "set LINLI_ADDRESS to what they will type"),
        ("LINLI_WORKRS", "2", "LINLI_WORKRS is no setting of Linli; did you mean LINLI_WORKERS?"),
        ("LINLI_CONFIG", "nowhere.toml", 'LINLI_CONFIG is "nowhere.toml": there is no such file.'),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_right(tmp_path: Path, variable: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingError) as refused:
        load({variable: value}, tmp_path)

    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "linli.toml").write_text(
        'port = 9000\nworkers = 3\ndata = "here"\ndebug = true\nhosts = ["a.lan", "b.lan"]\n'
    )

    options = load({"LINLI_PORT": "9001"}, tmp_path)

    assert (options.port, options.workers, options.data) == (9001, 3, tmp_path / "here")
    assert options.debug
    assert options.hosts == ("a.lan", "b.lan")


def test_the_file_may_lie_in_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "linli.toml").write_text("port = 9000\n")

    assert load({"LINLI_DATA": "there"}, tmp_path).port == 9000


@pytest.mark.parametrize(
    "text,sentence",
    [
        ("prot = 1\n", 'has "prot", which is no setting; did you mean port?'),
        ("port = 99999\n", "give a whole number from 1 to 65535"),
        ("port = 1.5\n", "must be a text, a number, true or false"),
        ("port = \n", "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "linli.toml").write_text(text)

    with pytest.raises(SettingError) as refused:
        load({}, tmp_path)

    assert sentence in str(refused.value)


def test_https_means_one_host_name_and_no_local_ones(tmp_path: Path) -> None:
    options = load({"LINLI_ADDRESS": "https://Linli.example.org"}, tmp_path)

    assert options.is_https
    assert options.allowed_hosts == ["linli.example.org"]
    assert options.mail_from == "linli@linli.example.org"


def test_variables_of_the_tools_are_left_alone(tmp_path: Path) -> None:
    load({"LINLI_TEST_DATABASE": "postgres://x/y", "LINLI_BROWSER_REQUIRED": "1"}, tmp_path)


def test_every_setting_says_what_it_is_in_both_languages() -> None:
    for row in SETTINGS:
        assert row.help.endswith(".")
        assert row.chinese.endswith("。")
        assert row.variable == f"LINLI_{row.key.upper()}"
    assert module.nearest("LINLI_PROT", [row.variable for row in SETTINGS]) == "; did you mean LINLI_PORT?"
