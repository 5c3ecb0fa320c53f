"""The shared cache of public pages: one answer for all strangers who look at the same page in the same second.

Only what the page itself allows by `Cache-Control: s-maxage` is kept (RFC 9111), for visitors without a session.
"""

import asyncio
import hashlib
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from linli.site.server.packing import WORTH_PACKING, gzipped, is_text
from linli.site.server.types import Headers, Reply, Scope

BYTES_MAX = 16 * 1024 * 1024
PASS_SECONDS = 5.0
PASSED_MAX = 5000
_DIRECTIVE = re.compile(r'([a-z-]+)(?:\s*=\s*"?(\d+)"?)?')
# What the key holds; an answer that varies by anything else is not shared.
_IN_KEY = {b"cookie", b"accept-language", b"accept-encoding", b"hx-request"}

_PERSONAL = {b"authorization", b"content-length", b"transfer-encoding"}

Key = tuple[object, ...]
Fetch = Callable[[], Awaitable[Reply]]


@dataclass(frozen=True)
class Cookies:
    """Which cookies change a public page, and which may be there without changing it; any other bypasses the cache."""

    look: frozenset[bytes]
    harmless: frozenset[bytes]


@dataclass(slots=True)
class Kept:
    reply: Reply
    packed: Reply
    etag: bytes
    size: int
    fresh_until: float
    stale_until: float
    not_modified: Headers = field(default_factory=list)
    is_refreshing: bool = False


class Shared:
    def __init__(self, cookies: Cookies, language_of: Callable[[str], str], bytes_max: int = BYTES_MAX) -> None:
        self._cookies = cookies
        self._language_of = language_of
        self._bytes_max = bytes_max
        self._bytes = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._passed: OrderedDict[Key, float] = OrderedDict()
        self._flights: dict[Key, asyncio.Future[Kept | None]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def key(self, scope: Scope, scheme: str) -> Key | None:
        """None where the answer may depend on who asks."""
        host = cookie = language = b""
        is_part = False
        for name, value in scope["headers"]:
            if name == b"host":
                host = value
            elif name == b"cookie":
                cookie = cookie + b";" + value if cookie else value
            elif name == b"accept-language":
                language = value
            elif name == b"hx-request":
                is_part = True
            elif name in _PERSONAL:
                return None
        look = self._look(cookie) if cookie else ()
        if look is None:
            return None
        wished = self._language_of(language.decode("latin-1"))
        return (scheme, host, scope["path"], scope["query_string"], look, wished, is_part)

    def _look(self, cookie: bytes) -> tuple[bytes, ...] | None:
        look = []
        for part in cookie.split(b";"):
            name = part.partition(b"=")[0].strip()
            if name in self._cookies.look:
                look.append(part.strip())
            elif name and name not in self._cookies.harmless:
                return None
        return tuple(sorted(look))

    def find(self, key: Key, now: float, fetch: Fetch) -> Kept | None:
        """What is kept and may still be shown; a stale page is shown once more while it is being renewed."""
        kept = self._kept.get(key)
        if kept is None or now >= kept.stale_until:
            return None
        if now >= kept.fresh_until and not kept.is_refreshing:
            kept.is_refreshing = True
            task = asyncio.ensure_future(self._refresh(key, fetch))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return kept

    async def _refresh(self, key: Key, fetch: Fetch) -> None:
        try:
            await self._fetch(key, fetch)
        finally:
            if kept := self._kept.get(key):
                kept.is_refreshing = False

    async def fill(self, key: Key, now: float, fetch: Fetch) -> Kept | Reply:
        """Ask the page once however many wait; where it may not be shared, everybody asks for themselves."""
        if self._passed.get(key, 0.0) > now:
            return await fetch()
        if flight := self._flights.get(key):
            kept = await asyncio.shield(flight)
            return kept or await fetch()
        flight = self._flights[key] = asyncio.get_running_loop().create_future()
        try:
            reply, kept = await self._fetch(key, fetch)
        except BaseException:
            self._flights.pop(key).set_result(None)
            raise
        self._flights.pop(key).set_result(kept)
        return kept or reply

    async def _fetch(self, key: Key, fetch: Fetch) -> tuple[Reply, Kept | None]:
        reply = await fetch()
        now = asyncio.get_running_loop().time()
        lifetimes = shareable(reply)
        if lifetimes is None:
            self._drop(key)
            self._passed[key] = now + PASS_SECONDS
            while len(self._passed) > PASSED_MAX:
                self._passed.popitem(last=False)
            return reply, None
        fresh, stale = lifetimes
        kept = prepared(reply, now + fresh, now + fresh + stale)
        self._drop(key)
        self._kept[key] = kept
        self._bytes += kept.size
        while self._bytes > self._bytes_max:
            self._drop(next(iter(self._kept)))
        return reply, kept

    def _drop(self, key: Key) -> None:
        if kept := self._kept.pop(key, None):
            self._bytes -= kept.size


def shareable(reply: Reply) -> tuple[int, int] | None:
    """Seconds of freshness, and seconds after them in which the old page may be shown while it is renewed."""
    if reply.status != 200 or reply.file or reply.path or reply.header(b"set-cookie"):
        return None
    varies = {part.strip().lower() for part in reply.header(b"vary").split(b",") if part.strip()}
    if varies - _IN_KEY:
        return None
    found = dict(_DIRECTIVE.findall(reply.header(b"cache-control").decode("latin-1").lower()))
    if "no-store" in found or "private" in found or not found.get("s-maxage", "").isdigit():
        return None
    fresh = int(found["s-maxage"])
    return (fresh, int(found.get("stale-while-revalidate") or 0)) if fresh else None


def prepared(reply: Reply, fresh_until: float, stale_until: float) -> Kept:
    etag = b'W/"' + hashlib.sha256(reply.body).hexdigest()[:20].encode() + b'"'
    common = [header for header in reply.headers if header[0] not in (b"etag", b"content-length")] + [(b"etag", etag)]
    whole = Reply(200, [*common, (b"content-length", str(len(reply.body)).encode())], reply.body)
    packed = whole
    if is_text(reply.header(b"content-type").decode("latin-1")) and len(reply.body) >= WORTH_PACKING:
        body = gzipped(reply.body)
        length = (b"content-length", str(len(body)).encode())
        packed = Reply(200, [*common, (b"content-encoding", b"gzip"), length], body)
    brief = [header for header in common if header[0] in (b"etag", b"cache-control", b"vary", b"content-language")]
    size = len(whole.body) + len(packed.body) + 2000
    return Kept(whole, packed, etag, size, fresh_until, stale_until, brief)
