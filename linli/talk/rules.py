"""May it be said? Pure: told everything it needs."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal
from linli.people.rules import RULES_CHANGED

TEXT_MAX = 5000
# Quick talk between neighbours fits; a script does not.
COMMENTS_MOST, COMMENTS_SECONDS = 60, 600

EMPTY = Refusal("empty", _("Please write something first."), "body")
TOO_LONG = Refusal(
    "too_long", _("A comment can have 5,000 characters. Please shorten it, or make a post of it."), "body"
)
NOT_YOURS = Refusal("not_yours", _("Only the person who wrote this may change it."))
GONE = Refusal("gone", _("This has been deleted meanwhile."))


def refuse_comment(*, is_unagreed: bool, text: str) -> Refusal | None:
    if is_unagreed:
        return RULES_CHANGED
    if not text:
        return EMPTY
    return TOO_LONG if len(text) > TEXT_MAX else None


def refuse_edit(*, is_author: bool, is_deleted: bool, is_unagreed: bool, text: str) -> Refusal | None:
    if is_deleted:
        return GONE
    if not is_author:
        return NOT_YOURS
    return refuse_comment(is_unagreed=is_unagreed, text=text)


def refuse_delete(*, is_author: bool, keeps_order: bool) -> Refusal | None:
    return None if is_author or keeps_order else NOT_YOURS


NOT_YOUR_QUESTION = Refusal("not_your_question", _("Only who asked, or a moderator, says which answer it was."))
NO_QUESTION = Refusal("no_question", _("This is no question, so there is nothing to accept."))


def refuse_accepting(*, is_question: bool, is_asker: bool, keeps_order: bool, is_there: bool) -> Refusal | None:
    if not is_question:
        return NO_QUESTION
    if not is_asker and not keeps_order:
        return NOT_YOUR_QUESTION
    return None if is_there else GONE
