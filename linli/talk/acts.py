"""What one may do with an entry, below it: one finished piece for each state, because this page is asked for often."""

from __future__ import annotations

from linli.entries.patterns import MARKS, marked
from linli.entries.reactions import REACTIONS
from linli.entries.reads import EntryShown
from linli.talk.reads import Marks


def acts(language: str, slug: str, entry: EntryShown, marks: Marks | None, *, is_member: bool) -> str:
    """`marks` is None for strangers and helpers, who have none of their own here."""
    state = {
        "is_member": is_member,
        "has_likes": entry.likes > 0,
        "mine": entry.mine,
        "has_marks": marks is not None,
        "is_kept": marks is not None and marks.is_kept,
        "is_followed": marks is not None and marks.is_followed,
        "is_muted": marks is not None and marks.is_muted,
        "may_edit": entry.may_edit,
        "may_delete": entry.may_delete,
        "may_choose": entry.may_choose,
        "is_featured": entry.is_featured,
        "is_urgent": entry.is_urgent,
        "is_pinned": entry.is_pinned,
        "reactions": REACTIONS,
    }
    return marked(language, "talk/_acts.html", slug, tuple(state.items())).replace(MARKS["id"], str(entry.id))
