"""Everything about me as one ZIP; and erasing the account."""

from __future__ import annotations

from typing import cast

from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.accounts import actions, limits
from linli.accounts.entering import sensitive
from linli.accounts.forms import ErasureForm
from linli.accounts.own_data import own_data_file
from linli.accounts.views.codes import status_of
from linli.accounts.views.me import to
from linli.kernel.refusals import Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import account_page
from linli.people.models import Person


@never_cache
@account_page
def own_data(request: HttpRequest, person: Person) -> HttpResponse:
    return page(request, "accounts/own_data.html", {})


@never_cache
@require_POST
@sensitive
@account_page
def download(request: HttpRequest, person: Person) -> HttpResponse:
    now = timezone.now()
    if refusal := limits.spend(limits.EXPORTS, str(person.pk), now=now):
        toast(request, refusal.message, "alarm")
        return to("me_data")
    full = Person.objects.get(pk=person.pk)
    name = f"linli-{full.number}-{timezone.localdate(now):%Y-%m-%d}.zip"
    answer = FileResponse(own_data_file(full, now), as_attachment=True, filename=name, content_type="application/zip")
    return cast("HttpResponse", answer)  # doors pass answers through as they are


@never_cache
@sensitive
@account_page
def erasure(request: HttpRequest, person: Person) -> HttpResponse:
    form = ErasureForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        try:
            actions.erase(person=person, now=timezone.now())
        except Refused as refused:
            refusal = refused.refusal
        else:
            logout(request)
            toast(request, _("Your account is erased. Goodbye, and thank you for having been here."))
            return HttpResponseRedirect("/", status=303)
    context = {"form": form, "refusal": refusal}
    return page(request, "accounts/erasure.html", context, status=status_of(refusal, bool(form.errors)))
