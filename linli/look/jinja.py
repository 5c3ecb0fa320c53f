"""Jinja2 for our own pages: one environment per language, in which constant words are already translated.

`_("Save")` in a template becomes the escaped word itself when the template is compiled, `_("%(name)s joined",
name=x)` a formatted constant, and `icon()` and `static()` with constant arguments their results, so a page with
sixty words and twenty icons costs no look-up at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.backends.base import BaseEngine
from django.template.backends.jinja2 import Origin, get_exception_info
from django.templatetags.static import static
from django.urls import get_urlconf, reverse
from django.utils import translation
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from linli.look.forms import describe
from linli.look.frame import Frame
from linli.look.icons import icon
from linli.look.marks import day, digits, leaf, moment, surname
from linli.look.qr import qr_svg
from linli.look.skyline import house, skyline, small

LANGUAGES = ("zh-hans", "en")
_HTMX = re.compile(r"(?<=[\s}\"'])hx-(?=[a-z-]+=)")
_FOLDED: dict[str, Callable[..., str]] = {"icon": icon, "static": static}


class Shell(NamedTuple):
    """The macros of look/shell.html by their names, as finished HTML."""

    top: Markup
    rail: Markup
    side: Markup
    bottom: Markup
    foot: Markup


class _Fold(NodeTransformer):
    """Replaces what is the same for every visitor of one language by its value."""

    def __init__(self, language: str) -> None:
        self.language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            return node
        name = node.node.name
        if name == "_" and len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
            return self._words(node, str(node.args[0].value))
        if name in _FOLDED and all(isinstance(arg, nodes.Const) for arg in node.args):
            return self._value(node, name)
        return node

    def _words(self, node: nodes.Call, message: str) -> nodes.Node:
        with translation.override(self.language):
            words = translation.gettext(message)
        if not node.kwargs:
            return nodes.Const(words, lineno=node.lineno)
        places = nodes.Dict(
            [nodes.Pair(nodes.Const(place.key), place.value, lineno=node.lineno) for place in node.kwargs],
            lineno=node.lineno,
        )
        return nodes.Mod(nodes.Const(escape(words)), places, lineno=node.lineno)

    def _value(self, node: nodes.Call, name: str) -> nodes.Node:
        if not all(isinstance(named.value, nodes.Const) for named in node.kwargs):
            return node
        positional = [arg.as_const() for arg in node.args]
        named = {keyword.key: keyword.value.as_const() for keyword in node.kwargs}
        with translation.override(self.language):
            return nodes.Const(_FOLDED[name](*positional, **named), lineno=node.lineno)


class LanguageEnvironment(jinja2.Environment):
    """Compiles every template into the words of one language."""

    def __init__(self, *, language: str, **options: Any) -> None:
        super().__init__(**options)
        self.language = language
        self.globals.update(_globals(language))
        self.globals["shell"] = self._shell if options.get("auto_reload") else lru_cache(maxsize=1024)(self._shell)
        self.filters.update(leaf=leaf, surname=surname, digits=digits, moment=moment, day=day)

    def _shell(self, frame: Frame, here: str) -> Shell:
        """What surrounds the content: the same for a person until the community changes."""
        drawn = self.get_template("look/shell.html").module
        return Shell(*(Markup(getattr(drawn, part)(frame, here)) for part in Shell._fields))  # noqa: S704  (macros escape)

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """We write `hx-post`, pages say `data-hx-post`: htmx reads both, only the second is valid HTML."""
        return _HTMX.sub("data-hx-", super().preprocess(source, name, filename))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        _Fold(self.language).visit(template)
        return template


def words(message: str, **places: object) -> str:
    """`_()` whose sentence is known only at run time, such as a name out of a table."""
    found = translation.gettext(message)
    return Markup(escape(found)) % places if places else found  # noqa: S704  (escaped first)


def plural(singular: str, many: str, num: int, **places: object) -> Markup:
    """`ngettext()`: the number is always there as %(num)s."""
    found = translation.ngettext(singular, many, num)
    return Markup(escape(found)) % {"num": num, **places}  # noqa: S704  (escaped first)


@lru_cache(maxsize=4096)
def _address(_urlconf: str, name: str, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]) -> str:
    return reverse(name, args=args, kwargs=dict(kwargs))


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named view; asked thousands of times, worked out once."""
    return _address(get_urlconf() or settings.ROOT_URLCONF, name, args, tuple(kwargs.items()))


def _globals(language: str) -> dict[str, object]:
    return {
        "_": words,
        "gettext": words,
        "ngettext": plural,
        "icon": icon,
        "static": static,
        "url": url,
        "qr_svg": qr_svg,
        "skyline": skyline,
        "house": house,
        "small_skyline": small,
        "describe": describe,
        "language": language,
        "lang": "zh-Hans" if language == "zh-hans" else "en",
    }


def environment(*, language: str, **options: Any) -> LanguageEnvironment:
    """The environment of one language; options are Jinja2's own."""
    options.setdefault("loader", jinja2.FileSystemLoader(template_folders()))
    options.setdefault("autoescape", True)
    options.setdefault("undefined", jinja2.StrictUndefined)
    options.setdefault("auto_reload", settings.DEBUG)
    options.setdefault("cache_size", -1)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    return LanguageEnvironment(language=language, **options)


def template_folders() -> list[Path]:
    """`templates/` of every package of ours; those of others are Django's own kind."""
    packages = Path(__file__).resolve().parent.parent
    return sorted(packages.glob("*/templates"))


class Templates(BaseEngine):
    """The engine for settings.TEMPLATES; picks the environment of the active language."""

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        options: dict[str, Any] = params.pop("OPTIONS").copy()
        super().__init__(params)
        if self.dirs:
            options["loader"] = jinja2.FileSystemLoader([*self.dirs, *template_folders()])
        self.environments = {language: environment(language=language, **options) for language in LANGUAGES}

    @property
    def environment(self) -> LanguageEnvironment:
        language = translation.get_language() or ""
        return self.environments["zh-hans" if language.startswith("zh") else "en"]

    def from_string(self, template_code: str) -> Template:
        return Template(self.environment.from_string(template_code), self)

    def get_template(self, template_name: str) -> Template:
        try:
            return Template(self.environment.get_template(template_name), self)
        except jinja2.TemplateNotFound as missing:
            raise TemplateDoesNotExist(str(missing.name or template_name), backend=self) from missing
        except jinja2.TemplateSyntaxError as wrong:
            raise _with_place(wrong) from wrong


class Template:
    """What Django expects of a template."""

    def __init__(self, template: jinja2.Template, backend: Templates) -> None:
        self.template = template
        self.backend = backend
        self.origin = Origin(name=template.filename or "", template_name=template.name)

    def render(self, context: dict[str, Any] | None = None, request: Any = None) -> str:
        context = {} if context is None else context
        if request is not None:
            context = {"request": request, **context}
        try:
            return self.template.render(context)
        except jinja2.TemplateSyntaxError as wrong:
            raise _with_place(wrong) from wrong


def _with_place(wrong: jinja2.TemplateSyntaxError) -> TemplateSyntaxError:
    error = TemplateSyntaxError(*wrong.args)
    error.template_debug = get_exception_info(wrong)  # type: ignore[attr-defined, arg-type]
    return error


def engine() -> Templates:
    """Our engine out of settings.TEMPLATES."""
    for candidate in engines.all():
        if isinstance(candidate, Templates):
            return candidate
    raise ImproperlyConfigured("settings.TEMPLATES names no linli.look.jinja.Templates.")
