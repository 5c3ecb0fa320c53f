from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.entries.actions.posting import Places
from linli.entries.forms import PicturesField
from linli.entries.models import Reach
from linli.homes.reads.register import building_choices
from linli.kernel.text import clean_line, clean_text
from linli.look.forms import LinliForm
from linli.notices.homes import find_homes
from linli.people.models import Kind, Member

EVERY_HOME, SOME = "all", "some"


class NoticeForm(LinliForm):
    """What a notice says, to whom, and until when."""

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
    homes = forms.CharField(
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("Single homes"),
        help_text=gettext_lazy("One per line: building, entrance, number, such as 3-2-501"),
    )  # fmt: skip
    is_urgent = forms.BooleanField(
        required=False, label=gettext_lazy("Urgent: stays on top of every page until its end")
    )
    expires_at = forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        label=gettext_lazy("Matters until"),
        help_text=gettext_lazy("Afterwards it moves to the older ones. An urgent notice needs an end."),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        scopes = [(EVERY_HOME, _("The whole community"))]
        if member.community.kind == Kind.RESIDENTIAL:
            scopes.append((SOME, _("Some buildings or homes")))
            self.fields["buildings"].choices = building_choices(member.community_id)  # type: ignore[attr-defined]
        else:
            del self.fields["buildings"], self.fields["homes"]
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]

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
        is_some = values.get("scope") == SOME
        if is_some and not (values.get("buildings") or values.get("homes") or self.errors.get("homes")):
            self.add_error("buildings", _("Please choose at least one building or home."))
        values["reach"] = Reach.PLACES if is_some else Reach.COMMUNITY
        values["places"] = Places(
            buildings=values.get("buildings") or () if is_some else (),
            units=values.get("homes") or () if is_some else (),
        )
        return values


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
