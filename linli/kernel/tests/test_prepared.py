from datetime import datetime, timedelta

import pytest
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q, Value

from linli.kernel.models import Job, RecordedFact
from linli.kernel.prepared import NotPreparable, PreparedRead
from linli.kernel.tests.examples import NOW

pytestmark = pytest.mark.django_db
FIELDS = ("pk", "kind", "person_id", "at", "payload")


@pytest.fixture(autouse=True)
def _journal():
    RecordedFact.objects.bulk_create(
        RecordedFact(
            kind=kind,
            community_id=community,
            person_id=person,
            payload={"person": person},
            at=NOW + timedelta(days=person),
        )
        for community in (1, 2)
        for person in (1, 2, 3)
        for kind in ("a.Said", "b%Ünglisch")
    )
    Job.objects.create(task="2", run_at=NOW, created_at=NOW)


def said(community_id: int, before: int, kind: str, since: datetime):
    found = RecordedFact.objects.filter(community_id=community_id, person_id__lt=before, kind=kind, at__gte=since)
    return found.order_by("-id").values_list(*FIELDS)


@pytest.mark.parametrize("community", [1, 2, 3])
@pytest.mark.parametrize("before", [0, 3, 40_000, 2**62])
@pytest.mark.parametrize("kind", ["a.Said", "b%Ünglisch", "' OR 1=1 --"])
def test_the_rows_are_those_of_the_query_itself(community, before, kind):
    arguments = {"community_id": community, "before": before, "kind": kind, "since": NOW + timedelta(days=2)}

    assert SAID.rows(**arguments) == list(said(**arguments))


SAID = PreparedRead(said)


def test_values_come_back_as_the_model_gives_them():
    [first, *_] = SAID.rows(community_id=1, before=2, kind="a.Said", since=NOW)

    assert first[3] == NOW + timedelta(days=1)
    assert first[3].tzinfo is not None
    assert first[4] == {"person": 1}


def test_numbers_are_what_a_lambda_takes():
    read = PreparedRead(lambda community_id: RecordedFact.objects.filter(community_id=community_id).values_list("pk"))

    assert len(read.rows(community_id=2)) == 6
    assert read.rows(community_id=3) == []


def test_an_argument_may_be_used_several_times_and_in_subqueries():
    def build(person: int, community: int):
        mine = RecordedFact.objects.filter(person_id=person, community_id=community).values("kind")
        task = Job.objects.filter(task=OuterRef("kind"), attempts__lt=person)
        found = RecordedFact.objects.filter(Q(kind__in=mine) | Q(person_id=person)).exclude(person_id__gt=person)
        found = found.annotate(has_task=Exists(task), twice=F("person_id") + Value(2), again=Value(person))
        return found.filter(has_task=False, community_id__in=[community, 99]).values_list(
            "pk", "has_task", "again", "twice"
        )

    read = PreparedRead(build)

    for person in (1, 2, 3):
        for community in (1, 2):
            arguments = {"person": person, "community": community}
            assert sorted(read.rows(**arguments)) == sorted(build(**arguments))
            assert read.rows(**arguments)
            assert {type(row[1]) for row in read.rows(**arguments)} == {bool}


def test_columns_that_only_sort_are_not_answered():
    def build(community: int):
        found = RecordedFact.objects.filter(community_id=community).order_by("person_id", "kind")
        return found.values_list("kind").distinct()

    assert PreparedRead(build).rows(community=1) == list(build(1))


def test_models_that_inherit_other_columns_keep_the_order_of_the_fields():
    def build(community: int):
        return (
            RecordedFact.objects.filter(community_id=community)
            .annotate(next=F("person_id") + 1)
            .order_by("pk")
            .values_list("next", "kind", "pk")[:2]
        )

    assert PreparedRead(build).rows(community=1) == list(build(1))


def test_the_first_row_or_none():
    read = PreparedRead(
        lambda person_id: RecordedFact.objects.filter(person_id=person_id).order_by("pk").values_list("kind")
    )

    assert read.row(person_id=1) == ("a.Said",)
    assert read.row(person_id=9) is None


