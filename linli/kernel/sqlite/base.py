"""Writers queue at a file lock before BEGIN IMMEDIATE.

SQLite's own busy handler sleeps without order, so under a rush some writers wait seconds; a
blocking flock is fair (docs/decisions about the database). The kernel frees it when a process dies.
"""

from __future__ import annotations

import fcntl
import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite backend; each connection opens the gate's file for itself, so threads queue like processes."""

    _gate: int | None = None
    _is_inside = False

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()
            if self._gate is not None:
                os.close(self._gate)
                self._gate = None

    def _enter(self) -> None:
        if self._is_inside or self.is_in_memory_db():
            return
        if self._gate is None:
            path = f"{self.settings_dict['NAME']}.gate"
            self._gate = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        self._is_inside = True

    def _leave(self) -> None:
        if self._is_inside and self._gate is not None:
            fcntl.flock(self._gate, fcntl.LOCK_UN)
            self._is_inside = False
