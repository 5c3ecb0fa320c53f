"""`linli jobs`: what the worker could not do."""

import sys

from django.utils import timezone

from linli.kernel import jobs
from linli.kernel.models import Job


def list_dead() -> int:
    dead = list(Job.objects.exclude(dead_at=None).order_by("id"))
    for row in dead:
        reason = row.error.strip().rsplit("\n", 1)[-1]
        sys.stdout.write(
            f"{row.pk}  {row.arguments.get('reaction') or row.task}  given up {row.dead_at:%Y-%m-%d %H:%M}: {reason}\n"
        )
    if not dead:
        sys.stdout.write("No job was given up.\n")
    return 0


def retry(ids: list[int]) -> int:
    now = timezone.now()
    number = jobs.retry_dead(now, ids)
    sys.stdout.write(f"{number} jobs are run again.\n")
    return 0
