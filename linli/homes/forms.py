from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.homes import rules
from linli.homes.areas import parse_area, parse_share
from linli.homes.models import OccupancyKind, UnitKind
from linli.homes.plans import NUMBERINGS, Pattern, Plan, PlannedBuilding, PlannedEntrance, PlannedUnit
from linli.homes.tables import SIZE_MAX
from linli.kernel.text import clean_line
from linli.look.forms import LinliForm


class LineField(forms.CharField):
    """One line of text, cleaned; identity numbers are refused wherever they are typed."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(super().to_python(value) or ""))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if refusal := rules.refuse_identity_number(value):
            raise forms.ValidationError(str(refusal.message))


class AreaField(forms.CharField):
    """“89.50” → 8950 hundredths of a square metre."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Floor area in m²"))
        options.setdefault("help_text", gettext_lazy("As in the deed, such as 89.50"))
        super().__init__(required=False, max_length=20, **options)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if (area := parse_area(text)) is None:
            raise forms.ValidationError(_("This is not an area such as 89.50."))
        return area


class ShareField(forms.CharField):
    def clean(self, value: Any) -> tuple[int, int]:
        share = parse_share(super().clean(value))
        if share is None:
            raise forms.ValidationError(_("Write a share like 1/2 or 50%."))
        return share


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)


class NameForm(LinliForm):
    name = LineField(label=gettext_lazy("What it is called"), max_length=24)


class UnitForm(LinliForm):
    name = LineField(label=gettext_lazy("Number"), max_length=24)
    floor = forms.IntegerField(label=gettext_lazy("Floor"), min_value=-9, max_value=200)
    area = AreaField()
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=UnitKind.choices)


class OneHomeForm(LinliForm):
    """A single home, typed in; its building and entrance are made if they are not there yet."""

    building = LineField(label=gettext_lazy("Building"), max_length=24, help_text=gettext_lazy("Such as “Building 3”"))
    entrance = LineField(
        label=gettext_lazy("Entrance"),
        max_length=24,
        required=False,
        help_text=gettext_lazy("Leave it empty where the building has only one"),
    )
    name = LineField(label=gettext_lazy("Number"), max_length=24, help_text=gettext_lazy("Such as 501"))
    floor = forms.IntegerField(label=gettext_lazy("Floor"), min_value=-9, max_value=200, initial=1)
    area = AreaField()
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=UnitKind.choices, initial=UnitKind.DWELLING)

    def plan(self) -> Plan:
        given = self.cleaned_data
        unit = PlannedUnit(given["name"], given["floor"], given["area"], given["kind"])
        return Plan((PlannedBuilding(given["building"], (PlannedEntrance(given["entrance"], (unit,)),)),))


class NumbersField(forms.CharField):
    """“4, 13 14” → {4, 13, 14}."""

    def clean(self, value: Any) -> frozenset[int]:
        parts = [part for part in re.split(r"[\s,，、;；]+", super().clean(value)) if part]
        if not all(re.fullmatch(r"-?\d{1,3}", part) for part in parts):
            raise forms.ValidationError(_("Write numbers with commas between them, such as 4, 13, 14."))
        return frozenset(int(part) for part in parts)


class AreasField(forms.CharField):
    """“89.50, 120.36” → one area for each home of a floor, or one for all."""

    def clean(self, value: Any) -> tuple[int, ...]:
        parts = [part for part in re.split(r"[\s,，、;；]+", super().clean(value)) if part]
        areas = [parse_area(part) for part in parts]
        if any(area is None for area in areas):
            raise forms.ValidationError(_("Write areas such as 89.50, 120.36."))
        return tuple(area for area in areas if area is not None)


