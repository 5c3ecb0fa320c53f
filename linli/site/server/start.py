"""Puts the outer app together from the settings."""

import importlib

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from linli.settings.options import options
from linli.site.server.bridge import Pages
from linli.site.server.files import Files
from linli.site.server.outer import Limits, Outer
from linli.site.server.shared import Cookies, Shared
from linli.site.server.types import App

# Apps that answer outside Django, by address prefix; streams and short links enter themselves here.
native: dict[str, App] = {}


def outer_app() -> Outer:
    django.setup(set_prefix=False)
    # Models may be imported only after the set-up.
    visits = importlib.import_module("linli.people.visits")
    cookies = Cookies(
        look=frozenset(name.encode() for name in visits.LOOK_COOKIES),
        harmless=frozenset([settings.CSRF_COOKIE_NAME.encode()]),
    )
    return Outer(
        Pages(WSGIHandler(), options.threads),
        Files(options.static),
        Shared(cookies, visits.accepted_language),
        proxies=options.trusted_proxies,
        limits=Limits(options.upload_mb * 1024 * 1024, options.upload_mb),
        ready=ask_database,
        native=native,
    )


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
