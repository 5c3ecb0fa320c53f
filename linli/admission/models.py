from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.homes.models import OccupancyKind, Unit
from linli.people.models import Community, Member, Person
from linli.people.roles import Role


class JoinSettings(models.Model):
    """How a community lets people in; a community without a row takes applications."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, primary_key=True, related_name="+")
    takes_applications = models.BooleanField(default=True)
    letter_days = models.PositiveSmallIntegerField(default=90)

    def __str__(self) -> str:
        return str(self.community_id)


class Sheaf(models.Model):
    """Letters made in one go (一批入户信); as PDF, one file for each building."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    # Until then the letters can be shown and printed again; afterwards new ones are made.
    printable_until = models.DateTimeField()
    letters_made = models.PositiveIntegerField()
    pdf_asked_at = models.DateTimeField(null=True)
    # Building id → name of the stored file.
    pdf_files = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.letters_made} letters"


class LetterQuerySet(models.QuerySet["Letter"]):
    def open(self, now: datetime) -> Self:
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now)

    def claim(self, pk: int, now: datetime) -> bool:
        """Use the code up in one statement, so that of two people at once exactly one gets in."""
        return self.open(now).filter(pk=pk).update(used_at=now) == 1


class Letter(models.Model):
    """A one-time way into one home (入户信): on a sheet by the office, or as an invitation by the household."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="letters")
    sheaf = models.ForeignKey(Sheaf, null=True, on_delete=models.CASCADE, related_name="letters")
    invited_by = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="household_letters")
    nonce = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    # Empty: whoever uses it says whether they own or rent.
    kind = models.CharField(max_length=8, choices=OccupancyKind.choices, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(sheaf__isnull=False) | Q(invited_by__isnull=False), name="letter_has_a_sender"
            ),
        )
        indexes = (models.Index(fields=("unit", "used_at", "revoked_at"), name="letter_of_unit"),)

    def __str__(self) -> str:
        return f"letter for {self.unit_id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def claim(self, pk: int, now: datetime) -> bool:
        """Take one use in one statement; the last one is taken once."""
        free = self.filter(pk=pk, revoked_at=None, expires_at__gt=now, uses__lt=F("uses_max"))
        return free.update(uses=F("uses") + 1) == 1


class Invitation(models.Model):
    """A link that lets people in (邀请链接): so many, until then, with this role."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("what it is for"), max_length=60, blank=True)
    nonce = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    roles = models.PositiveSmallIntegerField(default=int(Role.RESIDENT))
    uses = models.PositiveIntegerField(default=0)
    uses_max = models.PositiveIntegerField()
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(uses__lte=F("uses_max")), name="invitation_uses_bounded"),)

    def __str__(self) -> str:
        return self.note or f"invitation {self.pk}"


class InvitationUse(models.Model):
    """Who came by which link."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="users")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("invitation", "member"), name="invitation_used_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} by {self.invitation_id}"


class QuestionKind(models.TextChoices):
    TEXT = "text", _("A sentence or two")
    CHOICE = "choice", _("One of several answers")


class Question(models.Model):
    """What a community asks who wants to join."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("question"), max_length=160)
    kind = models.CharField(max_length=6, choices=QuestionKind.choices, default=QuestionKind.TEXT)
    answers = models.JSONField(default=list)
    is_required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text


class ApplicationQuerySet(models.QuerySet["Application"]):
    def waiting(self) -> Self:
        return self.filter(approved_at=None, refused_at=None, withdrawn_at=None)


class Application(models.Model):
    """Somebody asks to be admitted (入群申请)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=32)
    # As asked and answered, so that editing the questions later changes no past application.
    answers = models.JSONField(default=list)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    home_words = models.CharField(max_length=80, blank=True)
    home_kind = models.CharField(max_length=8, choices=OccupancyKind.choices, blank=True)
    applied_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("applied_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("community", "person"),
                condition=Q(approved_at=None, refused_at=None, withdrawn_at=None),
                name="application_waits_once",
            ),
        )
        indexes = (models.Index(fields=("community", "applied_at"), name="application_by_time"),)

    def __str__(self) -> str:
        return f"{self.name} to {self.community_id}"
