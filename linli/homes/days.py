from datetime import date, datetime
from zoneinfo import ZoneInfo

from linli.people.models import Community


def day_of(community: Community, moment: datetime) -> date:
    """The calendar day of a moment where the community lives."""
    return moment.astimezone(ZoneInfo(community.time_zone)).date()
