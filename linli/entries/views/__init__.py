"""The board and its entries, by subject."""

from linli.entries.views.board import SHARED_SECONDS, feed, position
from linli.entries.views.choosing import feature, pin
from linli.entries.views.posts import (
    deletion,
    edit,
    enclosure,
    enclosures,
    history,
    is_only_about_pictures,
    new,
    picture,
)
from linli.entries.views.sharing import share

__all__ = (
    "SHARED_SECONDS",
    "deletion",
    "edit",
    "enclosure",
    "enclosures",
    "feature",
    "feed",
    "history",
    "is_only_about_pictures",
    "new",
    "picture",
    "pin",
    "position",
    "share",
)
