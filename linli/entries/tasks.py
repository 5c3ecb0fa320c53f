from linli.entries import cards
from linli.entries.models import Entry
from linli.kernel.jobs import enqueue, job


@job
def rebuild_cards_of(*, member_id: int, after: int = 0) -> None:
    """All cards that show this member's name, home or role, batch by batch."""
    last = cards.rebuild(Entry.objects.naming(member_id), after)
    if last is not None:
        enqueue(rebuild_cards_of, member_id=member_id, after=last)


@job
def rebuild_cards_in(*, community_id: int, after: int = 0) -> None:
    """All cards of a community, after a shelf or building has another name."""
    last = cards.rebuild(Entry.objects.filter(community=community_id), after)
    if last is not None:
        enqueue(rebuild_cards_in, community_id=community_id, after=last)
