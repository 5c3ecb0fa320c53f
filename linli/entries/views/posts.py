from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.entries import actions, attaching, reads
from linli.entries.attaching import Attached
from linli.entries.forms import PostForm, WordsForm
from linli.entries.kinds import composed
from linli.entries.models import Entry
from linli.kernel.limits import refuse_often
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import row_id
from linli.look.answers import is_part, page
from linli.look.toasts import toast
from linli.media.sending import send, send_captions, send_enclosure
from linli.people.doors import community_page, member_page
from linli.people.models import Community, Member

POSTS_MOST, POSTS_SECONDS = 20, 600


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def new(request: HttpRequest, member: Member) -> HttpResponse:
    """Write to the board; pictures that have arrived come back with a form that is refused."""
    now = timezone.now()
    options = reads.post_options(member)
    if request.method != "POST" or options.refusal:
        form = PostForm(options=options, initial=_wished(request, options))
        return _new_page(request, member, form, Attached(), options.refusal)
    attached = attaching.of_form(request, member, now)
    if is_only_about_pictures(request):
        return _new_page(request, member, PostForm(options=options, initial=_typed(request)), attached, None)
    form = PostForm(request.POST, options=options)
    refusal = None
    if _is_whole(form, attached):
        try:
            entry = _post(form, member, attached, now)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Your post is on the board."))
            return redirect("talk:entry", member.community.slug, entry.pk)
    return _new_page(request, member, form, attached, refusal, status=422)


def _new_page(
    request: HttpRequest, member: Member, form: PostForm, attached: Attached, refusal: Refusal | None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "attached": attached, "refusal": refusal, "slug": member.community.slug}
    return page(request, "entries/new.html", context, status=status)


def _wished(request: HttpRequest, options: reads.PostOptions) -> dict[str, object]:
    """What an address wants: `?circle=3` for a circle the member belongs to, `?kind=question`."""
    circle, kind = row_id(request.GET.get("circle")), request.GET.get("kind", "")
    wished: dict[str, object] = {}
    if any(pk == circle for pk, _name in options.circles):
        wished["audience"] = f"circle-{circle}"
    if any(known.key == kind for known in composed()):
        wished["kind"] = kind
    return wished


def is_only_about_pictures(request: HttpRequest) -> bool:
    """Adding or taking back a picture is no attempt to post, so nothing is called missing yet."""
    return "remove" in request.POST or "remove-enclosure" in request.POST or request.POST.get("step") == "pictures"


def _is_whole(form: WordsForm, attached: Attached) -> bool:
    """Whether all of it can be taken; a refused picture stops the post, so that none is missed."""
    attaching.note_refusals(form, attached)
    return form.is_valid()


def _typed(request: HttpRequest) -> dict[str, object]:
    return {
        name: request.POST[name]
        for name in ("kind", "title", "body", "section", "audience", "key")
        if name in request.POST
    }


def _post(form: PostForm, member: Member, attached: Attached, now: datetime) -> Entry:
    key = f"post:{member.person_id}"
    if refusal := refuse_often(key, most=POSTS_MOST, per_seconds=POSTS_SECONDS, now=now):
        raise Refused(refusal)
    words, audience = form.cleaned_data, form.chosen_audience()
    return actions.post(
        by=member,
        kind=words["kind"],
        title=words["title"],
        body=words["body"],
        section_id=words.get("section"),
        reach=audience.reach,
        places=audience.places,
        pictures=attached.chosen(),
        key=words["key"],
        now=now,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def edit(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Change one's own words; what they were stays readable."""
    now = timezone.now()
    entry = reads.entry_or_404(member.community, member, pk)
    if entry.author_id != member.pk:
        raise Http404
    if edit_url := reads.edit_url(entry):
        return redirect(edit_url, member.community.slug, pk)
    options = reads.post_options(member)
    if request.method != "POST":
        words = {"title": entry.title, "body": entry.body, "section": entry.section_id or ""}
        return _edit_page(
            request, member, pk, WordsForm(options=options, initial=words), attaching.of_entry(pk, member)
        )
    attached = attaching.of_form(request, member, now)
    if is_only_about_pictures(request):
        return _edit_page(request, member, pk, WordsForm(options=options, initial=_typed(request)), attached)
    form = WordsForm(request.POST, options=options)
    refusal = None
    if _is_whole(form, attached):
        try:
            _edit(form, member, entry, attached, now)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Changed. What it said before can still be read."))
            return redirect("talk:entry", member.community.slug, pk)
    return _edit_page(request, member, pk, form, attached, refusal, status=422)


def _edit_page(
    request: HttpRequest,
    member: Member,
    pk: int,
    form: WordsForm,
    attached: Attached,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = reads.entry_shown(member.community, member, pk)
    context = {"form": form, "attached": attached, "refusal": refusal, "entry": shown, "slug": member.community.slug}
    return page(request, "entries/edit.html", context, status=status)


def _edit(form: WordsForm, member: Member, entry: Entry, attached: Attached, now: datetime) -> None:
    words = form.cleaned_data
    actions.edit(
        by=member,
        entry=entry,
        title=words["title"],
        body=words["body"],
        section_id=words.get("section"),
        pictures=attached.chosen(),
        now=now,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def deletion(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Asks once more, and deletes."""
    shown = reads.entry_shown(member.community, member, pk)
    if not shown.may_delete:
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            actions.delete(by=member, entry=reads.entry_or_404(member.community, member, pk), now=timezone.now())
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Deleted."))
            return HttpResponseRedirect(f"/c/{member.community.slug}/")
    context = {"entry": shown, "refusal": refusal, "slug": member.community.slug}
    return page(request, "entries/deletion.html", context, status=422 if refusal else 200)


@require_safe
@community_page
def history(request: HttpRequest, community: Community, member: Member | None, pk: int) -> HttpResponse:
    """What the entry said before."""
    context = {"history": reads.history(community, member, pk), "slug": community.slug}
    return page(request, "entries/history.html", context)


@require_safe
@community_page
def picture(
    request: HttpRequest, community: Community, member: Member | None, pk: int, picture_id: int, size: int
) -> HttpResponse:
    """A picture of an entry that the visitor may see."""
    name, is_public = reads.picture_or_404(community, member, pk, picture_id)
    return send(request, name, size, is_public=is_public)


@require_safe
@community_page
def enclosure(
    request: HttpRequest, community: Community, member: Member | None, pk: int, enclosure_id: int, suffix: str
) -> HttpResponse:
    """A recording, its poster or captions, or a file of an entry that the visitor may see."""
    row, is_public = reads.enclosure_or_404(community, member, pk, enclosure_id)
    if suffix == "vtt":
        return send_captions(row.captions)
    return send_enclosure(request, row.enclosure, suffix, is_public=is_public)


@require_safe
@community_page
def enclosures(request: HttpRequest, community: Community, member: Member | None, pk: int) -> HttpResponse:
    """The recordings and files of an entry as they are now: asked again while some are being prepared."""
    shown = reads.entry_shown(community, member, pk)
    if not is_part(request):
        return redirect("talk:entry", community.slug, pk)
    context = {"entry": shown, "slug": community.slug, "url_of_entry": f"/c/{community.slug}/entries/{pk}/"}
    return page(request, "entries/_enclosures.html", context)
