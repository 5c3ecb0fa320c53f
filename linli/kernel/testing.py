"""For tests: everything a worker would do, at once and in the test's own thread and transaction."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.kernel import journal, running

ROUNDS_MAX = 10_000


def drain(now: datetime | None = None, *, raises: bool = True) -> int:
    """Run all facts' reactions and all jobs that are due at `now`, and what follows from them; answers how many.

    Jobs asked for without a time are always due. The first failure is raised, unless `raises` is off.
    """
    moment = now or timezone.now()
    done = 0
    for _ in range(ROUNDS_MAX):
        facts = journal.dispatch(now=moment)
        claims = running.claim(None, now=moment, with_immediate=True)
        if not facts and not claims:
            return done
        for claim in claims:
            error = running.run(claim, now=moment)
            if error is not None and raises:
                raise error
            done += 1
    raise AssertionError("jobs keep asking for more jobs")
