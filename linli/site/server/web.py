"""One web process: granian around the outer app, in this process."""

import asyncio
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


def serve(app: App, host: str, port: int) -> None:
    """Listen (beside the other web processes on the same port) until SIGTERM."""
    uvloop.run(_serve(app, host, port))


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
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.stop)
    await server.serve()
