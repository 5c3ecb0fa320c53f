"""How far a notice has come in a home, in words."""

from django.utils.translation import gettext as _


def state_words() -> dict[str, str]:
    return {
        "confirmed": _("confirmed"),
        "opened": _("opened, not confirmed"),
        "paper": _("on paper"),
        "unread": _("not opened"),
        "none": _("no account"),
    }
