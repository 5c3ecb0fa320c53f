"""What the tests of helper mode share."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from linli.helping import actions
from linli.helping.models import Mandate
from linli.people.models import Member
from tests import factories
from tests.factories import NOW, Sunny


def paper_mandate(sunny: Sunny) -> Mandate:
    """Grandpa Sun has signed that Li Mei helps him; it holds today, whatever day that is."""
    now = timezone.now()
    given = actions.record_paper(
        by=sunny.wang_qiang,
        member=sunny.grandpa_sun,
        helper=sunny.li_mei,
        topics=["board"],
        ends_at=now + timedelta(days=30),
        evidence="物业办公室",
        now=now,
    )
    actions.accept(by=sunny.li_mei, mandate=given, now=now)
    return given


def mandate(member: Member, helper: Member, *topics: str, days: int = 180, is_accepted: bool = True) -> Mandate:
    """A mandate for some topics, given at NOW."""
    given = actions.give(
        by=member,
        helper=helper,
        topics=topics or ("board", "notices", "profile"),
        ends_at=NOW + timedelta(days=days),
        now=NOW,
    )
    if is_accepted:
        actions.accept(by=helper, mandate=given, now=NOW)
    return Mandate.objects.get(pk=given.pk)


def acting(sunny: Sunny, given: Mandate, helper: Member) -> Client:
    """A browser in which the helper has begun to act, today."""
    now = timezone.now()
    Mandate.objects.filter(pk=given.pk).update(given_at=now - timedelta(days=1), ends_at=now + timedelta(days=30))
    client = factories.logged_in(helper)
    response = client.post(f"/c/{sunny.slug}/helping/mandates/{given.pk}/start/")
    assert response.status_code == 303, response.status_code
    return client
