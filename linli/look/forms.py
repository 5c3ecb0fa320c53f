"""Django forms in our design: label above, help below, the error in words beside its field and in a summary on top."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import Jinja2
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

# Widgets are drawn by Django's own Jinja2 templates, several times quicker than its others.
_RENDERER = Jinja2()

_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
)


class LinliForm(forms.Form):
    """A form of ours; `field_order`, labels and help texts come from the form, all looks from the page."""

    default_renderer = _RENDERER
    use_required_attribute = False  # the server says in words what is missing; browsers' bubbles cannot be enlarged

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_plainly(field)


def _say_plainly(field: forms.Field) -> None:
    """“Please fill this in.” instead of “This field is required.”, where the form has no words of its own."""
    if str(field.error_messages.get("required")) == str(forms.Field.default_error_messages["required"]):
        field.error_messages["required"] = (
            _("Please tick this to go on.")
            if isinstance(field, forms.BooleanField)
            else _("Please choose one.")
            if isinstance(field, forms.ChoiceField)
            else _("Please fill this in.")
        )


class PicturesInput(forms.FileInput):
    """Several pictures with a preview; a plain file field without JavaScript."""

    allow_multiple_selected = True
    is_pictures = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "image/*", **(attrs or {})})


class AttachmentsInput(PicturesInput):
    """Pictures, and other files beside them."""

    is_for_all = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio or checkbox of a group, drawn as a card."""

    id: str
    name: str
    value: str
    label: str
    checked: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Field:
    """A bound field as the page draws it."""

    id: str
    name: str
    kind: str
    label: str
    help: str
    errors: tuple[str, ...]
    optional: bool
    widget: Markup
    choices: tuple[Choice, ...]
    is_pictures: bool
    is_for_all: bool

    @property
    def anchor(self) -> str:
        """Where the summary's link leads: a group has no field of its own id, but its first choice has."""
        return self.choices[0].id if self.choices else self.id


def describe(bound: BoundField) -> Field:
    """The field with the attributes that tie help and error to it for screen readers."""
    widget = bound.field.widget
    kind = next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "input")
    errors = tuple(str(error) for error in bound.errors)
    grouped = kind in ("radios", "checkboxes")
    return Field(
        id=bound.id_for_label if not grouped else bound.auto_id,
        name=bound.html_name,
        kind=kind,
        label=str(bound.label or ""),
        help=str(bound.help_text or ""),
        errors=errors,
        optional=not bound.field.required and kind not in ("checkbox", "hidden"),
        widget=Markup() if grouped else _drawn(bound, kind, bool(errors)),
        choices=tuple(_choices(bound, kind)) if grouped else (),
        is_pictures=getattr(widget, "is_pictures", False),
        is_for_all=getattr(widget, "is_for_all", False),
    )


def _drawn(bound: BoundField, kind: str, is_wrong: bool) -> Markup:
    if kind == "hidden":
        return Markup(bound.as_widget())  # noqa: S704  (drawn and escaped by Django)
    own = bound.field.widget.attrs.get("class", "")
    looks = "check" if kind == "checkbox" else f"input input-{kind}"
    attrs: dict[str, str | bool] = {"class": f"{looks} {own}".strip()}
    if described := described_by(bound):
        attrs["aria-describedby"] = described
    if is_wrong:
        attrs["aria-invalid"] = "true"
    if bound.field.required and kind != "checkbox":
        attrs["aria-required"] = "true"
    return Markup(bound.as_widget(attrs=attrs))  # noqa: S704


def described_by(bound: BoundField) -> str:
    """The ids of the field's error and help, those that exist."""
    parts = [f"{bound.auto_id}-error"] if bound.errors else []
    if bound.help_text:
        parts.append(f"{bound.auto_id}-help")
    return " ".join(parts)


def _choices(bound: BoundField, kind: str) -> Iterator[Choice]:
    for sub in bound.subwidgets:
        one = sub.data
        if one["value"] in ("", None):
            continue
        yield Choice(
            id=one["attrs"].get("id", ""),
            name=one["name"],
            value=str(one["value"]),
            label=str(one["label"]),
            checked=bool(one["selected"]),
            kind="radio" if kind == "radios" else "checkbox",
        )
