"""What the pages about people show: profiles, the directory, telephone numbers."""

from linli.people.reads.contacts import ContactRow, contacts_of
from linli.people.reads.directory import Directory, Line, blocked_by, directory, lines
from linli.people.reads.leaving import refuse_leaving
from linli.people.reads.profile import Profile, Relation, may_see, member_or_404, preview, profile_for

__all__ = [
    "ContactRow",
    "Directory",
    "Line",
    "Profile",
    "Relation",
    "blocked_by",
    "contacts_of",
    "directory",
    "lines",
    "may_see",
    "member_or_404",
    "preview",
    "profile_for",
    "refuse_leaving",
]
