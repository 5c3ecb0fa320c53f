"""A short film and a voice note of the demo, made by this script in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

_MAKER = Path(__file__).with_name("filming.py")


def recording(kind: str) -> BytesIO | None:
    """Nothing where this machine cannot make one: the demo does without."""
    command = [sys.executable, "-I", str(_MAKER), kind]
    try:
        made = subprocess.run(command, capture_output=True, timeout=20, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return BytesIO(made)
