from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.circles.models import Circle
from linli.entries.actions.posting import Places
from linli.entries.forms import PicturesField
from linli.entries.models import ADDRESSED_ROLES, Reach
from linli.homes.reads.register import building_choices, entrance_choices
from linli.kernel.text import clean_line, clean_text
from linli.look.forms import LinliForm
from linli.notices.homes import find_homes
from linli.people.models import Kind, Member
from linli.people.roles import ROLE_NAMES

EVERY_HOME, SOME, PEOPLE = "all", "some", "people"
MOMENT = "%Y-%m-%dT%H:%M"


class NoticeForm(LinliForm):
    """What a notice says, to whom, from when and until when."""

    title = forms.CharField(
        max_length=120,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What it is about and when: “Water off on Friday, 9 to 12”"),
    )
    body = forms.CharField(
        max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8}), label=gettext_lazy("Text"),
        help_text=gettext_lazy("What happens, whom it concerns, what to do, whom to ask. **Bold** and lists with - work."),
    )  # fmt: skip
    pictures = PicturesField(
        required=False,
        label=gettext_lazy("Pictures"),
        help_text=gettext_lazy("Up to 12; where and when they were taken is removed."),
    )
    scope = forms.ChoiceField(widget=forms.RadioSelect, label=gettext_lazy("To whom"))
    buildings = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Buildings")
    )
    entrances = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Entrances")
    )
    homes = forms.CharField(
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("Single homes"),
        help_text=gettext_lazy("One per line: building, entrance, number, such as 3-2-501"),
    )  # fmt: skip
    roles = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Roles")
    )
    circles = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Circles")
    )
    is_urgent = forms.BooleanField(
        required=False, label=gettext_lazy("Urgent: stays on top of every page until its end")
    )
    expires_at = forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        label=gettext_lazy("Matters until"),
        help_text=gettext_lazy("Afterwards it moves to the older ones. An urgent notice needs an end."),
    )
    publish_at = forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        label=gettext_lazy("Send it at"),
        help_text=gettext_lazy("Empty: at once. It goes out by itself, also when nobody is here."),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        scopes = [(EVERY_HOME, _("The whole community"))]
        if member.community.kind == Kind.RESIDENTIAL:
            scopes.append((SOME, _("Some buildings or homes")))
            self._offer("buildings", building_choices(member.community_id))
            self._offer("entrances", entrance_choices(member.community_id))
        else:
            del self.fields["buildings"], self.fields["entrances"], self.fields["homes"]
        scopes.append((PEOPLE, _("Certain roles or circles")))
        self._offer("roles", [(int(role), str(ROLE_NAMES[role])) for role in ADDRESSED_ROLES])
        circles = Circle.objects.open_in(member.community_id).order_by("name")
        self._offer("circles", list(circles.values_list("pk", "name")))
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]

    def _offer(self, name: str, choices: list[tuple[int, str]]) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_body(self) -> str:
        return clean_text(self.cleaned_data["body"])

    def clean_homes(self) -> tuple[int, ...]:
        found = find_homes(self.member.community_id, self.cleaned_data["homes"])
        if found.unknown:
            raise forms.ValidationError(
                _("There is no such home here: %(homes)s") % {"homes": ", ".join(found.unknown)}
            )
        if found.ambiguous:
            raise forms.ValidationError(
                _("Please add the entrance, several homes fit: %(homes)s") % {"homes": ", ".join(found.ambiguous)}
            )
        return found.unit_ids

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        places = self._places(values)
        values["reach"] = Reach.COMMUNITY if places is None else Reach.PLACES
        values["places"] = places or Places()
        return values

    def _places(self, values: dict[str, Any]) -> Places | None:
        """What is chosen, None for everybody; what stands in fields of another choice does not count."""
        scope = values.get("scope")
        if scope == SOME:
            homes = values.get("homes") or ()
            if not (values.get("buildings") or values.get("entrances") or homes or self.errors.get("homes")):
                self.add_error("buildings", _("Please choose at least one building or home."))
            return Places(buildings=values.get("buildings") or (), entrances=values.get("entrances") or (), units=homes)
        if scope == PEOPLE:
            if not (values.get("roles") or values.get("circles")):
                self.add_error("roles", _("Please choose at least one role or circle."))
            return Places(roles=values.get("roles") or (), circles=values.get("circles") or ())
        return None


def as_typed(moment: datetime | None) -> str:
    """A time as the form's fields write it, in the community's time."""
    return timezone.localtime(moment).strftime(MOMENT) if moment else ""


class CorrectionForm(LinliForm):
    """New words for a notice; whom it reaches stays, because it has been delivered."""

    title = forms.CharField(max_length=120, label=gettext_lazy("Title"))
    body = forms.CharField(
        max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8}), label=gettext_lazy("Text")
    )

    pictures = PicturesField(
        required=False,
        label=gettext_lazy("Pictures"),
        help_text=gettext_lazy("Up to 12; where and when they were taken is removed."),
    )

    def __init__(self, may_change_pictures: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_change_pictures:
            del self.fields["pictures"]

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_body(self) -> str:
        return clean_text(self.cleaned_data["body"])
