"""A real worker in threads of its own, on a database file; and the gate."""

import fcntl
import threading
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from linli.kernel import worker
from linli.kernel.health import health
from linli.kernel.jobs import enqueue
from linli.kernel.journal import record
from linli.kernel.models import Heartbeat, Job, RecordedFact
from linli.kernel.sqlite.base import DatabaseWrapper
from linli.kernel.tests.examples import NOW, BellRang, broken, call_outside, seen, sweep

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share no SQLite in memory")


def until(what, seconds=5.0):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


@pytest.mark.django_db
def test_a_worker_that_never_ran_is_not_alive():
    told = health(now=NOW)

    assert told.heartbeat_at is None
    assert not told.is_alive


@pytest.mark.django_db
def test_a_worker_is_alive_for_a_minute_after_its_last_sign():
    worker.beat(NOW - timedelta(hours=1), now=NOW)

    assert health(now=NOW + timedelta(seconds=59)).is_alive
    assert not health(now=NOW + timedelta(seconds=60)).is_alive


@pytest.mark.django_db
def test_machines_that_are_gone_are_forgotten():
    Heartbeat.objects.create(name="old", at=NOW - timedelta(days=2), started_at=NOW)

    worker.beat(NOW, now=NOW)

    assert Heartbeat.objects.exclude(name="old").count() == Heartbeat.objects.count() == 1


@pytest.mark.django_db
def test_health_tells_what_waits():
    record(BellRang(door=1), now=NOW)
    enqueue(sweep, corner="a", run_at=NOW)
    enqueue(sweep, corner="b", run_at=NOW + timedelta(days=1))

    told = health(now=NOW + timedelta(minutes=1))

    assert (told.facts_waiting, told.oldest_fact_at, told.jobs_due, told.oldest_job_at) == (1, NOW, 1, NOW)
    assert (told.failing, told.dead, told.troubles) == (0, 0, ())


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_reacts_quickly_beats_and_stops():
    stop = threading.Event()
    running = threading.Thread(target=worker.run_worker, args=(stop,))
    running.start()
    try:
        until(Heartbeat.objects.exists)
        time.sleep(0.3)
        began = time.monotonic()
        with transaction.atomic():
            record(BellRang(door=1))
        until(lambda: len(seen) == 2)
        assert time.monotonic() - began < 1.0
        broken.add("outside")
        enqueue(call_outside, number="1")
        enqueue(sweep, corner="a")
        until(lambda: len(seen) == 3 and Job.objects.get().attempts == 1)
        assert health(now=timezone.now()).is_alive
    finally:
        stop.set()
        running.join(10)
    assert not running.is_alive()
    assert not RecordedFact.objects.filter(dispatched_at=None).exists()


def test_a_database_that_is_away_does_not_end_the_worker(monkeypatch, caplog):
    stop = threading.Event()
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.01)

    def fail():
        raise DatabaseError("gone with a secret")

    monkeypatch.setattr(worker.connection, "close", lambda: None)

    assert not worker._surely(fail, stop)
    assert "DatabaseError" in caplog.text
    assert "secret" not in caplog.text


# The gate


@pytest.fixture
def gated(tmp_path, django_db_blocker):
    """A connection to a file, with the gate; and the way to ask whether the gate is free."""
    settings = connection.settings_dict | {
        "ENGINE": "linli.kernel.sqlite",
        "NAME": str(tmp_path / "db"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 1},
    }
    database = DatabaseWrapper(settings | {"TIME_ZONE": None, "AUTOCOMMIT": True}, "gated")
    with django_db_blocker.unblock():
        yield database
        database.close()


def is_free(database):
    with open(f"{database.settings_dict['NAME']}.gate", "a") as other:  # noqa: PTH123
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def begin(database):
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_the_gate_is_held_as_long_as_a_transaction(gated, end):
    begin(gated)
    assert not is_free(gated)

    getattr(gated, end)()

    assert is_free(gated)


def test_the_gate_is_free_again_when_a_transaction_cannot_begin(gated):
    begin(gated)
    gated.rollback()
    gated.transaction_mode = "NONSENSE"
    gated.set_autocommit(True)

    with pytest.raises(DatabaseError):
        begin(gated)

    assert is_free(gated)


def test_a_connection_opens_the_gate_again_after_it_was_closed(gated):
    begin(gated)
    gated.close()
    gated.autocommit = True
    gated.connect()

    begin(gated)

    assert not is_free(gated)


def test_a_database_in_memory_has_no_gate(tmp_path, monkeypatch, django_db_blocker):
    monkeypatch.chdir(tmp_path)
    settings = connection.settings_dict | {"NAME": ":memory:", "OPTIONS": {}, "TIME_ZONE": None, "AUTOCOMMIT": True}
    database = DatabaseWrapper(settings, "memory")
    with django_db_blocker.unblock():
        begin(database)
        database.commit()

    assert list(tmp_path.iterdir()) == []
    database.connection.close()
