"""`linli serve`: prepares once, loads everything into the parent, and forks the processes that share it."""

import contextlib
import gc
import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
from django.db import connections
from django.urls import get_resolver

from linli.settings.options import ANYWHERE, options
from linli.site import hooks
from linli.site.operation.errors import is_debugging, sentence_of
from linli.site.server.locks import hold_data, try_port
from linli.site.server.tree import Child, Tree, once
from linli.site.server.types import App

SOURCES = (".py", ".html", ".css", ".js", ".mo", ".svg", ".json")


@dataclass(frozen=True)
class Plan:
    is_demo: bool = False
    may_migrate: bool = True
    reloads: bool = False


def say(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201  (this is what the operator reads)


def serve(plan: Plan) -> int:
    began = time.monotonic()
    lock = hold_data(options.data, options.address)
    try_port(options.host, options.port)
    django.setup(set_prefix=False)
    # In a process of its own: what migrations import, and the database connection, must not be inherited.
    if code := once(lambda: prepare(plan)):
        return code
    app = preload()
    sources = newest_source() if plan.reloads else 0.0
    tree = Tree(
        children=[*(Child(f"web-{n + 1}", web_work(app)) for n in range(options.workers)), Child("worker", jobs_work)],
        is_ready=lambda: answers("/-/ready"),
        on_ready=lambda: greet(plan, time.monotonic() - began),
        say=say,
        is_outdated=(lambda: newest_source() != sources) if plan.reloads else None,
    )
    code = tree.run()
    lock.close()
    if tree.restart_wanted:
        say("Source files have changed; starting again.")
        os.execv(sys.executable, [sys.executable, "-m", "linli", *sys.argv[1:]])  # noqa: S606  (itself)
    return code


def prepare(plan: Plan) -> None:
    from linli.site.operation import collecting, migrating  # needed in this process only

    try:
        if plan.may_migrate and migrating.migrate():
            say("The database is up to date.")
        if not collecting.is_current():
            collecting.collect()
        if plan.is_demo:
            hooks.build_demo(say)
    except Exception as error:
        if is_debugging():
            raise
        sys.stderr.write(f"Linli cannot start. {sentence_of(error)}\n")
        raise SystemExit(1) from None


def preload() -> App:
    """Import, compile and read all that every process needs, so that they share one copy of it."""
    from linli.site.asgi import application  # needs the static files that `prepare` collects
    from linli.site.server.templates import compile_templates

    _ = get_resolver().url_patterns
    compile_templates()
    connections.close_all()
    gc.collect()
    # Objects that the collector never visits again are not copied when it runs in a child.
    gc.freeze()
    return application


def web_work(app: App) -> Callable[[], None]:
    def work() -> None:
        from linli.site.server.web import serve as listen  # granian starts threads: never in the parent

        listen(app, options.host, options.port)

    return work


def jobs_work() -> None:
    from linli.kernel.worker import run_worker

    run_worker()


def answers(path: str) -> bool:
    host = "127.0.0.1" if options.host in ANYWHERE else options.host
    with contextlib.suppress(OSError), socket.create_connection((host, options.port), timeout=2) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        return connection.recv(64).startswith(b"HTTP/1.1 200")
    return False


def greet(plan: Plan, seconds: float) -> None:
    say(f"邻里 Linli: {options.address}  (ready in {seconds:.1f} s; Ctrl-C ends it)")
    if plan.is_demo:
        once(lambda: hooks.greet_demo(say))


def newest_source() -> float:
    root = Path(__file__).resolve().parents[2]
    return max(path.stat().st_mtime for path in root.rglob("*.*") if path.suffix in SOURCES)
