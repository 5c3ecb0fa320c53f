from django.utils import timezone

from linli.entries import actions, cards, tasks
from linli.entries.models import Entry, EntryEnclosure, EntryPicture
from linli.facts.entries import EntryDeleted
from linli.facts.homes import MovedIn, MovedOut, RegisterChanged
from linli.facts.media import EnclosureSettled
from linli.facts.people import CommunityChanged, MemberRenamed, PersonErased, RolesChanged
from linli.kernel.jobs import enqueue
from linli.kernel.journal import on
from linli.media import actions as media
from linli.media import enclosing


@on(MemberRenamed, RolesChanged, MovedIn, MovedOut)
def rename_on_cards(fact: MemberRenamed | RolesChanged | MovedIn | MovedOut) -> None:
    enqueue(tasks.rebuild_cards_of, member_id=fact.member_id)


@on(CommunityChanged, RegisterChanged)
def rename_places_on_cards(fact: CommunityChanged | RegisterChanged) -> None:
    # One run for however many changes of settings wait.
    enqueue(tasks.rebuild_cards_in, key=f"cards-in:{fact.community_id}", community_id=fact.community_id)


@on(EntryDeleted)
def discard_pictures(fact: EntryDeleted) -> None:
    """The files go once no other entry shows them."""
    deleted = Entry.objects.filter(pk=fact.entry_id).exclude(deleted_at=None)
    theirs = EntryPicture.objects.filter(entry__in=deleted)
    ids = set(theirs.values_list("picture_id", flat=True))
    theirs.delete()
    elsewhere = set(EntryPicture.objects.filter(picture__in=ids).values_list("picture_id", flat=True))
    media.discard(ids - elsewhere)
    enclosed = EntryEnclosure.objects.filter(entry__in=deleted)
    ids = set(enclosed.values_list("enclosure_id", flat=True))
    enclosed.delete()
    elsewhere = set(EntryEnclosure.objects.filter(enclosure__in=ids).values_list("enclosure_id", flat=True))
    enclosing.discard(ids - elsewhere)


@on(EnclosureSettled)
def show_on_cards(fact: EnclosureSettled) -> None:
    """A video that can be played now shows its poster."""
    for pk in EntryEnclosure.objects.filter(enclosure=fact.enclosure_id).values_list("entry_id", flat=True):
        entry = cards.with_relations(pk)
        if entry.deleted_at is None:
            cards.finish(entry)


@on(PersonErased)
def erase_entries(fact: PersonErased) -> None:
    actions.erase(member_ids=fact.member_ids, now=timezone.now())
