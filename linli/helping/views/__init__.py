"""Pages of helper mode."""

from linli.helping.views.acting import ended, start, stop
from linli.helping.views.acts import acts, printed, printed_for, undo
from linli.helping.views.mandates import accept, code, end, helping, new
from linli.helping.views.paper import enrol, paper, sheet

__all__ = [
    "accept",
    "acts",
    "code",
    "end",
    "ended",
    "enrol",
    "helping",
    "new",
    "paper",
    "printed",
    "printed_for",
    "sheet",
    "start",
    "stop",
    "undo",
]
