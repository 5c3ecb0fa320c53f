"""Puts templates of Django's own kind (allauth's) into our shell: {% framed %}{% part "main" %} … {% endframed %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from linli.look.answers import render

register = template.Library()
_PARTS = "look parts"


@register.simple_block_tag(takes_context=True)
def part(context: template.RequestContext, content: str, name: str) -> str:
    """Kept for the frame; nothing is shown where it stands."""
    context[_PARTS][name] = mark_safe(content.strip())  # the inner template has escaped it
    return ""


@register.simple_block_tag(takes_context=True)
def framed(context: template.RequestContext, content: str) -> SafeString:
    """The parts inside, with our shell around them."""
    request: Any = context["request"]
    return mark_safe(render(request, "look/foreign.html", {"parts": context[_PARTS]}))


@register.simple_tag(takes_context=True)
def parts(context: template.RequestContext) -> str:
    """Opens an empty set of parts."""
    context[_PARTS] = {}
    return ""
