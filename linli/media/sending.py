"""Pictures on the wire: only after somebody has asked whether this visitor may see them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from linli.kernel import storage
from linli.media.actions import file_name
from linli.media.models import SIZES, SQUARE_SIZES

_YEAR = 31_536_000
_ALL_SIZES = tuple(sorted({*SIZES, *SQUARE_SIZES}, reverse=True))


def send(request: HttpRequest, name: str, size: int, *, is_public: bool = False) -> HttpResponse:
    """The file in this size, or the next smaller one there is; 404 where there is none."""
    etag = f'"{name[:20]}-{size}"'
    scope = "public" if is_public else "private"
    headers = {
        "Cache-Control": f"{scope}, max-age={_YEAR}, immutable",
        "ETag": etag,
        # Never a page: nothing in it may run, whatever a browser takes it for.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'inline; filename="{name[:8]}-{size}.webp"',
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(_content(name, size), content_type="image/webp", headers=headers)


def _content(name: str, size: int) -> bytes:
    for candidate in _ALL_SIZES:
        if candidate <= size:
            try:
                return storage.read(file_name(name, candidate))
            except (FileNotFoundError, storage.WrongName):
                continue
    raise Http404
