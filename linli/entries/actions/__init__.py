"""Every write to entries."""

from linli.entries.actions.choosing import feature, is_editor, let_down, pin, settle, unpin
from linli.entries.actions.erasing import erase
from linli.entries.actions.posting import delete, edit, let_go, post

__all__ = ("delete", "edit", "erase", "feature", "is_editor", "let_down", "let_go", "pin", "post", "settle", "unpin")
