from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup, escape

from linli.entries import feet
from linli.entries import reads as entries
from linli.entries.patterns import fill
from linli.entries.reactions import BY_NUMBER, LIKE
from linli.entries.views import SHARED_SECONDS
from linli.kernel.limits import too_often
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import clean_line, clean_text, row_id
from linli.look.answers import fragment, is_part, kept_page, page, part
from linli.look.frame import frame_for
from linli.look.toasts import toast
from linli.people.doors import community_page, member_page
from linli.people.models import Community, Member
from linli.talk import actions, reads
from linli.talk.acts import acts
from linli.talk.models import Comment
from linli.talk.rules import COMMENTS_MOST, COMMENTS_SECONDS


@require_safe
@community_page
def entry(request: HttpRequest, community: Community, member: Member | None, pk: int) -> HttpResponse:
    """An entry with what was said to it; `after` goes on from a comment."""
    if is_part(request):
        # Only comments are asked for, but whether the entry may be seen is asked all the same.
        shown = entries.entry_shown(community, member, pk)
        context = {"talk": _talk(request, community, member, shown), "url_of_entry": _url(community, pk)}
        return part(request, "talk/_comments.html", context)
    return _page(request, community, member, pk)


def _page(
    request: HttpRequest,
    community: Community,
    member: Member | None,
    pk: int,
    *,
    body: str = "",
    key: str = "",
    refusal: Refusal | None = None,
    answers: Comment | None = None,
) -> HttpResponse:
    shown = entries.entry_shown(community, member, pk)
    foot = feet.foot(
        request.visit.language,
        community.slug,
        pk,
        shown.likes,
        shown.comments,
        shown.mine,
        member is not None,
    )
    url, talk = _url(community, pk), _talk(request, community, member, shown)
    frame = frame_for(request)
    marks = reads.marks_of(member, pk) if member and not member.helper else None
    language = request.visit.language
    may_do = acts(language, community.slug, shown, marks, is_member=member is not None)
    article = {
        "frame": frame,
        "entry": shown,
        "slug": community.slug,
        "url_of_entry": url,
        "panel": shown.kind.panel(request, pk, member) if shown.kind.panel else "",
        "foot": Markup(foot),  # noqa: S704  (our template; numbers and a slug in it)
        "acts": Markup(may_do),  # noqa: S704  (the same)
    }
    context = {
        "slug": community.slug,
        "is_member": member is not None,
        "refused": reads.refusal_to_speak(member),
        "refusal": refusal,
        "is_later": talk.is_later,
        "body": body,
        "answers": answers.pk if answers else 0,
        "answered": reads.speaker_of(answers) if answers else "",
        # Previews on other sites are for what is public, and are fetched by strangers.
        "entry": shown if member is None and shown.reach == "public" and community.is_public else None,
    }
    places = {
        "heading": str(escape(shown.heading or _("Pictures"))),
        "article": fragment("talk/_article.html", article),
        "comments": fragment("talk/_comments.html", {"talk": talk, "url_of_entry": url}),
        "count": str(shown.comments),
        "entry_id": str(pk),
        "url_of_entry": url,
        "key": str(escape(key or str(uuid4()))),
    }
    if member and not refusal and not body and not answers:
        return kept_page(request, "talk/entry.html", context, places, frame=frame, path=False)
    here = {name: Markup(html) for name, html in places.items()}  # noqa: S704  (finished above)
    status = 422 if refusal else 200
    return page(request, "talk/entry.html", {**context, **here}, status=status, shared=SHARED_SECONDS)


def _talk(request: HttpRequest, community: Community, member: Member | None, shown: entries.EntryShown) -> reads.Talk:
    return reads.talk_of(
        community,
        member,
        shown.id,
        language=request.visit.language,
        place=reads.place_of(request.GET.get("after")),
        may_accept=shown.kind.key == actions.QUESTION and (shown.may_edit or (member is not None and shown.may_delete)),
    )


