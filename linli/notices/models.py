from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.entries.models import Entry
from linli.homes.models import Unit
from linli.people.models import Community, Member


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
    # The first correction since the member last confirmed or opened it; what differs is shown until they confirm.
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("notice", "member"), name="receipt_once_per_member"),)
        indexes = (models.Index(fields=("member", "notice"), name="receipt_of_member"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.notice_id}"


class PaperSheet(models.Model):
    """A home without an account, or that has not opened it, got the notice on paper (纸质送达)."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="sheets")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("notice", "unit"), name="paper_sheet_once"),)

    def __str__(self) -> str:
        return f"{self.notice_id} in {self.unit_id}"


class NoticePlan(models.Model):
    """A notice that is not out yet: a draft, or one that goes out at its time (定时公告)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    # As the form was filled in: what is said, to whom, until when.
    title = models.CharField(max_length=120, blank=True)
    typed = models.JSONField(default=dict)
    pictures = models.JSONField(default=list)  # [[id, words], …]
    language = models.CharField(max_length=8, blank=True)
    changed_at = models.DateTimeField()
    publish_at = models.DateTimeField(null=True, blank=True)  # nothing: a draft
    published = models.OneToOneField(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Why it did not go out, as the code of a refusal.
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_why = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=("community", "publish_at"), name="notice_plan", condition=Q(published=None)),)

    def __str__(self) -> str:
        return self.title or f"plan {self.pk}"
