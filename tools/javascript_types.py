"""Checks the JSDoc types of our JavaScript with TypeScript, which writes nothing."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TSC = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
CONFIG = ROOT / "node_modules" / ".linli-tsconfig.json"
OPTIONS = {
    "allowJs": True,
    "checkJs": True,
    "noEmit": True,
    "strict": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "noImplicitReturns": True,
    "target": "es2022",
    "module": "es2022",
    "moduleResolution": "bundler",
    "types": [],
}
# A service worker's globals clash with a page's, so the two are checked apart.
PROGRAMS = {"pages": ["es2022", "dom", "dom.iterable"], "workers": ["es2022", "webworker"]}


def node() -> str:
    beside = Path(sys.executable).parent / "node"
    found = str(beside) if beside.exists() else shutil.which("node")
    return found or sys.exit("Node is missing; `make setup` brings it.")


def is_worker(path: Path) -> bool:
    return path.stem in {"worker", "service-worker", "sw"} or path.stem.endswith("-worker")


def complaints(program: str, files: list[Path]) -> str:
    settings = {"compilerOptions": OPTIONS | {"lib": PROGRAMS[program]}, "files": [str(path) for path in files]}
    CONFIG.write_text(json.dumps(settings), "utf-8")
    command = [node(), str(TSC), "-p", str(CONFIG), "--pretty", "false"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def main() -> int:
    scripts = sorted(path for path in ROOT.glob("linli/*/static/**/*.js") if ".min." not in path.name)
    groups = {
        "pages": [path for path in scripts if not is_worker(path)],
        "workers": [path for path in scripts if is_worker(path)],
    }
    found = "".join(complaints(program, files) for program, files in groups.items() if files)
    print(found.strip() or f"The types of {len(scripts)} scripts fit.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
