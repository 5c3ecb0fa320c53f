"""Pictures on the wire: only after somebody has asked whether this visitor may see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from linli.kernel import storage
from linli.media.actions import file_name
from linli.media.captions import has_times
from linli.media.documents import TYPES
from linli.media.enclosing import file_name as enclosed_name
from linli.media.enclosing import poster_name
from linli.media.models import SIZES, SQUARE_SIZES, Enclosure

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


_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
# What one answer holds at most: a player asks for the rest, and a thread is not kept by a slow line.
PIECE = 2 * 1024 * 1024
_CLIP_TYPES = {"mp4": "video/mp4", "m4a": "audio/mp4"}


def send_enclosure(
    request: HttpRequest, row: Enclosure, suffix: str, *, is_public: bool = False, with_poster: bool = True
) -> HttpResponse:
    """A recording, its poster, or a file; players may ask for parts (Safari plays nothing otherwise)."""
    if row.ready_at is None or (suffix != row.suffix and not (suffix == "webp" and row.has_poster and with_poster)):
        raise Http404
    scope = "public" if is_public else "private"
    headers = {
        "Cache-Control": f"{scope}, max-age={_YEAR}, immutable",
        "ETag": f'"{row.name[:20]}-{suffix}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Accept-Ranges": "bytes",
    }
    if suffix == "webp":
        return _whole(
            request, storage.path_of(poster_name(row)), "image/webp", headers | {"Content-Disposition": "inline"}
        )
    path = storage.path_of(enclosed_name(row))
    if row.kind == Enclosure.Kind.DOCUMENT:
        headers["Content-Disposition"] = (
            f"attachment; filename=\"file.{row.suffix}\"; filename*=UTF-8''{quote(row.called)}"
        )
        return _whole(request, path, TYPES[row.suffix], headers)
    headers["Content-Disposition"] = "inline"
    return _whole(request, path, _CLIP_TYPES[row.suffix], headers)


def send_captions(captions: str) -> HttpResponse:
    """What is said in a video, for its player; it may be changed at any time."""
    if not has_times(captions):
        raise Http404
    headers = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(captions, content_type="text/vtt; charset=utf-8", headers=headers)


def _whole(request: HttpRequest, path: Path, content_type: str, headers: dict[str, str]) -> HttpResponse:
    if not path.is_file():
        raise Http404
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if_range = request.headers.get("If-Range", "")
    if asked is None or asked.groups() == ("", "") or (if_range and if_range != headers["ETag"]):
        response = StreamingHttpResponse(_pieces(path, 0, size), content_type=content_type, headers=headers)
        response["Content-Length"] = str(size)
        return cast("HttpResponse", response)  # doors pass answers through as they are
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size - 1, int(last)) if first and last else size - 1
    end = min(end, start + PIECE - 1)
    if start > end or start >= size:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    with path.open("rb") as file:
        file.seek(start)
        content = file.read(end - start + 1)
    headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return HttpResponse(content, status=206, content_type=content_type, headers=headers)


def _pieces(path: Path, start: int, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while piece := file.read(256 * 1024):
            yield piece
