from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.refusals import Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.media.actions import take
from linli.media.addresses import community_picture
from linli.people import actions
from linli.people.doors import steward_page
from linli.people.models import Member
from linli.stewards.forms import PictureForm


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def picture(request: HttpRequest, member: Member) -> HttpResponse:
    """The community's own picture: a square, without metadata."""
    community, now = member.community, timezone.now()
    if request.method == "POST" and "remove" in request.POST:
        actions.change_picture(by=member, picture="", now=now)
        toast(request, _("The picture has been taken away."))
        return HttpResponseRedirect(request.path, status=303)
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    refusal = None
    if form.is_valid():
        try:
            taken = take(file=form.cleaned_data["picture"], owner=member, now=now, is_square=True, field="picture")
            actions.change_picture(by=member, picture=taken.name, now=now)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Saved."))
            return HttpResponseRedirect(request.path, status=303)
    context = {
        "form": form,
        "refusal": refusal,
        "picture": community_picture(community.slug, community.picture),
        "slug": community.slug,
    }
    return page(request, "stewards/picture.html", context, status=422 if form.errors or refusal else 200)
