"""Pages: Django's WSGI handler in a fixed pool of threads, each with its own lasting database connection."""

import asyncio
import logging
import sys
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import HttpResponse, HttpResponseBase

from linli.site.server.body import IN_MEMORY
from linli.site.server.packing import WORTH_PACKING, gzipped, is_text
from linli.site.server.shared import shareable
from linli.site.server.types import Headers, Reply, Scope

log = logging.getLogger("linli.server")

WAITING_MAX = 1000
WAITING_SECONDS = 30
SLOW_SECONDS = 2.0

_names: dict[bytes, str] = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
# Said by proxies only, and already heard (peers.py); `proxy` would become HTTP_PROXY (httpoxy).
_UNHEARD = (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port", b"forwarded", b"proxy")


def environ_of(scope: Scope, client: str, scheme: str, body: IO[bytes], size: int) -> dict[str, Any]:
    host, port = scope.get("server") or ("localhost", 80)
    path = scope["path"]
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path if path.isascii() else path.encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/" + scope["http_version"],
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key = _names.get(name)
        if key is None:
            key = _remember(name)
        if key in environ:
            environ[key] += ("; " if key == "HTTP_COOKIE" else ",") + value.decode("latin-1")
        elif key:
            environ[key] = value.decode("latin-1")
    if size or "CONTENT_LENGTH" in environ:
        environ["CONTENT_LENGTH"] = str(size)
    return environ


def _remember(name: bytes) -> str:
    # A name with an underscore could pass for one with a hyphen.
    known = "" if b"_" in name or name in _UNHEARD else "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
    if len(_names) < 500:
        _names[name] = known
    return known


class Pages:
    def __init__(self, handler: WSGIHandler, threads: int) -> None:
        self.handler = handler
        self._waiting: SimpleQueue[tuple[float, Callable[[], Any], asyncio.Future[Any]] | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"page-{n}", daemon=True) for n in range(threads)]
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join(timeout=10)

    async def answer(self, environ: dict[str, Any], *, packed: bool, sharing: bool = False) -> Reply:
        """What may be shared comes unpacked when `sharing`, because not all who share it take it packed."""
        reply: Reply = await self.run(lambda: self.respond(environ, packed=packed, sharing=sharing))
        return reply

    def run(self, work: Callable[[], Any]) -> asyncio.Future[Any]:
        """Do this in one of the threads; a `Busy` future where too many already wait."""
        future = asyncio.get_running_loop().create_future()
        if self._waiting.qsize() >= WAITING_MAX:
            future.set_exception(Busy())
        else:
            self._waiting.put((time.monotonic(), work, future))
        return future

    def _work(self) -> None:
        assert self._loop
        while job := self._waiting.get():
            since, work, future = job
            result: Any
            settle: Callable[[asyncio.Future[Any], Any], None]
            try:
                if time.monotonic() - since > WAITING_SECONDS:
                    raise Busy
                result, settle = work(), _succeed
            except BaseException as error:  # noqa: BLE001  (handed to whoever waits)
                result, settle = error, _fail
            self._loop.call_soon_threadsafe(settle, future, result)
        connections.close_all()

    def respond(self, environ: dict[str, Any], *, packed: bool, sharing: bool) -> Reply:
        started = time.perf_counter()
        reply = Reply(500)

        def start_response(
            status: str, headers: list[tuple[str, str]], _error: Any = None
        ) -> Callable[[bytes], object]:
            reply.status = int(status[:3])
            reply.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            return _unused

        response: HttpResponseBase = self.handler(environ, start_response)
        try:
            fill(reply, response, packed=packed and not (sharing and shareable(reply)))
        finally:
            response.close()
            environ["wsgi.input"].close()
        if (spent := time.perf_counter() - started) > SLOW_SECONDS:
            log.warning("slow page: %s %s took %.1f s", environ["REQUEST_METHOD"], environ["PATH_INFO"], spent)
        return reply


def _unused(_data: bytes) -> None:
    """WSGI's old way of writing, which Django does not use."""


class Busy(Exception):
    """More wait for a thread than can be served in time: 503."""


def _succeed(future: asyncio.Future[Any], result: Any) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: asyncio.Future[Any], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)


def fill(reply: Reply, response: HttpResponseBase, *, packed: bool) -> None:
    """Everything is read here, so that a slow client never holds a thread."""
    if isinstance(response, HttpResponse):
        reply.body = response.content
    else:
        reply.file, size = _spooled(response)
        _set(reply.headers, b"content-length", str(size).encode())
        return
    content_type = response.headers.get("Content-Type", "")
    if is_text(content_type) and not response.has_header("Content-Encoding") and len(reply.body) >= WORTH_PACKING:
        _vary(reply.headers)
        if packed:
            reply.body = gzipped(reply.body)
            reply.headers.append((b"content-encoding", b"gzip"))
    if reply.status not in (204, 304):
        _set(reply.headers, b"content-length", str(len(reply.body)).encode())


def _spooled(response: HttpResponseBase) -> tuple[IO[bytes], int]:
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    for chunk in response:
        file.write(chunk)
    size = file.tell()
    file.seek(0)
    return file, size


def _set(headers: Headers, name: bytes, value: bytes) -> None:
    headers[:] = [header for header in headers if header[0] != name]
    headers.append((name, value))


def _vary(headers: Headers) -> None:
    for index, (name, value) in enumerate(headers):
        if name == b"vary":
            if b"accept-encoding" not in value.lower():
                headers[index] = (name, value + b", Accept-Encoding")
            return
    headers.append((b"vary", b"Accept-Encoding"))
