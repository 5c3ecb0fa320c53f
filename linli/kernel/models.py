from __future__ import annotations

from django.db import models
from django.db.models import Q


class RecordedFact(models.Model):
    """A fact as it was written, in the same transaction as the change it tells of."""

    kind = models.CharField(max_length=64)
    community_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    helper_id = models.BigIntegerField(null=True)
    payload = models.JSONField()
    at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("id",), name="fact_waiting", condition=Q(dispatched_at=None)),
            models.Index(fields=("person_id", "-id"), name="fact_of_helper", condition=Q(helper_id__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class Job(models.Model):
    """Work for after the commit; the row goes in the transaction that does the work."""

    task = models.CharField(max_length=160)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True, unique=True)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    dead_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("run_at",), name="job_due", condition=Q(dead_at=None)),
            models.Index(fields=("dead_at",), name="job_dead", condition=Q(dead_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.task} at {self.run_at}"


class Tick(models.Model):
    """The last time for which a scheduled job was asked, so that several workers ask once."""

    task = models.CharField(max_length=160, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.task} {self.at}"


class Heartbeat(models.Model):
    """A worker's sign of life; one row per machine."""

    name = models.CharField(max_length=100, primary_key=True)
    at = models.DateTimeField()
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"


class Allowance(models.Model):
    """How often something was done in its present span of time; see `limits`."""

    key = models.CharField(max_length=64, primary_key=True)
    used = models.PositiveIntegerField()
    until = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("until",), name="allowance_until"),)

    def __str__(self) -> str:
        return f"{self.used} until {self.until}"
