"""Facts, reactions and jobs that only tests know."""

from dataclasses import dataclass
from datetime import UTC, datetime

from linli.facts import Fact
from linli.kernel.jobs import job
from linli.kernel.journal import on

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
seen: list[object] = []
broken: set[str] = set()


@dataclass(frozen=True, kw_only=True)
class BellRang(Fact):
    door: int
    rings: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Fact):
    pass


class Broken(Exception):
    pass


@on(BellRang)
def count_rings(fact: BellRang) -> None:
    seen.append(("count", fact))


@on(BellRang)
def wake_somebody(fact: BellRang, *, now: datetime) -> None:
    if "wake" in broken:
        raise Broken("nobody woke up")
    seen.append(("wake", fact, now))


@job
def sweep(corner: str, *, now: datetime) -> None:
    seen.append(("sweep", corner, now))


@job
def stumble(times: int = 1) -> None:
    raise Broken("秘密 stumbled")


@job(transactional=False)
def call_outside(number: str) -> None:
    if "outside" in broken:
        raise Broken("no answer")
    seen.append(("call", number))
