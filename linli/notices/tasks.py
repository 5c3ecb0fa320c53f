from datetime import datetime

from linli.kernel.schedule import every
from linli.notices import actions


@every(minutes=1)
def publish_planned(*, now: datetime) -> None:
    """What is due goes out, also when the server was off at its time."""
    actions.publish_due(now=now)
