"""What talk adds to the page of a question: the answer that was accepted, before all others."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup

from linli.look.answers import fragment
from linli.people.models import Member
from linli.talk import reads


def question_panel(request: HttpRequest, entry_id: int, member: Member | None) -> Markup:
    community = request.visit.community
    assert community  # an entry's page stands in its community
    answer = reads.accepted_answer(entry_id, member, language=request.visit.language)
    context = {
        "answer": answer,
        "may_accept": member is not None and reads.may_accept(member, entry_id),
        "url_of_entry": f"/c/{community.slug}/entries/{entry_id}/",
    }
    return Markup(fragment("talk/_answer.html", context))  # noqa: S704  (our template)
