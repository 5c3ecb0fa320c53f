"""What the pages of helper mode show."""

from linli.helping.reads.acts import ActRow, Acts, acts_of
from linli.helping.reads.mandates import (
    Helped,
    HelpingPage,
    MandateRow,
    Sheet,
    acted_for_or_404,
    find_unit,
    helped_by,
    helping_page,
    mandate_or_404,
    paper_mandates,
    refuse_acting,
    sheet_for,
    waiting_for,
)

__all__ = [
    "ActRow",
    "Acts",
    "Helped",
    "HelpingPage",
    "MandateRow",
    "Sheet",
    "acted_for_or_404",
    "acts_of",
    "find_unit",
    "helped_by",
    "helping_page",
    "mandate_or_404",
    "paper_mandates",
    "refuse_acting",
    "sheet_for",
    "waiting_for",
]
