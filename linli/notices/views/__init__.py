"""Notices, by what one does with them."""

from linli.notices.views.reaching import paper, readers, readers_table, sheets
from linli.notices.views.reading import end, index, opened, receipt
from linli.notices.views.writing import edit, new, plan_deletion

__all__ = (
    "edit",
    "end",
    "index",
    "new",
    "opened",
    "paper",
    "plan_deletion",
    "readers",
    "readers_table",
    "receipt",
    "sheets",
)
