"""Facts are told at the time of what they tell."""

import pytest

from linli.entries import actions
from linli.entries.models import Reach
from linli.facts.entries import EntryPosted
from linli.kernel.journal import kind_of
from linli.kernel.models import RecordedFact
from tests import factories
from tests.factories import NOW


@pytest.mark.django_db
def test_a_post_is_recorded_at_its_own_time() -> None:
    sunny = factories.sunny()

    actions.post(by=sunny.li_mei, title="", body="楼下的桂花开了", reach=Reach.COMMUNITY, key="t", now=NOW)

    assert RecordedFact.objects.get(kind=kind_of(EntryPosted)).at == NOW
