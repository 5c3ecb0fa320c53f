from __future__ import annotations

from django.db import models

from linli.people.models import Member


class Picture(models.Model):
    """A picture as we keep it (图片): decoded, turned upright, without metadata, in our own sizes."""

    owner = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="pictures")
    # Content hash of the largest size: names the files, and is unguessable from outside.
    name = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    at = models.DateTimeField()
    # Set when an entry or profile shows it; pictures never used are swept after a day.
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name[:12]} {self.width}×{self.height}"
