import re

from django import forms

from linli.look.forms import LinliForm, PicturesInput, describe
from linli.look.jinja import environment

EN = environment(language="en")
MACROS = '{% from "look/forms.html" import error_summary, form_fields, submit %}'


class Refusal:
    def __init__(self, message, field=""):
        self.message, self.field = message, field


class Sample(LinliForm):
    title = forms.CharField(label="Title", help_text="One line.")
    reach = forms.ChoiceField(label="Reach", widget=forms.RadioSelect, choices=[("", "-"), ("all", "All"), ("b", "B")])
    agreed = forms.BooleanField(label="I agree")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    pictures = forms.FileField(label="Pictures", required=False, widget=PicturesInput())
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(source, **context):
    return " ".join(EN.from_string(MACROS + source).render(**context).split())


def test_a_label_leads_to_its_field():
    text = drawn("{{ form_fields(form) }}", form=Sample())

    assert '<label class="label" for="id_title">Title</label>' in text
    assert 'id="id_title"' in text


def test_help_and_error_are_tied_to_the_field():
    text = drawn("{{ form_fields(form) }}", form=Sample({}))

    assert 'aria-describedby="id_title-error id_title-help"' in text
    assert 'aria-invalid="true"' in text
    assert '<p class="wrong" id="id_title-error">' in text
    assert '<p class="help" id="id_title-help">One line.</p>' in text


def test_errors_say_what_to_do():
    form = Sample({})

    assert form.errors["title"] == ["Please fill this in."]
    assert form.errors["reach"] == ["Please choose one."]
    assert form.errors["agreed"] == ["Please tick this to go on."]


def test_the_summary_leads_to_every_wrong_field():
    text = drawn("{{ error_summary(form) }}", form=Sample({}))

    assert 'role="alert"' in text
    assert '<a href="#id_title">Title: Please fill this in.</a>' in text
    # A group has no field of its own: the link leads to its first choice.
    assert '<a href="#id_reach_1">' in text
    assert '<a href="#id_agreed">' in text


def test_every_link_of_the_summary_has_its_target():
    form = Sample({})
    text = drawn("{{ error_summary(form) }}{{ form_fields(form) }}", form=form)

    for name in form.errors:
        assert f'id="{describe(form[name]).anchor}"' in text


def test_a_refusal_stands_in_the_summary():
    text = drawn(
        "{{ error_summary(form, refusal) }}", form=Sample(), refusal=Refusal("The letter was <used>.", "title")
    )

    assert '<a href="#id_title">The letter was &lt;used&gt;.</a>' in text


def test_a_refusal_without_a_form_is_shown_too():
    assert "Too late." in drawn("{{ error_summary(none, refusal) }}", refusal=Refusal("Too late."))


def test_nothing_wrong_shows_no_summary():
    assert drawn("{{ error_summary(form) }}", form=Sample()) == ""


def test_radios_are_cards_in_a_fieldset_with_a_legend():
    text = drawn("{{ form_fields(form) }}", form=Sample(initial={"reach": "b"}))

    assert '<legend class="label">Reach</legend>' in text
    assert '<input type="radio" id="id_reach_2" name="reach" value="b" checked>' in text
    assert 'value=""' not in text.split("</fieldset>")[0].split("<fieldset")[1]


def test_only_what_may_be_left_out_says_so():
    text = drawn("{{ form_fields(form) }}", form=Sample())

    assert text.count(">optional<") == 2  # note and pictures


def test_a_picture_field_is_a_plain_file_field_within_its_element():
    text = drawn("{{ form_fields(form) }}", form=Sample())

    assert "<picture-input" in text
    assert re.search(r'<input type="file" name="pictures"[^>]* multiple[^>]* id="id_pictures">', text)
    assert 'accept="image/*"' in text


def test_hidden_fields_show_nothing_but_themselves():
    assert '<input type="hidden" name="secret" id="id_secret">' in drawn("{{ form_fields(form) }}", form=Sample())


def test_what_was_typed_comes_back_escaped():
    assert 'value="&lt;b&gt;"' in drawn("{{ form_fields(form) }}", form=Sample({"title": "<b>"}))
