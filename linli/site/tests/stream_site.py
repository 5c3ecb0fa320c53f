"""A site for test_server_processes: one page, one native stream; run under granian or uvicorn.

python -m linli.site.tests.stream_site granian|uvicorn|tree PORT
"""
# ruff: noqa: PLC0415, T201

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="x" * 50, USE_TZ=True)

from django.http import HttpResponse

from linli.site.tests.asgi_client import outer


def page(environ: dict[str, Any]) -> HttpResponse:
    if environ["PATH_INFO"] == "/pid":
        return HttpResponse(str(os.getpid()))
    if environ["PATH_INFO"] == "/kill":
        os._exit(7)
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1)
    body = environ["wsgi.input"].read()
    return HttpResponse(f"{environ['REQUEST_METHOD']} {len(body)} " + "x" * 24_000)


async def stream(_scope: Any, receive: Any, send: Any) -> None:
    """One event a second until the reader goes."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    gone = asyncio.ensure_future(_gone(receive))
    while not gone.done():
        await send({"type": "http.response.body", "body": b"data: tick\n\n", "more_body": True})
        await asyncio.wait([gone], timeout=1)


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


root = Path(tempfile.mkdtemp())
(root / "big.bin").write_bytes(b"\0\1" * 1_000_000)
application = outer(page, root, native={"/-/stream": stream})


def main(server: str, port: int) -> int:
    if server == "granian":
        from linli.site.server.web import serve

        serve(application, "127.0.0.1", port)
        return 0
    if server == "uvicorn":
        import uvicorn

        uvicorn.run(application, host="127.0.0.1", port=port, log_level="error", lifespan="on")
        return 0
    return tree(port)


def tree(port: int) -> int:
    from linli.site.server.tree import Child, Tree

    def web() -> None:
        from linli.site.server.web import serve

        serve(application, "127.0.0.1", port)

    def say(sentence: str) -> None:
        print(sentence, flush=True)

    def wait() -> None:
        time.sleep(3600)

    def is_ready() -> bool:
        import socket

        if os.environ.get("NEVER_READY"):
            return False
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    work = (lambda: sys.exit(3)) if os.environ.get("BROKEN") else wait
    children = [Child("web-1", web), Child("web-2", web), Child("worker", work)]
    return Tree(children=children, is_ready=is_ready, on_ready=lambda: say("ready"), say=say).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