@pytest.mark.parametrize(
    "build, why",
    [
        (lambda a, b: RecordedFact.objects.filter(person_id=a).values_list("pk"), "b does not reach"),
        (lambda a: RecordedFact.objects.values_list("pk")[:a], "changes the statement"),
        (lambda a: RecordedFact.objects.filter(person_id__in=range(a)).values_list("pk"), "changes the statement"),
        (lambda a: RecordedFact.objects.filter(person_id=a + 1).values_list("pk"), "computed"),
        (lambda a: RecordedFact.objects.filter(Q(person_id=a) | Q(kind=f"k{a}")).values_list("pk"), "computed"),
        (lambda a: RecordedFact.objects.filter(pk__in=[], person_id=a).values_list("pk"), "never answer"),
        (lambda a: RecordedFact.objects.filter(person_id=a, kind__contains=str(a)).values_list("pk"), "computed"),
    ],
)
def test_a_builder_that_would_freeze_an_argument_is_refused(build, why):
    read = PreparedRead(build)

    with pytest.raises(NotPreparable, match=why):
        read.rows(**dict.fromkeys(read.kinds, 1))


def test_a_builder_with_arguments_of_another_kind_is_refused():
    def build(a: list[int]):
        return RecordedFact.objects.filter(pk__in=a).values_list("pk")

    with pytest.raises(NotPreparable, match="int, str or datetime"):
        PreparedRead(build)


@pytest.mark.parametrize("wrong", ["1", None, 1.5])
def test_a_wrong_argument_is_refused_at_the_call(wrong):
    read = PreparedRead(lambda a: RecordedFact.objects.filter(person_id=a).values_list("pk"))

    with pytest.raises(TypeError):
        read.rows(a=wrong)
    with pytest.raises(TypeError, match="the read needs a"):
        read.rows(b=1)


def test_a_number_too_big_for_the_database_finds_what_the_biggest_would():
    read = PreparedRead(lambda before: RecordedFact.objects.filter(pk__lt=before).values_list("pk"))

    assert len(read.rows(before=10**40)) == 12
    assert read.rows(before=-(10**40)) == []


def test_small_number_columns_take_arguments():
    read = PreparedRead(lambda tries: Job.objects.filter(attempts=tries).values_list("task"))

    assert read.rows(tries=0) == [("2",)]
    assert read.rows(tries=2**40) == []


def test_a_prepared_read_is_one_query_and_is_counted(django_assert_num_queries):
    with django_assert_num_queries(1):
        SAID.rows(community_id=1, before=9, kind="a.Said", since=NOW)


def test_counted_and_uncounted_ways_answer_the_same():
    arguments = {"community_id": 1, "before": 9, "kind": "b%Ünglisch", "since": NOW}
    plain = SAID.rows(**arguments)
    connection.force_debug_cursor = True
    try:
        assert SAID.rows(**arguments) == plain
    finally:
        connection.force_debug_cursor = False


def test_constants_with_percent_signs_stay_as_they_are():
    def build(person: int):
        return (
            RecordedFact.objects.filter(kind__startswith="b%", person_id=person)
            .values_list("kind", "pk")
            .order_by("pk")
        )

    assert PreparedRead(build).rows(person=1) == list(build(1)) != []


def test_in_a_broken_transaction_it_fails_as_every_query_does():
    read = PreparedRead(lambda a: RecordedFact.objects.filter(person_id=a).values_list("pk"))
    read.rows(a=1)

    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            read.rows(a=1)


def test_text_is_compared_with_text():
    def build(kind: str, other: str):
        return (
            RecordedFact.objects.annotate(shown=Value("x", output_field=models.CharField()))
            .filter(Q(kind=kind) | Q(kind__iexact=other))
            .values_list("shown", "kind")
        )

    assert len(PreparedRead(build).rows(kind="a.Said", other="B%ünglisch")) == len(build("a.Said", "B%ünglisch"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's driver prepares every statement")
def test_the_server_plans_it_once_for_numbers_of_all_sizes():
    read = PreparedRead(lambda a: RecordedFact.objects.filter(person_id=a).values_list("pk", "kind", "at"))
    for number in (1, 2**20, 2**40):
        read.rows(a=number)

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%person_id%$1::bigint%'")
        assert len(cursor.fetchall()) == 1
