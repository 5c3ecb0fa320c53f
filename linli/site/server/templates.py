"""Compiles every page before the processes part; what was compiled is kept in the data folder for the next start."""

import hashlib
import logging
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from linli import __version__
from linli.look.jinja import engine, template_folders
from linli.settings.options import options

log = logging.getLogger("linli.server")
PACKAGES = Path(__file__).resolve().parents[2]


def compile_templates() -> None:
    kept = options.data / "compiled" / fingerprint()
    names = [str(path.relative_to(folder)) for folder in template_folders() for path in folder.rglob("*.*")]
    for language, environment in engine().environments.items():
        folder = kept / language
        folder.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder))
        for name in names:
            try:
                environment.get_template(name)
            except Exception as error:  # noqa: BLE001  (one broken page must not keep the others from being served)
                log.error("the template %s cannot be compiled: %s", name, error)
    for folder in kept.parent.iterdir():
        if folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


def fingerprint() -> str:
    """Of all that compiling folds into a page beside its own text: words, addresses of static files, icons."""
    digest = hashlib.sha256(f"{__version__} {sys.version} {options.static}".encode())
    for package in ("django", "jinja2", "lucide"):
        digest.update(version(package).encode())
    for path in _sources():
        found = path.stat()
        digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:20]


def _sources() -> Iterator[Path]:
    yield from sorted(PACKAGES.glob("*/locale/*/LC_MESSAGES/*.mo"))
    yield from sorted((PACKAGES / "look").rglob("*.py"))
    yield from options.static.glob("staticfiles.json")
