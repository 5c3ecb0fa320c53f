from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.admission import rules
from linli.admission.actions.applications import Answer
from linli.admission.actions.settings import AskedQuestion
from linli.admission.models import QuestionKind
from linli.admission.reads.applications import QuestionLine
from linli.admission.reads.letters import Places
from linli.homes.forms import LineField
from linli.homes.models import OccupancyKind
from linli.kernel.text import clean_text
from linli.look.forms import LinliForm
from linli.people.roles import ROLE_NAMES, Role

NAME_HELP = gettext_lazy("As your neighbours know you, such as “Li Mei” or “Grandpa Sun”")
ANYBODY = "any"
LETTER_KINDS = (
    (ANYBODY, gettext_lazy("The person says whether they own or rent")),
    (OccupancyKind.OWNER.value, gettext_lazy("Owners")),
    (OccupancyKind.TENANT.value, gettext_lazy("Tenants")),
)


class AcceptField(forms.BooleanField):
    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("I have read the rules and accept them"),
            error_messages={"required": str(rules.RULES_NOT_ACCEPTED.message)},
        )


class EnterForm(LinliForm):
    """The name one wants to be called, and a yes to the rules."""

    name = LineField(label=gettext_lazy("Your name here"), max_length=32, help_text=NAME_HELP)
    accept = AcceptField()


