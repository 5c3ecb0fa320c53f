"""What import-linter cannot say: which parts of Django rules and actions may use, and what may stand in which file."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HTTP = ("django.http", "django.shortcuts", "django.urls", "django.template", "linli.look")


@dataclass(frozen=True)
class Boundary:
    part: str  # rules.py or rules/*.py of every app
    forbidden: tuple[str, ...]
    allowed: tuple[str, ...]
    why: str


BOUNDARIES = (
    Boundary("rules", ("django",), ("django.utils.translation",), "rules are pure: told everything, they ask nothing"),
    Boundary("actions", HTTP, (), "actions know nothing of HTTP and pages"),
    Boundary("facts", ("django", "linli"), ("linli.facts",), "facts are plain Python"),
    Boundary("models", HTTP, (), "models know nothing of HTTP and pages"),
)
CLOCK = re.compile(r"\btimezone\.now\(|\bdatetime\.now\(|\btime\.time\(|\bdate\.today\(|\blocaldate\(\)")
MIGRATION = re.compile(r"\d{4}_(?!auto_)[a-z0-9_]+\.py")


def of_part(part: str) -> Iterator[Path]:
    for path in sorted((ROOT / "linli").rglob("*.py")):
        inside = path.relative_to(ROOT / "linli").with_suffix("").parts
        if "tests" not in inside and "migrations" not in inside and part in inside[:2]:
            yield path


def is_within(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def complaints_of_imports() -> Iterator[str]:
    for boundary in BOUNDARIES:
        for path in of_part(boundary.part):
            for line, module in imported(path):
                if is_within(module, boundary.forbidden) and not is_within(module, boundary.allowed):
                    yield f"{path.relative_to(ROOT)}:{line}: imports {module}; {boundary.why}"


def complaints_of_clocks() -> Iterator[str]:
    for part in ("rules", "actions"):
        for path in of_part(part):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if CLOCK.search(line):
                    yield f"{path.relative_to(ROOT)}:{number}: reads the clock; time is the argument `now`"


def complaints_of_migrations() -> Iterator[str]:
    for path in sorted((ROOT / "linli").glob("*/migrations/*.py")):
        if path.name != "__init__.py" and not MIGRATION.fullmatch(path.name):
            yield f"{path.relative_to(ROOT)}: name the migration for what it does"


def complaints_of_folders() -> Iterator[str]:
    for path in sorted((ROOT / "linli").rglob("*.py")):
        if path.stem in {"utils", "helpers", "common", "misc", "signals"}:
            yield f"{path.relative_to(ROOT)}: says nothing of what it holds; name it for its subject"


def main() -> int:
    found = [
        *complaints_of_imports(),
        *complaints_of_clocks(),
        *complaints_of_migrations(),
        *complaints_of_folders(),
    ]
    print("\n".join(found) or "Every file keeps to its part.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
