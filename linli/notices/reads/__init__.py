"""What the pages of notices show, as frozen values, in a fixed number of queries."""

from linli.notices.reads.notices import (
    NoticeRow,
    PanelView,
    card_buttons,
    confirmed_by,
    may_write,
    notice_list,
    notice_or_404,
    panel,
    preview,
    unconfirmed_count,
    urgent_notices,
)
from linli.notices.reads.plans import PlanRow, plan_or_none, plans
from linli.notices.reads.readers import NOT_REACHED, Readers, not_reached_in, paper_sheets, readers

__all__ = (
    "NOT_REACHED",
    "NoticeRow",
    "PanelView",
    "PlanRow",
    "Readers",
    "card_buttons",
    "confirmed_by",
    "may_write",
    "not_reached_in",
    "notice_list",
    "notice_or_404",
    "panel",
    "paper_sheets",
    "plan_or_none",
    "plans",
    "preview",
    "readers",
    "unconfirmed_count",
    "urgent_notices",
)
