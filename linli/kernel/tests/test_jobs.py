from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from linli.kernel import jobs, running
from linli.kernel.health import health
from linli.kernel.jobs import Plan, daily, enqueue, every, plans
from linli.kernel.models import Job, Tick
from linli.kernel.running import ATTEMPTS_MAX, Lane, claim, pause_after, retry_dead, run
from linli.kernel.schedule import ask_for_ticks
from linli.kernel.testing import drain
from linli.kernel.tests.examples import NOW, Broken, broken, call_outside, seen, stumble, sweep

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=1)


def claim_one(now, lane=None):
    [found] = claim(lane, now=now)
    return found


def test_a_job_runs_with_its_arguments_and_the_time():
    enqueue(sweep, corner="东边")

    drain(NOW)

    assert seen == [("sweep", "东边", NOW)]


def test_a_job_for_later_waits():
    enqueue(sweep, corner="a", run_at=NOW + SOON)

    assert drain(NOW) == 0
    assert drain(NOW + SOON) == 1


def test_a_key_asks_once_while_the_job_waits_and_again_afterwards():
    enqueue(sweep, key="k", corner="a")
    enqueue(sweep, key="k", corner="b")
    drain(NOW)
    enqueue(sweep, key="k", corner="c")
    drain(NOW)

    assert [corner for _, corner, _ in seen] == ["a", "c"]


def test_a_function_that_is_no_job_is_refused():
    with pytest.raises(ValueError, match="is no job"):
        enqueue(claim_one)

    assert not Job.objects.exists()


def test_arguments_are_plain_values():
    with pytest.raises(TypeError):
        enqueue(sweep, corner=NOW)


def test_a_rolled_back_transaction_asks_for_nothing():
    with transaction.atomic():
        enqueue(sweep, corner="a")
        transaction.set_rollback(True)

    assert drain(NOW) == 0


def test_a_failure_is_kept_and_tried_again_later_each_time():
    enqueue(stumble)
    now = timezone.now() + SOON
    for attempt in range(1, ATTEMPTS_MAX + 1):
        assert isinstance(run(claim_one(now), now=now), Broken)
        row = Job.objects.get()
        assert row.attempts == attempt
        assert row.run_at > now
        now = row.run_at

    assert "秘密 stumbled" in row.error
    assert row.dead_at is not None
    assert claim(None, now=now + timedelta(days=9)) == []


def test_pauses_grow_from_ten_seconds_to_six_hours():
    spans = [pause_after(attempt).total_seconds() for attempt in (1, 2, 3, 8, 12)]

    for span, about in zip(spans, (10, 30, 90, 21600, 21600), strict=True):
        assert about * 0.9 <= span <= about * 1.1


def test_the_log_holds_no_private_text(caplog):
    enqueue(stumble)

    drain(NOW, raises=False)

    assert "stumble" in caplog.text
    assert "秘密" not in caplog.text


def test_what_a_failed_job_did_in_the_database_is_undone():
    @jobs.job
    def write_and_fail():
        Tick.objects.create(task="half", at=NOW)
        raise Broken

    enqueue(write_and_fail)

    drain(NOW, raises=False)

    assert not Tick.objects.exists()
    assert Job.objects.get().attempts == 1


def test_dead_jobs_run_again_when_an_operator_says_so():
    enqueue(sweep, corner="a")
    Job.objects.update(dead_at=NOW, attempts=12, error="x")
    assert drain(NOW) == 0
    assert health(now=NOW).dead == 1

    assert retry_dead("another.task", now=NOW) == 0
    assert retry_dead(now=NOW) == 1

    assert drain(NOW) == 1


def test_a_claimed_job_is_claimed_by_nobody_else_until_its_lease_ends():
    enqueue(sweep, corner="a")
    now = timezone.now() + SOON
    first = claim_one(now)

    assert claim(None, now=now) == []
    second = claim_one(first.lease_until)
    run(first, now=now)

    assert seen == []  # the first worker has lost its right
    run(second, now=now)
    assert len(seen) == 1
    assert not Job.objects.exists()


