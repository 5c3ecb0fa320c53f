"""Rough handling in processes of its own: `python -m linli.kernel.tests.trial rush|kills`; answers JSON.

Run by test_rough.py with a database of its own.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

django.setup(set_prefix=False)

from linli.kernel import journal, worker  # noqa: E402
from linli.kernel.health import health  # noqa: E402
from linli.kernel.jobs import tasks  # noqa: E402
from linli.kernel.models import Job, RecordedFact  # noqa: E402
from linli.kernel.tests.examples import BellRang  # noqa: E402


def effect(note: str, fact: BellRang) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effect (note, door) VALUES (%s, %s)", (note, fact.door))


@journal.on(BellRang)
def write_one(fact: BellRang) -> None:
    effect("one", fact)


@journal.on(BellRang)
def write_other(fact: BellRang) -> None:
    effect("other", fact)
    time.sleep(random.random() * 0.004)  # so that some are killed in the middle


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def prepare() -> None:
    call_command("migrate", "kernel", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE effect (note varchar(20), door integer)")
        cursor.execute("CREATE TABLE seats (taken integer)")
        cursor.execute("INSERT INTO seats VALUES (0)")
    for name, task in tasks.items():
        tasks[name] = replace(task, lease=timedelta(seconds=0.3))
    connection.close()


def forked(work: Any) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    finally:
        sys.stderr.flush()
        os._exit(0)


# A rush: many writers, some in blocks that read, decide and write, some single statements


def rush() -> dict[str, Any]:
    processes, threads, turns = 2, 8, 40
    reading, writing = os.pipe()

    def sit(turn: int) -> None:
        if turn % 8 == 7:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO effect (note, door) VALUES ('alone', 0)")
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT taken FROM seats" + (" FOR UPDATE" if connection.vendor == "postgresql" else ""))
            taken = cursor.fetchone()[0]
            cursor.execute("UPDATE seats SET taken = %s", (taken + 1,))
            journal.record(BellRang(door=taken))

    def write() -> None:
        report: list[Any] = []
        for turn in range(turns):
            began = time.monotonic()
            try:
                sit(turn)
            except Exception as error:  # noqa: BLE001
                report.append(f"{type(error).__name__}: {error}")
            else:
                report.append(time.monotonic() - began)
        os.write(writing, (json.dumps(report) + "\n").encode())
        connection.close()

    def many() -> None:
        all_threads = [threading.Thread(target=write) for _ in range(threads)]
        for thread in all_threads:
            thread.start()
        for thread in all_threads:
            thread.join()

    began = time.monotonic()
    for pid in [forked(many) for _ in range(processes)]:
        os.waitpid(pid, 0)
    seconds = time.monotonic() - began
    os.close(writing)
    with os.fdopen(reading) as told:
        results = [each for line in told for each in json.loads(line)]
    waits = sorted(each for each in results if isinstance(each, float))
    return {
        "asked": processes * threads * turns,
        "errors": [each for each in results if isinstance(each, str)],
        "taken": rows("SELECT taken FROM seats")[0][0],
        "facts": RecordedFact.objects.count(),
        "different": len({row["door"] for row in RecordedFact.objects.values_list("payload", flat=True)}),
        "alone": rows("SELECT count(*) FROM effect")[0][0],
        "per_second": round(len(results) / seconds),
        "worst_ms": round(waits[-1] * 1000),
    }


# Kills: a recorder and workers die again and again, at any moment


def kills(count: int) -> dict[str, Any]:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    door = 0

    def ring(start: int) -> None:
        number = start
        while True:
            number += 1
            with transaction.atomic():
                journal.record(BellRang(door=number))
            os.write(writing, number.to_bytes(4, "big"))
            time.sleep(0.003)

    def start(kind: int) -> int:
        nonlocal door
        door += 100_000
        return forked(worker.run_worker if kind else lambda: ring(door))

    living = {kind: start(kind) for kind in (0, 1, 2)}  # one that records, two that work
    acknowledged = bytearray()
    for turn in range(count):
        time.sleep(random.uniform(0.02, 0.2))
        kind = 0 if turn % 4 == 3 else 1 + turn % 2
        os.kill(living[kind], signal.SIGKILL)
        os.waitpid(living[kind], 0)
        acknowledged += drained(reading)
        living[kind] = start(kind)
    stop(living)
    acknowledged += drained(reading)
    left = finish()
    doors = [int.from_bytes(acknowledged[n : n + 4], "big") for n in range(0, len(acknowledged), 4)]
    facts = Counter(payload["door"] for payload in RecordedFact.objects.values_list("payload", flat=True))
    effects = Counter((note, door) for note, door in rows("SELECT note, door FROM effect"))
    return {
        "acknowledged": len(doors),
        "lost": [door for door in doors if door not in facts],
        "facts": sum(facts.values()),
        "missing": [door for door in facts for note in ("one", "other") if (note, door) not in effects],
        "doubled": [str(key) for key, times in effects.items() if times > 1],
        "strange": [str(key) for key in effects if key[1] not in facts],
        "left": left,
    }


def drained(reading: int) -> bytes:
    found = b""
    try:
        while part := os.read(reading, 65536):
            found += part
    except BlockingIOError:
        return found
    return found


def stop(living: dict[int, int]) -> None:
    for pid in living.values():
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def finish() -> int:
    """One more worker, until nothing is left to do; it ends by SIGTERM."""
    pid = forked(worker.run_worker)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        told = health(now=timezone.now())
        if not told.facts_waiting and not Job.objects.exists():
            break
        time.sleep(0.1)
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    return Job.objects.count()


if __name__ == "__main__":
    prepare()
    answer = rush() if sys.argv[1] == "rush" else kills(int(sys.argv[2]))
    Path(sys.argv[-1]).write_text(json.dumps(answer))
