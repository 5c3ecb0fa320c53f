"""Where files live: named after their content, written whole or not at all.

The same content has the same name, so whoever deletes a file first asks whether another row still names it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32,40}(?:-[0-9]{1,4})?(?:\.[a-z0-9]{1,8})?")
_FOLDER = re.compile(r"[a-z][a-z0-9_-]{0,30}")
_SUFFIX = re.compile(r"(?:\.[a-z0-9]{1,8})?")


class WrongName(ValueError):
    """No name that this storage has given."""


def save(content: bytes, *, folder: str, suffix: str = "") -> str:
    """Keep the bytes; answers their name, such as `pictures/3f/a1/3fa1….webp`."""
    if not _FOLDER.fullmatch(folder) or not _SUFFIX.fullmatch(suffix):
        raise WrongName(f"{folder!r}, {suffix!r}")
    mark = hashlib.sha256(content).hexdigest()[:40]
    name = f"{folder}/{mark[:2]}/{mark[2:4]}/{mark}{suffix}"
    path = path_of(name)
    if not path.exists():
        write(path, content)
    return name


def path_of(name: str) -> Path:
    """Where the file lies, whether it exists or not."""
    if not _NAME.fullmatch(name):
        raise WrongName(repr(name))
    return Path(settings.MEDIA_ROOT) / name


def exists(name: str) -> bool:
    return path_of(name).is_file()


def size_of(name: str) -> int:
    return path_of(name).stat().st_size


def read(name: str) -> bytes:
    return path_of(name).read_bytes()


def delete(name: str) -> bool:
    """Says whether it was there."""
    try:
        path_of(name).unlink()
    except FileNotFoundError:
        return False
    return True


def write(path: Path, content: bytes) -> None:
    """Write a file so that whoever looks, even after a power cut, sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
    _keep_entry(path.parent)


def _keep_entry(folder: Path) -> None:
    """A new name is only safe when its folder is written as well."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
