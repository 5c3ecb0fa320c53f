"""What a helper may do with notices; publishing one belongs to an office and cannot be lent."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.entries.helped import entry_url, quote_of, standing_entries
from linli.facts.notices import NoticeConfirmed, NoticeSeen
from linli.helping import acts, topics
from linli.helping.acts import Told
from linli.notices.actions import TOPIC
from linli.people.models import Member

topics.register(
    topics.Topic(
        key=TOPIC,
        label=gettext_lazy("Notices"),
        explanation=gettext_lazy("Confirm for you that a notice has been read."),
        icon="megaphone",
        position=20,
    )
)


def _tell(member: Member, facts: Sequence[NoticeConfirmed]) -> list[Told]:
    standing = standing_entries(member, [fact.entry_id for fact in facts])
    words = _("Confirmed a notice")
    told = []
    for fact in facts:
        entry = standing.get(fact.entry_id)
        quote = quote_of(entry.title, entry.body) if entry else ""
        told.append(Told(words=words, quote=quote, url=entry_url(member, fact.entry_id) if entry else ""))
    return told


acts.register(NoticeConfirmed, _tell)
acts.mute(NoticeSeen)
