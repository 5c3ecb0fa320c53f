"""The `linli` command as an operator meets it: plain words, right exit codes, nothing half done."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.site.tests.sites import ROOT, Place, a_database
from linli.site.tests.test_server_processes import children_of, free_port, get, is_gone, wait_for

pytestmark = pytest.mark.slow
SERVER = os.environ.get("LINLI_TEST_DATABASE")
INIT = ("init", "--name", "阳光花园", "--slug", "sunny", "--admin-name", "赵敏")
PEOPLE = "from linli.people.models import Community as C, Person as P; print(C.objects.count(), P.objects.count())"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with a_database(SERVER) as database:
        place = Place(tmp_path_factory.mktemp("migrated") / "data", database)
        place.does("migrate")
        yield place


@pytest.fixture
def empty(tmp_path: Path) -> Place:
    return Place(tmp_path / "data")


def test_help_names_every_command_and_needs_no_django() -> None:
    program = (
        "import sys\nfrom linli.site.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'granian', 'PIL')])"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    for command in "serve init check backup restore jobs migrate collect rebuild-cards demo settings".split():
        assert f"\n    {command}" in done.stdout
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    "more,arguments,sentence",
    [
        ({"LINLI_PORT": "abc"}, ["serve"], 'LINLI_PORT is "abc": give a whole number from 1 to 65535.'),
        ({"LINLI_PROT": "1"}, ["check"], "LINLI_PROT is no setting of Linli; did you mean LINLI_PORT?"),
        ({"LINLI_DATABASE": "postgres://nobody@127.0.0.1:1/none"}, ["migrate"], "The database refused: "),
        ({}, ["restore", "/nowhere/b"], "/nowhere/b cannot be read: No such file or directory."),
        ({}, ["serve", "--host", "203.0.113.1"], "cannot listen on 203.0.113.1"),
        ({}, ["serve", "--host", "0.0.0.0"], "set LINLI_ADDRESS to what they will type"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    empty: Place, more: dict[str, str], arguments: list[str], sentence: str
) -> None:
    empty.more = more

    done = empty.linli(*arguments)

    assert done.returncode in (1, 2)
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_settings_are_shown_without_their_secrets(empty: Place) -> None:
    empty.more = {"LINLI_SMS_TOKEN": "geheim", "LINLI_MAIL": "smtps://u:geheim@mail.example.org"}

    told = empty.does("settings")

    assert "geheim" not in told
    assert (empty.data / "secret_key").read_text() not in told
    assert "LINLI_WORKERS            2\n" in told


def test_init_founds_once_and_names_the_way_in(tmp_path: Path) -> None:
    with a_database(SERVER) as database:
        place = Place(tmp_path / "data", database)
        told = place.does(*INIT, "--email", "zhao@sunny.example")

        assert "/c/sunny/" in told
        assert "You log in with your Linli number: " in told
        assert "this password, shown only now: " in told
        assert place.runs(PEOPLE) == "1 1"
        operator = (
            "from linli.people.models import Person as P; p = P.objects.get(); print(p.is_operator, p.email, p.name)"
        )
        assert place.runs(operator) == "True zhao@sunny.example 赵敏"
        assert "set up already" in place.refuses(*INIT)
        assert place.runs(PEOPLE) == "1 1"


@pytest.mark.parametrize(
    "flags,sentence",
    [
        (("--slug", "阳光"), "“阳光” will not do"),
        (("--kind", "castle"), "“castle” will not do"),
        (("--language", "fr"), "“fr” will not do"),
        (("--email", "nobody"), "“nobody” will not do"),
        (("--name", " "), "“ ” will not do"),
        (("--password-file", "-"), "password"),
    ],
)
def test_init_refuses_what_will_not_do(migrated: Place, flags: tuple[str, ...], sentence: str) -> None:
    done = migrated.linli(*INIT, *flags, given="12345\n")

    assert done.returncode == 1
    assert sentence in done.stderr
    assert migrated.runs(PEOPLE) == "0 0"


def test_init_without_questions_needs_a_name(migrated: Place) -> None:
    refused = migrated.refuses("init")

    assert "Missing: Name of the community" in refused
    assert migrated.runs(PEOPLE) == "0 0"


def test_check_says_of_an_empty_place_what_to_do(empty: Place) -> None:
    done = empty.linli("check", "--json")

    found = json.loads(done.stdout)
    tables = next(finding for finding in found["findings"] if finding["subject"] == "tables")
    assert done.returncode == 1
    assert not found["healthy"]
    assert (tables["level"], tables["advice"]) == ("fail", "Run: linli migrate")


def test_check_shows_jobs_that_were_given_up_until_they_are_run_again(migrated: Place) -> None:
    migrated.runs(
        "from django.utils import timezone as t; from linli.kernel.models import Job\n"
        "Job.objects.create(task='linli.talk.tasks.lost', run_at=t.now(), created_at=t.now(), dead_at=t.now(),\n"
        "                   attempts=12, error='Traceback\\nOSError: no route')"
    )

    failing = migrated.linli("check")
    listed = migrated.does("jobs")
    again = migrated.does("jobs", "retry")
    after = migrated.linli("check", "--json")

    assert failing.returncode == 1
    assert "linli.talk.tasks.lost: 1 failing after 12 attempts, 1 given up: OSError: no route" in failing.stdout
    assert "→ When the cause is gone: linli jobs retry" in failing.stdout
    assert "linli.talk.tasks.lost  1 failing, 1 given up: OSError: no route" in listed
    assert again == "1 jobs are run again.\n"
    assert json.loads(after.stdout)["healthy"]
    migrated.runs("from linli.kernel.models import Job; Job.objects.all().delete()")


def test_check_fails_where_others_can_read_the_key(migrated: Place) -> None:
    key = migrated.data / "secret_key"
    key.chmod(0o644)

    done = migrated.linli("check")
    key.chmod(0o600)

    assert done.returncode == 1
    assert f"→ Run: chmod 600 {key}" in done.stdout


def test_a_database_of_a_newer_linli_is_left_alone(tmp_path: Path) -> None:
    with a_database(SERVER) as database:
        place = Place(tmp_path / "data", database)
        place.does("migrate")
        place.runs(
            "from django.db import connection as c; from django.db.migrations.recorder import MigrationRecorder as R\n"
            "R(c).record_applied('people', '9999_future')"
        )

        refused = place.refuses("serve", "--port", str(free_port()))

        assert "A newer Linli has used this database (people.9999_future)" in refused


def test_serve_starts_serves_refuses_a_second_and_ends_as_a_whole(tmp_path: Path) -> None:
    with a_database(SERVER) as database:
        place, port = Place(tmp_path / "data", database), free_port()
        command = [sys.executable, "-m", "linli", "serve", "--port", str(port)]
        with (tmp_path / "log").open("w") as log:
            server = subprocess.Popen(command, cwd=ROOT, env=place.environment, stdout=log, stderr=log)
        try:
            wait_for(port)
            children = children_of(server.pid)
            until = time.monotonic() + 20
            while "Ctrl-C ends it" not in (tmp_path / "log").read_text() and time.monotonic() < until:
                time.sleep(0.1)

            page = get(port)
            second = place.refuses("serve", "--port", str(free_port()))
            place.does("backup", str(tmp_path / "b"))

            assert b"<html" in page
            assert "Linli is already running on the data folder" in second
            assert f"process {server.pid}, http://127.0.0.1:{port}" in second
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(15) == 0
        assert len(children) == 3
        assert all(is_gone(child) for child in children)
        assert f"邻里 Linli: http://127.0.0.1:{port}" in (tmp_path / "log").read_text()
