from datetime import datetime

from linli.accounts import messages
from linli.accounts.actions import forget_expired
from linli.kernel.schedule import daily

# Its jobs are known once it is imported; pages and subscribers ask for them.
__all__ = ["messages", "sweep_sessions"]


@daily("04:40")
def sweep_sessions(*, now: datetime) -> None:
    forget_expired(now=now)
