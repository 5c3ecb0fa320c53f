from __future__ import annotations

import uuid
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.entries import attaching
from linli.entries.attaching import Attached
from linli.entries.views import is_only_about_pictures
from linli.kernel.markdown import render
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import row_id
from linli.look.answers import answer, is_part, page, part
from linli.look.toasts import toast
from linli.notices import actions, reads
from linli.notices.forms import EVERY_HOME, CorrectionForm, NoticeForm
from linli.people.doors import member_page
from linli.people.models import Member


@require_safe
@member_page()
def index(request: HttpRequest, member: Member) -> HttpResponse:
    notices = reads.notice_list(member, before=row_id(request.GET.get("before")), now=timezone.now())
    context = {"notices": notices, "here": "notices"}
    if is_part(request):
        return part(request, "notices/_rows.html", context)
    return page(request, "notices/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def new(request: HttpRequest, member: Member) -> HttpResponse:
    """Write → see whom it reaches → send; going back loses nothing."""
    if not reads.may_write(member):
        raise Http404
    if request.method != "POST":
        form = NoticeForm(member, initial={"key": uuid.uuid4().hex, "scope": EVERY_HOME})
        return _written(request, form, Attached())
    now = timezone.now()
    attached = attaching.of_form(request, member, now)
    if "change" in request.POST or is_only_about_pictures(request):
        form = NoticeForm(
            member,
            initial={name: values if name == "buildings" else values[-1] for name, values in request.POST.lists()},
        )
        return _written(request, form, attached)
    form = NoticeForm(member, request.POST)
    attaching.note_refusals(form, attached)
    refusal = None
    if form.is_valid():
        try:
            if "send" in request.POST:
                return _publish(request, member, form, attached, now)
            return _preview(request, member, form, attached, now)
        except Refused as refused:
            refusal = refused.refusal
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal.message))
                refusal = None
    return _written(request, form, attached, refusal, 422)


def _written(
    request: HttpRequest, form: NoticeForm, attached: Attached, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "attached": attached, "refusal": refusal, "here": "notices"}
    return page(request, "notices/new.html", context, status)


def _preview(request: HttpRequest, member: Member, form: NoticeForm, attached: Attached, now: datetime) -> HttpResponse:
    values = form.cleaned_data
    actions.ask_publish(member, values["title"], values["is_urgent"], values["expires_at"], now)
    context = {
        "reach": reads.preview(member, reach=values["reach"], places=values["places"]),
        "html": render(values["body"]),
        "values": values,
        "attached": attached,
        "typed": [(name, given) for name, given in request.POST.lists() if name in form.fields and name != "pictures"],
        "here": "notices",
    }
    return page(request, "notices/preview.html", context)


def _publish(request: HttpRequest, member: Member, form: NoticeForm, attached: Attached, now: datetime) -> HttpResponse:
    values = form.cleaned_data
    entry = actions.publish(
        by=member,
        title=values["title"],
        body=values["body"],
        is_urgent=values["is_urgent"],
        expires_at=values["expires_at"],
        reach=values["reach"],
        places=values["places"],
        pictures=attached.chosen(),
        language=request.visit.language,
        key=values["key"],
        now=now,
    )
    reach = reads.preview(member, reach=values["reach"], places=values["places"])
    if reach.by_homes:
        words = ngettext("The notice reaches %(num)s home.", "The notice reaches %(num)s homes.", reach.homes)
        toast(request, words % {"num": reach.homes})
    else:
        toast(request, _("The notice has been sent to all members."))
    return HttpResponseRedirect(f"/c/{member.community.slug}/entries/{entry.pk}/", status=303)


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


@require_safe
@member_page()
def readers(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    entry = reads.notice_or_404(member, pk)
    if not reads.may_write(member):
        raise Http404
    return page(request, "notices/readers.html", {"readers": reads.readers(member, entry), "here": "notices"})


@require_POST
@member_page()
def receipt(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    entry = reads.notice_or_404(member, pk)
    refusal = None
    now = timezone.now()
    try:
        actions.confirm(by=member, entry=entry, now=now)
    except Refused as refused:
        refusal = refused.refusal
        if not is_part(request):
            toast(request, refusal.message, "warn")
    context = {"panel": reads.panel(pk, member, member.community.slug, now=now), "refusal": refusal}
    way_back = request.POST.get("next", "")
    url = (
        way_back if way_back.startswith(f"/c/{member.community.slug}/") else f"/c/{member.community.slug}/entries/{pk}/"
    )
    if refusal and not is_part(request):
        return HttpResponseRedirect(url, status=303)
    if "card" in request.GET and is_part(request) and not refusal:
        button = {"id": pk, "url": request.path, "is_confirmed": True}
        return part(request, "notices/_card_button.html", button)
    return answer(
        request,
        page="notices/list.html",
        part="notices/_receipt.html",
        context=context,
        status=422 if refusal else 200,
        url=url,
    )


@require_POST
@member_page()
def opened(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Told by the page itself once it is open; looking alone (GET) changes nothing."""
    actions.note_opened(by=member, entry=reads.notice_or_404(member, pk), now=timezone.now())
    return HttpResponse(status=204)


@require_POST
@member_page()
def end(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    entry = reads.notice_or_404(member, pk)
    if not reads.may_write(member):
        raise Http404
    actions.end(by=member, entry=entry, now=timezone.now())
    toast(request, _("Taken from the top. It stays among the older notices."))
    return HttpResponseRedirect(f"/c/{member.community.slug}/entries/{pk}/", status=303)
