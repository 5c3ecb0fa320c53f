"""The worker: turns facts into jobs, runs jobs, asks for scheduled ones, and gives signs of life."""

from __future__ import annotations

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection, connections
from django.db.models import QuerySet
from django.utils import timezone

from linli.kernel import journal, running
from linli.kernel.health import Health, Trouble, health
from linli.kernel.models import Heartbeat, Job, RecordedFact
from linli.kernel.prepared import PreparedRead
from linli.kernel.running import Lane, retry_dead
from linli.kernel.schedule import ask_for_ticks

__all__ = ["Health", "Trouble", "health", "retry_dead", "run_worker"]

logger = logging.getLogger(__name__)
POLL_SECONDS = {"sqlite": 0.1, "postgresql": 0.2}
LOOK_AGAIN = timedelta(seconds=30)  # for leases that have run out
BEAT_SECONDS = 15.0
TROUBLE_SECONDS = 1.0
HEARTBEATS_KEPT = timedelta(days=1)
_thread = threading.local()
# What is asked several times a second where the database cannot tell that something was written.
_WAITING = PreparedRead(lambda: RecordedFact.objects.filter(dispatched_at=None).order_by("pk").values_list("pk")[:1])


def _due(now: datetime) -> QuerySet[Job, tuple[int]]:
    return Job.objects.filter(dead_at=None, lease_until=None, run_at__lte=now).values_list("pk")[:1]


_DUE = PreparedRead(_due)


def run_worker(stop: threading.Event | None = None) -> None:
    """Work until told to stop; without an event, until SIGTERM or SIGINT."""
    stop = stop or _stop_on_signal()
    lanes = [threading.Thread(target=_work, args=(lane, stop), name=f"worker-{lane.value}") for lane in Lane]
    for thread in lanes:
        thread.daemon = True
        thread.start()
    done: dict[str, datetime] = {}
    started_at, beat_at = timezone.now(), -BEAT_SECONDS
    while not stop.wait(0.5):
        if not all(thread.is_alive() for thread in lanes):
            stop.set()
            raise RuntimeError("a lane of the worker has ended")
        if _surely(lambda: ask_for_ticks(done, now=timezone.now()), stop) and time.monotonic() - beat_at > BEAT_SECONDS:
            _surely(lambda: beat(started_at, now=timezone.now()), stop)
            beat_at = time.monotonic()
    for thread in lanes:
        thread.join()
    connections.close_all()


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Set by a thread: the main one may hold the event's lock while the signal interrupts it.
        signal.signal(number, lambda *_: threading.Thread(target=stop.set).start())
    return stop


def beat(started_at: datetime, *, now: datetime) -> None:
    Heartbeat.objects.update_or_create(name=socket.gethostname()[:100], defaults={"at": now, "started_at": started_at})
    Heartbeat.objects.filter(at__lt=now - HEARTBEATS_KEPT).delete()


def _surely(step: Callable[[], object], stop: threading.Event) -> bool:
    """A database that is away for a while must not end the worker."""
    try:
        step()
    except (DatabaseError, InterfaceError) as error:
        logger.warning("The worker could not reach the database (%s); trying again.", type(error).__name__)
        connection.close()
        stop.wait(TROUBLE_SECONDS)
        return False
    return True


def _work(lane: Lane, stop: threading.Event) -> None:
    try:
        while not stop.is_set():
            _surely(lambda: _work_or_wait(lane, stop), stop)
    finally:
        connections.close_all()


def _work_or_wait(lane: Lane, stop: threading.Event) -> None:
    if lane is Lane.INSIDE and connection.vendor == "postgresql":
        _commit_lazily()
    before = _version()
    if not work_once(lane, stop, now=timezone.now):
        _wait(lane, before, stop)


def _commit_lazily() -> None:
    """Do not wait for the disk after each job: a power cut takes a job's effect and its end together, or neither."""
    if connection.connection is None or connection.connection is not getattr(_thread, "lazy", None):
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        _thread.lazy = connection.connection


def work_once(lane: Lane, stop: threading.Event, *, now: Callable[[], datetime]) -> bool:
    """One round; says whether there was anything to do."""
    has_facts = lane is Lane.INSIDE and journal.dispatch(now=now()) > 0
    claims = running.claim(lane, now=now())
    for position, claim in enumerate(claims):
        if stop.is_set():
            running.give_back(claims[position:])
            break
        running.run(claim, now=now())
    return has_facts or bool(claims)


def _wait(lane: Lane, before: int | None, stop: threading.Event) -> None:
    """Until something has been written, the next job's time has come, or a lease may have run out."""
    now = timezone.now()
    until = min(running.next_run_at(lane) or now + LOOK_AGAIN, now + LOOK_AGAIN)
    seconds = POLL_SECONDS[connection.vendor]
    while not stop.wait(seconds):
        now = timezone.now()
        if now >= until or (_version() != before if before is not None else _has_come(lane, now=now)):
            return


def _has_come(lane: Lane, *, now: datetime) -> bool:
    return bool(_DUE.rows(now=now) or (lane is Lane.INSIDE and _WAITING.rows()))


def _version() -> int | None:
    """A number that changes when another connection has written; only SQLite can tell."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])
