"""Come in by a code that goes to one's e-mail or phone; lost passwords; the printed recovery code."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linli.accounts import actions, codes, limits
from linli.accounts.codes import Pending, Purpose
from linli.accounts.contacts import Contact, read_contact
from linli.accounts.entering import enter, next_page, with_next
from linli.accounts.forms import CodeForm, ContactForm, LostPasswordForm, SheetForm
from linli.accounts.headings import heading_for
from linli.accounts.numbers import grouped, plain
from linli.accounts.reads import contacts_of, owner_of, person_for
from linli.accounts.sms import can_send_mail, can_send_sms
from linli.accounts.views.sign_up import PROVED_KEY
from linli.kernel.refusals import Refusal, Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import public_page
from linli.people.models import Person

NEW_PASSWORD = "/me/password/"  # noqa: S105  (an address)


def status_of(refusal: Refusal | None, form_is_wrong: bool = False) -> int:
    if refusal and refusal.code == "too_often":
        return 429
    return 422 if refusal or form_is_wrong else 200


@never_cache
@public_page
def ask_code(request: HttpRequest) -> HttpResponse:
    """Log in or sign up with a code; which of the two shows only after the code."""
    next_to = next_page(request)
    if request.visit.person:
        return HttpResponseRedirect(next_to)
    form = ContactForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        contact: Contact = form.cleaned_data["contact"]
        refusal = codes.start(
            request,
            purpose=Purpose.ENTER,
            contact=contact,
            shown=contact.shown,
            now=timezone.now(),
            next_page=next_to,
        )
        if refusal is None:
            return HttpResponseRedirect(reverse("account_confirm_login_code"), status=303)
    context = {
        "form": form,
        "refusal": refusal,
        "next": next_to,
        "heading": heading_for(next_to),
        "can_send_sms": can_send_sms(),
        "can_send_mail": can_send_mail(),
    }
    return page(request, "accounts/ask_code.html", context, status=status_of(refusal, bool(form.errors)))


@never_cache
@public_page
def lost_password(request: HttpRequest) -> HttpResponse:
    """A code to the account's e-mail or phone; the answer is the same for accounts that do not exist."""
    form = LostPasswordForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        refusal = _start_reset(request, form.cleaned_data["login"])
        if refusal is None:
            return HttpResponseRedirect(reverse("account_confirm_login_code"), status=303)
    context = {"form": form, "refusal": refusal, "has_codes": can_send_mail() or can_send_sms()}
    return page(request, "accounts/lost_password.html", context, status=status_of(refusal, bool(form.errors)))


def _start_reset(request: HttpRequest, login: str) -> Refusal | None:
    typed = read_contact(login)
    person = person_for(login)
    kept = contacts_of(person) if person else ()
    contact = typed or (kept[0] if kept else None)
    refusal = codes.start(
        request,
        purpose=Purpose.RESET,
        contact=contact,
        shown=typed.shown if typed else grouped(plain(login)),
        now=timezone.now(),
        next_page=NEW_PASSWORD,
        # Whoever typed a number proves that account's contact; whoever typed a contact proves the contact itself.
        person_id=person.pk if person and not typed else None,
    )
    return replace(refusal, field="login") if refusal else None


@never_cache
@public_page
def confirm_code(request: HttpRequest) -> HttpResponse:
    pending = codes.pending_of(request, Purpose.ENTER, Purpose.RESET)
    if request.visit.person or pending is None:
        return HttpResponseRedirect(with_next("account_login", next_page(request)))
    now = timezone.now()
    if request.POST.get("again"):
        refusal = codes.resend(request, pending, now=now)
        if refusal is None:
            toast(request, _("A new code is on its way."))
            return HttpResponseRedirect(request.path, status=303)
        return _code_page(request, pending, CodeForm(), refusal)
    form = CodeForm(request.POST if request.method == "POST" else None)
    refusal = codes.check(request, pending, form.cleaned_data["code"], now=now) if form.is_valid() else None
    if not form.is_valid() or refusal:
        return _code_page(request, pending, form, refusal)
    return _come_in(request, pending)


def _come_in(request: HttpRequest, pending: Pending) -> HttpResponse:
    next_to = pending.next or "/"
    if pending.person_id:
        person = Person.objects.filter(pk=pending.person_id, is_active=True).first()
    else:
        person = owner_of(pending.contact)
    if person:
        return enter(request, person, method="code", next_to=next_to)
    request.session[PROVED_KEY] = {"kind": pending.kind, "value": pending.value}
    way_on = "/" if pending.purpose == Purpose.RESET else next_to
    return HttpResponseRedirect(with_next("account_signup_name", way_on), status=303)


def _code_page(request: HttpRequest, pending: Pending, form: CodeForm, refusal: Refusal | None) -> HttpResponse:
    context = {
        "form": form,
        "refusal": refusal,
        "shown": pending.shown,
        "is_reset": pending.purpose == Purpose.RESET,
        "is_contact": read_contact(pending.shown) is not None,
        "can_resend": pending.can_resend,
        "back": reverse("account_reset_password" if pending.purpose == Purpose.RESET else "account_request_login_code"),
        "heading": heading_for(pending.next),
        "action": request.path,
    }
    return page(request, "accounts/enter_code.html", context, status=status_of(refusal, bool(form.errors)))


@never_cache
@public_page
def recover(request: HttpRequest) -> HttpResponse:
    """In with the number and the recovery code of the printed sheet, then a new password."""
    if request.visit.person:
        return HttpResponseRedirect(NEW_PASSWORD)
    form = SheetForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        login, code = form.cleaned_data["login"], form.cleaned_data["code"]
        person = person_for(login)
        refusal = _spend_sheet(request, login, code, person)
        if person and refusal is None:
            return enter(request, person, method="recovery", next_to=NEW_PASSWORD)
    context = {"form": form, "refusal": refusal}
    return page(request, "accounts/recover.html", context, status=status_of(refusal, bool(form.errors)))


def _spend_sheet(request: HttpRequest, login: str, code: str, person: Person | None) -> Refusal | None:
    now = timezone.now()
    uses = [
        (limits.LOG_INS_FROM, limits.asker(request)),
        (limits.GUESSES, f"sheet:{limits.account_key(request, login, person)}"),
    ]
    if refusal := limits.spend_all(uses, now=now):
        return refusal
    try:
        actions.use_sheet(person=person, code=code, now=now)
    except Refused as refused:
        return refused.refusal
    return None
