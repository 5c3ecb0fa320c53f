"""Static files: only names that `linli collect` listed exist, so no path can lead anywhere else."""

import hashlib
import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from linli.site.server.packing import WORTH_PACKING, accepts_gzip, gzipped, is_text
from linli.site.server.types import Headers, Reply, Scope

FOREVER = b"public, max-age=31536000, immutable"
ASK_AGAIN = b"no-cache"
IN_MEMORY_MAX = 24 * 1024 * 1024
LARGE = 512 * 1024
MANIFEST = "staticfiles.json"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".webmanifest": "application/manifest+json",
         ".woff2": "font/woff2", ".webp": "image/webp", ".avif": "image/avif", ".map": "application/json"}  # fmt: skip
# Addresses outside /static/ that browsers ask for by themselves, and the file each stands for.
ALIASES = {"/sw.js": "look/sw.js", "/favicon.ico": "look/favicon.ico"}


@dataclass(slots=True)
class Stored:
    headers: Headers
    etag: bytes
    body: bytes
    packed_headers: Headers
    packed: bytes | None
    path: str


class Files:
    """All files below one folder, by their address; read on first use, small ones kept."""

    def __init__(self, root: Path, prefix: str = "/static/") -> None:
        self._prefix = prefix
        self._kept: dict[str, Stored] = {}
        self._kept_bytes = 0
        names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.suffix != ".gz"]
        hashed = set(_manifest(root).values())
        self._known = {prefix + name: (root / name, name in hashed) for name in names if name != MANIFEST}
        for address, name in ALIASES.items():
            if prefix + name in self._known:
                self._known[address] = (root / name, False)

    def has(self, path: str) -> bool:
        return path in self._known or path.startswith(self._prefix)

    def answer(self, scope: Scope) -> Reply:
        if scope["method"] not in ("GET", "HEAD"):
            return Reply(405, [(b"allow", b"GET, HEAD"), (b"content-length", b"0")])
        address = scope["path"]
        if address not in self._known:
            return Reply(404, [(b"content-type", b"text/plain"), (b"content-length", b"9")], b"Not found")
        try:
            stored = self._kept.get(address) or self._read(address)
        except OSError:
            return Reply(404, [(b"content-type", b"text/plain"), (b"content-length", b"9")], b"Not found")
        asked, accepted = b"", b""
        for name, value in scope["headers"]:
            if name == b"if-none-match":
                asked = value
            elif name == b"accept-encoding":
                accepted = value
        if asked and stored.etag in asked:
            return Reply(
                304, [header for header in stored.headers if header[0] in (b"etag", b"cache-control", b"vary")]
            )
        if stored.packed is not None and accepts_gzip(accepted):
            return Reply(200, stored.packed_headers, stored.packed)
        return Reply(200, stored.headers, stored.body, stored.path)

    def _read(self, address: str) -> Stored:
        path, is_hashed = self._known[address]
        body = path.read_bytes()
        content_type = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        packed = self._packed(path, body) if is_text(content_type) and len(body) >= WORTH_PACKING else None
        if content_type.startswith("text/"):
            content_type += "; charset=utf-8"
        etag = b'W/"' + hashlib.sha256(body).hexdigest()[:20].encode() + b'"'
        headers = [
            (b"content-type", content_type.encode()),
            (b"cache-control", FOREVER if is_hashed else ASK_AGAIN),
            (b"etag", etag),
            (b"x-content-type-options", b"nosniff"),
        ]
        if packed is not None:
            headers.append((b"vary", b"Accept-Encoding"))
        packed_headers = [
            *headers,
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(packed or b"")).encode()),
        ]
        headers.append((b"content-length", str(len(body)).encode()))
        is_large = len(body) > LARGE and packed is None
        kept = b"" if is_large else body
        stored = Stored(headers, etag, kept, packed_headers, packed, str(path) if is_large else "")
        size = len(kept) + len(packed or b"")
        if self._kept_bytes + size <= IN_MEMORY_MAX:
            self._kept[address] = stored
            self._kept_bytes += size
        return stored

    @staticmethod
    def _packed(path: Path, body: bytes) -> bytes | None:
        """What `linli collect` packed with patience, or packed now; nothing where packing does not help."""
        beside = path.with_name(path.name + ".gz")
        packed = beside.read_bytes() if beside.is_file() else gzipped(body, 6, padded=False)
        return packed if len(packed) < len(body) * 0.95 else None


def _manifest(root: Path) -> dict[str, str]:
    try:
        paths: dict[str, str] = json.loads((root / MANIFEST).read_text(encoding="utf-8"))["paths"]
    except (OSError, ValueError, KeyError):
        return {}
    return paths
