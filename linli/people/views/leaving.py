from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.refusals import Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people import actions, reads
from linli.people.doors import member_page
from linli.people.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def leave(request: HttpRequest, member: Member) -> HttpResponse:
    """What leaving means, in words, before it is done."""
    refusal = reads.refuse_leaving(member)
    if request.method == "POST" and request.POST.get("sure") == "yes" and refusal is None:
        try:
            actions.leave(by=member, now=timezone.now())
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("You have left %(name)s.") % {"name": member.community.name})
            return HttpResponseRedirect("/?all", status=303)
    is_unsure = request.method == "POST" and refusal is None
    context = {
        "slug": member.community.slug,
        "community": member.community.name,
        "refusal": refusal,
        "is_unsure": is_unsure,
        "here": "me",
    }
    is_wrong = request.method == "POST"
    return page(request, "people/leave.html", context, status=422 if is_wrong else 200)
