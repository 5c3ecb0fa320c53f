from __future__ import annotations

from django.db import models

from linli.people.models import Community, Member


class WelcomeWords(models.Model):
    """A community's own words for what it gives and asks, one a line; without a row the template's hold."""

    community = models.OneToOneField(Community, primary_key=True, on_delete=models.CASCADE, related_name="+")
    soon = models.TextField(blank=True)
    later = models.TextField(blank=True)
    asks = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"welcome of {self.pk}"


class FirstStep(models.Model):
    """A member has done something of the checklist for newcomers (第一步); ticked by what happened, once."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="first_steps")
    step = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("member", "step"), name="first_step_once"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.step}"


class ListPutAway(models.Model):
    """A member wants to see the checklist no more."""

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class Greeting(models.Model):
    """Somebody who looks after the community greets a newcomer (问候), once."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="greetings")
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("member", "by"), name="greeted_once"),)

    def __str__(self) -> str:
        return f"{self.by_id} greets {self.member_id}"
