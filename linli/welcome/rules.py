"""May it be done? Pure: told everything it needs."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal
from linli.people.rules import ONESELF

NOT_ENTRUSTED = Refusal("not_entrusted", _("Stewards, committee and organisers greet newcomers."))
NO_WORDS = Refusal("no_words", _("Please write a word or two."), "words")
TOO_LONG = Refusal("too_long", _("A greeting has at most 400 characters."), "words")
WORDS_MAX, LINES_MAX, LINE_MAX = 400, 6, 120


def refuse_greeting(*, is_entrusted: bool, is_self: bool, words: str) -> Refusal | None:
    if not is_entrusted:
        return NOT_ENTRUSTED
    if is_self:
        return ONESELF
    if not words:
        return NO_WORDS
    return TOO_LONG if len(words) > WORDS_MAX else None
