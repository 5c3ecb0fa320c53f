"""Runs every gate that needs no test: two at a time, all of them even when one fails, each with its time."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
ENVIRONMENT = os.environ | {"DJANGO_SETTINGS_MODULE": "linli.settings.test", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}

GATES: dict[str, list[str]] = {
    "types (mypy strict)": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "style (ruff)": [str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."],
    "format (ruff)": [str(BIN / "ruff"), "format", "--quiet", "--check", "--output-format", "concise", "."],
    "import contracts": [str(BIN / "lint-imports"), "--no-cache"],
    "files and names": [PYTHON, "tools/boundaries.py"],
    "templates": [PYTHON, "tools/templates.py"],
    "catalogues": [PYTHON, "tools/messages.py", "--check"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "Django's own checks": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "what is committed": [PYTHON, "tools/committed.py"],
}


@dataclass(frozen=True)
class Outcome:
    name: str
    seconds: float
    is_good: bool
    text: str


def run(name: str) -> Outcome:
    start = time.monotonic()
    done = subprocess.run(
        GATES[name], cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return Outcome(name, time.monotonic() - start, done.returncode == 0, (done.stdout + done.stderr).strip())


def main() -> int:
    wanted = [name for name in GATES if not sys.argv[1:] or any(word in name for word in sys.argv[1:])]
    bad = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(run, wanted):
            print(f"{'ok  ' if outcome.is_good else 'FAIL'} {outcome.name} ({outcome.seconds:.1f} s)", flush=True)
            if not outcome.is_good:
                bad += 1
                print("\n".join("     " + line for line in outcome.text.splitlines()[-60:]), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
