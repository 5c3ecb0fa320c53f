from __future__ import annotations

from django.db import models

from linli.people.models import Member

SIZES = (480, 1200, 2048)  # the longer side
SQUARE_SIZES = (160, 480)  # of portraits and community pictures, cut to a square


def sizes_of(longest: int) -> tuple[int, ...]:
    """The sizes kept of a picture: no size larger than the picture needs."""
    return tuple(size for i, size in enumerate(SIZES) if i == 0 or longest > SIZES[i - 1])


class Picture(models.Model):
    """A picture as we keep it (图片): decoded, turned upright, without metadata, in our own sizes."""

    owner = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="pictures")
    # Random: names the files of this row alone, and cannot be guessed from outside.
    name = models.CharField(max_length=64, unique=True)
    is_square = models.BooleanField(default=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    at = models.DateTimeField()
    # None while an entry shows it; what nothing shows is swept a day after this.
    unused_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("unused_since",), name="picture_unused", condition=models.Q(unused_since__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.name[:12]} {self.width}×{self.height}"

    @property
    def sizes(self) -> tuple[int, ...]:
        return SQUARE_SIZES if self.is_square else sizes_of(max(self.width, self.height))


class Enclosure(models.Model):
    """A video, an audio note or a file (附件); video and sound are made anew by the worker before they are shown."""

    class Kind(models.TextChoices):
        VIDEO = "video"
        AUDIO = "audio"
        DOCUMENT = "document"

    owner = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="enclosures")
    # Random: names the files of this row alone, and cannot be guessed from outside.
    name = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    suffix = models.CharField(max_length=8)
    # As its sender called it, cleaned; what it is was found by its content.
    called = models.CharField(max_length=120)
    size_bytes = models.PositiveBigIntegerField()
    seconds = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    percent = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=32, blank=True)  # code of the refusal
    unused_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("unused_since",), name="enclosure_unused", condition=models.Q(unused_since__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.name[:12]}"

    @property
    def has_poster(self) -> bool:
        return self.kind == self.Kind.VIDEO and self.ready_at is not None