def _url(community: Community, pk: int) -> str:
    return f"/c/{community.slug}/entries/{pk}/"


@require_POST
@member_page()
def comments(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Say something to an entry."""
    now = timezone.now()
    body = clean_text(request.POST.get("body", ""))
    key = clean_line(request.POST.get("key", ""), 36) or str(uuid4())
    floor = reads.floor_or_404(member, pk, now=now)
    answered = row_id(request.POST.get("answers"))
    answers = reads.answered_or_404(member, pk, answered) if answered else None
    try:
        said = _comment(member, floor, body, key, answers, now)
    except Refused as refused:
        return _refused(request, member, pk, body, key, refused.refusal, answers)
    if is_part(request):
        response = HttpResponse(_sent(request.visit.language, member, said, floor.comments + 1))
        if answers:
            # Below what it answers, and the form is one for comments again.
            response.headers["HX-Retarget"] = f"#comment-{answers.pk}"
            response.headers["HX-Reswap"] = "afterend"
        return response
    # On a long talk the new comment is not on the first page.
    place = f"?after={(said.answers_id or said.pk) - 1}" if floor.comments >= reads.PAGE else ""
    return HttpResponseRedirect(f"{_url(member.community, pk)}{place}#comment-{said.pk}", status=303)


def _comment(
    member: Member, floor: reads.Floor, body: str, key: str, answers: Comment | None, now: datetime
) -> Comment:
    if floor.recent >= COMMENTS_MOST:
        raise Refused(too_often(COMMENTS_SECONDS, "body"))
    return actions.comment(by=member, on=floor.topic, body=body, key=key, answers=answers, now=now)


def _sent(language: str, member: Member, said: Comment, comments: int) -> str:
    """The new comment, and the form made ready for the next."""
    return reads.fresh(member, said, language=language) + fill(
        language, "talk/_sent.html", {"key": uuid4(), "comments": comments}
    )


def _refused(
    request: HttpRequest, member: Member, pk: int, body: str, key: str, refusal: Refusal, answers: Comment | None
) -> HttpResponse:
    if not is_part(request):
        return _page(request, member.community, member, pk, body=body, key=key, refusal=refusal, answers=answers)
    context = {
        "slug": member.community.slug,
        "entry_id": pk,
        "body": body,
        "key": key,
        "refusal": refusal,
        "answers": answers.pk if answers else 0,
        "answered": reads.speaker_of(answers) if answers else "",
    }
    response = part(request, "talk/_form.html", context, status=422)
    response.headers["HX-Retarget"] = "#comment-form"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


@require_safe
@member_page()
def answer(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The form for an answer to this comment: alone for htmx, otherwise on the page of its entry."""
    comment = reads.comment_or_404(member, pk)
    if not is_part(request):
        return _page(request, member.community, member, comment.entry_id, answers=comment)
    context = {
        "slug": member.community.slug,
        "entry_id": comment.entry_id,
        "body": "",
        "key": str(uuid4()),
        "refusal": None,
        "answers": comment.pk,
        "answered": reads.speaker_of(comment),
    }
    return part(request, "talk/_form.html", context)


@require_POST
@member_page()
def acceptance(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """This comment answers the question."""
    comment = reads.comment_or_404(member, pk)
    entry = entries.entry_or_404(member.community, member, comment.entry_id)
    try:
        actions.accept(by=member, entry=entry, comment=comment, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    else:
        toast(request, _("Thank you. Everybody finds this answer first now."))
    return HttpResponseRedirect(_url(member.community, entry.pk), status=303)


@require_POST
@member_page()
def answer_taken_back(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The question waits again."""
    entry = entries.entry_or_404(member.community, member, pk)
    try:
        actions.take_answer_back(by=member, entry=entry, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    else:
        toast(request, _("Taken back. The question waits for an answer again."))
    return HttpResponseRedirect(_url(member.community, pk), status=303)


@require_POST
@member_page()
def like(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """React to an entry (`on` is the number of a reaction) or no longer (0)."""
    now = timezone.now()
    number = row_id(request.POST.get("on")) or 0
    reaction = number if number in BY_NUMBER else LIKE.number
    reads.floor_or_404(member, pk, now=now)
    try:
        actions.like(by=member, entry_id=pk, is_on=number in BY_NUMBER, reaction=reaction, now=now)
    except Refused as refused:
        return _not_liked(request, refused.refusal, _url(member.community, pk))
    if not is_part(request):
        return _back(request, f"#entry-{pk}", _url(member.community, pk))
    likes, comments, mine = reads.counts_of(member, pk)
    return HttpResponse(entries.foot_of(pk, likes, comments, member=member, mine=mine, language=request.visit.language))


@require_safe
@member_page()
def reactions(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Who reacted, by reaction."""
    shown = entries.entry_shown(member.community, member, pk)
    context = {"entry": shown, "groups": reads.reactions_of(member, pk), "slug": member.community.slug}
    return page(request, "talk/reactions.html", {**context, "here": "home"})


@require_POST
@member_page()
def comment_like(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    now = timezone.now()
    comment = reads.comment_or_404(member, pk)
    is_on = request.POST.get("on") == "1"
    try:
        actions.like(by=member, entry_id=comment.entry_id, comment_id=pk, is_on=is_on, now=now)
    except Refused as refused:
        return _not_liked(request, refused.refusal, _url(member.community, comment.entry_id))
    if not is_part(request):
        return _back(request, f"#comment-{pk}", _url(member.community, comment.entry_id))
    return HttpResponse(reads.one_comment(member, pk, language=request.visit.language))


def _not_liked(request: HttpRequest, refusal: Refusal, otherwise: str) -> HttpResponse:
    """A button has no place for words, so the page says why."""
    toast(request, refusal.message, "warn")
    if is_part(request):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return _back(request, "", otherwise)


def _back(request: HttpRequest, place: str, otherwise: str) -> HttpResponse:
    """To the page on which the button stood."""
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        address = otherwise
    return HttpResponseRedirect(address.partition("#")[0] + place, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def comment_edit(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Change one's own comment."""
    comment = reads.comment_or_404(member, pk)
    reads.own_or_404(member, comment)
    if request.method != "POST":
        return _comment_page(request, member, comment, body=comment.body)
    body = clean_text(request.POST.get("body", ""))
    try:
        actions.edit(by=member, comment=comment, body=body, now=timezone.now())
    except Refused as refused:
        return _comment_page(request, member, comment, body=body, refusal=refused.refusal)
    return _to_comment(member, comment)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def comment_deletion(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Asks once more, and takes a comment back."""
    comment = reads.comment_or_404(member, pk)
    reads.deletable_or_404(member, comment)
    if request.method != "POST":
        return _comment_page(request, member, comment, is_deletion=True)
    try:
        actions.delete(by=member, comment=comment, now=timezone.now())
    except Refused as refused:
        return _comment_page(request, member, comment, is_deletion=True, refusal=refused.refusal)
    return HttpResponseRedirect(f"{_url(member.community, comment.entry_id)}#comments-title", status=303)


def _comment_page(
    request: HttpRequest,
    member: Member,
    comment: Comment,
    *,
    body: str = "",
    is_deletion: bool = False,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "comment": reads.shown(comment),
        "slug": member.community.slug,
        "body": body,
        "is_deletion": is_deletion,
        "refusal": refusal,
    }
    return page(request, "talk/comment.html", context, status=422 if refusal else 200)


def _to_comment(member: Member, comment: Comment) -> HttpResponse:
    url = _url(member.community, comment.entry_id)
    return HttpResponseRedirect(f"{url}?after={comment.pk - 1}#comment-{comment.pk}", status=303)
