"""What is measured on an open page: axe-core, the figures of the elder view, and the HTML checker."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

MODULES = Path(__file__).resolve().parent.parent.parent / "node_modules"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What vnu does not know and HTML allows: htmx's attributes and elements of our own.
NOT_ERRORS = r".*Attribute “hx-.*"

TEXT_PX = {"standard": 12, "elder": 18, "largest": 18}
BODY_PX = {"standard": 15, "elder": 18, "largest": 30}
TARGET_PX = {"standard": 44, "elder": 60, "largest": 60}

MEASURE = """
({ text, body, target }) => {
  const found = [];
  const name = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (e.className && e.className.baseVal === undefined ? '.' + String(e.className).trim().split(/\\s+/).join('.') : '');
  const shown = (e) => {
    const box = e.getBoundingClientRect();
    const clip = getComputedStyle(e).clipPath;
    return box.width > 1 && box.height > 1 && !clip.startsWith('inset(50%')
      && e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim();
    const holder = walker.currentNode.parentElement;
    if (!words || holder.closest('script, style, noscript, svg, [hidden], option') || !shown(holder)) continue;
    const style = getComputedStyle(holder);
    const size = parseFloat(style.fontSize);
    const least = holder.closest('main p, main li, main h1, main h2') ? body : text;
    if (size + 0.01 < least) found.push(`text ${size.toFixed(1)} px < ${least}: ${name(holder)} “${words.slice(0, 24)}”`);
    const line = parseFloat(style.lineHeight) / size;
    if (line < 1.29 && holder.getClientRects().length > 1) found.push(`line ${line.toFixed(2)} < 1.3: ${name(holder)}`);
  }
  for (const control of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]')) {
    if (!shown(control) || control.disabled || control.closest('[hidden]')) continue;
    // A link within a sentence is as tall as its line (WCAG 2.5.8 says the same).
    if (control.tagName === 'A' && getComputedStyle(control).display === 'inline' && control.closest('p, li, dd, td, blockquote, .prose')) continue;
    let box = control.getBoundingClientRect();
    if (['checkbox', 'radio', 'file'].includes(control.type)) {
      const label = control.closest('label') || (control.id && document.querySelector(`label[for="${CSS.escape(control.id)}"]`));
      if (label) box = label.getBoundingClientRect();
    }
    if (box.height + 0.5 >= target && box.width + 0.5 >= target) continue;
    // A pseudo-element may reach further than the box: feel for what a finger would hit.
    control.scrollIntoView({ block: 'center', behavior: 'instant' });
    box = control.getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + box.height / 2];
    const hits = (dx, dy) => control.contains(document.elementFromPoint(x + dx, y + dy));
    const reach = (dx, dy) => { let n = 0; while (n <= target && hits(dx * n, dy * n)) n += 1; return n; };
    const [wide, high] = [reach(1, 0) + reach(-1, 0), reach(0, 1) + reach(0, -1)];
    if (Math.max(wide, box.width + 0.5) < target || Math.max(high, box.height + 0.5) < target)
      found.push(`target ${box.width.toFixed(0)}×${box.height.toFixed(0)} < ${target}: ${name(control)} “${(control.textContent || control.getAttribute('aria-label') || '').trim().slice(0, 24)}”`);
  }
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth + 1) {
    const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > page.clientWidth + 1 && shown(e)).slice(0, 3).map(name);
    found.push(`scrolls sideways by ${page.scrollWidth - page.clientWidth} px: ${wide.join(', ')}`);
  }
  return [...new Set(found)];
}
"""


@cache
def axe_source() -> str:
    return (MODULES / "axe-core" / "axe.min.js").read_text("utf-8")


def axe(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA and good practice, one line each."""
    # The security policy forbids an added script; evaluating through the debugger is outside it.
    page.evaluate(axe_source())
    result: dict[str, Any] = page.evaluate("tags => axe.run(document, { runOnly: tags })", TAGS)
    return [
        f"{violation['id']} ({violation['impact']}): {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def ruler(page: Page, size: str) -> list[str]:
    """Where text, lines or targets are smaller than the view promises (standards, section 5)."""
    figures = {"text": TEXT_PX[size], "body": BODY_PX[size], "target": TARGET_PX[size]}
    return list(page.evaluate(MEASURE, figures))


def vnu(folder: Path, pages: dict[str, str]) -> list[str]:
    """What the HTML checker says of these pages, all in one run of it."""
    java = shutil.which("java")
    assert java, "Java is missing: install it (on Debian: apt install default-jre-headless)"
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(html, "utf-8")
        names[str(number)] = name
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [java, "-jar", str(jar), "--format", "json", "--errors-only", "--filterpattern", NOT_ERRORS, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr or '{"messages": []}')["messages"]
    return [
        f"{names[Path(message['url']).stem]}:{message.get('lastLine', '?')}: {message['message']}"
        for message in messages
    ]
