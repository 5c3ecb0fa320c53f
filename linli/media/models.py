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
