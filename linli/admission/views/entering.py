"""Coming in: by the letter to a home, by an invitation, or by application."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.limits import asker
from linli.admission import actions, rules
from linli.admission.codes import plain_code
from linli.admission.forms import ApplyForm, CodeForm, EnterForm, EnterHomeForm
from linli.admission.reads import applications, invitations, letters
from linli.kernel.limits import allow, seconds_left, too_often
from linli.kernel.refusals import Refusal, Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import account_page, public_page
from linli.people.models import Community, Kind, Person

# A code has 46 bits; what is limited here is the patience of whoever tries.
GUESSES, GUESS_SECONDS = 20, 600


def _refuse_guessing(request: HttpRequest) -> Refusal | None:
    """After too many wrong codes from one address, right ones are not looked at either for a while."""
    left = seconds_left(f"admission.closed:{asker(request)}", now=timezone.now())
    return too_often(left, "code") if left else None


def _note_wrong(request: HttpRequest) -> Refusal:
    """Only codes that are none of ours count: who reads off a sheet is never locked out by it."""
    now, who = timezone.now(), asker(request)
    if not allow(f"admission.code:{who}", most=GUESSES, per_seconds=GUESS_SECONDS, now=now):
        allow(f"admission.closed:{who}", most=1, per_seconds=GUESS_SECONDS, now=now)
        return too_often(GUESS_SECONDS, "code")
    return rules.UNKNOWN


def _code_page(request: HttpRequest, refusal: Refusal | None, form: CodeForm | None = None) -> HttpResponse:
    status = 404 if refusal is rules.UNKNOWN else 429
    return page(request, "admission/code.html", {"form": form or CodeForm(), "refusal": refusal}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def code_entry(request: HttpRequest) -> HttpResponse:
    """For who has the letter in hand but no camera."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        if refusal := _refuse_guessing(request):
            return _code_page(request, refusal, form)
        code = plain_code(form.cleaned_data["code"])
        if code and letters.letter_face(code, person_id=None, now=timezone.now()):
            return HttpResponseRedirect(reverse("admission:letter", args=[code]), status=303)
        refusal = _note_wrong(request)
    status = 422 if form.errors or refusal else 200
    return page(request, "admission/code.html", {"form": form, "refusal": refusal}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Looking changes nothing; entering takes a POST by somebody who is logged in."""
    person, now = request.visit.person, timezone.now()
    if guessing := _refuse_guessing(request):
        return _code_page(request, guessing)
    face = letters.letter_face(code, person_id=person.pk if person else None, now=now)
    if face is None:
        return _code_page(request, _note_wrong(request))
    if face.is_mine:
        return HttpResponseRedirect(f"/c/{face.slug}/")
    if face.refusal:
        return page(request, "admission/letter_over.html", {"face": face}, status=410)
    if person is None:
        if request.method == "POST":
            return HttpResponseRedirect(_log_in(request), status=303)
        return page(request, "admission/letter.html", {"face": face, "form": None, "refusal": None})
    name = face.member_of.name if face.member_of else person.name
    form = EnterHomeForm(
        request.POST if request.method == "POST" else None, asks_kind=not face.kind, initial={"name": name}
    )
    refusal = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.use_letter(person=person, code=code, name=given["name"], kind=given.get("kind", ""), now=now)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Welcome to %(community)s.") % {"community": face.community})
            return HttpResponseRedirect(reverse("welcome:welcome", args=[face.slug]), status=303)
    status = 422 if form.errors or refusal else 200
    return page(request, "admission/letter.html", {"face": face, "form": form, "refusal": refusal}, status=status)


def _log_in(request: HttpRequest) -> str:
    return f"/account/login/?next={request.path}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    person, now = request.visit.person, timezone.now()
    if guessing := _refuse_guessing(request):
        return _code_page(request, guessing)
    face = invitations.invitation_face(token, person_id=person.pk if person else None, now=now)
    if face is None:
        _note_wrong(request)
        return page(request, "admission/invitation_over.html", {"face": None}, status=404)
    if face.is_member:
        return HttpResponseRedirect(f"/c/{face.slug}/")
    if face.refusal:
        return page(request, "admission/invitation_over.html", {"face": face}, status=410)
    if person is None:
        if request.method == "POST":
            return HttpResponseRedirect(_log_in(request), status=303)
        return page(request, "admission/invitation.html", {"face": face, "form": None, "refusal": None})
    form = EnterForm(request.POST if request.method == "POST" else None, initial={"name": person.name})
    refusal = None
    if form.is_valid():
        try:
            actions.use_invitation(person=person, token=token, name=form.cleaned_data["name"], now=now)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Welcome to %(community)s.") % {"community": face.community})
            return HttpResponseRedirect(reverse("welcome:welcome", args=[face.slug]), status=303)
    status = 422 if form.errors or refusal else 200
    context = {"face": face, "form": form, "refusal": refusal}
    return page(request, "admission/invitation.html", context, status=status)


def _community(request: HttpRequest, slug: str) -> Community:
    """A community that takes applications, or whose member or applicant the visitor already is."""
    community: Community | None = request.visit.community
    if community is None:
        raise Http404
    return community


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def join(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Ask to be admitted, and see where one stands."""
    community = _community(request, slug)
    if request.visit.member:
        return HttpResponseRedirect(f"/c/{slug}/")
    standing = applications.my_application(community.pk, person)
    takes = letters.join_settings(community.pk).takes_applications
    if not takes and standing is None and not community.is_public:
        # Whoever may not apply learns as little of a closed community as of one that does not exist.
        raise Http404
    may_apply = takes and (standing is None or standing.state != "waiting")
    asked = applications.questions(community.pk)
    form = ApplyForm(
        request.POST if request.method == "POST" else None,
        questions=asked,
        has_homes=community.kind == Kind.RESIDENTIAL,
        initial={"name": person.name},
    )
    refusal = None
    if request.method == "POST" and not may_apply:
        refusal = rules.ALREADY_WAITING if takes else rules.NO_APPLICATIONS
    elif form.is_valid():
        refusal = _apply(person, community, form)
        if refusal is None:
            toast(request, _("Your application has been sent."))
            return HttpResponseRedirect(request.path, status=303)
    context = {
        "community": community,
        "town": applications.town_of(community),
        "standing": standing,
        "form": form if may_apply else None,
        "takes": takes,
        "refusal": refusal,
        "usually": applications.usual_wait(community.pk) if may_apply else "",
    }
    is_wrong = bool(refusal or (request.method == "POST" and form.errors))
    return page(request, "admission/join.html", context, status=422 if is_wrong else 200)


def _apply(person: Person, community: Community, form: ApplyForm) -> Refusal | None:
    given = form.cleaned_data
    words = given.get("home", "")
    try:
        actions.apply(
            person=person,
            community=community,
            name=given["name"],
            answers=form.answers(),
            unit=applications.unit_by_words(community.pk, words),
            home_words=words,
            home_kind=given.get("home_kind", ""),
            now=timezone.now(),
        )
    except Refused as refused:
        return refused.refusal
    return None


@require_POST
@account_page
def withdrawal(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    community = _community(request, slug)
    actions.withdraw(person=person, community=community, now=timezone.now())
    toast(request, _("Your application has been withdrawn."))
    return HttpResponseRedirect(reverse("admission:join", args=[slug]), status=303)
