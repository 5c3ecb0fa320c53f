from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from linli.people.models import Block, Member


class Consent(models.TextChoices):
    """How the member said yes."""

    OWN = "own", _("Given here by the member")
    PAPER = "paper", _("Signed on paper")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def living(self, now: datetime) -> MandateQuerySet:
        """Neither ended nor expired, between two who still belong; accepted or not yet."""
        return self.filter(
            revoked_at=None, ends_at__gt=now, member__left_at=None, helper__left_at=None, member__person__is_active=True
        )

    def together(self) -> MandateQuerySet:
        """Without those of whom one blocks the other."""
        either = Q(blocker=OuterRef("member"), blocked=OuterRef("helper")) | Q(
            blocker=OuterRef("helper"), blocked=OuterRef("member")
        )
        return self.filter(~Exists(Block.objects.filter(either)))

    def in_force(self, now: datetime) -> MandateQuerySet:
        """Those a helper may act under at this moment."""
        return self.living(now).together().filter(accepted_at__isnull=False)

    def between(self, member_id: int, helper_id: int) -> MandateQuerySet:
        return self.filter(member_id=member_id, helper_id=helper_id)


class Mandate(models.Model):
    """A member lets a helper act in their name (代办授权), for topics, until a moment; either ends it at once."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="mandates")
    helper = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="helpings")
    # Keys of helping.topics.
    topics = models.JSONField(default=list)
    given_at = models.DateTimeField()
    # The midnight after the last day on which it holds.
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    consent = models.CharField(max_length=5, choices=Consent.choices)
    recorded_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Where the signed sheet is kept.
    evidence = models.CharField(max_length=160, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "helper"), condition=Q(revoked_at=None), name="mandate_once_per_pair"
            ),
            models.CheckConstraint(condition=~Q(member=F("helper")), name="mandate_for_another"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("given_at")), name="mandate_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.helper_id} for {self.member_id} until {self.ends_at}"
