"""`linli jobs`: what the worker could not do."""

import sys

from django.utils import timezone

from linli.kernel.worker import health, retry_dead


def list_troubles() -> int:
    found = health(now=timezone.now())
    for trouble in found.troubles:
        state = f"{trouble.dead} given up" if trouble.dead else "tried again"
        sys.stdout.write(f"{trouble.task}  {trouble.count} failing, {state}: {trouble.error}\n")
    if not found.troubles:
        sys.stdout.write(f"No job fails; {found.jobs_due} are waiting.\n")
    return 0


def retry(tasks: list[str]) -> int:
    now = timezone.now()
    number = sum(retry_dead(task, now=now) for task in tasks) if tasks else retry_dead(now=now)
    sys.stdout.write(f"{number} jobs are run again.\n")
    return 0
