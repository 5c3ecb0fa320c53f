"""The figures of reference/standards.md section 5, read from the token file itself."""

import re
from pathlib import Path

import pytest

from linli.look.frame import ACCENTS

SHEETS = Path(__file__).resolve().parent.parent / "css"
SHEET = (SHEETS / "10-tokens.css").read_text("utf-8")
RULE = re.compile(r"(:root[^{}]*)\{([^{}]*)\}")
PAIR = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")
TONES = ("brick", "jade", "lamp", "alarm", "sky", "plum", "moss", "slate")
# Text on what it stands on.
TEXTS = [
    *((text, ground) for text in ("ink", "ink-soft", *TONES) for ground in ("paper", "sheet")),
    *((tone, f"{tone}-wash") for tone in TONES),
    *(("ink", f"{tone}-wash") for tone in TONES),
    *(("ink", "sunk"), ("ink-soft", "sunk"), ("paper", "ink"), ("on-lit", "lit")),
    *((f"on-{tone}", tone) for tone in ("brick", "jade", "alarm")),
]
THEMES = ("light", "dark")
SIZES = ("standard", "elder", "largest")


def applies(selector, theme, size):
    names = {"theme": theme, "size": size}
    for one in selector.split(","):
        if ":lang" in one:
            continue
        whole = one.strip()
        wanted = re.findall(r'\[data-(\w+)="(\w+)"\]', whole)
        if ":is(" in selector:
            base = re.findall(r'\[data-(\w+)="(\w+)"\]', selector.split(":is(")[0])
            return all(names[k] == v for k, v in base) and size != "standard"
        if all(names[k] == v for k, v in wanted):
            return True
    return False


def tokens(theme, size):
    rules = [
        (s.strip(), dict(PAIR.findall(body)))
        for s, body in RULE.findall(re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL))
    ]
    chosen = [
        (len(re.findall(r"\[data-", s.split(",")[0])) + (":is(" in s), i, body)
        for i, (s, body) in enumerate(rules)
        if applies(s, theme, size)
    ]
    found = {}
    for _, _, body in sorted(chosen, key=lambda rule: rule[:2]):
        found |= body
    return found


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pixels(value):
    return int(re.fullmatch(r"(\d+)px", value)[1])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_all_text_can_be_read_on_what_it_stands_on(theme, size):
    held = tokens(theme, size)
    least = 4.5 if size == "standard" else 7
    weak = {f"{a} on {b}": round(contrast(held[a], held[b]), 2) for a, b in TEXTS if contrast(held[a], held[b]) < least}

    assert weak == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_a_communitys_colour_can_be_read_as_action(theme, size):
    held = tokens(theme, size)
    on_tone = {"light": "#FFFFFF", "dark": "#101618"}[theme]
    least = 4.5 if size == "standard" else 7

    assert f"--on-tone: {on_tone}" in (SHEETS / "11-accents.css").read_text("utf-8")
    assert min(contrast(held[accent], on_tone) for accent in ACCENTS if accent != "brick") >= least


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_the_edges_of_fields_can_be_seen(theme, size):
    held = tokens(theme, size)

    assert min(contrast(held["line-strong"], held[ground]) for ground in ("paper", "sheet", "sunk")) >= 3


@pytest.mark.parametrize("size, least, target", [("standard", 13, 44), ("elder", 18, 60), ("largest", 30, 60)])
def test_text_and_targets_keep_the_figures_for_elders(size, least, target):
    held = tokens("light", size)
    sizes = [pixels(value) for name, value in held.items() if name.startswith("t-")]

    assert min(sizes) >= least
    assert pixels(held["target"]) >= target
    assert float(held["line-text"]) >= 1.3
    assert float(held["line-title"]) >= 1.3
