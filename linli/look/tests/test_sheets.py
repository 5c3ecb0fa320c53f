import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

from linli.look import sheets

LOOK = Path(__file__).resolve().parent.parent
KB = 1024


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def test_style_scripts_and_htmx_stay_within_60_kb():
    own = [path for path in LOOK.parent.glob("*/static/**/*.js") if path.name != "sw.js"]
    scripts = sum(packed(path.read_bytes()) for path in own)
    htmx = packed(Path(finders.find("django_htmx/htmx-2.min.js")).read_bytes())

    assert packed(sheets.joined().encode()) + scripts + htmx <= 60 * KB


def test_the_one_sheet_is_found_where_django_looks(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")
    finder = sheets.SheetFinder()

    found = Path(finder.find("look/linli.css"))

    assert found.read_text("utf-8") == sheets.joined()
    assert [name for name, _ in finder.list([])] == ["look/linli.css"]
    assert finder.find("look/other.css") == []


def test_no_sheet_is_long_and_every_rule_stands_in_a_layer():
    for path in sheets.sources():
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 150, path
        outside = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).strip()
        assert outside.startswith("@layer"), path


def test_only_the_token_files_name_colours():
    for path in sheets.SOURCES.glob("*.css"):
        if path.name in ("10-tokens.css", "11-accents.css", "47-skyline.css", "90-print.css"):
            continue
        colours = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", path.read_text("utf-8"))) - {"#fff"}
        assert colours == set(), path


def test_the_night_is_there_for_devices_that_are_dark_by_themselves():
    text = sheets.joined()

    assert "prefers-color-scheme: dark" in text
    assert text.count(':root[data-theme="auto"]') >= 3


def test_nothing_asks_another_host():
    for path in [*sheets.sources(), *(LOOK / "static/look").rglob("*.js")]:
        assert not re.search(r"https?://(?!www\.w3\.org)", path.read_text("utf-8")), path


def test_scripts_are_short_and_imports_end_with_a_semicolon():
    for path in (LOOK / "static/look/js").glob("*.js"):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 115, path
        assert all(line.endswith('";') for line in text.splitlines() if line.startswith("import ")), path
        assert "innerHTML" not in text, path
