"""Pages about people: one's own profile, the directory, a person, leaving, telephone numbers."""

from linli.people.views.leaving import leave
from linli.people.views.persons import block, blocked, people, person, unblock
from linli.people.views.phones import phones
from linli.people.views.profile import me, preview

__all__ = ["block", "blocked", "leave", "me", "people", "person", "phones", "preview", "unblock"]