class GenerateForm(LinliForm):
    """A whole estate from a few numbers."""

    building_name = LineField(
        label=gettext_lazy("Name of the buildings"),
        max_length=20,
        help_text=gettext_lazy("{} stands for the number: “Building {}” makes Building 1, Building 2 …"),
    )
    building_first = forms.IntegerField(label=gettext_lazy("First number"), min_value=1, max_value=999, initial=1)
    building_last = forms.IntegerField(label=gettext_lazy("Last number"), min_value=1, max_value=999, initial=6)
    is_lettered = forms.BooleanField(label=gettext_lazy("Letters instead of numbers: A, B, C …"), required=False)
    entrances = forms.IntegerField(
        label=gettext_lazy("Entrances in each building"), min_value=1, max_value=20, initial=2
    )
    entrance_name = LineField(
        label=gettext_lazy("Name of the entrances"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("{} stands for the number. Leave it empty where each building has only one."),
    )
    floor_first = forms.IntegerField(label=gettext_lazy("Lowest floor"), min_value=-9, max_value=200, initial=1)
    floor_last = forms.IntegerField(label=gettext_lazy("Highest floor"), min_value=-9, max_value=200, initial=12)
    homes_per_floor = forms.IntegerField(
        label=gettext_lazy("Homes on each floor of an entrance"), min_value=1, max_value=60, initial=2
    )
    numbering = forms.ChoiceField(
        label=gettext_lazy("How the third home on floor 12 is called"),
        choices=tuple(NUMBERINGS.items()),
        widget=forms.RadioSelect,
        initial="floor2",
    )
    left_out_floors = NumbersField(
        label=gettext_lazy("Floors that do not exist"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Such as 4, 13, 14"),
    )
    left_out_homes = NumbersField(
        label=gettext_lazy("Home numbers that are left out on every floor"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("With 4 left out, a floor of four has 1, 2, 3 and 5"),
    )
    areas = AreasField(
        label=gettext_lazy("Floor areas in m²"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("One for all homes, or one for each home of a floor: 89.50, 120.36. May stay empty."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=UnitKind.choices, initial=UnitKind.DWELLING)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("building_last", 1) < given.get("building_first", 1):
            self.add_error("building_last", _("The last number is smaller than the first."))
        if given.get("floor_last", 1) < given.get("floor_first", 1):
            self.add_error("floor_last", _("The highest floor is below the lowest."))
        many = given.get("building_last", 1) > given.get("building_first", 1)
        if many and "{}" not in given.get("building_name", "{}"):
            self.add_error("building_name", _("With several buildings the name needs {} for the number."))
        if given.get("entrances", 1) > 1 and "{}" not in given.get("entrance_name", "{}"):
            self.add_error("entrance_name", _("With several entrances the name needs {} for the number."))
        areas, homes = given.get("areas", ()), given.get("homes_per_floor", 1)
        if len(areas) not in (0, 1, homes):
            message = _("There are %(areas)s areas for %(homes)s homes on a floor.")
            self.add_error("areas", message % {"areas": len(areas), "homes": homes})
        if not self.errors:
            self._ask_size()
        return given

    def _ask_size(self) -> None:
        if refusal := rules.refuse_size(self.pattern().unit_count):
            raise forms.ValidationError(str(refusal.message))

    def pattern(self) -> Pattern:
        return Pattern(**self.cleaned_data)


class UploadForm(LinliForm):
    table = forms.FileField(
        label=gettext_lazy("Table as CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_table(self) -> Any:
        table = self.cleaned_data["table"]
        if table.size > SIZE_MAX:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return table


class TitleForm(LinliForm):
    owner_name = LineField(
        label=gettext_lazy("Owner"),
        max_length=64,
        help_text=gettext_lazy("Name only. Linli keeps no identity numbers."),
    )
    share = ShareField(
        label=gettext_lazy("Share"),
        required=False,
        max_length=16,
        help_text=gettext_lazy("Such as 1/2; empty: the whole"),
    )
    since = DayField(label=gettext_lazy("Since"))
    until = DayField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Only for a title that has already ended")
    )
    evidence = LineField(
        label=gettext_lazy("Seen in"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Such as “deed, seen on 3 March”, without its number"),
    )


class EndTitleForm(LinliForm):
    until = DayField(label=gettext_lazy("First day on which it no longer counts"))


class OccupancyForm(LinliForm):
    member = forms.ChoiceField(label=gettext_lazy("Member"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=gettext_lazy("Lives there as"), choices=OccupancyKind.choices)
    since = DayField(label=gettext_lazy("Since"))
    until = DayField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("The day a lease ends; may stay empty")
    )
    verified_how = LineField(
        label=gettext_lazy("How you know"),
        max_length=120,
        help_text=gettext_lazy("Such as “lease seen” or “known to the office”"),
    )

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = members  # type: ignore[attr-defined]


def day_asked(text: str, today: date) -> date:
    """The day of `?on=2020-05-04`; today where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
