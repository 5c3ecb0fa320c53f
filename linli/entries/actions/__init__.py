"""Every write to entries."""

from linli.entries.actions.posting import delete, edit, post

__all__ = ("delete", "edit", "post")
