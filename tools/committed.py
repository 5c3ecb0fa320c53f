"""Nothing in the repository names a registry, a machine's folder or a secret, and no text holds an emoji."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = {".png", ".jpg", ".jpeg", ".webp", ".heic", ".ico", ".gif", ".woff2", ".pdf", ".zip", ".avif", ".mp3"}
# Put together here, so that this file does not name what it looks for.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "registry" + ".npmjs", "npm" + "js.org", "deb" + ".debian.org")
WORDS = {
    "names a package registry": re.compile("|".join(map(re.escape, REGISTRIES))),
    "names a folder of one machine": re.compile(r"(?<![\w.$}])/(?:root|home/\w+|Users/\w+|work)/[\w.]"),
    "holds a private key": re.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY-----"),
    "holds an emoji": re.compile(
        "[\U0001f300-\U0001faff\U0001f1e6-\U0001f1ff\u2600-\u26ff\u2705\u274c\u2728\u2b50\ufe0f]"
    ),
    "holds an unfinished mark": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    "ends a line with white space": re.compile(r"[ \t]+$", re.MULTILINE),
    "holds a merge mark": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
}
# Lists of downloaded hashes and the licence are as their makers wrote them.
AS_FOUND = {"package-lock.json", "LICENSE"}
SIZE_MAX = 1_500_000


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def complaints(path: Path) -> Iterator[str]:
    name = path.relative_to(ROOT)
    if path.stat().st_size > SIZE_MAX:
        yield f"{name}: is larger than {SIZE_MAX:,} bytes"
    if path.suffix in BINARY or path.name in AS_FOUND:
        return
    text = path.read_text("utf-8")
    for what, pattern in WORDS.items():
        if found := pattern.search(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{name}:{line}: {what}: {found[0].strip()!r}"
    if text and not text.endswith("\n"):
        yield f"{name}: does not end with a line break"


def main() -> int:
    found = [complaint for path in committed() for complaint in complaints(path)]
    print("\n".join(found) or "Nothing committed names a machine, a registry or a secret.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
