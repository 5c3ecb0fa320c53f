"""Notices that are not out yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from linli.notices.models import NoticePlan
from linli.notices.reads.notices import may_write
from linli.notices.rules import STOPS
from linli.people.models import Member

PLANS_MOST = 50


@dataclass(frozen=True)
class PlanRow:
    """A notice that is not out yet."""

    id: int
    title: str
    author: str
    changed_at: datetime
    publish_at: datetime | None
    stopped: str
    edit_url: str
    drop_url: str


def plans(member: Member) -> tuple[PlanRow, ...]:
    """What the office has planned, and one's own drafts; for those who may write. One query."""
    if not may_write(member):
        return ()
    mine = Q(publish_at__isnull=False) | Q(author=member)
    found = NoticePlan.objects.filter(mine, community_id=member.community_id, published=None)
    base = f"/c/{member.community.slug}/notices/"
    return tuple(
        PlanRow(
            id=row.pk,
            title=row.title,
            author=row.author.name,
            changed_at=timezone.localtime(row.changed_at),
            publish_at=timezone.localtime(row.publish_at) if row.publish_at else None,
            stopped=str(STOPS[row.stopped_why].message) if row.stopped_why in STOPS else "",
            edit_url=f"{base}new/?plan={row.pk}",
            drop_url=f"{base}plans/{row.pk}/deletion/",
        )
        for row in found.select_related("author").order_by(F("publish_at").asc(nulls_last=True), "-changed_at")[
            :PLANS_MOST
        ]
    )


def plan_or_none(member: Member, pk: int | None) -> NoticePlan | None:
    """One this member may go on with."""
    if pk is None:
        return None
    mine = Q(publish_at__isnull=False) | Q(author=member)
    return NoticePlan.objects.filter(mine, community_id=member.community_id, published=None, pk=pk).first()
