"""What stewards and the committee do: invitations, applications, the questions, the settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.admission import actions
from linli.admission.forms import ApproveForm, InvitationForm, JoinSettingsForm, QuestionsForm, RefuseForm
from linli.admission.models import Application
from linli.admission.reads import applications, invitations, letters
from linli.kernel.refusals import Refusal, Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import member_page, steward_page
from linli.people.models import Kind, Member
from linli.people.roles import Role

inviter_page = member_page(Role.STEWARD, Role.COMMITTEE, Role.PROPERTY, Role.ORGANISER)
answer_page = member_page(Role.STEWARD, Role.COMMITTEE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@inviter_page
def invitation_list(request: HttpRequest, member: Member) -> HttpResponse:
    """All links with their uses; below, a form for a new one."""
    form = InvitationForm(request.POST if request.method == "POST" else None, maker_roles=member.roles)
    refusal = None
    if form.is_valid():
        try:
            made = actions.make_invitation(by=member, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refusal = refused.refusal
        else:
            address = reverse("admission:invitation_show", args=[member.community.slug, made.pk])
            return HttpResponseRedirect(address, status=303)
    context = {
        "lines": invitations.invitations_page(member, now=timezone.now()),
        "form": form,
        "refusal": refusal,
        "slug": member.community.slug,
        "has_homes": member.community.kind == Kind.RESIDENTIAL,
        "is_steward": member.has_role(Role.STEWARD),
    }
    return page(request, "admission/invitations.html", context, status=422 if form.errors or refusal else 200)


@never_cache
@require_safe
@inviter_page
def invitation_show(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = invitations.invitation_or_404(member, pk)
    context = {
        "page": invitations.invitation_page(member, found, now=timezone.now()),
        "slug": member.community.slug,
        "community": member.community.name,
    }
    return page(request, "admission/invitation_show.html", context)


@require_POST
@inviter_page
def invitation_end(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = invitations.invitation_or_404(member, pk)
    actions.revoke_invitation(by=member, invitation=found, now=timezone.now())
    toast(request, _("The link no longer lets anybody in."))
    return HttpResponseRedirect(reverse("admission:invitations", args=[member.community.slug]), status=303)


@require_safe
@answer_page
def application_list(request: HttpRequest, member: Member) -> HttpResponse:
    context = {
        "page": applications.applications_page(member.community_id, now=timezone.now()),
        "slug": member.community.slug,
        "is_steward": member.has_role(Role.STEWARD),
    }
    return page(request, "admission/applications.html", context)


def _show(
    request: HttpRequest,
    member: Member,
    application: Application,
    *,
    approve_form: ApproveForm | None = None,
    refuse_form: RefuseForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    shown = applications.application_page(application, now=timezone.now())
    has_homes = member.community.kind == Kind.RESIDENTIAL
    is_wrong = bool(refusal or approve_form or refuse_form)
    context = {
        "page": shown,
        "slug": member.community.slug,
        "approve_form": approve_form
        or ApproveForm(has_homes=has_homes, initial={"home": shown.line.home, "home_kind": shown.home_kind or "owner"}),
        "refuse_form": refuse_form or RefuseForm(),
        "is_refusing": refuse_form is not None,
        "refusal": refusal,
    }
    return page(request, "admission/application.html", context, status=422 if is_wrong else 200)


@require_safe
@answer_page
def application(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    return _show(request, member, applications.application_or_404(member.community_id, pk))


@require_POST
@answer_page
def approval(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = applications.application_or_404(member.community_id, pk)
    form = ApproveForm(request.POST, has_homes=member.community.kind == Kind.RESIDENTIAL)
    refusal = None
    unit = None
    if form.is_valid() and (words := form.cleaned_data.get("home", "")):
        unit = applications.unit_by_words(member.community_id, words)
        if unit is None:
            form.add_error("home", _("There is no such home in the register."))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.approve(
                by=member,
                application=found,
                unit=unit,
                home_kind=given.get("home_kind", ""),
                verified_how=given.get("verified_how", ""),
                now=timezone.now(),
            )
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("%(name)s belongs to the community now.") % {"name": found.name})
            return HttpResponseRedirect(reverse("admission:applications", args=[member.community.slug]), status=303)
    return _show(request, member, found, approve_form=form, refusal=refusal)


@require_POST
@answer_page
def refusal(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = applications.application_or_404(member.community_id, pk)
    form = RefuseForm(request.POST)
    why = None
    if form.is_valid():
        try:
            actions.refuse(by=member, application=found, reason=form.cleaned_data["reason"], now=timezone.now())
        except Refused as refused:
            why = refused.refusal
        else:
            toast(request, _("Refused; %(name)s can read the reason.") % {"name": found.name})
            return HttpResponseRedirect(reverse("admission:applications", args=[member.community.slug]), status=303)
    return _show(request, member, found, refuse_form=form, refusal=why)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def joining(request: HttpRequest, member: Member) -> HttpResponse:
    """Who may apply, what they are asked, how long letters hold."""
    settings = letters.join_settings(member.community_id)
    posted = request.POST if request.method == "POST" else None
    form = JoinSettingsForm(
        posted, initial={"takes_applications": settings.takes_applications, "letter_days": settings.letter_days}
    )
    questions = QuestionsForm(applications.questions(member.community_id), posted)
    refusal = None
    if request.method == "POST" and form.is_valid() and questions.is_valid():
        now = timezone.now()
        try:
            actions.change_join_settings(by=member, now=now, **form.cleaned_data)
            actions.arrange_questions(by=member, questions=list(questions.questions()), now=now)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Saved."))
            return HttpResponseRedirect(request.path, status=303)
    is_wrong = request.method == "POST"
    context = {
        "form": form,
        "questions": questions.forms,
        "refusal": refusal,
        "slug": member.community.slug,
        "has_homes": member.community.kind == Kind.RESIDENTIAL,
    }
    return page(request, "admission/joining.html", context, status=422 if is_wrong else 200)
