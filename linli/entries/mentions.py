"""Whom a text speaks to: `@name`, where exactly one member of the community has that name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from linli.entries.models import Entry, Mention
from linli.facts.entries import Mentioned
from linli.kernel.journal import record
from linli.people.models import Member

NAMES_MOST = 20
_SIGNS = r"[^\s@,.，。、:：;；!！?？()（）<>\[\]“”\"'*_`~|/\\]"
# A name may have two words; both readings are tried, the longer one wins.
_AT = re.compile(rf"(?<![A-Za-z0-9_.])@({_SIGNS}{{1,32}})( {_SIGNS}{{1,32}})?")


def people_in(by: Member, text: str) -> dict[str, Member]:
    """Name → member, for names that are clear; whoever blocks the author is not spoken to. One query, none without @."""
    names: dict[str, None] = {}
    for first, second in _AT.findall(text)[:NAMES_MOST]:
        words = first + second
        # Chinese goes on after a name without a space: every beginning of the word may be one.
        names.update(dict.fromkeys(words[:end] for end in range(1, len(words) + 1)))
    if not names:
        return {}
    found = Member.objects.present().filter(community_id=by.community_id, name__in=list(names))
    rows = list(found.exclude(blocks__blocked=by).only("id", "name", "person_id", "community_id", "roles"))
    count = Counter(row.name for row in rows)
    return {row.name: row for row in rows if count[row.name] == 1}


def addresses(slug: str, people: Mapping[str, Member]) -> dict[str, str]:
    return {name: f"/c/{slug}/people/{member.pk}/" for name, member in people.items()}


def note(
    *, by: Member, entry_id: int, text: str, people: Mapping[str, Member], comment_id: int = 0, now: datetime
) -> None:
    """Remember who was spoken to and may see it; inside the caller's transaction. Twice changes nothing."""
    for name, member in people.items():
        if member.pk == by.pk or f"@{name}" not in text:
            continue
        if not Entry.objects.visible_to(member).filter(pk=entry_id).exists():
            continue
        _, is_new = Mention.objects.get_or_create(
            entry_id=entry_id, comment=comment_id, member=member, defaults={"by": by, "name": name, "at": now}
        )
        if is_new:
            record(
                Mentioned(
                    community_id=by.community_id,
                    person_id=by.person_id,
                    helper_id=by.helper.person_id if by.helper else None,
                    entry_id=entry_id,
                    comment_id=comment_id or None,
                    mentioned_id=member.person_id,
                ),
                now=now,
            )


def kept(comment_ids: list[int], slugs: Mapping[int, str]) -> dict[int, dict[str, str]]:
    """Comment → its names with their addresses, for cards that are finished again; `slugs` by entry."""
    found: dict[int, dict[str, str]] = {}
    rows = Mention.objects.filter(comment__in=comment_ids).values_list("comment", "entry_id", "name", "member_id")
    for comment, entry, name, member in rows:
        found.setdefault(comment, {})[name] = f"/c/{slugs[entry]}/people/{member}/"
    return found
