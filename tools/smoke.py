"""Does what the README promises to a stranger: clone, `make run`, open the page, Ctrl-C, and once more.

python tools/smoke.py [folder]     clones the committed tree into the folder, or into a new temporary one
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_START_SECONDS = 400
NEXT_START_SECONDS = 60
LINK_SECONDS = 60
END_SECONDS = 30


class Failed(Exception):
    """What a stranger would have complained about."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bare_environment() -> dict[str, str]:
    """Nothing of this session's settings or virtual environment reaches the fresh copy."""
    dropped = re.compile(r"LINLI_|DJANGO_|VIRTUAL_ENV|PYTHON|MAKE|MFLAGS")
    return {name: value for name, value in os.environ.items() if not dropped.match(name)}


class Tree:
    """One `make run` in a process group of its own, as a terminal would start it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.log = folder / "smoke.log"
        self.address = f"http://127.0.0.1:{port}"
        self.begun = time.monotonic()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["make", "run", f"PORT={port}"],
                cwd=folder,
                env=bare_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")

    def wait_until_ready(self, seconds: float) -> float:
        while time.monotonic() - self.begun < seconds:
            if self.process.poll() is not None:
                raise Failed(f"make run ended by itself:\n{self.said()[-3000:]}")
            try:
                urllib.request.urlopen(self.address + "/", timeout=5).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return time.monotonic() - self.begun
        raise Failed(f"make run answered nothing in {seconds} s:\n{self.said()[-3000:]}")

    def links(self) -> list[str]:
        """The log-in links, which are printed a moment after the first page is there."""
        for _ in range(LINK_SECONDS * 5):
            if found := re.findall(rf"{re.escape(self.address)}/\S+", self.said()):
                return found
            time.sleep(0.2)
        raise Failed(f"no log-in link was printed:\n{self.said()[-3000:]}")

    def processes(self) -> list[int]:
        """Every process that still belongs to this session."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return found

    def interrupt(self) -> float:
        """Ctrl-C: a terminal sends it to the whole foreground group."""
        start = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        while time.monotonic() - start < END_SECONDS:
            self.process.poll()
            if not self.processes():
                return time.monotonic() - start
            time.sleep(0.05)
        left = self.processes()
        raise Failed(f"{len(left)} processes still run {END_SECONDS} s after Ctrl-C:\n{self.said()[-2000:]}")

    def end(self) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


def opened(opener: urllib.request.OpenerDirector, url: str) -> str:
    with opener.open(url, timeout=20) as answer:
        return str(answer.read().decode("utf-8", errors="replace"))


def feed_seen_by_the_first_of_the_cast(tree: Tree) -> str:
    """Follows a printed one-click link and answers the page behind it."""
    links = tree.links()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    # Some of the cast belong to several communities; the link names the one to begin with.
    return opened(opener, links[0])


def entries_on(page: str) -> list[str]:
    return sorted(set(re.findall(r"/c/[\w-]+/entries/\d+/", page)))


def smoke(folder: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    port = free_port()
    first = Tree(folder, port)
    try:
        print(f"make run, first time: {first.wait_until_ready(FIRST_START_SECONDS):.1f} s until it answered")
        before = entries_on(feed_seen_by_the_first_of_the_cast(first))
        if not before:
            raise Failed("the first of the demo cast sees no entries")
        print(f"Ctrl-C: everything ended in {first.interrupt():.1f} s")
    finally:
        first.end()
    second = Tree(folder, port)
    try:
        print(f"make run, second time: {second.wait_until_ready(NEXT_START_SECONDS):.1f} s until it answered")
        if entries_on(feed_seen_by_the_first_of_the_cast(second)) != before:
            raise Failed("the second start shows other entries than the first")
        print(f"Ctrl-C: everything ended in {second.interrupt():.1f} s")
    finally:
        second.end()


def main() -> int:
    # A shell that runs in the background ignores Ctrl-C and hands that down; a terminal does not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder = Path(sys.argv[1] if sys.argv[1:] else tempfile.mkdtemp(prefix="linli-smoke-"))
    try:
        smoke(folder / "linli")
    except (Failed, subprocess.CalledProcessError) as wrong:
        print(f"FAIL {wrong}")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
