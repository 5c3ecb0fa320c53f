"""Pages of other packages (allauth) in our shell."""

from pathlib import Path

from django import forms
from django.template.backends.django import DjangoTemplates
from django.template.loader import render_to_string
from django.utils import translation


class LogIn(forms.Form):
    login = forms.CharField(label="Number <b>")
    password = forms.CharField(widget=forms.PasswordInput)


def test_a_page_of_allauth_stands_in_our_shell(ask):
    text = render_to_string("account/account_inactive.html", {}, ask())

    assert text.lstrip().startswith("<!doctype html>")
    assert text.count("<html") == text.count("<main") == 1
    assert "Sunny Gardens" in text
    assert "<h1>Account Inactive</h1>" in text


def test_it_speaks_the_language_of_the_visitor(ask):
    with translation.override("zh-hans"):
        text = render_to_string("account/account_inactive.html", {}, ask(language="zh-hans"))

    assert '<html lang="zh-Hans"' in text
    assert "阳光花园" in text


FORM = """{% extends 'allauth/layouts/base.html' %}{% load allauth %}{% block content %}
{% element form form=form method='post' action='/x/' %}
  {% slot body %}{% csrf_token %}{% element fields form=form %}{% endelement %}{% endslot %}
  {% slot actions %}{% element button type='submit' %}Go{% endelement %}{% endslot %}
{% endelement %}{% endblock %}"""

PANEL = """{% extends 'allauth/layouts/manage.html' %}{% load allauth %}{% block content %}
{% element panel %}
  {% slot title %}Keys{% endslot %}
  {% slot body %}<i>{{ text }}</i>{% endslot %}
  {% slot actions %}{% element button href='/a/' tags='danger' %}End{% endelement %}{% endslot %}
{% endelement %}{% endblock %}"""


def drawn(source, context, request):
    """A template of another package, by name as allauth's tags want it."""
    loaders = [
        ("django.template.loaders.locmem.Loader", {"sample.html": source}),
        ("django.template.loaders.filesystem.Loader", [Path(__file__).parent.parent / "dtl"]),
    ]
    libraries = {"allauth": "allauth.templatetags.allauth", "look": "linli.look.templatetags.look"}
    processors = ["django.template.context_processors.request"]
    options = {"loaders": loaders, "libraries": libraries, "context_processors": processors}
    engine = DjangoTemplates({"NAME": "sample", "DIRS": [], "APP_DIRS": False, "OPTIONS": options})
    return engine.get_template("sample.html").render(context, request)


def test_its_forms_are_drawn_as_ours(ask):
    text = drawn(FORM, {"form": LogIn({})}, ask())

    assert '<a href="#id_login">' in text
    assert "Number &lt;b&gt;" in text
    assert '<button class="button button-big" type="submit">Go</button>' in text
    assert text.count("csrfmiddlewaretoken") == 2  # its own form, and the page's


def test_a_panel_keeps_its_body_and_its_actions(ask):
    text = drawn(PANEL, {"text": "<x>"}, ask())

    assert "<h2>Keys</h2>" in text
    assert "<i>&lt;x&gt;</i>" in text
    assert '<a class="button button-grave" href="/a/">End</a>' in text
