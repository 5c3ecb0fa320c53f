"""Sessions in our own table: each row names its person, so that a person can list and end them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from linli.kernel.tokens import digest
from linli.people.models import Session


class SessionStore(DatabaseStore):
    """Django's database store with the person, the device and two times beside the blob."""

    device = ""
    created_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def preload(self, decoded: dict[str, Any], device: str, created_at: datetime) -> None:
        """Take a session that the visit's one statement has already read."""
        self._session_cache = decoded
        self.device = device
        self.created_at = created_at

    def _get_session_from_db(self) -> Session | None:
        session: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        if session:
            self.device, self.created_at = session.device, session.created_at
        return session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        now = timezone.now()
        person = data.get(SESSION_KEY)
        session.person_id = int(person) if person else None
        session.device = self.device[:120]
        session.created_at = self.created_at or now
        session.seen_at = now
        return session


def session_name(key: str) -> str:
    """Stands for a session in lists and addresses; the key itself would let anybody in who sees it."""
    return digest(f"session:{key}")[:20]
