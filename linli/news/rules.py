"""May it be done? Pure: told everything it needs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal
from linli.people.rules import RULES_CHANGED

NOT_YOURS = Refusal("not_yours", _("Only the reporter may do this."))
NOT_AN_EDITOR = Refusal("not_an_editor", _("Committee, moderators and stewards look over the news."))
EMPTY = Refusal("empty", _("A story needs a title and a text."), "title")
NO_NOTE = Refusal("no_note", _("Please say what it is about, so that the reporter knows."), "note")
CHANGED_MEANWHILE = Refusal(
    "changed_meanwhile",
    _("Somebody else has changed it meanwhile. Your words are still here; look at theirs below."),
    "body",
)
NOT_NOW = Refusal("not_now", _("It stands elsewhere by now, so this cannot be done any more."))
REPORTER_GONE = Refusal("reporter_gone", _("The reporter no longer belongs to the community."))

DRAFT, WAITING, RETURNED, DECLINED, WITHDRAWN, PUBLISHED = "draft", "waiting", "returned", "declined", "withdrawn", "published"  # fmt: skip

# Who may do what while a story stands where: the one table of the way from a draft to the news.
TRANSITIONS: dict[str, dict[str, str]] = {
    "keep": {DRAFT: "reporter", RETURNED: "reporter"},
    "submit": {DRAFT: "reporter", RETURNED: "reporter"},
    "withdraw": {DRAFT: "reporter", RETURNED: "reporter", WAITING: "reporter"},
    "edit": {WAITING: "editor"},
    "return": {WAITING: "editor"},
    "decline": {WAITING: "editor"},
    "publish": {WAITING: "editor"},
}
NEEDS_NOTE = ("return", "decline")


def allowed(what: str, *, state: str, is_reporter: bool, is_editor: bool) -> bool:
    who = TRANSITIONS[what].get(state)
    return (who == "reporter" and is_reporter) or (who == "editor" and is_editor)


def refuse(
    what: str, *, state: str, is_reporter: bool, is_editor: bool, is_whole: bool, note: str, is_unagreed: bool
) -> Refusal | None:
    who = TRANSITIONS[what].get(state)
    if who is None:
        return NOT_NOW
    if not allowed(what, state=state, is_reporter=is_reporter, is_editor=is_editor):
        return NOT_YOURS if who == "reporter" else NOT_AN_EDITOR
    if is_unagreed and who == "reporter" and what != "withdraw":
        return RULES_CHANGED
    if what in NEEDS_NOTE and not note:
        return NO_NOTE
    return EMPTY if what in ("submit", "edit", "publish") and not is_whole else None
