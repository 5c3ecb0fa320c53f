"""Takes in a whole request body before a thread is spent on it; large ones wait on disk."""

import asyncio
import io
from tempfile import SpooledTemporaryFile
from typing import IO

from linli.site.server.types import Message, Receive, Scope

IN_MEMORY = 1024 * 1024
PATIENCE_SECONDS = 30  # to begin with, and for each silence
SLOWEST_BYTES_A_SECOND = 4096
DRAIN_SECONDS = 15


class TooLarge(Exception):
    """More than the limit: 413."""


class TooSlow(Exception):
    """Slower than the slowest phone: 408."""


class Gone(Exception):
    """The client went away half-way: nothing to answer."""


async def collect(scope: Scope, receive: Receive, limit: int) -> tuple[IO[bytes], int]:
    """The body, at its beginning, and its length."""
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), None)
    chunked = any(name == b"transfer-encoding" for name, _ in scope["headers"])
    if announced is None and not chunked and scope["http_version"] < "2":
        return io.BytesIO(), 0
    if announced is not None and int(announced) > limit:
        raise TooLarge
    loop = asyncio.get_running_loop()
    started = loop.time()
    body: IO[bytes] = io.BytesIO() if announced and int(announced) <= IN_MEMORY else SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    size = 0
    while True:
        deadline = min(loop.time() + PATIENCE_SECONDS, started + PATIENCE_SECONDS + size / SLOWEST_BYTES_A_SECOND)
        message = await _next(receive, deadline)
        size += len(message.get("body", b""))
        if size > limit:
            body.close()
            raise TooLarge
        body.write(message.get("body", b""))
        if not message.get("more_body"):
            body.seek(0)
            return body, size


async def _next(receive: Receive, deadline: float) -> Message:
    try:
        async with asyncio.timeout_at(deadline):
            message = await receive()
    except TimeoutError:
        raise TooSlow from None
    if message["type"] == "http.disconnect":
        raise Gone
    return message


async def drain(receive: Receive, limit: int) -> None:
    """Read on for a moment, so that a browser still sending sees our answer instead of a broken connection."""
    size = 0
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            while size < limit:
                message = await receive()
                size += len(message.get("body", b""))
                if message["type"] == "http.disconnect" or not message.get("more_body"):
                    return
    except TimeoutError:
        return
