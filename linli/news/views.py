from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.entries import attaching
from linli.entries.attaching import Attached
from linli.entries.models import EDITORS
from linli.entries.views import is_only_about_pictures
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import row_id
from linli.look.answers import is_part, page, part
from linli.look.toasts import toast
from linli.news import actions, reads
from linli.news.forms import NoteForm, StoryForm
from linli.news.models import Story
from linli.news.words import state_words, step_words
from linli.people.doors import member_page
from linli.people.models import Member


@require_safe
@member_page()
def index(request: HttpRequest, member: Member) -> HttpResponse:
    news = reads.news_page(member, before=row_id(request.GET.get("before")))
    context = {"news": news, "slug": member.community.slug, "may_write": member.helper is None, "here": "news"}
    if is_part(request):
        return part(request, "news/_rows.html", context)
    return page(request, "news/list.html", context)


@require_safe
@member_page()
def mine(request: HttpRequest, member: Member) -> HttpResponse:
    if member.helper:
        raise Http404
    return _stories(request, member, reads.my_stories(member), is_desk=False)


@require_safe
@member_page(*EDITORS)
def desk(request: HttpRequest, member: Member) -> HttpResponse:
    """What waits for an editor, and for how long."""
    return _stories(request, member, reads.desk(member), is_desk=True)


def _stories(
    request: HttpRequest, member: Member, stories: tuple[reads.StoryRow, ...], *, is_desk: bool
) -> HttpResponse:
    context = {"stories": stories, "is_desk": is_desk, "words": state_words(), "slug": member.community.slug}
    return page(request, "news/stories.html", {**context, "here": "news"})


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def new(request: HttpRequest, member: Member) -> HttpResponse:
    if member.helper:
        raise Http404
    if request.method != "POST":
        return _form(request, member, None, StoryForm(), Attached())
    now = timezone.now()
    attached = attaching.of_form(request, member, now)
    if is_only_about_pictures(request):
        return _form(request, member, None, StoryForm(initial=request.POST.dict()), attached)
    form = StoryForm(request.POST)
    attaching.note_refusals(form, attached)
    if not form.is_valid():
        return _form(request, member, None, form, attached, status=422)
    words = {name: form.cleaned_data[name] for name in ("title", "body")}
    made = actions.begin(by=member, pictures=attached.chosen(), language=request.visit.language, now=now, **words)
    return _after(request, member, made)


def _form(
    request: HttpRequest,
    member: Member,
    story: reads.StoryShown | None,
    form: StoryForm,
    attached: Attached,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "attached": attached,
        "refusal": refusal,
        "story": story,
        "slug": member.community.slug,
        "here": "news",
    }
    return page(request, "news/edit.html", context, status)


def _after(request: HttpRequest, member: Member, story: Story) -> HttpResponse:
    """Kept; and given to the editors where that was asked for."""
    url = f"/c/{member.community.slug}/news/stories/{story.pk}/"
    if "submit" not in request.POST:
        toast(request, _("Kept. Give it to the editors when it is ready."))
        return HttpResponseRedirect(url, status=303)
    try:
        actions.submit(by=member, story=story, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    else:
        toast(request, _("The editors have it now. You see here where it stands."))
    return HttpResponseRedirect(url, status=303)


@require_safe
@member_page()
def story(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    return _story(request, member, reads.story_or_404(member, pk), NoteForm())


def _story(
    request: HttpRequest, member: Member, found: Story, form: NoteForm, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "story": reads.story_shown(member, found),
        "form": form,
        "refusal": refusal,
        "states": state_words(),
        "steps": step_words(),
        "slug": member.community.slug,
        "here": "news",
    }
    return page(request, "news/story.html", context, status=422 if refusal or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def edit(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The reporter's own words while it is a draft, an editor's while it waits."""
    found = reads.story_or_404(member, pk)
    shown = reads.story_shown(member, found)
    if not {"keep", "edit"} & shown.may:
        raise Http404
    is_reporter, now = found.reporter_id == member.pk, timezone.now()
    if request.method != "POST":
        initial = {"title": found.title, "body": found.body, "revision": found.revision}
        form = StoryForm(initial=initial, is_reporter=is_reporter)
        attached = Attached(
            shown.pictures, enclosures=attaching.of_rows(member, found.enclosures if is_reporter else ())
        )
        return _form(request, member, shown, form, attached)
    attached = attaching.of_form(request, member, now) if is_reporter else Attached()
    if is_only_about_pictures(request):
        form = StoryForm(initial=request.POST.dict(), is_reporter=is_reporter)
        return _form(request, member, shown, form, attached)
    form = StoryForm(request.POST, is_reporter=is_reporter)
    if is_reporter:
        attaching.note_refusals(form, attached)
    refusal = None
    if form.is_valid():
        words = form.cleaned_data
        try:
            actions.keep(
                by=member,
                story=found,
                title=words["title"],
                body=words["body"],
                pictures=attached.chosen() if is_reporter else None,
                revision=words["revision"] or 0,
                now=now,
            )
        except Refused as refused:
            refusal = refused.refusal
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal.message))
                refusal = None
        else:
            return _after(request, member, found)
    return _form(request, member, shown, form, attached, refusal, 422)


@require_POST
@member_page()
def state(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Another place on the way (`do`): submit, withdraw, return, decline, publish."""
    found, now = reads.story_or_404(member, pk), timezone.now()
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _story(request, member, found, form)
    note = form.cleaned_data["note"]
    url = f"/c/{member.community.slug}/news/stories/{pk}/"
    try:
        match request.POST.get("do"):
            case "submit":
                actions.submit(by=member, story=found, now=now)
                toast(request, _("The editors have it now. You see here where it stands."))
            case "withdraw":
                actions.withdraw(by=member, story=found, now=now)
                toast(request, _("Withdrawn. Nobody else reads it."))
            case "return":
                actions.send_back(by=member, story=found, note=note, now=now)
                toast(request, _("Sent back. The reporter sees your words."))
                url = f"/c/{member.community.slug}/news/desk/"
            case "decline":
                actions.decline(by=member, story=found, note=note, now=now)
                toast(request, _("Declined. The reporter sees why."))
            case "publish":
                revision = row_id(request.POST.get("revision")) or 0
                published = actions.publish(by=member, story=found, revision=revision, now=now)
                toast(request, _("Published."))
                url = f"/c/{member.community.slug}/entries/{published.entry_id}/"
            case _:
                raise Http404
    except Refused as refused:
        if refused.refusal.field in form.fields:
            form.add_error(refused.refusal.field, str(refused.refusal.message))
            return _story(request, member, found, form)
        return _story(request, member, found, form, refused.refusal)
    return HttpResponseRedirect(url, status=303)
