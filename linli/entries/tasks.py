"""Rendering again what shows a name that has changed, batch by batch; and taking down what was on top long enough.

Not in the job's own transaction, which would keep everybody else from writing while cards are rendered. A batch done
twice ends the same; the key keeps a job that was interrupted from starting a second chain.
"""

from django.utils import timezone

from linli.entries import actions, cards
from linli.entries.models import Entry
from linli.kernel.jobs import enqueue, job
from linli.kernel.schedule import every


@job(transactional=False)
def rebuild_cards_of(*, member_id: int, after: int = 0) -> None:
    """All cards that show this member's name, home or role."""
    last = cards.rebuild(Entry.objects.naming(member_id), after)
    if last is not None:
        enqueue(rebuild_cards_of, key=f"cards-of:{member_id}:{last}", member_id=member_id, after=last)


@job(transactional=False)
def rebuild_cards_in(*, community_id: int, after: int = 0) -> None:
    """All cards of a community, after a shelf or building has another name."""
    last = cards.rebuild(Entry.objects.filter(community=community_id), after)
    if last is not None:
        enqueue(rebuild_cards_in, key=f"cards-in:{community_id}:{last}", community_id=community_id, after=last)


@every(minutes=10)
def let_pinned_down() -> None:
    """A card says that it is on top only while it is."""
    actions.let_down(now=timezone.now())
