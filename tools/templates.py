"""Every template compiles in both languages and keeps the security policy, plain forms and named pictures."""

import os
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.settings.test")
sys.path.insert(0, str(ROOT))

import django  # noqa: E402
import jinja2  # noqa: E402
from django.template import TemplateSyntaxError, engines  # noqa: E402

JINJA = re.compile(r"\{#.*?#\}|\{%-?.*?-?%\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# Carriers of csrf token and look: their buttons stand elsewhere and bring their own address.
SHARED_FORMS = {"acts", "look"}


class Page(HTMLParser):
    """What stands in one template, read as HTML with the template's own marks taken out."""

    def __init__(self, source: str, *, is_printed: bool = False) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.source = source
        self.is_printed = is_printed
        cleared = JINJA.sub(lambda mark: "\n" * mark[0].count("\n"), source)
        self.feed(EXPRESSION.sub(lambda mark: _stand_in(mark[0]), cleared))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        for name in held:
            if name == "style" or re.fullmatch(r"on[a-z]+", name):
                self._say(f"<{tag}> has {name}=; the policy forbids it inline")
            if name.startswith("hx-on"):
                self._say(f"<{tag}> has {name}=; it would need eval")
        if (tag == "style" and not self.is_printed) or (
            tag == "script" and "src" not in held and held.get("type") != "application/json"
        ):
            self._say(f"<{tag}> inline; the policy forbids it")
        if tag == "img" and (missing := {"alt", "width", "height"} - set(held)):
            self._say(f"<img> without {', '.join(sorted(missing))}")
        if tag == "form":
            self._form(held)
        if tag in {"a", "area"} and held.get("target") == "_blank" and "noopener" not in held.get("rel", ""):
            self._say('target="_blank" without rel="noopener"')
        if held.get("href", "").startswith("javascript:"):
            self._say("a javascript: address")
        for name in ("src", "href", "action", "poster"):
            if tag not in {"a", "area"} and re.match(r"(https?:)?//", held.get(name, "")):
                self._say(f"<{tag} {name}=> asks another host")

    def _form(self, held: dict[str, str]) -> None:
        if held.get("id") in SHARED_FORMS:
            return
        if "action" not in held:
            self._say("<form> without action")
        if held.get("method", "get").lower() == "post":
            line, _ = self.getpos()
            rest = "".join(self.source.splitlines(keepends=True)[line - 1 :])
            if "csrf" not in rest.partition("</form>")[0]:
                self._say("<form method=post> without a csrf token")

    def _say(self, what: str) -> None:
        self.found.append((self.getpos()[0], what))


def _stand_in(expression: str) -> str:
    # `{{ attributes }}` in the place of an attribute reads as one; in a value it reads as text.
    return "x" + "\n" * expression.count("\n")


def complaints_of_source(path: Path) -> Iterator[str]:
    # What becomes a PDF never reaches a browser, so it carries its style along.
    for line, what in Page(path.read_text("utf-8"), is_printed=path.stem.endswith("_pdf")).found:
        yield f"{path.relative_to(ROOT)}:{line}: {what}"


def complaints_of_jinja() -> Iterator[str]:
    from linli.look.jinja import LANGUAGES, environment

    for language in LANGUAGES:
        compiled = environment(language=language, cache_size=0)
        for folder in sorted((ROOT / "linli").glob("*/templates")):
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    try:
                        compiled.get_template(path.relative_to(folder).as_posix())
                    except jinja2.TemplateError as wrong:
                        yield f"{path.relative_to(ROOT)}:{getattr(wrong, 'lineno', '?')}: {wrong} ({language})"


def complaints_of_django() -> Iterator[str]:
    engine = engines["django"]
    for folder in sorted((ROOT / "linli").glob("*/dtl")):
        for path in sorted(folder.rglob("*.html")):
            try:
                engine.from_string(path.read_text("utf-8"))
            except TemplateSyntaxError as wrong:
                yield f"{path.relative_to(ROOT)}: {wrong}"


def html_files() -> list[Path]:
    folders = [*(ROOT / "linli").glob("*/templates"), *(ROOT / "linli").glob("*/dtl")]
    return sorted(path for folder in folders for path in folder.rglob("*.html"))


def main() -> int:
    django.setup()
    found = [
        *(complaint for path in html_files() for complaint in complaints_of_source(path)),
        *complaints_of_jinja(),
        *complaints_of_django(),
    ]
    print("\n".join(found) or f"{len(html_files())} templates compile in both languages and keep the policy.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
