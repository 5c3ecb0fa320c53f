"""Every write to notices."""

from linli.notices.actions.paper import note_paper, take_back_paper
from linli.notices.actions.plans import ask_plan, drop_plan, keep_plan, publish_due
from linli.notices.actions.publishing import (
    TOPIC,
    ask_publish,
    confirm,
    correct,
    end,
    forget,
    is_entrusted,
    note_opened,
    publish,
)

__all__ = (
    "TOPIC",
    "ask_plan",
    "ask_publish",
    "confirm",
    "correct",
    "drop_plan",
    "end",
    "forget",
    "is_entrusted",
    "keep_plan",
    "note_opened",
    "note_paper",
    "publish",
    "publish_due",
    "take_back_paper",
)