def test_a_job_that_ends_its_worker_wears_out_alone():
    enqueue(stumble)
    enqueue(sweep, corner="a")
    now = timezone.now() + SOON
    now = max(each.lease_until for each in claim(None, now=now))
    ended = 0
    while claims := claim(None, now=now):
        [taken] = claims
        if taken.task.endswith("sweep"):
            run(taken, now=now)
        else:
            ended += 1
        now = taken.lease_until

    assert ended == ATTEMPTS_MAX - 1  # and once with the first batch
    assert len(seen) == 1
    assert Job.objects.get().dead_at is not None


def test_an_unknown_job_fails_and_stays():
    Job.objects.create(task="gone.away", run_at=NOW, created_at=NOW)

    with pytest.raises(LookupError):
        drain(NOW)

    assert Job.objects.get().attempts == 1


def test_jobs_that_call_outside_have_their_own_lane():
    enqueue(call_outside, number="114")
    enqueue(sweep, corner="a")
    now = timezone.now() + SOON

    assert [each.task.rsplit(".", 1)[1] for each in claim(Lane.INSIDE, now=now)] == ["sweep"]
    assert [each.task.rsplit(".", 1)[1] for each in claim(Lane.OUTSIDE, now=now)] == ["call_outside"]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_calls_outside_holds_no_transaction():
    held = []

    @jobs.job(transactional=False)
    def look():
        held.append(connection.in_atomic_block)

    enqueue(look)
    drain()
    assert held == [False]


def test_a_failed_call_is_tried_again():
    broken.add("outside")
    enqueue(call_outside, number="114")
    drain(NOW, raises=False)
    broken.clear()

    drain(NOW + timedelta(minutes=1))

    assert seen == [("call", "114")]


def test_a_worker_that_ends_gives_back_what_it_has_not_begun():
    enqueue(sweep, corner="a")
    now = timezone.now() + SOON

    running.give_back(claim(None, now=now))

    assert claim_one(now).attempts == 0


# Jobs that come back


@pytest.fixture
def _no_plans(monkeypatch):
    monkeypatch.setattr(jobs, "plans", {})
    monkeypatch.setattr("linli.kernel.schedule.plans", jobs.plans)


def test_the_ticks_of_a_daily_job_follow_the_time_zone():
    daily("03:30")(sweep)
    latest = plans.pop(jobs.name_of(sweep)).latest

    assert latest(datetime(2026, 5, 4, 19, 29, tzinfo=UTC)) == datetime(2026, 5, 3, 19, 30, tzinfo=UTC)
    assert latest(datetime(2026, 5, 4, 19, 30, tzinfo=UTC)) == datetime(2026, 5, 4, 19, 30, tzinfo=UTC)


def test_the_ticks_of_a_repeated_job_stand_on_the_clock():
    every(minutes=10)(sweep)
    latest = plans.pop(jobs.name_of(sweep)).latest

    assert latest(datetime(2026, 5, 4, 10, 19, 59, tzinfo=UTC)) == datetime(2026, 5, 4, 10, 10, tzinfo=UTC)


@pytest.mark.usefixtures("_no_plans")
def test_several_workers_ask_once_for_each_tick():
    tick = [NOW]
    jobs.plans["t"] = Plan(stumble, lambda _now: tick[0])
    one, other = {}, {}

    ask_for_ticks(one, now=NOW)
    ask_for_ticks(other, now=NOW)
    assert not Job.objects.exists()  # seen for the first time

    tick[0] += timedelta(days=1)
    ask_for_ticks(one, now=tick[0])
    ask_for_ticks(other, now=tick[0])
    assert Job.objects.count() == 1
    drain(NOW, raises=False)

    tick[0] += timedelta(days=1)
    ask_for_ticks(one, now=tick[0])
    assert Job.objects.get().attempts == 1  # still waits for its next attempt: not asked for twice
    Job.objects.update(dead_at=NOW)

    tick[0] += timedelta(days=1)
    ask_for_ticks(other, now=tick[0])
    assert Job.objects.get().dead_at is None


@pytest.mark.usefixtures("_no_plans")
def test_asking_for_no_tick_asks_no_database(django_assert_num_queries):
    jobs.plans["t"] = Plan(sweep, lambda _now: NOW)
    done = {}
    ask_for_ticks(done, now=NOW)

    with django_assert_num_queries(0):
        ask_for_ticks(done, now=NOW)
