"""The words of ASGI, and what every part of the outer server answers with."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

CHUNK = 64 * 1024


@dataclass(slots=True)
class Reply:
    """A complete answer: its body in memory, in a file by name, or in an open file that is read and closed."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    path: str = ""
    file: IO[bytes] | None = None

    def header(self, name: bytes) -> bytes:
        return next((value for key, value in self.headers if key == name), b"")


async def deliver(reply: Reply, scope: Scope, send: Send) -> None:
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    if scope["method"] == "HEAD" or not (reply.path or reply.file):
        body = b"" if scope["method"] == "HEAD" else reply.body
        if reply.file:
            reply.file.close()
        await send({"type": "http.response.body", "body": body})
    elif reply.path and "http.response.pathsend" in scope.get("extensions", {}):
        await send({"type": "http.response.pathsend", "path": reply.path})
    else:
        with reply.file or open(reply.path, "rb") as file:  # noqa: ASYNC230, PTH123  (page cache; a chunk is 64 kB)
            while chunk := file.read(CHUNK):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
