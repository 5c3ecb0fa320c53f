"""The backup file: a tar that ends with a digest of all its bytes, and a manifest that names every member.

`tar -tf` lists it; nothing else is needed to read it by hand. The layout stands in docs/operation.md.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from linli.site.operation.errors import OperatorError

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_MAX = 256 * 1024 * 1024
CHUNK = 1024 * 1024
_TRAILER = b"LINLI BACKUP 1 sha256 %s\n"
_TRAILER_SIZE = len(_TRAILER % (b"0" * 64))
_SEGMENT = re.compile(r"[^/\\\0]+")


class Damaged(OperatorError):
    """The file is not a whole, unchanged backup; nothing was touched."""


@dataclass
class _Hashing(io.RawIOBase):
    """Passes on what is written and remembers its digest."""

    file: IO[bytes]
    digest: Any = field(default_factory=hashlib.sha256)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.digest.update(data)
        return self.file.write(data)


class Writer:
    """Members go in one by one; `manifest` collects what was written."""

    def __init__(self, tar: tarfile.TarFile, at: int) -> None:
        self._tar, self._at = tar, at
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """Exactly `size` bytes of the file, which may still be growing."""
        if name in self.members:
            raise ValueError(name)
        source = _Measured(file)
        self._tar.addfile(self._entry(name, size), source)
        self.members[name] = {"size": size, "sha256": source.digest.hexdigest()}

    def finish(self, manifest: dict[str, Any]) -> dict[str, Any]:
        """Write the manifest, completed by what was written; answers it."""
        total = {"members": len(self.members), "bytes": sum(member["size"] for member in self.members.values())}
        whole = {"format": FORMAT, **manifest, "members": self.members, "total": total}
        text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()
        self._tar.addfile(self._entry(MANIFEST, len(text)), io.BytesIO(text))
        return whole

    def _entry(self, name: str, size: int) -> tarfile.TarInfo:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, self._at
        return entry


class _Measured:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


@contextmanager
def writing(target: Path, at: int) -> Iterator[Writer]:
    """The file appears under its name only when it is complete and on disk; an existing one is never overwritten."""
    if target.exists():
        raise OperatorError(f"{target} exists already. Choose another name; a backup never overwrites a file.")
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            hashing = _Hashing(file)
            with tarfile.open(fileobj=hashing, mode="w|", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar, at)
            file.write(_TRAILER % hashing.digest.hexdigest().encode())
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, target)
        _sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Archive:
    """A backup whose every byte has been tested."""

    def __init__(self, tar: tarfile.TarFile, manifest: dict[str, Any], entries: dict[str, tarfile.TarInfo]) -> None:
        self._tar, self.manifest, self._entries = tar, manifest, entries

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def open(self, name: str) -> IO[bytes]:
        file = self._tar.extractfile(self._entries[name])
        assert file
        return file


@contextmanager
def reading(source: Path) -> Iterator[Archive]:
    try:
        file = source.open("rb")
    except OSError as error:
        raise OperatorError(f"{source} cannot be read: {error.strerror}.") from None
    with file:
        _test_trailer(source, file)
        file.seek(0)
        try:
            with tarfile.open(fileobj=file, mode="r:") as tar:
                manifest, entries = _tested(source, tar)
                yield Archive(tar, manifest, entries)
        except (tarfile.TarError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise Damaged(f"{source} is damaged: {error}. Nothing was changed.") from None


def _test_trailer(source: Path, file: IO[bytes]) -> None:
    size = file.seek(0, os.SEEK_END)
    left = size - _TRAILER_SIZE
    if left <= 0:
        raise Damaged(f"{source} is no backup of Linli, or only a piece of one. Nothing was changed.")
    file.seek(0)
    digest = hashlib.sha256()
    while left:
        chunk = file.read(min(CHUNK, left))
        digest.update(chunk)
        left -= len(chunk)
    if file.read() != _TRAILER % digest.hexdigest().encode():
        raise Damaged(f"{source} is incomplete or was changed since it was written. Nothing was changed here.")


def _tested(source: Path, tar: tarfile.TarFile) -> tuple[dict[str, Any], dict[str, tarfile.TarInfo]]:
    """The manifest and the members, which must be exactly those it names, unchanged."""
    entries: dict[str, tarfile.TarInfo] = {}
    for entry in tar:
        if not entry.isreg() or entry.name in entries or not is_safe(entry.name):
            raise Damaged(f"{source} holds {entry.name!r}, which no backup holds. Nothing was changed.")
        entries[entry.name] = entry
    listed = entries.pop(MANIFEST, None)
    if listed is None or listed.size > MANIFEST_MAX:
        raise Damaged(f"{source} has no manifest. Nothing was changed.")
    manifest: dict[str, Any] = json.loads(_content(tar, listed))
    if manifest.get("format") != FORMAT:
        raise OperatorError(f"{source} was written in a form this Linli does not read. Install a newer Linli.")
    members = manifest["members"]
    if set(members) != set(entries):
        name = min(set(members) ^ set(entries))
        raise Damaged(f"{source} does not agree with its manifest about {name!r}. Nothing was changed.")
    for name, entry in entries.items():
        if {"size": entry.size, "sha256": _digest(tar, entry)} != members[name]:
            raise Damaged(f"{source}: {name!r} was changed. Nothing was changed here.")
    return manifest, entries


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(entry)
    assert file
    return file.read()


def _digest(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> str:
    file = tar.extractfile(entry)
    assert file
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def is_safe(name: str) -> bool:
    """A plain name, or names below one of our folders; nothing that could lead elsewhere."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or not _SEGMENT.fullmatch(part) for part in parts):
        return False
    return parts[0] in ("tables", "media") if len(parts) > 1 else name in (MANIFEST, "secret_key")
