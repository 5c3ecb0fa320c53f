"""Collects the strings of every app into its Chinese catalogue, compiles the catalogues, and checks them.

python tools/messages.py [app …]            collect (translations are kept) and compile
python tools/messages.py --compile          compile only
python tools/messages.py --check [app …]    say what is out of date, missing, fuzzy, obsolete or badly translated

A catalogue holds no dates and no line numbers and is sorted, so that two changes made side by side merge. A string with
the comment `# Overrides a package's string.` is kept though our code does not contain it.
"""

import argparse
import ast
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "zh_Hans"
OVERRIDE = "Overrides a package's string."
HEADER = """\
# 简体中文
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|\{(\w+)\}")
HAN = "\u4e00-\u9fff"
LEFT_IN_ENGLISH = re.compile(
    r"\b(an|the|and|or|of|to|in|for|with|from|by|is|are|was|not|no|you|your|we|our|this|that|it|please|home|homes|"
    r"notice|notices|member|members|community|building|entrance|unit|resident|steward|committee|property|helper|"
    r"invitation|letter|comment|comments|like|likes|picture|pictures|save|cancel|delete|edit|send|back|next|page|name|"
    r"password|passkey|account|log|sign|settings|people|feed|entry|entries|draft|today|yesterday|minutes|hours|days)\b",
    re.IGNORECASE,
)
HALF_WIDTH = re.compile(rf"[{HAN}][,;:?!](?=\s|$|[{HAN}])|[{HAN}]\.(?=\s|$)")
NOT_WORDS = re.compile(r"%\(\w+\)\w|<[^>]*>|`[^`]*`|\S+@\S+|https?:\S+|/[a-z/]+|\b[\w-]+\.[a-z]{2,}\b")


@dataclass(frozen=True)
class Text:
    context: str | None
    singular: str
    plural: str | None

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.singular, self.plural) if self.plural else self.singular


def apps(names: Sequence[str] = ()) -> list[Path]:
    found = sorted(path for path in (ROOT / "linli").iterdir() if path.is_dir() and any(path.rglob("*.py")))
    return [path for path in found if path.name in names] if names else found


def catalogue_path(app: Path) -> Path:
    return app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def sources(app: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(app.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(app).parts):
            yield "python", path
    for path in sorted((app / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml", ".json", ".js"}:
            yield "jinja2.ext:babel_extract", path


def collected(app: Path) -> set[Text]:
    texts: set[Text] = set()
    for method, path in sources(app):
        with path.open("rb") as file:
            options = {"extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false"}
            for _, message, _, context in extract(method, file, KEYWORDS, options=options):
                singular, plural = message if isinstance(message, tuple) else (message, None)
                if singular:
                    texts.add(Text(context, singular, plural))
    return merged(texts)


def merged(texts: set[Text]) -> set[Text]:
    """One entry per msgid: gettext keeps singular and plural of the same words together."""
    with_plural = {(text.context, text.singular) for text in texts if text.plural}
    return {text for text in texts if text.plural or (text.context, text.singular) not in with_plural}


def known(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def is_override(message: Message) -> bool:
    return any(OVERRIDE in comment for comment in message.user_comments)


def translation(message: Message | None) -> str:
    string = message.string if message else ""
    return (string[0] if string else "") if isinstance(string, tuple | list) else string or ""


def all_messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def singular_of(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def updated(old: Catalog, texts: set[Text], elsewhere: dict[tuple[str | None, str], str]) -> Catalog:
    catalog = Catalog(locale=LOCALE)
    kept = {(message.context, singular_of(message)): message for message in all_messages(old)}
    for key, message in kept.items():
        if is_override(message) and key not in {(text.context, text.singular) for text in texts}:
            catalog.add(message.id, message.string, user_comments=message.user_comments, context=message.context)
    for text in texts:
        before = kept.get((text.context, text.singular))
        string = translation(before) or elsewhere.get((text.context, text.singular), "")
        flags = [flag for flag in before.flags if flag == "fuzzy"] if before else []
        catalog.add(
            text.id,
            (string,) if text.plural else string,
            flags=flags,
            user_comments=before.user_comments if before else (),
            context=text.context,
        )
    return catalog


def written(catalog: Catalog) -> str:
    out = io.BytesIO()
    write_po(out, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER + out.getvalue().decode().strip() + "\n"


def collect(names: Sequence[str] = ()) -> None:
    elsewhere = {
        (message.context, singular_of(message)): translation(message)
        for app in apps()
        for message in all_messages(known(catalogue_path(app)))
        if translation(message)
    }
    for app in apps(names):
        path = catalogue_path(app)
        catalog = updated(known(path), collected(app), elsewhere)
        if not len(catalog):
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        text = written(catalog)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
        missing = [message for message in all_messages(catalog) if not translation(message)]
        if missing:
            print(f"{path.relative_to(ROOT)}: {len(missing)} to translate, first: {singular_of(missing[0])!r}")


def compile_all() -> None:
    for app in apps():
        path = catalogue_path(app)
        if path.exists():
            # Renamed into place: a server or a test that reads it meanwhile finds a whole one.
            half = path.with_suffix(f".{os.getpid()}")
            with half.open("wb") as file:
                write_mo(file, known(path))
            half.replace(path.with_suffix(".mo"))
        else:
            path.with_suffix(".mo").unlink(missing_ok=True)


def places(text: str) -> set[str]:
    return {match[0] for match in PLACE.finditer(text)}


def complaints_of_message(message: Message) -> Iterator[str]:
    string = translation(message)
    if not string:
        yield "is not translated"
        return
    if message.fuzzy:
        yield "is marked fuzzy"
    source = message.id[-1] if isinstance(message.id, tuple | list) else message.id
    if places(source) != places(string):
        yield f"has other places than its translation: {sorted(places(source) ^ places(string))}"
    if source.startswith("\n") != string.startswith("\n") or source.endswith(" ") != string.endswith(" "):
        yield "begins or ends with other white space than its translation"
    if word := LEFT_IN_ENGLISH.search(NOT_WORDS.sub(" ", string)):
        yield f"has the English word {word[0]!r} in its translation"
    if HALF_WIDTH.search(string):
        yield "uses half-width punctuation after a Chinese character"


def complaints_of_app(app: Path) -> Iterator[str]:
    path = catalogue_path(app)
    name = path.relative_to(ROOT)
    old, texts = known(path), collected(app)
    if not path.exists():
        if texts:
            yield f"{name}: is missing, {len(texts)} strings; run make messages"
        return
    have = {(message.context, singular_of(message)) for message in all_messages(old) if not is_override(message)}
    want = {(text.context, text.singular) for text in texts}
    for _, string in sorted(want - have, key=lambda key: key[1]):
        yield f"{name}: {string!r} is in the code, not in the catalogue; run make messages"
    for _, string in sorted(have - want, key=lambda key: key[1]):
        yield f"{name}: {string!r} is in no code any more; run make messages"
    if old.obsolete:
        yield f"{name}: has obsolete entries; run make messages"
    for message in all_messages(old):
        for complaint in complaints_of_message(message):
            yield f"{name}: {singular_of(message)!r} {complaint}"
    if want == have and path.read_text("utf-8") != written(updated(old, texts, {})):
        yield f"{name}: is not in the form make messages writes"


def complaints_between_apps() -> Iterator[str]:
    """The same words must read the same everywhere, because Django keeps one translation for all apps."""
    seen: dict[tuple[str | None, str], tuple[str, Path]] = {}
    for app in apps():
        for message in all_messages(known(catalogue_path(app))):
            key, string = (message.context, singular_of(message)), translation(message)
            first, where = seen.setdefault(key, (string, app))
            if string and first and first != string:
                yield f"{key[1]!r} is {first!r} in {where.name}, {string!r} in {app.name}: use one wording or pgettext"


def complaints_of_calls(app: Path) -> Iterator[str]:
    """A string that is glued or filled before it is looked up is never found in a catalogue."""
    for method, path in sources(app):
        if method != "python":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in KEYWORDS and isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.Call):
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {called}() takes a plain string with %(named)s places"


def check(names: Sequence[str] = ()) -> list[str]:
    found = [complaint for app in apps(names) for complaint in (*complaints_of_app(app), *complaints_of_calls(app))]
    return [*found, *complaints_between_apps()]


def main() -> int:
    parser = argparse.ArgumentParser(description="The catalogues of both languages.")
    parser.add_argument("apps", nargs="*", help="only these apps")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.check:
        found = check(options.apps)
        print("\n".join(found) or "Both languages are complete.")
        return 1 if found else 0
    if not options.compile:
        collect(options.apps)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
