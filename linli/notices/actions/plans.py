"""Notices that are not out yet: drafts, and those that go out at their time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.entries.actions.posting import AttachedPicture, Places, chosen_of, let_enclosures_go, let_go, rows_of
from linli.facts.notices import NoticePlanned, NoticePlanStopped
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.media import actions as media
from linli.media import enclosing
from linli.notices import rules
from linli.notices.actions.publishing import ask_publish, is_entrusted, publish
from linli.notices.models import NoticePlan
from linli.people.models import Member

_AT_ONCE = 20


@transaction.atomic
def keep_plan(
    *,
    by: Member,
    plan_id: int | None,
    typed: dict[str, Any],
    values: dict[str, Any] | None = None,
    pictures: Sequence[AttachedPicture] = (),
    language: str = "",
    publish_at: datetime | None = None,
    now: datetime,
) -> NoticePlan:
    """Keep what was typed, whole or not; with `values` and a time it goes out then. A colleague may change a plan.

    `values`: title, body, is_urgent, expires_at, reach and places, as `publish` takes them.
    """
    if not is_entrusted(by):
        raise Refused(rules.NOT_ENTRUSTED)
    if publish_at is not None:
        assert values is not None
        ask_plan(publish_at, values["expires_at"], now)
        ask_publish(by, values["title"], values["is_urgent"], values["expires_at"], publish_at)
    plan = _mine_or_planned(by, plan_id) or NoticePlan(community=by.community, author=by)
    before = [pk for pk, _words in plan.pictures]
    plan.author, plan.language, plan.changed_at, plan.publish_at = by, language, now, publish_at
    plan.title = str(values["title"] if values else (typed.get("title") or [""])[-1])[:120]
    plan.typed = {"fields": typed, "values": _as_json(values) if values and publish_at else None}
    plan.pictures = [[picture.id, picture.alt] for picture in pictures]
    plan.typed["enclosures"] = rows_of(pictures)
    plan.stopped_at, plan.stopped_why = None, ""
    plan.save()
    media.keep_for(owner=by, ids=[picture.id for picture in pictures])
    enclosing.keep_for(owner=by, ids=[row[0] for row in plan.typed["enclosures"]])
    let_go(set(before) - {picture.id for picture in pictures}, now)
    if publish_at:
        record(NoticePlanned(community_id=by.community_id, person_id=by.person_id, plan_id=plan.pk))
    return plan


def ask_plan(publish_at: datetime | None, expires_at: datetime | None, now: datetime) -> None:
    """Raise what planning would be refused for; asked before the preview too. No time is no plan."""
    if publish_at and (refusal := rules.refuse_plan(publish_at=publish_at, expires_at=expires_at, now=now)):
        raise Refused(refusal)


def _mine_or_planned(by: Member, plan_id: int | None) -> NoticePlan | None:
    """One's own drafts, and what the office has planned."""
    if plan_id is None:
        return None
    found = NoticePlan.objects.select_for_update().filter(pk=plan_id, community_id=by.community_id, published=None)
    plan = found.first()
    return plan if plan and (plan.publish_at or plan.author_id == by.pk) else None


@transaction.atomic
def drop_plan(*, by: Member, plan_id: int, now: datetime) -> None:
    """It is not wanted any more, or has gone out by hand; twice changes nothing."""
    if not is_entrusted(by):
        raise Refused(rules.NOT_ENTRUSTED)
    plan = _mine_or_planned(by, plan_id)
    if plan:
        plan.delete()
        let_go({pk for pk, _words in plan.pictures}, now)
        let_enclosures_go([row[0] for row in plan.typed.get("enclosures", ())], now)


def publish_due(*, now: datetime) -> int:
    """Send what is due, each in a transaction of its own; answers how many went out."""
    due = NoticePlan.objects.filter(publish_at__lte=now, published=None, stopped_at=None)
    ids = list(due.order_by("publish_at", "pk").values_list("pk", flat=True)[:_AT_ONCE])
    return sum(_publish_one(pk, now) for pk in ids)


@transaction.atomic
def _publish_one(pk: int, now: datetime) -> bool:
    due = NoticePlan.objects.select_for_update(of=("self",)).filter(
        publish_at__lte=now, published=None, stopped_at=None
    )
    plan = due.select_related("author__community").filter(pk=pk).first()
    if plan is None:
        return False
    by, values = plan.author, _from_json(plan.typed["values"])
    try:
        with transaction.atomic():
            if by.left_at is not None:
                raise Refused(rules.NOT_ENTRUSTED)
            entry = publish(
                by=by,
                **values,
                pictures=chosen_of(plan.pictures, plan.typed.get("enclosures", ())),
                language=plan.language,
                key=f"plan-{plan.pk}",
                now=now,
            )
    except Refused as refused:
        NoticePlan.objects.filter(pk=pk).update(stopped_at=now, stopped_why=refused.refusal.code)
        record(
            NoticePlanStopped(
                community_id=plan.community_id, person_id=by.person_id, plan_id=pk, code=refused.refusal.code
            )
        )
        return False
    NoticePlan.objects.filter(pk=pk).update(published=entry)
    return True


def _as_json(values: dict[str, Any]) -> dict[str, Any]:
    places: Places = values["places"]
    return {
        "title": values["title"],
        "body": values["body"],
        "is_urgent": values["is_urgent"],
        "expires_at": values["expires_at"].isoformat() if values["expires_at"] else None,
        "reach": str(values["reach"]),
        "places": {
            name: list(getattr(places, name)) for name in ("buildings", "entrances", "units", "circles", "roles")
        },
    }


def _from_json(kept: dict[str, Any]) -> dict[str, Any]:
    expires_at = datetime.fromisoformat(kept["expires_at"]) if kept["expires_at"] else None
    return kept | {"expires_at": expires_at, "places": Places(**kept["places"])}
