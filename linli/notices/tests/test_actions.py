from datetime import timedelta

import pytest

from linli.entries.actions.posting import Places
from linli.entries.models import Entry, EntryVersion, Reach
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.notices import actions
from linli.notices.models import Notice, Receipt
from linli.people.models import Member
from tests import factories
from tests.factories import LATER, NOW

pytestmark = pytest.mark.django_db


def publish(by: Member, **fields: object) -> Entry:
    given: dict[str, object] = {"title": "周五停水", "body": "九点到十二点。", "key": "n1", "now": NOW}
    return actions.publish(by=by, **(given | fields))


def refused(by: Member, **fields: object) -> str:
    """The code of the refusal, and proof that nothing was written."""
    with pytest.raises(Refused) as caught:
        publish(by, **fields)
    assert not Entry.objects.exists()
    assert not Notice.objects.exists()
    assert not RecordedFact.objects.filter(kind__startswith="notices.").exists()
    return caught.value.refusal.code


def test_a_notice_to_all_counts_the_homes_it_reaches() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)

    entry = publish(sunny.wang_qiang)

    assert entry.kind == "notice"
    assert Notice.objects.get(pk=entry.pk).homes == 8
    assert RecordedFact.objects.get(kind="notices.NoticePublished").payload["homes"] == 8


def test_the_same_key_publishes_once() -> None:
    sunny = factories.sunny()

    assert publish(sunny.wang_qiang) == publish(sunny.wang_qiang)
    assert Notice.objects.count() == 1


def test_an_urgent_notice_is_pinned_until_its_end() -> None:
    sunny = factories.sunny()
    end = NOW + timedelta(days=2)

    entry = publish(sunny.chen_jing, is_urgent=True, expires_at=end)

    assert Entry.objects.get(pk=entry.pk).pinned_until == end


def test_a_notice_to_places_is_seen_there_and_by_the_office_only() -> None:
    sunny = factories.sunny()
    units = factories.homes(sunny)
    building = units["2号楼 201"].entrance.building_id

    entry = publish(sunny.wang_qiang, reach=Reach.PLACES, places=Places(buildings=[building]))

    sees = {
        who.name: Entry.objects.visible_to(who).filter(pk=entry.pk).exists()
        for who in (sunny.li_mei, sunny.chen_jing, sunny.wang_qiang, sunny.grandpa_sun)
    }
    assert sees == {"李梅": False, "陈静": True, "王强": True, "孙爷爷": False}
    assert Notice.objects.get(pk=entry.pk).homes == 4


def test_a_notice_to_one_home_reaches_that_home() -> None:
    sunny = factories.sunny()
    units = factories.homes(sunny)

    entry = publish(sunny.wang_qiang, reach=Reach.PLACES, places=Places(units=[units["1号楼 101"].pk]))

    assert Entry.objects.visible_to(sunny.li_mei).filter(pk=entry.pk).exists()
    assert not Entry.objects.visible_to(sunny.grandpa_sun).filter(pk=entry.pk).exists()


def test_a_resident_may_not_publish() -> None:
    assert refused(factories.sunny().li_mei) == "not_entrusted"


def test_a_helper_may_not_publish_for_an_office() -> None:
    sunny = factories.sunny()
    sunny.wang_qiang.helper = sunny.li_mei

    assert refused(sunny.wang_qiang) == "not_entrusted"


def test_an_urgent_notice_without_an_end_is_refused() -> None:
    assert refused(factories.sunny().wang_qiang, is_urgent=True) == "no_expiry"


def test_an_urgent_notice_may_not_stay_on_top_for_ever() -> None:
    assert (
        refused(factories.sunny().wang_qiang, is_urgent=True, expires_at=NOW + timedelta(days=15)) == "urgent_too_long"
    )


def test_an_end_in_the_past_is_refused() -> None:
    assert refused(factories.sunny().wang_qiang, expires_at=NOW) == "expires_before_now"


def test_a_notice_without_a_title_is_refused() -> None:
    assert refused(factories.sunny().wang_qiang, title="") == "no_title"


