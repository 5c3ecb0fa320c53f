from datetime import datetime

from linli.kernel.schedule import every
from linli.tips import actions


@every(minutes=10)
def publish_tips(*, now: datetime) -> None:
    """The tip of the month goes out, also when the server was off on its day."""
    actions.publish_due(now=now)
