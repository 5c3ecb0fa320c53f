"""What the pages of the board show, as frozen values, in a fixed number of queries."""

from linli.entries.reads.boards import Head, PostOptions, head_of, post_options, town_of
from linli.entries.reads.feeds import (
    Feed,
    Show,
    Wish,
    author_feed,
    foot_of,
    member_feed,
    newest_until,
    public_author_feed,
    public_feed,
    sight_of,
)
from linli.entries.reads.histories import History, history
from linli.entries.reads.pages import (
    EntryShown,
    edit_url,
    enclosure_or_404,
    entry_or_404,
    entry_shown,
    picture_or_404,
    with_home,
)

__all__ = (
    "EntryShown",
    "Feed",
    "Head",
    "History",
    "PostOptions",
    "Show",
    "Wish",
    "author_feed",
    "edit_url",
    "enclosure_or_404",
    "entry_or_404",
    "entry_shown",
    "foot_of",
    "head_of",
    "history",
    "member_feed",
    "newest_until",
    "picture_or_404",
    "post_options",
    "public_author_feed",
    "public_feed",
    "sight_of",
    "town_of",
    "with_home",
)
