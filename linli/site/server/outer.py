"""The outer app: what needs no page is answered here; everything else goes through the bridge to Django."""

import asyncio
import io
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from linli.settings.values import Proxies
from linli.site.server import body as bodies
from linli.site.server.bridge import Busy, Pages, environ_of
from linli.site.server.files import Files
from linli.site.server.packing import accepts_gzip
from linli.site.server.peers import origin
from linli.site.server.refusals import refusal
from linli.site.server.shared import Kept, Shared
from linli.site.server.types import App, Headers, Receive, Reply, Scope, Send, deliver

log = logging.getLogger("linli.server")

_PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]


# Not reachable from outside: everything below /-/ is answered here.
TOO_LARGE = "/-/too-large/"
_VISITOR = (b"host", b"cookie", b"accept-language", b"user-agent")


@dataclass(frozen=True)
class Limits:
    body_bytes: int
    body_mb: int


class Outer:
    """A plain ASGI application; `native` apps by address prefix run outside Django (streams, short links)."""

    def __init__(
        self,
        pages: Pages,
        files: Files,
        shared: Shared,
        *,
        proxies: Proxies,
        limits: Limits,
        ready: Callable[[], None],
        native: Mapping[str, App],
    ) -> None:
        self.pages, self.files, self.shared = pages, files, shared
        self.proxies, self.limits, self.ready = proxies, limits, ready
        self.native = dict(native)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        path = scope["path"]
        for prefix, app in self.native.items():
            if path.startswith(prefix):
                await app(scope, receive, send)
                return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        try:
            reply = await self._answer(scope, receive, path)
        except bodies.Gone:
            return
        await deliver(reply, scope, send)

    async def _answer(self, scope: Scope, receive: Receive, path: str) -> Reply:
        if self.files.has(path):
            return self.files.answer(scope)
        if path.startswith("/-/"):
            return await self._health(path)
        try:
            return await self._page(scope, receive)
        except bodies.TooLarge:
            await bodies.drain(receive, 4 * self.limits.body_bytes)
            return await self._too_large(scope)
        except bodies.TooSlow:
            return refusal(408)
        except Busy:
            return refusal(503)
        except bodies.Gone:
            raise
        except Exception:
            log.exception("the page %s could not be made", path)
            return refusal(500)

    async def _page(self, scope: Scope, receive: Receive) -> Reply:
        client, scheme = self._origin(scope)
        accepted = _header(scope, b"accept-encoding")
        packed = bool(accepted) and accepts_gzip(accepted)
        if scope["method"] in ("GET", "HEAD") and (key := self.shared.key(scope, scheme)):
            return await self._shared_page(scope, key, client, scheme, packed=packed)
        file, size = await bodies.collect(scope, receive, self.limits.body_bytes)
        return await self.pages.answer(environ_of(scope, client, scheme, file, size), packed=packed)

    async def _shared_page(
        self, scope: Scope, key: tuple[object, ...], client: str, scheme: str, *, packed: bool
    ) -> Reply:
        async def fetch() -> Reply:
            environ = environ_of(scope, client, scheme, io.BytesIO(), 0)
            environ["REQUEST_METHOD"] = "GET"
            environ.pop("HTTP_IF_NONE_MATCH", None)
            environ.pop("HTTP_IF_MODIFIED_SINCE", None)
            return await self.pages.answer(environ, packed=packed, sharing=True)

        now = asyncio.get_running_loop().time()
        found = self.shared.find(key, now, fetch) or await self.shared.fill(key, now, fetch)
        if not isinstance(found, Kept):
            return found
        asked = _header(scope, b"if-none-match")
        if asked and found.etag in asked:
            return Reply(304, found.not_modified)
        return found.packed if packed else found.reply

    async def _too_large(self, scope: Scope) -> Reply:
        """The site's own page; a plain one where even that fails."""
        client, scheme = self._origin(scope)
        environ = environ_of({**scope, "headers": _about_visitor(scope)}, client, scheme, io.BytesIO(), 0)
        environ |= {"REQUEST_METHOD": "GET", "PATH_INFO": TOO_LARGE, "QUERY_STRING": ""}
        try:
            reply = await self.pages.answer(environ, packed=False)
        except Exception:
            log.exception("the page about a body that is too large could not be made")
            return refusal(413, limit=self.limits.body_mb)
        return reply if reply.status == 413 else refusal(413, limit=self.limits.body_mb)

    def _origin(self, scope: Scope) -> tuple[str, str]:
        client = scope.get("client")
        peer, scheme = client[0] if client else "127.0.0.1", scope["scheme"]
        if not self.proxies:
            return peer, scheme
        said = {name: value.decode("latin-1") for name, value in scope["headers"] if name.startswith(b"x-forwarded-")}
        return origin(self.proxies, peer, scheme, said.get(b"x-forwarded-for", ""), said.get(b"x-forwarded-proto", ""))

    async def _health(self, path: str) -> Reply:
        if path == "/-/health":
            return _plain(200, b"alive\n")
        if path != "/-/ready":
            return _plain(404, b"Not found\n")
        try:
            async with asyncio.timeout(5):
                await self.pages.run(self.ready)
        except Exception:  # noqa: BLE001  (whatever it is: not ready)
            return _plain(503, b"not ready\n")
        return _plain(200, b"ready\n")

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.pages.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await asyncio.to_thread(self.pages.stop)
                await send({"type": "lifespan.shutdown.complete"})
                return


def _plain(status: int, body: bytes) -> Reply:
    return Reply(status, [*_PLAIN, (b"content-length", str(len(body)).encode())], body)


def _about_visitor(scope: Scope) -> Headers:
    return [(name, value) for name, value in scope["headers"] if name in _VISITOR]


def _header(scope: Scope, wanted: bytes) -> bytes:
    for name, value in scope["headers"]:
        if name == wanted:
            return bytes(value)
    return b""
