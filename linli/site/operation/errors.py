"""Errors that are sentences for an operator."""


class OperatorError(Exception):
    """Says what is wrong and what to do; shown without a traceback."""
