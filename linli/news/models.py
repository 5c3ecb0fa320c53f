from __future__ import annotations

from django.db import models

from linli.entries.models import Entry
from linli.people.models import Community, Member


class StoryQuerySet(models.QuerySet["Story"]):
    def waiting(self) -> StoryQuerySet:
        """Those an editor has to look at."""
        return self.filter(
            submitted_at__isnull=False, returned_at=None, declined_at=None, withdrawn_at=None, entry=None
        )


class Story(models.Model):
    """What a resident reporter writes (稿件); where it stands follows from its times."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    reporter = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="stories")
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    pictures = models.JSONField(default=list)  # [[id, words], …]; the reporter's own
    enclosures = models.JSONField(default=list)  # [[id, words, captions], …]: recordings and files
    language = models.CharField(max_length=8, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    entry = models.OneToOneField(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="story")
    published_at = models.DateTimeField(null=True, blank=True)
    # Raised with every change, so that two who write at once lose nothing.
    revision = models.PositiveIntegerField(default=1)

    objects = StoryQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("community", "submitted_at"), name="story_desk"),)

    def __str__(self) -> str:
        return self.title or f"story {self.pk}"


class StoryStep(models.Model):
    """What happened to a story, who did it, what it said before, and a note to the other side (稿件经过)."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="steps")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=10)
    note = models.CharField(max_length=600, blank=True)
    title_before = models.CharField(max_length=120, blank=True)
    body_before = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.story_id}: {self.what}"
