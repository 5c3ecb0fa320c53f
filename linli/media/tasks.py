from django.utils import timezone

from linli.kernel.jobs import job
from linli.kernel.schedule import every
from linli.media import actions, enclosing


@every(minutes=60)
def sweep_pictures() -> None:
    now = timezone.now()
    actions.sweep(now=now)
    enclosing.sweep(now=now)


@job(transactional=False, lease_seconds=3600)
def prepare_recording(*, enclosure_id: int) -> None:
    enclosing.prepare(enclosure_id)
