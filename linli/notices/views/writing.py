"""Write → see whom it reaches → send, now or at its time; or keep it as a draft."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.entries import attaching
from linli.entries.actions.posting import AttachedPicture
from linli.entries.attaching import Attached
from linli.entries.views import is_only_about_pictures
from linli.kernel.markdown import render
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.media.reads import staged
from linli.notices import actions, reads
from linli.notices.forms import EVERY_HOME, CorrectionForm, NoticeForm
from linli.notices.models import NoticePlan
from linli.people.doors import member_page
from linli.people.models import Member

SEVERAL = ("buildings", "entrances", "roles", "circles")


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def new(request: HttpRequest, member: Member) -> HttpResponse:
    """Going back loses nothing; a plan (`plan`) is gone on with."""
    if not reads.may_write(member):
        raise Http404
    plan = reads.plan_or_none(member, row_id(request.POST.get("plan") or request.GET.get("plan")))
    if request.method != "POST":
        return _begun(request, member, plan)
    now = timezone.now()
    attached = attaching.of_form(request, member, now)
    if "draft" in request.POST:
        return _kept(request, member, plan, attached, now)
    if "change" in request.POST or is_only_about_pictures(request):
        return _written(request, NoticeForm(member, initial=_refilled(dict(request.POST.lists()))), attached, plan)
    form = NoticeForm(member, request.POST)
    attaching.note_refusals(form, attached)
    refusal = None
    if form.is_valid():
        try:
            if "send" in request.POST:
                return _send(request, member, form, attached, plan, now)
            return _preview(request, member, form, attached, plan, now)
        except Refused as refused:
            refusal = refused.refusal
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal.message))
                refusal = None
    return _written(request, form, attached, plan, refusal, 422)


def _begun(request: HttpRequest, member: Member, plan: NoticePlan | None) -> HttpResponse:
    if plan is None:
        form = NoticeForm(member, initial={"key": uuid.uuid4().hex, "scope": EVERY_HOME})
        return _written(request, form, Attached(), None)
    words = dict(plan.pictures)
    pictures = tuple((picture, words[picture.id]) for picture in staged(member, list(words)))
    form = NoticeForm(member, initial={"key": uuid.uuid4().hex, **_refilled(plan.typed["fields"])})
    enclosures = attaching.of_rows(member, plan.typed.get("enclosures", ()))
    return _written(request, form, Attached(pictures, enclosures=enclosures), plan)


def _refilled(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as a form's initial values."""
    return {name: values if name in SEVERAL else values[-1] for name, values in typed.items() if values}


def _written(
    request: HttpRequest,
    form: NoticeForm,
    attached: Attached,
    plan: NoticePlan | None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "attached": attached, "refusal": refusal, "plan": plan, "here": "notices"}
    return page(request, "notices/new.html", context, status)


def _typed(request: HttpRequest, form: NoticeForm) -> dict[str, list[str]]:
    return {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name in form.fields and name not in ("pictures", "key")
    }


def _preview(
    request: HttpRequest,
    member: Member,
    form: NoticeForm,
    attached: Attached,
    plan: NoticePlan | None,
    now: datetime,
) -> HttpResponse:
    values = form.cleaned_data
    starts_at = values["publish_at"] or now
    actions.ask_publish(member, values["title"], values["is_urgent"], values["expires_at"], starts_at)
    actions.ask_plan(values["publish_at"], values["expires_at"], now)
    context = {
        "reach": reads.preview(member, reach=values["reach"], places=values["places"]),
        "html": render(values["body"]),
        "values": values,
        "attached": attached,
        "typed": [(name, given) for name, given in request.POST.lists() if name in form.fields and name != "pictures"],
        "plan": plan,
        "here": "notices",
    }
    return page(request, "notices/preview.html", context)


