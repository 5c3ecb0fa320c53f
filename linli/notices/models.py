from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.entries.models import Entry
from linli.people.models import Member


class Notice(models.Model):
    """What hangs on an entry of kind notice (公告): urgency and when it stops to matter."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.CASCADE, related_name="notice")
    is_urgent = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    # How many homes it reached when it was sent; the register changes, this does not.
    homes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(is_urgent=False) | Q(expires_at__isnull=False), name="urgent_notice_expires"
            ),
        )

    def __str__(self) -> str:
        return f"notice {self.pk}"


class Receipt(models.Model):
    """A member has opened a notice, or confirmed it by “知道了” (回执)."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="receipts")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="receipts")
    helper = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("notice", "member"), name="receipt_once_per_member"),)
        indexes = (models.Index(fields=("member", "notice"), name="receipt_of_member"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.notice_id}"
