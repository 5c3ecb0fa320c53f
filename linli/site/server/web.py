"""One web process: granian around the outer app, in this process."""

import asyncio
import os
import resource
import signal

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from linli.site.server.types import App

# With granian's own bounds a page request hangs once 1,100 streams are open (docs/decisions).
BACKLOG = 4096
BACKPRESSURE = 20_000
FILES = 65_536
STOP_SECONDS = 3.0


def serve(app: App, host: str, port: int) -> None:
    """Listen (beside the other web processes on the same port) until SIGTERM."""
    _allow_many_streams()
    uvloop.run(_serve(app, host, port))


def _allow_many_streams() -> None:
    """Each open stream is an open file, and many systems allow 1,024 unless asked."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def _serve(app: App, host: str, port: int) -> None:
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(),
        websockets=True,
        backlog=BACKLOG,
        backpressure=BACKPRESSURE,
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()

    def stop() -> None:
        server.stop()  # type: ignore[no-untyped-call]
        # granian waits for every open stream; pages in the making need no longer than this.
        loop.call_later(STOP_SECONDS, os._exit, 0)

    loop.add_signal_handler(signal.SIGTERM, stop)
    await server.serve()