class EnterHomeForm(EnterForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("In this home I am"),
        choices=[
            (OccupancyKind.OWNER.value, gettext_lazy("the owner")),
            (OccupancyKind.TENANT.value, gettext_lazy("the tenant")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please say whether you own or rent this home.")},
    )
    field_order = ("name", "kind", "accept")

    def __init__(self, *args: Any, asks_kind: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_kind:
            del self.fields["kind"]


class CodeForm(LinliForm):
    code = forms.CharField(
        label=gettext_lazy("Code on the letter"),
        max_length=40,
        help_text=gettext_lazy("Ten signs, such as ACDEF-GHJKM; capitals and dash do not matter"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class LettersForm(LinliForm):
    """Which homes get a letter; nothing chosen means all."""

    buildings = forms.MultipleChoiceField(
        label=gettext_lazy("Buildings"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all of them"),
    )
    entrance = forms.ChoiceField(label=gettext_lazy("Only one entrance"), required=False)
    floor = forms.IntegerField(label=gettext_lazy("Only one floor"), required=False, min_value=-9, max_value=200)
    only_without_account = forms.BooleanField(
        label=gettext_lazy("Only homes where nobody has an account yet"), required=False, initial=True
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("For whom"), choices=LETTER_KINDS, widget=forms.RadioSelect, initial=ANYBODY
    )
    days = forms.IntegerField(
        label=gettext_lazy("Good for how many days"), min_value=1, max_value=rules.DAYS_MAX, initial=90
    )

    def __init__(self, *args: Any, places: Places, has_homes_chosen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_homes_chosen:
            for name in ("buildings", "entrance", "floor", "only_without_account"):
                del self.fields[name]
            return
        buildings = [(str(pk), _building_words(name, homes, open_)) for pk, name, homes, open_ in places.buildings]
        self.fields["buildings"].choices = buildings  # type: ignore[attr-defined]
        entrances = [("", _("All entrances")), *((str(pk), name) for pk, name in places.entrances)]
        self.fields["entrance"].choices = entrances  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        """What the letter says; nothing where the person says it."""
        kind: str = self.cleaned_data["kind"]
        return "" if kind == ANYBODY else kind


def _building_words(name: str, homes: int, without: int) -> str:
    return _("%(name)s (%(homes)s homes, %(without)s without an account)") % {
        "name": name,
        "homes": homes,
        "without": without,
    }


class InvitationForm(LinliForm):
    note = LineField(
        label=gettext_lazy("What it is for"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Only you and the stewards see it, such as “poster in the stairwell”"),
    )
    uses_max = forms.IntegerField(
        label=gettext_lazy("How many people may use it"), min_value=1, max_value=rules.USES_MAX, initial=20
    )
    days = forms.IntegerField(
        label=gettext_lazy("Good for how many days"), min_value=1, max_value=rules.DAYS_MAX, initial=14
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Who comes by it also becomes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Leave it empty for ordinary members"),
    )

    def __init__(self, *args: Any, maker_roles: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (str(int(role)), name)
            for role, name in ROLE_NAMES.items()
            if role != Role.RESIDENT
            and rules.refuse_invitation(maker_roles=maker_roles, is_helper=False, roles=int(role)) is None
        ]
        if not self.fields["roles"].choices:  # type: ignore[attr-defined]
            del self.fields["roles"]

    def clean_roles(self) -> int:
        return sum(int(role) for role in self.cleaned_data["roles"])


class ApplyForm(LinliForm):
    """The name, the community's own questions, and the home if there are homes."""

    name = LineField(label=gettext_lazy("Your name here"), max_length=32, help_text=NAME_HELP)
    home = LineField(
        label=gettext_lazy("Your home"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Building, entrance and number, such as 3-2-501"),
    )
    home_kind = forms.ChoiceField(label=gettext_lazy("You live there as"), required=False)

    def __init__(self, *args: Any, questions: tuple[QuestionLine, ...], has_homes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        if has_homes:
            choices = [("", _("I would rather not say")), *OccupancyKind.choices]
            self.fields["home_kind"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["home"], self.fields["home_kind"]
        for question in questions:
            self.fields[f"question_{question.id}"] = _question_field(question)
        self.fields["accept"] = AcceptField()

    def answers(self) -> tuple[Answer, ...]:
        given = ((question.text, self.cleaned_data[f"question_{question.id}"]) for question in self.questions)
        return tuple(Answer(text, str(answer)) for text, answer in given if answer)


def _question_field(question: QuestionLine) -> forms.Field:
    if question.kind == QuestionKind.CHOICE:
        choices = [(answer, answer) for answer in question.answers]
        return forms.ChoiceField(
            label=question.text, choices=choices, required=question.is_required, widget=forms.RadioSelect
        )
    return LineField(
        label=question.text, max_length=500, required=question.is_required, widget=forms.Textarea(attrs={"rows": 3})
    )


class ApproveForm(LinliForm):
    home = LineField(
        label=gettext_lazy("Home in the register"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("As in the register, such as 3-2-501. Empty: the person joins without a home."),
    )
    home_kind = forms.ChoiceField(
        label=gettext_lazy("Lives there as"), choices=OccupancyKind.choices, initial=OccupancyKind.OWNER
    )
    verified_how = LineField(
        label=gettext_lazy("How you know"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Needed with a home: “met at the door”, “lease seen”. No numbers of documents."),
    )

    def __init__(self, *args: Any, has_homes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_homes:
            self.fields.clear()


class RefuseForm(LinliForm):
    reason = LineField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The person reads it and may apply again."),
    )


class JoinSettingsForm(LinliForm):
    takes_applications = forms.BooleanField(
        label=gettext_lazy("People who know the address may apply"),
        required=False,
        help_text=gettext_lazy("They see the name and the description, and nothing of what is inside."),
    )
    letter_days = forms.IntegerField(
        label=gettext_lazy("Letters to homes are good for how many days"), min_value=1, max_value=rules.DAYS_MAX
    )


QUESTION_ROWS = 3


class QuestionForm(LinliForm):
    text = LineField(label=gettext_lazy("Question"), max_length=160, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Answered by"), choices=QuestionKind.choices, required=False)
    answers = forms.CharField(
        label=gettext_lazy("Answers to choose from, one on each line"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_required = forms.BooleanField(label=gettext_lazy("Has to be answered"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["answers"] = tuple(
            dict.fromkeys(
                line.strip()[:120] for line in clean_text(given.get("answers", "")).split("\n") if line.strip()
            )
        )
        if given.get("text") and given.get("kind") == QuestionKind.CHOICE and len(given["answers"]) < 2:
            self.add_error("answers", _("Give at least two answers to choose from."))
        return given


class QuestionsForm:
    """All questions at once, with three empty rows below; a row without a question goes away."""

    def __init__(self, lines: tuple[QuestionLine, ...], posted: Any = None) -> None:
        rows = min(len(lines) + QUESTION_ROWS, rules.QUESTIONS_MAX)
        self.forms = [
            QuestionForm(
                posted, prefix=f"q{i}", initial=self._initial(lines[i]) if i < len(lines) else {"is_required": True}
            )
            for i in range(rows)
        ]

    @staticmethod
    def _initial(line: QuestionLine) -> dict[str, object]:
        return {
            "text": line.text,
            "kind": line.kind,
            "answers": "\n".join(line.answers),
            "is_required": line.is_required,
        }

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]  # each is asked, so that each shows its errors
        return all(valid)

    def questions(self) -> Iterable[AskedQuestion]:
        for form in self.forms:
            given = form.cleaned_data
            if given.get("text"):
                kind = given.get("kind") or QuestionKind.TEXT
                answers = given["answers"] if kind == QuestionKind.CHOICE else ()
                yield AskedQuestion(given["text"], kind, answers, given["is_required"])
