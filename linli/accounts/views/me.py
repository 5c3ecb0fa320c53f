"""One's own account: what it is called, where one belongs, how one comes in, and how pages look."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from linli.accounts import actions, codes, reads
from linli.accounts.codes import Purpose
from linli.accounts.contacts import Contact, ContactKind, shown_phone
from linli.accounts.entering import sensitive
from linli.accounts.forms import CodeForm, ContactForm, NewPasswordForm, OwnNameForm
from linli.accounts.numbers import grouped
from linli.accounts.sms import can_send_mail, can_send_sms
from linli.accounts.views.codes import status_of
from linli.kernel.refusals import Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import account_page
from linli.people.models import Person
from linli.people.panels import own_panels_for


def to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name), status=303)


@account_page
def home(request: HttpRequest, person: Person) -> HttpResponse:
    shown = reads.home(person, request.session.session_key, now=timezone.now())
    return page(request, "accounts/me.html", {"home": shown, "panels": own_panels_for(request, person)})


@account_page
def ways_in(request: HttpRequest, person: Person) -> HttpResponse:
    context = {"ways": reads.ways_in(person), "can_send_mail": can_send_mail(), "can_send_sms": can_send_sms()}
    return page(request, "accounts/ways_in.html", context)


@account_page
def name(request: HttpRequest, person: Person) -> HttpResponse:
    form = OwnNameForm(request.POST if request.method == "POST" else None, initial={"name": person.name})
    if form.is_valid():
        actions.rename(person=person, name=form.cleaned_data["name"], now=timezone.now())
        toast(request, _("Saved."))
        return to("me")
    return page(request, "accounts/name.html", {"form": form}, status=status_of(None, bool(form.errors)))


@never_cache
@sensitive_post_parameters("password")
@sensitive
@account_page
def password(request: HttpRequest, person: Person) -> HttpResponse:
    form = NewPasswordForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        actions.set_password(
            person=person,
            password=form.cleaned_data["password"],
            kept_session=request.session.session_key,
            now=timezone.now(),
        )
        # This device stays logged in, under a new key.
        update_session_auth_hash(request, person)
        toast(request, _("The new password is set. All other devices are logged out."))
        return to("mfa_index")
    context = {"form": form, "has_password": person.has_usable_password(), "number": grouped(person.number)}
    return page(request, "accounts/password.html", context, status=status_of(None, bool(form.errors)))


@never_cache
@sensitive
@account_page
def contact(request: HttpRequest, person: Person) -> HttpResponse:
    """Add an e-mail address or phone number: first a code goes there."""
    form = ContactForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        wanted: Contact = form.cleaned_data["contact"]
        refusal = codes.start(
            request,
            purpose=Purpose.CONTACT,
            contact=wanted,
            shown=wanted.shown,
            now=timezone.now(),
            person_id=person.pk,
        )
        if refusal is None:
            return to("me_contact_code")
    context = {
        "form": form,
        "refusal": refusal,
        "email": person.email,
        "phone": shown_phone(person.phone or ""),
        "can_send_mail": can_send_mail(),
        "can_send_sms": can_send_sms(),
    }
    return page(request, "accounts/contact.html", context, status=status_of(refusal, bool(form.errors)))


@never_cache
@account_page
def contact_code(request: HttpRequest, person: Person) -> HttpResponse:
    pending = codes.pending_of(request, Purpose.CONTACT)
    if pending is None or pending.person_id != person.pk:
        return to("account_email")
    now, refusal = timezone.now(), None
    form = CodeForm(request.POST if request.method == "POST" and not request.POST.get("again") else None)
    if request.POST.get("again"):
        refusal = codes.resend(request, pending, now=now)
    elif form.is_valid():
        refusal = codes.check(request, pending, form.cleaned_data["code"], now=now)
        if refusal is None:
            try:
                actions.add_contact(person=person, contact=pending.contact, now=now)
            except Refused as refused:
                toast(request, refused.refusal.message, "alarm")
                return to("account_email")
            toast(request, _("Saved. You can log in with it from now on."))
            return to("mfa_index")
    context = {
        "form": form,
        "refusal": refusal,
        "shown": pending.shown,
        "is_reset": False,
        "is_contact": True,
        "can_resend": pending.can_resend,
        "back": reverse("account_email"),
        "heading": "",
        "action": request.path,
    }
    return page(request, "accounts/enter_code.html", context, status=status_of(refusal, bool(form.errors)))


@require_POST
@sensitive
@account_page
def remove_contact(request: HttpRequest, person: Person, kind: str) -> HttpResponse:
    if kind not in list(ContactKind):
        raise Http404
    try:
        actions.remove_contact(person=person, kind=ContactKind(kind), now=timezone.now())
        toast(request, _("Removed."))
    except Refused as refused:
        toast(request, refused.refusal.message, "alarm")
    return to("mfa_index")


@never_cache
@sensitive
@account_page
def sheet(request: HttpRequest, person: Person) -> HttpResponse:
    """A recovery code to print; shown on this page alone, this once."""
    code = ""
    if request.method == "POST":
        made = actions.make_sheet(person=person, now=timezone.now())
        code = " ".join(made[i : i + 4] for i in range(0, len(made), 4))
    context = {
        "code": code,
        "number": grouped(person.number),
        "name": person.name,
        "made_at": reads.ways_in(person).sheet_made_at,
        "address": request.build_absolute_uri("/"),
    }
    return page(request, "accounts/sheet.html", context)
