"""Refuses to run twice on the same data folder or port."""

import errno
import fcntl
import os
import socket
import time
from pathlib import Path
from typing import IO

from linli.site.operation.errors import OperatorError


class InUse(OperatorError):
    """Says who is there already."""


WAIT_SECONDS = 2.0  # the children of a killed server need a moment to go


def hold_data(data: Path, address: str) -> IO[str]:
    """The lock file, held as long as it is open, in this process and its children."""
    data.mkdir(parents=True, exist_ok=True)
    file = (data / "serve.lock").open("a+", encoding="utf-8")
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except OSError:
            if time.monotonic() > until:
                file.seek(0)
                who = file.read().strip() or "another process"
                file.close()
                raise InUse(
                    f"Linli is already running on the data folder {data} ({who}). "
                    "Stop it first, or choose another folder with LINLI_DATA."
                ) from None
            time.sleep(0.05)
    file.seek(0)
    file.truncate()
    file.write(f"process {os.getpid()}, {address}\n")
    file.flush()
    return file


def try_port(host: str, port: int) -> None:
    """The web processes share their port by SO_REUSEPORT, so a stranger on it must be looked for."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    until = time.monotonic() + WAIT_SECONDS
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return
            except OSError as error:
                if error.errno == errno.EADDRINUSE and time.monotonic() < until:
                    time.sleep(0.05)
                    continue
                raise InUse(_why(error, host, port)) from None


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is already taken. Stop what uses it, or choose another with LINLI_PORT or --port."
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the administrator. Choose one above 1023 and put a reverse proxy in front."
    return f"Linli cannot listen on {host}, port {port}: {error.strerror}."
