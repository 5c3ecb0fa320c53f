"""What a helper may do on the board, and how it is told to the member in whose name it happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.entries import actions
from linli.entries.actions.posting import BOARD_TOPIC
from linli.entries.models import Entry
from linli.facts.entries import EntryDeleted, EntryEdited, EntryPosted, Mentioned
from linli.helping import acts, topics
from linli.helping.acts import Told
from linli.kernel.markdown import plain
from linli.people.models import Member

QUOTE_CHARACTERS = 120

topics.register(
    topics.Topic(
        key=BOARD_TOPIC,
        label=gettext_lazy("Board"),
        explanation=gettext_lazy("Write, comment and like on the board, and change or delete what was written."),
        icon="message-circle",
        position=10,
    )
)


def quote_of(title: str, body: str) -> str:
    words = title or plain(body)
    return words if len(words) <= QUOTE_CHARACTERS else f"{words[:QUOTE_CHARACTERS]}…"


def standing_entries(member: Member, ids: Sequence[int]) -> dict[int, Entry]:
    """Those of the entries that are still there. One query."""
    found = Entry.objects.present().filter(community_id=member.community_id, pk__in=set(ids))
    return {row.pk: row for row in found.only("id", "title", "body", "author_id", "deleted_at")}


def entry_url(member: Member, entry_id: int) -> str:
    return f"/c/{member.community.slug}/entries/{entry_id}/"


def _told(member: Member, entry: Entry | None, entry_id: int, words: str, *, may_undo: bool) -> Told:
    if entry is None:
        return Told(words=words, quote=_("(deleted meanwhile)"))
    quote = quote_of(entry.title, entry.body)
    return Told(
        words=words, quote=quote, url=entry_url(member, entry_id), may_undo=may_undo and entry.author_id == member.pk
    )


def _tell_posted(member: Member, facts: Sequence[EntryPosted]) -> list[Told]:
    standing = standing_entries(member, [fact.entry_id for fact in facts])
    words = _("Wrote on the board")
    return [_told(member, standing.get(fact.entry_id), fact.entry_id, words, may_undo=True) for fact in facts]


def _tell_edited(member: Member, facts: Sequence[EntryEdited]) -> list[Told]:
    standing = standing_entries(member, [fact.entry_id for fact in facts])
    words = _("Changed a post; what it said before stays readable")
    return [_told(member, standing.get(fact.entry_id), fact.entry_id, words, may_undo=False) for fact in facts]


def _tell_deleted(member: Member, facts: Sequence[EntryDeleted]) -> list[Told]:
    return [Told(words=_("Deleted a post")) for _fact in facts]


def _undo_posted(by: Member, fact: EntryPosted, now: datetime) -> None:
    entry = standing_entries(by, [fact.entry_id]).get(fact.entry_id)
    if entry:
        actions.delete(by=by, entry=entry, now=now)


acts.register(EntryPosted, _tell_posted, undo=_undo_posted, undo_words=gettext_lazy("Delete the post"))
acts.register(EntryEdited, _tell_edited)
acts.register(EntryDeleted, _tell_deleted)
acts.mute(Mentioned)
