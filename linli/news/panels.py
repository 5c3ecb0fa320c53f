"""What the news adds to an entry's page: who looked it over."""

from django.http import HttpRequest
from markupsafe import Markup

from linli.look.answers import fragment
from linli.news import reads
from linli.people.models import Member


def panel(request: HttpRequest, entry_id: int, member: Member | None) -> Markup:
    names = reads.editors_of(entry_id)
    return Markup(fragment("news/_edited_by.html", {"names": names})) if names else Markup()  # noqa: S704  (ours)
