"""Why an action may not be done, in the person's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Refusal:
    """`message` may be a lazy translation; `field` names the form field it belongs to, if any."""

    code: str
    message: str | _StrPromise
    field: str = ""


class Refused(Exception):
    """Raised by an action; its transaction is rolled back, so nothing has changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
