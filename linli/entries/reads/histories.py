"""What an entry said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.entries.differences import Piece, differences
from linli.entries.models import Entry, EntryVersion
from linli.entries.reads.pages import EntryShown, entry_shown
from linli.people.models import Community, Member


@dataclass(frozen=True)
class Version:
    """One wording of an entry, with what differs from the wording before it."""

    title: str
    text: tuple[Piece, ...]
    at: datetime
    by: str


@dataclass(frozen=True)
class History:
    entry: EntryShown
    versions: tuple[Version, ...]
    is_cut: bool


VERSIONS_MAX = 30


def history(community: Community, member: Member | None, pk: int) -> History:
    """All wordings, the newest first; whoever sees the entry sees them."""
    entry = entry_shown(community, member, pk)
    now = Entry.objects.values_list("title", "body", "edited_at", "at", "author__name").get(pk=pk)
    rows = list(EntryVersion.objects.filter(entry=pk).select_related("replaced_by")[: VERSIONS_MAX + 1])
    # A version holds the older words; who wrote the words after it is known by `replaced_by`.
    wordings = [(now[0], now[1], now[2] or now[3])] + [(row.title, row.body, row.written_at) for row in rows]
    writers = [row.replaced_by.name if row.replaced_by else "" for row in rows] + [now[4] or ""]
    versions = []
    for i, (title, body, at) in enumerate(wordings[:VERSIONS_MAX]):
        older = wordings[i + 1] if i + 1 < len(wordings) else None
        before = _whole(older[0], older[1]) if older else _whole(title, body)
        versions.append(Version(title, differences(before, _whole(title, body)), at, writers[i]))
    return History(entry, tuple(versions), len(rows) > VERSIONS_MAX)


def _whole(title: str, body: str) -> str:
    return f"{title}\n{body}" if title else body
