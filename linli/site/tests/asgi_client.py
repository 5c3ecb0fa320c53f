"""Calls an ASGI application without a network."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from linli.settings.values import Proxies
from linli.site.server.bridge import Pages
from linli.site.server.files import Files
from linli.site.server.outer import Limits, Outer
from linli.site.server.shared import Cookies, Shared


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Client:
    def __init__(self, app: Any) -> None:
        self.app = app
        self._told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._life: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Client":
        self._life = asyncio.create_task(self.app({"type": "lifespan"}, self._told.get, self._answers.put))
        await self._told.put({"type": "lifespan.startup"})
        assert (await self._answers.get())["type"] == "lifespan.startup.complete"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._told.put({"type": "lifespan.shutdown"})
        assert (await self._answers.get())["type"] == "lifespan.shutdown.complete"

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.request("GET", path, **headers)

    async def request(
        self, method: str, path: str, body: bytes | Iterable[bytes] = b"", client: str = "198.51.100.7", **headers: str
    ) -> Answer:
        path, _, query = path.partition("?")
        chunks = [body] if isinstance(body, bytes) else list(body)
        sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        if isinstance(body, bytes) and body:
            sent.append((b"content-length", str(len(body)).encode()))
        elif not isinstance(body, bytes):
            sent.append((b"transfer-encoding", b"chunked"))
        scope = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(), "http_version": "1.1",
            "scheme": "http", "server": ("127.0.0.1", 8000), "client": (client, 5555),
            "headers": [(b"host", b"sunny.example"), *sent], "extensions": {},
        }  # fmt: skip
        received: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            chunk = chunks.pop(0) if chunks else b""
            return {"type": "http.request", "body": chunk, "more_body": bool(chunks)}

        async def send(message: dict[str, Any]) -> None:
            received.append(message)

        await self.app(scope, receive, send)
        pairs = [(name.decode(), value.decode()) for name, value in received[0]["headers"]]
        return Answer(received[0]["status"], dict(pairs), b"".join(part.get("body", b"") for part in received[1:]))


def outer(handler: Any, root: Any, **changes: Any) -> Outer:
    """The outer app around a page made by `handler(environ) -> HttpResponse`."""

    def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        response = handler(environ)
        start_response(f"{response.status_code} OK", [*response.items()])
        return response

    cookies = Cookies(frozenset([b"linli_language"]), frozenset([b"csrf"]))
    parts: dict[str, Any] = {
        "proxies": Proxies(), "limits": Limits(1000, 1), "ready": lambda: None, "native": {}, **changes,
    }  # fmt: skip
    language = lambda header: "en" if header.startswith("en") else "zh-hans"  # noqa: E731
    return Outer(Pages(wsgi, 2), Files(root), Shared(cookies, language), **parts)  # type: ignore[arg-type]


def run(app: Any, work: Callable[[Client], Awaitable[Any]]) -> Any:
    async def main() -> Any:
        async with Client(app) as client:
            return await work(client)

    return asyncio.run(main())
