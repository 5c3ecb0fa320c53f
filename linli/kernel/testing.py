"""For tests: run what the worker would run."""

from linli.kernel.worker import drain

__all__ = ("drain",)
