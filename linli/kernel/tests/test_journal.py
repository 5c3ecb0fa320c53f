from datetime import timedelta

import pytest
from django.db import connection, transaction

from linli.facts.talk import Commented
from linli.kernel.health import health
from linli.kernel.journal import dispatch, facts_of, kind_of, load_fact, on, reactions_to, record
from linli.kernel.models import Job, RecordedFact
from linli.kernel.testing import drain
from linli.kernel.tests.examples import NOW, BellRang, DoorOpened, broken, count_rings, seen, wake_somebody

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
RANG = BellRang(community_id=1, person_id=7, helper_id=None, door=3, rings=(1, 2), note='铃 \\ "响" 50%')


def test_a_recorded_fact_is_read_back_as_it_was():
    record(RANG, now=NOW)

    row = RecordedFact.objects.get()

    assert (row.kind, row.at, row.dispatched_at) == ("linli.kernel.tests.examples.BellRang", NOW, None)
    assert row.payload == {"door": 3, "rings": [1, 2], "note": RANG.note}
    assert load_fact(row) == RANG


def test_recording_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        record(RANG, now=NOW)


def test_kinds_of_real_facts_are_short():
    assert kind_of(Commented) == "talk.Commented"


def test_a_field_that_came_later_has_its_default_and_one_that_went_is_left_out():
    record(RANG, now=NOW)
    RecordedFact.objects.update(payload={"door": 3, "colour": "red"})

    assert load_fact(RecordedFact.objects.get()) == BellRang(community_id=1, person_id=7, door=3)


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_recorded():
    with pytest.raises(AssertionError):
        record(RANG, now=NOW)

    assert not RecordedFact.objects.exists()


def test_a_fact_goes_with_the_change_it_tells_of():
    with transaction.atomic():
        record(RANG, now=NOW)
        transaction.set_rollback(True)

    assert not RecordedFact.objects.exists()


def test_each_reaction_runs_once():
    record(RANG, now=NOW)

    assert drain(LATER) == 2
    assert drain(LATER) == 0

    assert sorted(seen, key=str) == [("count", RANG), ("wake", RANG, LATER)]
    assert not Job.objects.exists()
    assert RecordedFact.objects.get().dispatched_at == LATER


def test_a_fact_nobody_reacts_to_makes_no_job():
    record(DoorOpened(), now=NOW)

    assert dispatch(now=LATER) == 1

    assert not Job.objects.exists()
    assert dispatch(now=LATER) == 0


def test_dispatching_twice_makes_one_job_for_each_reaction():
    record(RANG, now=NOW)
    dispatch(now=LATER)
    RecordedFact.objects.update(dispatched_at=None)

    dispatch(now=LATER)

    assert Job.objects.count() == 2


def test_a_reaction_that_fails_stops_no_other_and_shows_up():
    broken.add("wake")
    record(RANG, now=NOW)

    drain(LATER, raises=False)

    assert seen == [("count", RANG)]
    told = health(now=LATER)
    assert (told.failing, told.dead, told.facts_waiting, told.jobs_due) == (1, 0, 0, 0)
    [trouble] = told.troubles
    assert trouble.task == "linli.kernel.tests.examples.wake_somebody"
    assert trouble.error == "linli.kernel.tests.examples.Broken: nobody woke up"
    broken.clear()
    drain(LATER + timedelta(minutes=1))
    assert seen == [("count", RANG), ("wake", RANG, LATER + timedelta(minutes=1))]


def test_reactions_are_known_by_name():
    assert reactions_to(BellRang) == tuple(
        f"linli.kernel.tests.examples.{function.__name__}" for function in (count_rings, wake_somebody)
    )
    on(BellRang)(count_rings)  # a module imported twice
    assert len(reactions_to(BellRang)) == 2


def test_what_helpers_did_for_a_person_is_listed_newest_first():
    for helper, community, door in ((None, 1, 1), (8, 1, 2), (9, 1, 3), (8, 2, 4)):
        record(BellRang(community_id=community, person_id=7, helper_id=helper, door=door), now=NOW)
    record(BellRang(community_id=1, person_id=6, helper_id=8, door=5), now=NOW)

    def doors(**choice):
        return [told.fact.door for told in facts_of(7, **choice)]

    assert doors() == [4, 3, 2]
    assert doors(helper_id=8) == [4, 2]
    assert doors(community_id=1) == [3, 2]
    assert doors(limit=1) == [4]
    assert doors(before=facts_of(7)[0].id) == [3, 2]


def test_the_questions_of_the_worker_are_answered_by_small_indexes():
    record(RANG, now=NOW)
    waiting = RecordedFact.objects.filter(dispatched_at=None).order_by("pk")[:200]
    helped = RecordedFact.objects.filter(person_id=7, helper_id__isnull=False).order_by("-pk")[:50]
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET LOCAL enable_seqscan = off")

    assert "fact_waiting" in waiting.explain()
    assert "fact_of_helper" in helped.explain()
