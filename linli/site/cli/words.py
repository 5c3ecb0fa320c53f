"""Commands speak the terminal's language, or the server's where the terminal names none."""

import os
from collections.abc import Mapping

import django
from django.utils import translation

from linli.settings.options import options


def set_up() -> None:
    django.setup(set_prefix=False)
    translation.activate(language_of(os.environ) or options.language)


def language_of(environ: Mapping[str, str]) -> str:
    named = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return {"zh": "zh-hans", "en": "en"}.get(named[:2].lower(), "")
