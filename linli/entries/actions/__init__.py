"""Every write to entries."""

from linli.entries.actions.erasing import erase
from linli.entries.actions.posting import delete, edit, post

__all__ = ("delete", "edit", "erase", "post")
