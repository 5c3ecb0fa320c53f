from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.people.models import Community, Member


class CircleQuerySet(models.QuerySet["Circle"]):
    def open_in(self, community_id: int) -> CircleQuerySet:
        """Those that have not been closed; every member of the community may know of them."""
        return self.filter(community_id=community_id, closed_at=None)

    def of(self, member_id: int) -> CircleQuerySet:
        """Those the member belongs to."""
        mine = Belonging.objects.filter(member_id=member_id, admitted_at__isnull=False)
        return self.filter(closed_at=None, pk__in=mine.values("circle"))


class Circle(models.Model):
    """Some members of a community who write to each other apart (小组)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="circles")
    name = models.CharField(max_length=32)
    about = models.CharField(max_length=500, blank=True)
    is_open = models.BooleanField(default=True)  # whoever wants comes in; otherwise one who leads lets them in
    founded_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    founded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    members = models.PositiveIntegerField(default=0)

    objects = CircleQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("community", "name"), condition=Q(closed_at=None), name="circle_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Belonging(models.Model):
    """A member is in a circle, or asks to be (入组)."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="belongings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="belongings")
    asked_at = models.DateTimeField()
    words = models.CharField(max_length=200, blank=True)  # said when asking
    admitted_at = models.DateTimeField(null=True, blank=True)
    is_lead = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("circle", "member"), name="belonging_once"),)
        indexes = (models.Index(fields=("member", "circle"), name="belonging_of_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} in {self.circle_id}"
