"""Every write of helper mode: give, accept, end; undo what a helper did; register somebody without a telephone."""

from linli.helping.actions.enrolment import enrol
from linli.helping.actions.mandates import accept, end, end_between, end_for_member, give, record_paper
from linli.helping.actions.undoing import undo

__all__ = ["accept", "end", "end_between", "end_for_member", "enrol", "give", "record_paper", "undo"]
