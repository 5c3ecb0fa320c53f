from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from linli.look.answers import page
from linli.people.doors import public_page
from linli.site import help as texts


@require_safe
@public_page
def index(request: HttpRequest) -> HttpResponse:
    return page(request, "site/help/index.html", {"groups": texts.help_groups(request.visit.language), "here": "help"})


@require_safe
@public_page
def show(request: HttpRequest, name: str) -> HttpResponse:
    if name not in texts.PAGES:
        raise Http404
    language = request.visit.language
    context = {
        "help": texts.help_page(name, language),
        "next": texts.next_page(name, language),
        "here": "help",
    }
    return page(request, "site/help/show.html", context)


@require_safe
@public_page
def booklet(request: HttpRequest) -> HttpResponse:
    """All pages one after the other, to print and lay out at the gate."""
    return page(
        request, "site/help/booklet.html", {"groups": texts.help_groups(request.visit.language), "here": "help"}
    )
