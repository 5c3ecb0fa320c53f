"""Clients that post comments without pause, and remember what they were told."""

import contextlib
import http.client
import random
import threading
import time
import urllib.parse
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

TOKEN = "k" * 32


@dataclass
class Ledger:
    """What the server has said; `open` holds keys whose last answer never came."""

    acknowledged: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    repeated: int = 0
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Neighbour(threading.Thread):
    """Posts with a key per comment; after a broken connection the same comment with the same key goes again."""

    def __init__(
        self, port: int, entry: int, sessions: Sequence[str], ledger: Ledger, stop: threading.Event, seed: int
    ) -> None:
        super().__init__(name=f"neighbour-{seed}", daemon=True)
        self.port, self.path = port, f"/c/sunny/entries/{entry}/comments/"
        self.sessions, self.ledger, self.stopped = list(sessions), ledger, stop
        self.random = random.Random(seed)
        self.connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        while not self.stopped.is_set():
            self.post()
            time.sleep(self.random.uniform(0, 0.05))

    def post(self) -> None:
        key, session = str(uuid.uuid4()), self.random.choice(self.sessions)
        with self.ledger.lock:
            self.ledger.open.add(key)
        attempts = 0
        while not self.stopped.is_set():
            attempts += 1
            status = self.attempt(key, session)
            if status in (200, 303):
                with self.ledger.lock:
                    self.ledger.open.discard(key)
                    self.ledger.acknowledged.add(key)
                    self.ledger.repeated += attempts > 1
                return
            if status and status < 500:
                with self.ledger.lock:
                    self.ledger.open.discard(key)
                    self.ledger.refused.append(f"{status} {key}")
                return
            time.sleep(0.1)

    def attempt(self, key: str, session: str) -> int:
        """The status, or 0 where no answer came."""
        body = urllib.parse.urlencode({"body": f"在呢 {key}", "key": key, "csrfmiddlewaretoken": TOKEN})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"linli={session}; csrf={TOKEN}",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
            self.connection.request("POST", self.path, body.encode(), headers)
            answer = self.connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            with contextlib.suppress(Exception):
                assert self.connection
                self.connection.close()
            self.connection = None
            return 0
