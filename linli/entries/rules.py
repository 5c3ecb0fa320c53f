"""May it be done? Pure: told everything it needs."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal
from linli.people.rules import RULES_CHANGED

NOT_ENTRUSTED = Refusal(
    "not_entrusted", _("In this community your role does not allow this. The stewards decide who may.")
)
EMPTY = Refusal("empty", _("Please write something, or add a picture."), "body")
TOO_MANY_PICTURES = Refusal("too_many_pictures", _("At most 12 pictures in one post."), "pictures")
TOO_LONG = Refusal(
    "too_long", _("This is longer than 20,000 characters. Please shorten it, or make two posts of it."), "body"
)
NO_PLACE = Refusal("no_place", _("Please choose at least one building or home."), "places")
NOT_YOURS = Refusal("not_yours", _("Only the person who wrote this may change it."))
DELETED = Refusal("deleted", _("This has been deleted meanwhile."))

NOT_AN_EDITOR = Refusal("not_an_editor", _("Committee, moderators and stewards put posts on top or among the best."))
PINNED_BY_ITSELF = Refusal("pinned_by_itself", _("An urgent notice is on top already, until it ends."))
TOO_MANY_PINNED = Refusal(
    "too_many_pinned",
    _("Three posts are on top already. What is on top of everything is on top of nothing: take one down first."),
)

PICTURES_MAX = 12
TEXT_MAX = 20_000
PINNED_MAX = 3  # by hand; urgent notices come on top of these
PIN_DAYS = (3, 7, 30)


def refuse_to_begin(*, is_entrusted: bool, is_unagreed: bool) -> Refusal | None:
    """What no wording can mend, so that the page says it before anybody has typed."""
    if not is_entrusted:
        return NOT_ENTRUSTED
    return RULES_CHANGED if is_unagreed else None


def refuse_post(
    *, is_entrusted: bool, is_unagreed: bool, text: str, pictures: int, needs_place: bool, places: int
) -> Refusal | None:
    if refusal := refuse_to_begin(is_entrusted=is_entrusted, is_unagreed=is_unagreed):
        return refusal
    if len(text) > TEXT_MAX:
        return TOO_LONG
    if not text.strip() and not pictures:
        return EMPTY
    if pictures > PICTURES_MAX:
        return TOO_MANY_PICTURES
    if needs_place and not places:
        return NO_PLACE
    return None


def refuse_edit(*, is_author: bool, is_unagreed: bool, is_deleted: bool, text: str, pictures: int) -> Refusal | None:
    if is_deleted:
        return DELETED
    if not is_author:
        return NOT_YOURS
    if is_unagreed:
        return RULES_CHANGED
    if len(text) > TEXT_MAX:
        return TOO_LONG
    if not text.strip() and not pictures:
        return EMPTY
    if pictures > PICTURES_MAX:
        return TOO_MANY_PICTURES
    return None


def refuse_delete(*, is_author: bool, keeps_order: bool) -> Refusal | None:
    return None if is_author or keeps_order else NOT_YOURS


def refuse_featuring(*, is_editor: bool) -> Refusal | None:
    return None if is_editor else NOT_AN_EDITOR


def refuse_pin(*, is_editor: bool, is_pinned_by_itself: bool, pinned: int) -> Refusal | None:
    if not is_editor:
        return NOT_AN_EDITOR
    if is_pinned_by_itself:
        return PINNED_BY_ITSELF
    return TOO_MANY_PINNED if pinned >= PINNED_MAX else None


def refuse_unpin(*, is_editor: bool, is_pinned_by_itself: bool) -> Refusal | None:
    if not is_editor:
        return NOT_AN_EDITOR
    return PINNED_BY_ITSELF if is_pinned_by_itself else None
