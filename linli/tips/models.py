from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.entries.models import Entry
from linli.people.models import Community, Member


class TipSeries(models.Model):
    """Whether tips go out in a community, and when in the month (每月科普)."""

    community = models.OneToOneField(Community, primary_key=True, on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=False)
    day = models.PositiveSmallIntegerField(default=5)  # 1 to 28, so that every month has it
    hour = models.PositiveSmallIntegerField(default=9)
    # Whose name stands under the tips; somebody in office answers for them.
    keeper = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    # Months before this are not caught up with.
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=28), name="tip_day_in_every_month"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="tip_hour_of_a_day"),
        )

    def __str__(self) -> str:
        return f"tips of {self.pk}"


class Tip(models.Model):
    """A piece of advice for one month of the year, in both languages (科普小贴士)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="tips")
    month = models.PositiveSmallIntegerField()
    title_zh = models.CharField(max_length=120, blank=True)
    body_zh = models.TextField(blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    body_en = models.TextField(blank=True)
    is_skipped = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)  # the last time

    class Meta:
        ordering = ("month", "id")
        constraints = (models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="tip_month_of_a_year"),)

    def __str__(self) -> str:
        return self.title_zh or self.title_en


class TipOfMonth(models.Model):
    """What went out in a month: at most one tip, however often the worker asks."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    month = models.CharField(max_length=7)  # 2026-11
    tip = models.ForeignKey(Tip, null=True, on_delete=models.SET_NULL, related_name="+")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("community", "month"), name="one_tip_a_month"),)

    def __str__(self) -> str:
        return self.month
