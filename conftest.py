"""For all tests, those inside the apps and those across them."""

from pathlib import Path

import pytest

from tools import messages


def pytest_configure(config: pytest.Config) -> None:
    # Tests read both languages; one process compiles what has changed before the others start.
    if not hasattr(config, "workerinput"):
        catalogues = [messages.catalogue_path(app) for app in messages.apps()]
        if any(is_stale(path) for path in catalogues if path.exists()):
            messages.compile_all()


def is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime
