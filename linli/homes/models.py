from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.people.models import Community, Member

M = TypeVar("M", bound=models.Model)


class Building(models.Model):
    """A building (楼) of a residential community."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="buildings")
    name = models.CharField(_("name"), max_length=24)
    position = models.PositiveSmallIntegerField()
    floors = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("community", "name"), name="building_name_once"),)

    def __str__(self) -> str:
        return self.name


class Entrance(models.Model):
    """An entrance or staircase (单元) of a building; nameless where the building has only one."""

    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="entrances")
    name = models.CharField(_("name"), max_length=24, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("building", "name"), name="entrance_name_once"),)

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    DWELLING = "dwelling", _("Dwelling")
    SHOP = "shop", _("Shop")
    PARKING = "parking", _("Parking space")
    OTHER = "other", _("Other")


class Unit(models.Model):
    """A home, shop or parking space (户)."""

    entrance = models.ForeignKey(Entrance, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(_("number"), max_length=24)
    floor = models.SmallIntegerField(default=1)
    area = models.PositiveIntegerField(_("floor area"), null=True, blank=True, help_text="in 0.01 m²")
    kind = models.CharField(max_length=10, choices=UnitKind.choices, default=UnitKind.DWELLING)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("entrance", "name"), name="unit_name_once"),)

    def __str__(self) -> str:
        return self.name


class DatedQuerySet(models.QuerySet[M]):
    def on(self, day: date) -> Self:
        """Those in force on a day; `until` is the first day that no longer counts."""
        return self.filter(Q(since__lte=day), Q(until=None) | Q(until__gt=day))


class OccupancyQuerySet(DatedQuerySet["Occupancy"]):
    def current(self) -> Self:
        """Those that open a door now."""
        return self.filter(ended_at=None, member__left_at=None)


class Title(models.Model):
    """Who owns a unit (产权), with a share; past titles stay for any date asked about."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="titles")
    owner_name = models.CharField(max_length=64)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="titles")
    share_numerator = models.PositiveIntegerField(default=1)
    share_denominator = models.PositiveIntegerField(default=1)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()

    objects = DatedQuerySet["Title"].as_manager()

    class Meta:
        ordering = ("unit_id", "since", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(share_numerator__gte=1) & Q(share_numerator__lte=F("share_denominator")),
                name="title_share_at_most_whole",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="title_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.owner_name}: {self.unit_id}"


class OccupancyKind(models.TextChoices):
    OWNER = "owner", _("Owner")
    FAMILY = "family", _("Family")
    TENANT = "tenant", _("Tenant")


class Occupancy(models.Model):
    """A member lives in or belongs to a unit (入住), from and until; verified by whom and how."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="occupancies")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="occupancies")
    kind = models.CharField(max_length=8, choices=OccupancyKind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    # An occupancy ended at once closes access at once, whatever the day.
    ended_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verified_how = models.CharField(max_length=120, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        ordering = ("unit_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "member"), condition=Q(ended_at=None), name="occupancy_once_per_home"
            ),
        )
        indexes = (models.Index(fields=("member", "ended_at"), name="occupancy_of_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} in {self.unit_id}"


class RegisterDraft(models.Model):
    """A table of homes that was uploaded and read, and waits for somebody to say yes; forgotten after a day."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=120)
    text = models.TextField()
    uploaded_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name
