"""Django's settings; everything an operator may change comes from linli.settings.options."""

from pathlib import Path
from typing import Any

from linli.settings.options import options

DEBUG = options.debug
SECRET_KEY = options.secret_key
ALLOWED_HOSTS = options.allowed_hosts
ROOT_URLCONF = "linli.site.urls"
WSGI_APPLICATION = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "linli.kernel",
    "linli.look",
    "linli.people",
    "linli.homes",
    "linli.accounts",
    "linli.helping",
    "linli.media",
    "linli.circles",
    "linli.entries",
    "linli.talk",
    "linli.admission",
    "linli.notices",
    "linli.tips",
    "linli.welcome",
    "linli.news",
    "linli.stewards",
    "linli.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "lucide",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# VisitMiddleware stands for Django's session, authentication and locale middleware, in one statement.
MIDDLEWARE = [
    "linli.look.headers.headers",
    "linli.people.visits.VisitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "linli.helping.middleware.OneNameGuard",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
SILENCED_SYSTEM_CHECKS = ["admin.E408", "admin.E410"]

TEMPLATES: list[dict[str, Any]] = [
    {"BACKEND": "linli.look.jinja.Templates", "NAME": "jinja2", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}},
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        # Frames other packages' pages (allauth's) in our shell; folders are found relative to this file.
        "DIRS": [str(folder) for folder in sorted(Path(__file__).resolve().parent.parent.glob("*/dtl"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# What a lost power supply may take: docs/decisions about the database.
_SYNCHRONOUS = {"normal": "NORMAL", "full": "FULL"}[options.durability]
if options.database.kind == "sqlite":
    DATABASES: dict[str, dict[str, Any]] = {
        "default": {
            "ENGINE": "linli.kernel.sqlite",
            "NAME": str(options.database_path),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": (
                    f"PRAGMA journal_mode=WAL; PRAGMA synchronous={_SYNCHRONOUS}; PRAGMA mmap_size=134217728;"
                    "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=27103364;"
                ),
            },
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": options.database.name,
            "USER": options.database.user,
            "PASSWORD": options.database.password,
            "HOST": options.database.host,
            "PORT": options.database.port or "",
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    }

LANGUAGE_CODE = options.language
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = options.time_zone
USE_I18N = True
USE_TZ = True

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_ENGINE = "linli.people.sessions"
SESSION_COOKIE_NAME = "__Host-linli" if options.is_https else "linli"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SECURE = options.is_https
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if options.is_https else "csrf"
CSRF_COOKIE_SECURE = options.is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [options.address] if options.is_https else []
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_REDIRECT_EXEMPT: list[str] = []

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "linli.look.sheets.SheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATIC_ROOT = str(options.static)
MEDIA_ROOT = str(options.media)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "linli.look.static.HashedStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # of text; files are limited by the outer app
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 24

CSRF_FAILURE_VIEW = "linli.look.errors.csrf_failure"
LINLI_ADDRESS = options.address
LINLI_FOUNDING = options.founding
LINLI_FRAME = "linli.site.navigation.frame_for"
LINLI_KEEP_LOOK = "linli.people.looks.keep_look"

from linli.settings.accounts import *  # noqa: E402, F403  (allauth, passwords, mail)
from linli.settings.logs import *  # noqa: E402, F403  (what is printed)
