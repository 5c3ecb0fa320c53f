from datetime import datetime

from linli.kernel import limits
from linli.kernel.jobs import every


@every(minutes=60)
def purge_limits(*, now: datetime) -> None:
    limits.purge(now=now)
