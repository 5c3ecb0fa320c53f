from django.utils import timezone

from linli.kernel.schedule import every
from linli.media import actions


@every(minutes=60)
def sweep_pictures() -> None:
    actions.sweep(now=timezone.now())
