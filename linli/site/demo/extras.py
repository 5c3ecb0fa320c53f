"""What else goes on in the demo: a helper's mandate, somebody at the gate."""

from __future__ import annotations

from datetime import datetime

from linli.homes.models import Unit
from linli.people.models import Member


def add_extras(members: dict[str, Member], units: dict[str, Unit], *, now: datetime) -> None:
    """Filled by the packages that the demo shows."""
