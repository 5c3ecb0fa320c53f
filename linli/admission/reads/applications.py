from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.admission.models import Application, Question
from linli.homes.models import Occupancy, OccupancyKind, Unit
from linli.homes.reads import label
from linli.look.skyline import Skyline
from linli.people.models import Community, Member, Person

ANSWERED_SHOWN = 50
WAITING_SHOWN = 200
RECENT = 20


def duration_words(span: timedelta) -> str:
    """“3 days”, “5 hours”: how long somebody waits."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours}
    days = hours // 24
    return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}


def usual_wait(community_id: int) -> str:
    """How long the last answers took, in words; empty where there are fewer than three."""
    answered = Application.objects.filter(community_id=community_id, decided_by__isnull=False).order_by("-applied_at")
    rows = answered.values_list("applied_at", "approved_at", "refused_at")[:RECENT]
    spans = [at - applied for applied, approved, refused in rows if (at := approved or refused)]
    if len(spans) < 3:
        return ""
    return duration_words(timedelta(seconds=median(span.total_seconds() for span in spans)))


@dataclass(frozen=True)
class QuestionLine:
    id: int
    text: str
    kind: str
    answers: tuple[str, ...]
    is_required: bool


def questions(community_id: int) -> tuple[QuestionLine, ...]:
    rows = Question.objects.filter(community_id=community_id)
    return tuple(QuestionLine(row.pk, row.text, row.kind, tuple(row.answers), row.is_required) for row in rows)


@dataclass(frozen=True)
class MyApplication:
    """Where somebody stands who asked to be admitted."""

    state: str  # waiting, approved, refused, withdrawn
    applied_at: datetime
    reason: str
    usually: str


def my_application(community_id: int, person: Person) -> MyApplication | None:
    row = Application.objects.filter(community_id=community_id, person=person).order_by("-applied_at", "-pk").first()
    if row is None:
        return None
    state = _state(row)
    usually = usual_wait(community_id) if state == "waiting" else ""
    return MyApplication(state, row.applied_at, row.reason, usually)


def _state(row: Application) -> str:
    if row.approved_at:
        return "approved"
    if row.refused_at:
        return "refused"
    return "withdrawn" if row.withdrawn_at else "waiting"


def town_of(community: Community) -> Skyline:
    return Skyline(kind=community.kind, seed=community.pk)


@dataclass(frozen=True)
class ApplicationLine:
    id: int
    name: str
    home: str
    applied_at: datetime
    waits: str
    is_long: bool
    state: str
    decided_by: str
    reason: str


@dataclass(frozen=True)
class ApplicationsPage:
    waiting: tuple[ApplicationLine, ...]
    answered: tuple[ApplicationLine, ...]
    usually: str


LONG = timedelta(days=3)


def applications_page(community_id: int, *, now: datetime) -> ApplicationsPage:
    rows = Application.objects.filter(community_id=community_id).select_related(
        "unit__entrance__building", "decided_by"
    )
    waiting = rows.waiting().order_by("applied_at", "pk")[:WAITING_SHOWN]
    answered = rows.filter(decided_by__isnull=False).order_by("-applied_at", "-pk")[:ANSWERED_SHOWN]
    return ApplicationsPage(
        tuple(_line(row, now) for row in waiting),
        tuple(_line(row, now) for row in answered),
        usual_wait(community_id),
    )


def waiting_count(community_id: int) -> int:
    return Application.objects.waiting().filter(community_id=community_id).count()


def _line(row: Application, now: datetime) -> ApplicationLine:
    return ApplicationLine(
        id=row.pk,
        name=row.name,
        home=_home(row),
        applied_at=row.applied_at,
        waits=duration_words(now - row.applied_at),
        is_long=now - row.applied_at > LONG,
        state=_state(row),
        decided_by=row.decided_by.name if row.decided_by else "",
        reason=row.reason,
    )


def _home(row: Application) -> str:
    if row.unit is None:
        return row.home_words
    entrance = row.unit.entrance
    return label(entrance.building.name, entrance.name, row.unit.name)


@dataclass(frozen=True)
class ApplicationPage:
    line: ApplicationLine
    answers: tuple[tuple[str, str], ...]
    unit_id: int | None
    home_kind: str
    home_kind_name: str
    hints: tuple[str, ...]


def application_or_404(community_id: int, pk: int) -> Application:
    rows = Application.objects.select_related("unit__entrance__building", "decided_by", "person")
    if (found := rows.filter(community_id=community_id, pk=pk).first()) is None:
        raise Http404
    return found


def application_page(application: Application, *, now: datetime) -> ApplicationPage:
    kind = application.home_kind
    return ApplicationPage(
        line=_line(application, now),
        answers=tuple((row["question"], row["answer"]) for row in application.answers),
        unit_id=application.unit_id,
        home_kind=kind,
        home_kind_name=str(OccupancyKind(kind).label) if kind else "",
        hints=tuple(_hints(application)),
    )


def _hints(application: Application) -> list[str]:
    """What whoever answers should look at twice: the same name, the same home, an earlier answer."""
    found = []
    here = Member.objects.filter(community_id=application.community_id)
    if here.filter(left_at=None, name=application.name).exists():
        found.append(_("There is already a member of this name."))
    if here.filter(left_at__isnull=False, person=application.person_id).exists():
        found.append(_("This account belonged to the community before."))
    if application.unit_id:
        living = Occupancy.objects.current().filter(unit=application.unit_id)
        if names := list(living.values_list("member__name", flat=True)[:6]):
            found.append(_("In this home live already: %(names)s.") % {"names": "、".join(names)})
    others = Application.objects.filter(community_id=application.community_id).exclude(pk=application.pk)
    earlier = others.filter(person=application.person_id, refused_at__isnull=False).order_by("-refused_at").first()
    if earlier:
        found.append(_("Refused before: %(reason)s") % {"reason": earlier.reason})
    if others.waiting().filter(name=application.name).exists():
        found.append(_("Another application under this name is waiting."))
    return found


def unit_by_words(community_id: int, words: str) -> Unit | None:
    """“3号楼 2单元 501”, “3-2-501”: the one home that is meant, or None where none or several could be."""
    wanted = _folded(words)
    if not wanted:
        return None
    units = Unit.objects.filter(entrance__building__community_id=community_id)
    rows = units.values_list("pk", "entrance__building__name", "entrance__name", "name")
    by_name: dict[str, list[int]] = {}
    for pk, building, entrance, name in rows:
        spellings = {_folded(label(building, entrance, name)), _digits(building, entrance, name)}
        for spelling in spellings:
            by_name.setdefault(spelling, []).append(pk)
    found = by_name.get(wanted) or by_name.get(_digits(words))
    if found is None or len(found) != 1:
        return None
    return Unit.objects.select_related("entrance__building").get(pk=found[0])


def _folded(words: str) -> str:
    return "".join(words.lower().split())


def _digits(*names: str) -> str:
    """Only the numbers, with dashes: 3号楼 2单元 501 → 3-2-501."""
    numbers = []
    for name in names:
        run = ""
        for sign in [*name, " "]:
            if sign.isascii() and sign.isalnum():
                run += sign.lower()
            elif run:
                if any(c.isdigit() for c in run) or len(run) == 1:
                    numbers.append(run)
                run = ""
    return "-".join(numbers)
