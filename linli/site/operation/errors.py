"""Errors that are sentences for an operator."""

import os


class OperatorError(Exception):
    """Says what is wrong and what to do; shown without a traceback."""


def is_debugging() -> bool:
    """Before the settings are read, which may be what is wrong."""
    return os.environ.get("LINLI_DEBUG", "").lower() in ("1", "true", "yes", "on")


def sentence_of(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return f"The package {error.name} is missing: use the linli of Linli's own environment (.venv/bin/linli)."
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  (`linli --help` needs no Django)
    from django.db import DatabaseError  # noqa: PLC0415

    words = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, OperatorError):
        return words
    if isinstance(error, DatabaseError):
        return f"The database refused: {words}. `linli check` examines it."
    if isinstance(error, OSError | ImproperlyConfigured):
        return f"{words}."
    return f"Unexpected: {type(error).__name__}: {words}. Set LINLI_DEBUG=1 to see where."
