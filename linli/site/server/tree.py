"""One process tree: a parent that starts, watches, restarts and ends its children, and does nothing else."""

import contextlib
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

STOP_SECONDS = 10.0
STEADY_SECONDS = 10.0  # a child that lived so long may be started again at once
PAUSE_SECONDS, PAUSE_MAX_SECONDS = 0.5, 30.0
_END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SIGNALS = {signal.SIGCHLD, *_END}


@dataclass
class Child:
    name: str
    work: Callable[[], None]
    pid: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0
    failures: int = 0


@dataclass
class Tree:
    """`run` returns when told to stop by SIGINT, SIGTERM or SIGHUP (exit code 0), or when the first start fails (1)."""

    children: list[Child]
    is_ready: Callable[[], bool]
    on_ready: Callable[[], None]
    say: Callable[[str], None]
    is_outdated: Callable[[], bool] | None = None  # development: source files have changed
    ready_seconds: float = 30.0
    lifeline: tuple[int, int] = field(default_factory=os.pipe)
    restart_wanted: bool = False

    def run(self) -> int:
        # The signals are waited for, never delivered in the middle of something.
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            for child in self.children:
                self._start(child)
            code = self._wait_until_ready()
            if code is None:
                self.on_ready()
                self._watch()
            return code or 0
        finally:
            self._end_all()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def _start(self, child: Child) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        child.pid = os.fork()
        if child.pid == 0:
            run_child(child.work, self.lifeline)
        child.started_at = time.monotonic()

    def _wait_until_ready(self) -> int | None:
        """None when all answer; otherwise the code to end with."""
        until = time.monotonic() + self.ready_seconds
        while time.monotonic() < until:
            told = signal.sigtimedwait(_SIGNALS, 0.02)
            if told and told.si_signo in _END:
                return 0
            for child, code in self._ended():
                self.say(f"{child.name} could not start ({code}).")
                return 1
            if self.is_ready():
                return None
        self.say(f"Linli did not answer within {self.ready_seconds:.0f} seconds.")
        return 1

    def _watch(self) -> None:
        while True:
            told = signal.sigtimedwait(_SIGNALS, 1.0 if self.is_outdated else self._pause())
            if told and told.si_signo in _END:
                return
            for child, code in self._ended():
                self._plan_restart(child, code)
            now = time.monotonic()
            for child in self.children:
                if not child.pid and child.start_again_at <= now:
                    self._start(child)
            if self.is_outdated and self.is_outdated():
                self.restart_wanted = True
                return

    def _pause(self) -> float:
        due = [child.start_again_at - time.monotonic() for child in self.children if not child.pid]
        return max(0.01, min([*due, 60.0]))

    def _ended(self) -> list[tuple[Child, str]]:
        ended = []
        for child in self.children:
            if child.pid:
                with contextlib.suppress(ChildProcessError):
                    pid, status = os.waitpid(child.pid, os.WNOHANG)
                    if pid:
                        child.pid = 0
                        ended.append((child, describe(status)))
        return ended

    def _plan_restart(self, child: Child, code: str) -> None:
        now = time.monotonic()
        is_steady = now - child.started_at >= STEADY_SECONDS
        child.failures = 0 if is_steady else child.failures + 1
        pause = 0.0 if is_steady else min(PAUSE_SECONDS * 2 ** (child.failures - 1), PAUSE_MAX_SECONDS)
        child.start_again_at = now + pause
        self.say(f"{child.name} ended ({code}); it is started again{f' in {pause:.1f} s' if pause else ''}.")

    def _end_all(self) -> None:
        for child in self.children:
            _signal(child, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while any(child.pid for child in self.children):
            told = signal.sigtimedwait(_SIGNALS, 0.2)
            is_impatient = told is not None and told.si_signo == signal.SIGINT
            self._ended()
            if is_impatient or time.monotonic() > until:
                for child in self.children:
                    _signal(child, signal.SIGKILL)


def _signal(child: Child, number: signal.Signals) -> None:
    if child.pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, number)


def describe(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"exit code {code}" if code >= 0 else f"signal {-code}"


def run_child(work: Callable[[], None], lifeline: tuple[int, int]) -> None:
    """In the new process: do the work, and never return to the parent's code."""
    code = 1
    try:
        # Ctrl-C and a closed terminal reach the whole group; the parent alone decides, and tells by SIGTERM.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        die_with_parent(lifeline)
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001  (a child's last words)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def die_with_parent(lifeline: tuple[int, int]) -> None:
    """The parent alone keeps the pipe's other end: when it is gone, however it went, this process goes too."""
    reading, writing = lifeline
    os.close(writing)

    def watch() -> None:
        os.read(reading, 1)
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def once(work: Callable[[], None]) -> int:
    """Do the work in a process of its own, so that what it imported does not stay; its exit code."""
    sys.stdout.flush()
    lifeline = os.pipe()
    pid = os.fork()
    if pid == 0:
        run_child(work, lifeline)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    finally:
        os.close(lifeline[0])
        os.close(lifeline[1])
