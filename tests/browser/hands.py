"""How a person uses a page: with finger or mouse, or by keyboard alone, in the words of their language."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import zxingcpp
from django.utils import translation
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

TABS_MAX = 200
PATIENCE_MS = 30_000

expect.set_options(timeout=PATIENCE_MS)

# The field, or the label that is drawn in its place, has to show that it is the one; and no bar may lie over it.
LOST = """
(e) => {
  // A button that the browser draws within a field has the browser's own ring.
  if (!e.matches(':focus')) return '';
  const drawn = [e, e.closest('label'), e.nextElementSibling].filter(Boolean);
  const ringed = (x) => {
    const style = getComputedStyle(x);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  if (!drawn.some(ringed)) return 'no ring';
  const box = (e.closest('label') || e).getBoundingClientRect();
  if (box.bottom < 0 || box.top > innerHeight) return 'out of sight';
  const steps = [0.1, 0.5, 0.9];
  const points = steps.flatMap((x) => steps.map((y) => [box.left + box.width * x, box.top + box.height * y]));
  const seen = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (e.contains(top) || drawn.some((d) => d.contains(top)) || top.contains(e));
  });
  return seen ? '' : 'covered';
}
"""


@dataclass(frozen=True)
class Words:
    """What stands on buttons and beside fields; a sentence that was not translated is not found on the page."""

    language: str

    def __call__(self, text: str, **places: object) -> str:
        with translation.override(self.language):
            said = translation.gettext(text)
        return said % places if places else said

    def many(self, one: str, many: str, num: int, **places: object) -> str:
        with translation.override(self.language):
            return translation.ngettext(one, many, num) % {"num": num, **places}


@dataclass
class Neighbour:
    """Somebody in front of a page."""

    page: Page
    say: Words
    is_by_keyboard: bool = False

    def __post_init__(self) -> None:
        self.page.context.set_default_timeout(PATIENCE_MS)

    def open(self, address: str) -> Neighbour:
        answer = self.page.goto(address)
        assert answer
        assert answer.status == 200, f"{address} answered {answer.status}"
        return self

    def button(self, words: str, inside: str = "main") -> Locator:
        return self.page.locator(inside).get_by_role("button", name=words, exact=True).first

    def link(self, words: str, inside: str = "main") -> Locator:
        return self.page.locator(inside).get_by_role("link", name=words).first

    def field(self, label: str) -> Locator:
        """By the beginning of its label: that it is optional, or what it does, may follow."""
        return self.page.locator("main").get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first

    def press(self, what: Locator) -> None:
        if self.is_by_keyboard:
            self._reach(what)
            self.page.keyboard.press("Enter")
        else:
            what.click()

    def press_button(self, words: str) -> None:
        self.press(self.button(words))

    def follow(self, words: str) -> None:
        self.press(self.link(words))

    def write(self, label: str, text: str) -> None:
        field = self.field(label)
        if not self.is_by_keyboard:
            field.fill(text)
            return
        self._reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, what: Locator) -> None:
        """A window to tick, or one of several."""
        if not self.is_by_keyboard:
            what.check()
        elif what.get_attribute("type") == "radio":
            self._choose_one(what)
        else:
            self._reach(what)
            self.page.keyboard.press("Space")
        expect(what).to_be_checked()

    def say_when(self, label: str, day: str, hour: str) -> None:
        """A day as 2030-12-24 and an hour of the morning as 09:30."""
        field = self.field(label)
        if not self.is_by_keyboard:
            field.fill(f"{day}T{hour}")
            return
        self._reach(field)
        year, month, day_of_month = day.split("-")
        # The browser asks for the parts in the order its machine is used to.
        for order in ((month, day_of_month, year), (day_of_month, month, year), (year, month, day_of_month)):
            for _ in range(6):
                self.page.keyboard.press("ArrowLeft")
            for part in (*order, *hour.split(":"), "A"):
                self.page.keyboard.type(part)
                if part == year:
                    self.page.keyboard.press("ArrowRight")
            if field.input_value() == f"{day}T{hour}":
                return
        raise AssertionError(f"the date could not be typed: {field.input_value()}")

    def hand_in(self, label: str, files: Sequence[FilePayload]) -> None:
        field = self.field(label)
        if not self.is_by_keyboard:
            field.set_input_files(files)
            return
        self._reach(field)
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Enter")
        opened.value.set_files(files)

    def reads(self, text: str, inside: str = "main") -> None:
        expect(self.page.locator(inside)).to_contain_text(text)

    def _choose_one(self, what: Locator) -> None:
        group = f"main input[name='{what.get_attribute('name')}']"
        checked = self.page.locator(f"{group}:checked")
        self._reach(checked.first if checked.count() else self.page.locator(group).first)
        for _ in range(self.page.locator(group).count()):
            if _has_focus(what):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")

    def _reach(self, what: Locator) -> None:
        """Tab by tab, and wherever the focus rests on the way it has to be seen."""
        what.wait_for(state="attached")
        for _ in range(TABS_MAX):
            if _has_focus(what):
                return
            self.page.keyboard.press("Tab")
            lost: Any = self.page.evaluate(
                f"() => document.activeElement === document.body ? '' : ({LOST})(document.activeElement)"
            )
            assert not lost, f"{lost}: {self.page.evaluate('() => document.activeElement.outerHTML.slice(0, 200)')}"
        raise AssertionError(f"no Tab leads to {what}")


def _has_focus(what: Locator) -> bool:
    with suppress(Exception):
        return bool(what.evaluate("(e) => e === document.activeElement"))
    return False


def read_qr(picture: bytes) -> str:
    """What a phone's camera reads in this picture."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert len(found) == 1, f"{len(found)} codes were read"
    return found[0].text
