from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import clean_line, clean_text
from linli.look.forms import LinliForm


class CircleForm(LinliForm):
    name = forms.CharField(
        max_length=32, label=_("Name of the circle"), help_text=_("“Choir”, “Early swimmers”, “Parents of building 3”")
    )
    about = forms.CharField(
        max_length=500, required=False, label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who it is for, when you meet, what newcomers should know."),
    )  # fmt: skip
    is_open = forms.ChoiceField(
        label=_("Who comes in"),
        widget=forms.RadioSelect,
        choices=(("1", _("Every member who wants to")), ("0", _("Whom those who lead it let in"))),
        initial="1",
    )

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_about(self) -> str:
        return clean_text(self.cleaned_data["about"])

    def clean_is_open(self) -> bool:
        return str(self.cleaned_data["is_open"]) == "1"


class AskForm(LinliForm):
    words = forms.CharField(
        max_length=200, required=False, label=_("A word to those who lead it"), widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_words(self) -> str:
        return clean_line(self.cleaned_data["words"], 200)