def test_places_without_a_home_are_refused() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)

    assert refused(sunny.wang_qiang, reach=Reach.PLACES, places=Places(buildings=[987654])) == "reaches_nobody"


def test_chosen_places_with_nothing_chosen_never_mean_everybody() -> None:
    sunny = factories.sunny()
    factories.homes(sunny)

    assert refused(sunny.wang_qiang, reach=Reach.PLACES) in ("no_place", "reaches_nobody")


def test_confirming_twice_is_one_receipt_and_one_fact() -> None:
    sunny = factories.sunny()
    entry = publish(sunny.wang_qiang)

    actions.confirm(by=sunny.li_mei, entry=entry, now=NOW)
    actions.confirm(by=sunny.li_mei, entry=entry, now=LATER)

    assert Receipt.objects.get().confirmed_at == NOW
    assert RecordedFact.objects.filter(kind="notices.NoticeConfirmed").count() == 1


def test_opening_is_less_than_confirming() -> None:
    sunny = factories.sunny()
    entry = publish(sunny.wang_qiang)

    actions.note_opened(by=sunny.li_mei, entry=entry, now=NOW)
    assert Receipt.objects.get().confirmed_at is None

    actions.confirm(by=sunny.li_mei, entry=entry, now=LATER)
    assert Receipt.objects.get().confirmed_at == LATER


def test_a_helper_confirms_under_both_names_within_the_mandate() -> None:
    sunny = factories.sunny()
    entry = publish(sunny.wang_qiang)
    sunny.grandpa_sun.helper = sunny.li_mei

    with pytest.raises(Refused):
        actions.confirm(by=sunny.grandpa_sun, entry=entry, now=NOW)
    assert not Receipt.objects.exists()

    sunny.grandpa_sun.mandate_topics = frozenset({"notices"})
    actions.confirm(by=sunny.grandpa_sun, entry=entry, now=NOW)
    assert Receipt.objects.get().helper == sunny.li_mei
    assert RecordedFact.objects.get(kind="notices.NoticeConfirmed").helper_id == sunny.li_mei.person_id


def test_a_correction_keeps_the_old_words_and_asks_again() -> None:
    sunny = factories.sunny()
    entry = publish(sunny.wang_qiang)
    actions.confirm(by=sunny.li_mei, entry=entry, now=NOW)

    actions.correct(by=sunny.chen_jing, entry=entry, title="周六停水", body="九点到十二点。", now=LATER)

    assert Entry.objects.get(pk=entry.pk).title == "周六停水"
    assert EntryVersion.objects.get().title == "周五停水"
    assert Receipt.objects.get().confirmed_at is None


def test_a_resident_may_not_correct() -> None:
    sunny = factories.sunny()
    entry = publish(sunny.wang_qiang)

    with pytest.raises(Refused):
        actions.correct(by=sunny.li_mei, entry=entry, title="x", body="", now=LATER)

    assert Entry.objects.get(pk=entry.pk).title == "周五停水"


def test_ending_takes_it_from_the_top_once() -> None:
    sunny = factories.sunny()
    entry = publish(sunny.wang_qiang, is_urgent=True, expires_at=NOW + timedelta(days=2))

    actions.end(by=sunny.wang_qiang, entry=entry, now=LATER)
    actions.end(by=sunny.wang_qiang, entry=entry, now=LATER + timedelta(hours=1))

    assert Entry.objects.get(pk=entry.pk).pinned_until is None
    assert Notice.objects.get(pk=entry.pk).expires_at == LATER
    assert RecordedFact.objects.filter(kind="notices.NoticeEnded").count() == 1


def test_erasure_takes_the_receipts() -> None:
    sunny = factories.sunny()
    entry = publish(sunny.wang_qiang)
    actions.confirm(by=sunny.li_mei, entry=entry, now=NOW)
    actions.confirm(by=sunny.chen_jing, entry=entry, now=NOW)

    actions.forget(member_ids=[sunny.li_mei.pk])

    assert [receipt.member for receipt in Receipt.objects.all()] == [sunny.chen_jing]
