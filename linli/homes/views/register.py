"""The register as a whole: buildings, adding homes by hand, by pattern and by table."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.homes import actions, reads
from linli.homes.forms import GenerateForm, NameForm, OneHomeForm, UploadForm
from linli.homes.models import RegisterDraft
from linli.homes.tables import Unreadable, decode, read_table, template
from linli.kernel.refusals import Refusal, Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import member_page, steward_page
from linli.people.models import Kind, Member
from linli.people.roles import Role

office_page = member_page(Role.STEWARD, Role.COMMITTEE, Role.PROPERTY)
ERRORS_SHOWN = 100


def _has_register(member: Member) -> None:
    """Only residential communities keep one."""
    if member.community.kind != Kind.RESIDENTIAL:
        raise Http404


def _added(request: HttpRequest, member: Member, homes: int) -> HttpResponse:
    toast(request, ngettext("%(num)s home added.", "%(num)s homes added.", homes) % {"num": homes})
    return HttpResponseRedirect(reverse("homes:register", args=[member.community.slug]), status=303)


@require_safe
@office_page
def register(request: HttpRequest, member: Member) -> HttpResponse:
    _has_register(member)
    return page(
        request,
        "homes/register.html",
        {
            "page": reads.register_page(member.community_id),
            "slug": member.community.slug,
            "is_steward": member.has_role(Role.STEWARD),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def add(request: HttpRequest, member: Member) -> HttpResponse:
    """One home, typed in."""
    _has_register(member)
    form = OneHomeForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        try:
            actions.add_homes(by=member, plan=form.plan(), now=timezone.now())
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Added. You can type in the next one."))
            return HttpResponseRedirect(request.path, status=303)
    status = 422 if form.errors or refusal else 200
    return page(
        request, "homes/add.html", {"form": form, "refusal": refusal, "slug": member.community.slug}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def generate(request: HttpRequest, member: Member) -> HttpResponse:
    """First the preview of what the numbers would make, then, after a yes, the homes."""
    _has_register(member)
    is_chinese = (get_language() or "").startswith("zh")
    initial = {
        "building_name": "{}号楼" if is_chinese else "Building {}",
        "entrance_name": "{}单元" if is_chinese else "Entrance {}",
    }
    form = GenerateForm(request.POST if request.method == "POST" else None, initial=initial)
    plan, refusal = None, None
    if form.is_valid():
        plan = form.pattern().plan()
        if "confirm" in request.POST:
            try:
                return _added(request, member, actions.add_homes(by=member, plan=plan, now=timezone.now()))
            except Refused as refused:
                refusal = refused.refusal
    context = {"form": form, "plan": plan, "refusal": refusal, "slug": member.community.slug}
    return page(request, "homes/generate.html", context, status=422 if form.errors or refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def upload(request: HttpRequest, member: Member) -> HttpResponse:
    _has_register(member)
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    if request.method == "POST" and not request.POST and not request.FILES:
        form = UploadForm({}, {})
    refusal = None
    if form.is_valid():
        file = form.cleaned_data["table"]
        try:
            text = decode(file.read())
            read_table(text)
        except Unreadable as unreadable:
            refusal = Refusal("unreadable", str(unreadable), "table")
        else:
            draft = actions.keep_draft(by=member, file_name=file.name, text=text, now=timezone.now())
            address = reverse("homes:draft", args=[member.community.slug, draft.pk])
            return HttpResponseRedirect(address, status=303)
    context = {"form": form, "refusal": refusal, "slug": member.community.slug}
    return page(request, "homes/upload.html", context, status=422 if form.errors or refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def draft(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """What the table would add, and what is wrong in it; confirming writes all of it or nothing."""
    found = RegisterDraft.objects.filter(pk=pk, community_id=member.community_id, uploaded_by=member).first()
    if found is None:
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            return _added(request, member, actions.confirm_draft(by=member, draft=found, now=timezone.now()))
        except Refused as refused:
            refusal = refused.refusal
    table = read_table(found.text)
    context = {
        "draft": found,
        "table": table,
        "errors": table.errors[:ERRORS_SHOWN],
        "more_errors": max(0, len(table.errors) - ERRORS_SHOWN),
        "refusal": refusal,
        "slug": member.community.slug,
    }
    return page(request, "homes/draft.html", context, status=422 if refusal else 200)


@require_safe
@steward_page
def table_template(request: HttpRequest, member: Member) -> HttpResponse:
    """An example to fill in."""
    language = "zh-hans" if (get_language() or "").startswith("zh") else "en"
    response = HttpResponse(template(language), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="homes.csv"'
    return response


@require_safe
@office_page
def building(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = reads.building_or_404(member.community_id, pk)
    context = {
        "page": reads.building_page(found),
        "slug": member.community.slug,
        "is_steward": member.has_role(Role.STEWARD),
    }
    return page(request, "homes/building.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def building_name(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = reads.building_or_404(member.community_id, pk)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    refusal = None
    if form.is_valid():
        try:
            actions.rename_building(by=member, building=found, name=form.cleaned_data["name"], now=timezone.now())
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Saved."))
            return HttpResponseRedirect(reverse("homes:building", args=[member.community.slug, pk]), status=303)
    context = {
        "form": form,
        "refusal": refusal,
        "title": _("Rename %(name)s") % {"name": found.name},
        "back": reverse("homes:building", args=[member.community.slug, pk]),
    }
    return page(request, "homes/name.html", context, status=422 if form.errors or refusal else 200)


@require_POST
@steward_page
def building_removal(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = reads.building_or_404(member.community_id, pk)
    address = reverse("homes:register", args=[member.community.slug])
    try:
        actions.remove_building(by=member, building=found, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
        address = reverse("homes:building", args=[member.community.slug, pk])
    else:
        toast(request, _("%(name)s has been removed.") % {"name": found.name})
    return HttpResponseRedirect(address, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def entrance_name(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = reads.entrance_or_404(member.community_id, pk)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    back = reverse("homes:building", args=[member.community.slug, found.building_id])
    refusal = None
    if form.is_valid():
        try:
            actions.rename_entrance(by=member, entrance=found, name=form.cleaned_data["name"], now=timezone.now())
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Saved."))
            return HttpResponseRedirect(back, status=303)
    title = _("Rename %(name)s") % {"name": f"{found.building.name} {found.name}"}
    context = {"form": form, "refusal": refusal, "title": title, "back": back}
    return page(request, "homes/name.html", context, status=422 if form.errors or refusal else 200)


@require_POST
@steward_page
def entrance_removal(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = reads.entrance_or_404(member.community_id, pk)
    try:
        actions.remove_entrance(by=member, entrance=found, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    else:
        toast(request, _("%(name)s has been removed.") % {"name": found.name or found.building.name})
    address = reverse("homes:building", args=[member.community.slug, found.building_id])
    return HttpResponseRedirect(address, status=303)
