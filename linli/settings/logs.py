"""What the server prints: its own words and every error with its traceback, on the standard error."""

from linli.settings.options import options

_LEVEL = options.log.upper()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "linli": {"level": _LEVEL},
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # A page that is not found or refused is everyday life; a page that breaks is not.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
