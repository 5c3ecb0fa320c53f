from datetime import timedelta

import pytest
from django.utils import translation

from linli.kernel import limits
from linli.kernel.limits import allow
from linli.kernel.models import Allowance
from linli.kernel.tests.examples import NOW

pytestmark = pytest.mark.django_db
MINUTE = {"most": 3, "per_seconds": 60}


def test_so_many_times_and_no_more_until_the_span_ends():
    assert [allow("a", **MINUTE, now=NOW) for _ in range(5)] == [True, True, True, False, False]
    assert not allow("a", **MINUTE, now=NOW + timedelta(seconds=59))
    assert Allowance.objects.get().used == 3

    assert [allow("a", **MINUTE, now=NOW + timedelta(seconds=60)) for _ in range(4)] == [True, True, True, False]


def test_keys_are_counted_apart_and_not_stored():
    for _ in range(3):
        allow("ip:203.0.113.9", **MINUTE, now=NOW)

    assert allow("ip:203.0.113.8", **MINUTE, now=NOW)
    assert not allow("ip:203.0.113.9", **MINUTE, now=NOW)
    assert not Allowance.objects.filter(key__contains="203").exists()


def test_none_allowed_is_none():
    assert not allow("a", most=0, per_seconds=60, now=NOW)
    assert not Allowance.objects.exists()


def test_counting_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(3):  # and a savepoint, because tests stand in a transaction
        allow("a", **MINUTE, now=NOW)


@pytest.mark.parametrize(
    "language, seconds, message",
    [
        ("en", 61, "That was too often. Please try again in 2 minutes."),
        ("en", 5, "That was too often. Please try again in 1 minute."),
        ("zh-hans", 600, "操作太频繁了，请 10 分钟后再试。"),
    ],
)
def test_who_is_refused_hears_when_to_come_again(language, seconds, message):
    limit = {"most": 1, "per_seconds": seconds}
    with translation.override(language):
        assert limits.refuse_often("a", **limit, now=NOW) is None
        refusal = limits.refuse_often("a", **limit, now=NOW, field="code")

    assert (refusal.code, refusal.message, refusal.field) == ("too_often", message, "code")
    assert Allowance.objects.get().used == 1


def test_after_forgetting_it_begins_anew():
    allow("a", most=1, per_seconds=60, now=NOW)

    limits.forget("a")

    assert allow("a", most=1, per_seconds=60, now=NOW)


def test_what_has_ended_is_purged():
    allow("a", **MINUTE, now=NOW)
    allow("b", **MINUTE, now=NOW + timedelta(seconds=1))

    limits.purge(now=NOW + timedelta(seconds=60))

    assert Allowance.objects.count() == 1
    assert limits.seconds_left("b", now=NOW + timedelta(seconds=60)) == 1
    assert limits.seconds_left("a", now=NOW + timedelta(seconds=60)) == 0