def _kept(
    request: HttpRequest, member: Member, plan: NoticePlan | None, attached: Attached, now: datetime
) -> HttpResponse:
    """A draft, whole or not: nothing is asked of it yet."""
    form = NoticeForm(member)
    typed = _typed(request, form)
    if sum(len(value) for values in typed.values() for value in values) > DRAFT_MOST:
        bound = NoticeForm(member, request.POST)
        return _written(request, bound, attached, plan, None, 422)
    actions.keep_plan(
        by=member,
        plan_id=plan.pk if plan else None,
        typed=typed,
        pictures=attached.chosen(),
        language=request.visit.language,
        now=now,
    )
    toast(request, _("Kept as a draft. You find it above the notices, on every device."))
    return HttpResponseRedirect(f"/c/{member.community.slug}/notices/", status=303)


DRAFT_MOST = 30_000


def _send(
    request: HttpRequest,
    member: Member,
    form: NoticeForm,
    attached: Attached,
    plan: NoticePlan | None,
    now: datetime,
) -> HttpResponse:
    values = form.cleaned_data
    words = {name: values[name] for name in ("title", "body", "is_urgent", "expires_at", "reach", "places")}
    pictures: list[AttachedPicture] = attached.chosen()
    if values["publish_at"]:
        actions.keep_plan(
            by=member,
            plan_id=plan.pk if plan else None,
            typed=_typed(request, form),
            values=words,
            pictures=pictures,
            language=request.visit.language,
            publish_at=values["publish_at"],
            now=now,
        )
        toast(request, _("Planned. It goes out by itself at its time."))
        return HttpResponseRedirect(f"/c/{member.community.slug}/notices/", status=303)
    entry = actions.publish(
        by=member, **words, pictures=pictures, language=request.visit.language, key=values["key"], now=now
    )
    if plan:
        actions.drop_plan(by=member, plan_id=plan.pk, now=now)
    reach = reads.preview(member, reach=values["reach"], places=values["places"])
    if reach.by_homes:
        told = ngettext("The notice reaches %(num)s home.", "The notice reaches %(num)s homes.", reach.homes)
        toast(request, told % {"num": reach.homes})
    else:
        told = ngettext("The notice reaches %(num)s member.", "The notice reaches %(num)s members.", reach.members)
        toast(request, told % {"num": reach.members})
    return HttpResponseRedirect(f"/c/{member.community.slug}/entries/{entry.pk}/", status=303)


@require_POST
@member_page()
def plan_deletion(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    if not reads.may_write(member) or reads.plan_or_none(member, pk) is None:
        raise Http404
    actions.drop_plan(by=member, plan_id=pk, now=timezone.now())
    toast(request, _("Taken away. It will not go out."))
    return HttpResponseRedirect(f"/c/{member.community.slug}/notices/", status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def edit(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Correct the words; pictures only by whoever sent them, for they are that person's."""
    entry = reads.notice_or_404(member, pk)
    if not reads.may_write(member):
        raise Http404
    now = timezone.now()
    url = f"/c/{member.community.slug}/entries/{pk}/"
    is_author = entry.author_id == member.pk
    refusal = None
    if request.method != "POST":
        attached = attaching.of_entry(pk, member) if is_author else Attached()
        form = CorrectionForm(is_author, initial={"title": entry.title, "body": entry.body})
    else:
        attached = attaching.of_form(request, member, now) if is_author else Attached()
        form = CorrectionForm(is_author, request.POST)
        if is_only_about_pictures(request):
            form = CorrectionForm(is_author, initial=request.POST.dict())
        elif is_author:
            attaching.note_refusals(form, attached)
    if form.is_bound and form.is_valid():
        try:
            pictures = attached.chosen() if is_author else None
            words = {name: form.cleaned_data[name] for name in ("title", "body")}
            actions.correct(by=member, entry=entry, pictures=pictures, now=now, **words)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Corrected. Whoever had confirmed it is asked again."))
            return HttpResponseRedirect(url, status=303)
    context = {"form": form, "attached": attached, "refusal": refusal, "entry_url": url, "here": "notices"}
    return page(request, "notices/edit.html", context, 422 if form.errors or refusal else 200)
