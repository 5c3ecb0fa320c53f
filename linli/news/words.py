"""Where a story stands and what happened to it, in words that say who must act."""

from django.utils.translation import gettext as _


def state_words() -> dict[str, tuple[str, str]]:
    """State → words, tone."""
    return {
        "draft": (_("draft"), "slate"),
        "waiting": (_("an editor has to look at it"), "lamp"),
        "returned": (_("sent back to the reporter"), "lamp"),
        "declined": (_("not taken"), "slate"),
        "withdrawn": (_("withdrawn"), "slate"),
        "published": (_("published"), "jade"),
    }


def step_words() -> dict[str, str]:
    return {
        "submitted": _("gave it to the editors"),
        "edited": _("changed the words"),
        "returned": _("sent it back"),
        "declined": _("declined it"),
        "withdrawn": _("withdrew it"),
        "published": _("published it"),
    }
