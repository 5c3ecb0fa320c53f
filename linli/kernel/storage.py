"""Files of the community (pictures): named by content, written whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{3,90}")


def path_of(name: str) -> Path:
    """Where a file lies; names are plain, so that none can point outside."""
    if not _NAME.fullmatch(name) or ".." in name:
        raise ValueError("not a name of ours")
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def write(name: str, content: bytes) -> None:
    """Write a file so that after a crash it is there whole or not at all."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(6)}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read(name: str) -> bytes:
    return path_of(name).read_bytes()


def delete(name: str) -> None:
    path_of(name).unlink(missing_ok=True)
