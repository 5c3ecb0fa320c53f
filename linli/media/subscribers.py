from linli.facts.media import RecordingSent
from linli.facts.people import PersonErased
from linli.kernel.jobs import enqueue
from linli.kernel.journal import on
from linli.media import actions, enclosing, tasks
from linli.media.models import Enclosure, Picture


@on(PersonErased)
def discard_pictures(fact: PersonErased) -> None:
    """All pictures the person ever sent, wherever they are shown."""
    actions.discard(list(Picture.objects.filter(owner__in=fact.member_ids).values_list("pk", flat=True)))
    theirs = Enclosure.objects.filter(owner__in=fact.member_ids)
    enclosing.discard(list(theirs.values_list("pk", flat=True)))


@on(RecordingSent)
def have_it_prepared(fact: RecordingSent) -> None:
    enqueue(tasks.prepare_recording, key=f"recording:{fact.enclosure_id}", enclosure_id=fact.enclosure_id)
