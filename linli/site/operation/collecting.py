"""Static files with hashed names, collected and packed once per change of their sources."""

import hashlib
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from linli import __version__
from linli.settings.options import options
from linli.site.server.packing import WORTH_PACKING, gzipped

# Parts of django_htmx that no page of ours loads; some of them cannot be hashed.
UNUSED = ["ext", "htmx-4*", "htmax-*", "htmx-2.js"]
SUFFIXES = {".css", ".js", ".mjs", ".svg", ".json", ".webmanifest", ".txt", ".html", ".map"}


def fingerprint() -> str:
    """Of all source files: changes whenever one of them does."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_current() -> bool:
    stamp = options.static / ".sources"
    return stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint()


def collect() -> int:
    """Collect and pack; how many files there are now."""
    stamp = options.static / ".sources"
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    files = [path for path in options.static.rglob("*") if path.is_file() and path.suffix != ".gz"]
    for path in files:
        _pack(path)
    stamp.write_text(fingerprint(), encoding="ascii")
    return len(files)


def _pack(path: Path) -> None:
    beside = path.with_name(path.name + ".gz")
    found = path.stat()
    if path.suffix not in SUFFIXES or found.st_size < WORTH_PACKING:
        return
    if beside.is_file() and beside.stat().st_mtime >= found.st_mtime:
        return
    draft = beside.with_name(beside.name + ".part")
    draft.write_bytes(gzipped(path.read_bytes(), 9, padded=False))
    draft.rename(beside)
