"""Real processes on a real port: under granian and uvicorn, with thousands of streams, and through every way to die."""

import asyncio
import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linli.site.server.locks import InUse, hold_data, try_port
from linli.site.tests import stream_site

STREAMS = 2000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(server: str, **environment: str) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", stream_site.__name__, server, str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process, port
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def get(port: int, path: str = "/", data: bytes | None = None) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", data=data, timeout=5) as answer:
        found: bytes = answer.read()
        return found


def wait_for(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            get(port, "/-/health")
            return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


def wait_for_tree(process: "subprocess.Popen[str]") -> None:
    """A child may answer before its parent has seen that all do; only then is the start over."""
    assert process.stdout
    assert process.stdout.readline() == "ready\n"


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def is_gone(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("server", ["granian", "uvicorn"])
def test_pages_bodies_and_large_files_work_under(server: str) -> None:
    if server == "uvicorn":
        pytest.importorskip("uvicorn")
    with running(server) as (_process, port):
        wait_for(port)

        assert get(port).startswith(b"GET 0 ")
        assert get(port, data=b"x" * 900).startswith(b"POST 900 ")
        assert get(port, "/static/big.bin") == b"\0\1" * 1_000_000


def test_two_thousand_open_streams_leave_the_pages_quick() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < STREAMS + 500:
        pytest.skip("this machine allows too few open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, STREAMS + 500), hard))

    async def watch(port: int) -> tuple[int, list[float]]:
        first = b"data: tick"
        writers: list[asyncio.StreamWriter] = []
        readers: list[asyncio.StreamReader] = []
        for _ in range(STREAMS // 100):
            opened = await asyncio.gather(*(asyncio.open_connection("127.0.0.1", port) for _ in range(100)))
            for reader, writer in opened:
                writer.write(b"GET /-/stream HTTP/1.1\r\nHost: x\r\n\r\n")
                readers.append(reader)
                writers.append(writer)
        heard = await asyncio.gather(*(asyncio.wait_for(reader.readuntil(first), 60) for reader in readers))
        spent = []
        for _ in range(50):
            began = time.perf_counter()
            assert (await asyncio.to_thread(get, port)).startswith(b"GET")
            spent.append(time.perf_counter() - began)
        for writer in writers:
            writer.close()
        return len(heard), sorted(spent)

    with running("granian") as (_process, port):
        wait_for(port)
        streams, spent = asyncio.run(watch(port))

    assert streams == STREAMS
    # Milliseconds on a quiet machine; a hanging server would take for ever.
    assert spent[25] < 1.0, spent
    assert spent[-1] < 4.0, spent


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_tree_ends_as_a_whole_when_told(number: signal.Signals) -> None:
    with running("tree") as (process, _port):
        wait_for_tree(process)
        children = children_of(process.pid)

        process.send_signal(number)

        assert process.wait(20) == 0
        assert len(children) == 3
        assert all(is_gone(child) for child in children)


def test_a_tree_told_to_end_while_it_starts_ends_well() -> None:
    with running("tree", NEVER_READY="1") as (process, port):
        wait_for(port)

        process.send_signal(signal.SIGTERM)

        assert process.wait(20) == 0


def test_an_open_stream_does_not_hold_up_the_end() -> None:
    with running("tree") as (process, port):
        wait_for_tree(process)
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"GET /-/stream HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(20)

            process.send_signal(signal.SIGTERM)

            assert process.wait(9) == 0


def test_a_killed_parent_takes_its_children_along() -> None:
    with running("tree") as (process, _port):
        wait_for_tree(process)
        children = children_of(process.pid)

        process.kill()

        assert wait_until(lambda: all(is_gone(child) for child in children))


def test_a_killed_child_is_started_again() -> None:
    with running("tree") as (process, port):
        wait_for_tree(process)
        before = set(children_of(process.pid))

        for child in before:
            os.kill(child, signal.SIGKILL)

        assert wait_until(lambda: len(set(children_of(process.pid)) - before) == 3)
        wait_for(port)
        assert int(get(port, "/pid")) in set(children_of(process.pid))


def test_a_child_that_cannot_start_ends_the_start() -> None:
    with running("tree", BROKEN="1") as (process, _port):
        out, _err = process.communicate(timeout=20)

    assert process.returncode in (0, 1)
    assert "worker could not start (exit code 3)." in out or "worker ended (exit code 3)" in out


def test_the_same_data_folder_is_held_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.site.server.locks.WAIT_SECONDS", 0.1)
    with hold_data(tmp_path, "http://a.example"), pytest.raises(InUse) as refused:
        hold_data(tmp_path, "http://b.example")

    assert f"process {os.getpid()}, http://a.example" in str(refused.value)
    hold_data(tmp_path, "http://b.example").close()


def test_a_port_in_use_is_refused_even_where_it_would_be_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.site.server.locks.WAIT_SECONDS", 0.1)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(InUse, match="is already taken"):
            try_port("127.0.0.1", taken.getsockname()[1])


def test_an_address_of_another_machine_is_refused_in_words() -> None:
    with pytest.raises(InUse, match=r"cannot listen on 203\.0\.113\.1"):
        try_port("203.0.113.1", 8000)
