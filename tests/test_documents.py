"""What README, CONTRIBUTING and docs/ say is there is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s#]+)(#[^)\s]*)?\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```\w*\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
PATH = re.compile(r"`((?:linli|tests|tools|docs|bench)/[\w./-]+)`")


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def code_of(text: str) -> str:
    return "\n".join(block or inline for block, inline in CODE.findall(text))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    targets = [first or picture for first, _, picture in LINK.findall(document.read_text("utf-8"))]
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]

    assert [target for target in local if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_named_are_in_the_makefile(document: Path) -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", code_of(document.read_text("utf-8"))))

    assert named - makefile_targets() == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_named_exist(document: Path) -> None:
    named = set(PATH.findall(document.read_text("utf-8")))

    assert sorted(path for path in named if not (ROOT / path.rstrip("/")).exists()) == []


def test_every_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]
    said = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))

    assert phony == said
