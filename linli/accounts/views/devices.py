"""Where one is logged in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import actions, reads
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import account_page
from linli.people.models import Person


@account_page
def devices(request: HttpRequest, person: Person) -> HttpResponse:
    shown = reads.devices(person, request.session.session_key, now=timezone.now())
    return page(request, "accounts/devices.html", {"devices": shown})


@require_POST
@account_page
def end(request: HttpRequest, person: Person, name: str) -> HttpResponse:
    if actions.end_session(person=person, name=name, now=timezone.now()):
        toast(request, _("Logged out on that device."))
    return HttpResponseRedirect(reverse("me_devices"), status=303)


@require_POST
@account_page
def end_others(request: HttpRequest, person: Person) -> HttpResponse:
    ended = actions.end_other_sessions(person=person, kept_session=request.session.session_key, now=timezone.now())
    words = ngettext("Logged out on %(num)s other device.", "Logged out on %(num)s other devices.", ended)
    toast(request, words % {"num": ended})
    return HttpResponseRedirect(reverse("me_devices"), status=303)
