"""What the outer server says in the visitor's own language and look; it asks for these pages itself."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.look.answers import page
from linli.people.doors import public_page
from linli.settings.options import options


@public_page
def too_large(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("That is too large"),
        "text": _(
            "What you sent is larger than %(limit)s MB, so nothing was saved. Go back: what you wrote is still there. "
            "Then choose fewer or smaller pictures."
        )
        % {"limit": options.upload_mb},
        "status": 413,
    }
    return page(request, "look/error.html", context, status=413)
