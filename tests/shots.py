"""Pictures of the key pages to look at: `python -m tests.shots` writes shots/*.png and a contact sheet for each view.

`--only board,entry` takes some pages; `--readme` also makes docs/pictures/board.webp anew.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.conftest import FLAGS, LOCALES, chromium
from tests.browser.pages import ELDER, RESIDENT, STEWARD, STRANGER
from tests.browser.pages import Page as Address
from tests.browser.site import ROOT, Site, seed

SHOTS, BOARD = ROOT / "shots", ROOT / "docs" / "pictures" / "board.webp"
WINDOWS: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1440, "height": 900},
}
SCREENS_MAX = {"phone": 2.4, "desktop": 1.6}
SHEET_WIDTH, THUMB_WIDTH, GAP = 1960, {"phone": 300, "desktop": 630}, 20


class View(NamedTuple):
    language: str
    device: str
    look: str  # standard, elder, dark


VIEWS = {
    "z": View("zh-hans", "phone", "standard"),
    "e": View("en", "phone", "standard"),
    "Z": View("zh-hans", "desktop", "standard"),
    "E": View("en", "desktop", "standard"),
    "o": View("zh-hans", "phone", "elder"),
    "O": View("en", "desktop", "elder"),
    "n": View("zh-hans", "phone", "dark"),
    "N": View("en", "desktop", "dark"),
}

# name, who looks, in which views, address
PAGES = """
front      -  zEoN  /
found      R  zE    /found/
log-in     -  zEo   /account/login/
sign-up    -  eZ    /account/signup/
letter     -  zE    /u/
help       -  zEo   /help/first-day/
board      R  zeZEnN  /c/sunny/board/
elder-home G  oO    /c/sunny/
elder-board G  o    /c/sunny/board/
entry      R  zEonN  /c/sunny/entries/{entry}/
post       R  zEo   /c/sunny/post/
notices    R  zEon  /c/sunny/notices/
notice     R  zo    /c/sunny/entries/{notice}/
services   R  zEo   /c/sunny/services/
people     R  eZ    /c/sunny/people/
person     R  zE    /c/sunny/people/{elder}/
profile    R  eZ    /c/sunny/me/
me         R  zEo   /me/
my-home    R  zE    /c/sunny/homes/mine/
helping    R  zE    /c/sunny/helping/
acts       G  oO    /c/sunny/helping/acts/
desk       S  zEN   /c/sunny/steward/
members    S  eZ    /c/sunny/steward/members/
application S  zE   /c/sunny/steward/applications/{application}/
letters    S  zE    /c/sunny/steward/letters/
sheets     S  zE    /c/sunny/steward/letters/{sheaf}/print/
homes      S  zE    /c/sunny/homes/
building   S  eZ    /c/sunny/homes/buildings/{building}/
generate   S  zE    /c/sunny/homes/generate/
new-notice S  zE    /c/sunny/notices/new/
readers    S  zEN   /c/sunny/notices/{notice}/readers/
settings   S  eZ    /c/sunny/steward/settings/
missing    R  zE    /no-such-page/
"""
WHO = {"-": STRANGER, "R": RESIDENT, "G": ELDER, "S": STEWARD}


@dataclass(frozen=True)
class Shot:
    name: str
    page: Address
    view: View

    @property
    def file(self) -> Path:
        return SHOTS / f"{self.name}.{self.view.language[:2]}-{self.view.device}-{self.view.look}.png"


def shots(only: set[str]) -> Iterator[Shot]:
    for line in PAGES.strip().splitlines():
        name, who, views, address = line.split()
        if not only or name in only:
            yield from (Shot(name, Address(WHO[who], address), VIEWS[view]) for view in views)


@contextmanager
def opened(browser: Browser, site: Site, page: Address, view: View, scale: float = 1) -> Iterator[Page]:
    size, theme = ("elder", "light") if view.look == "elder" else ("standard", "light")
    theme = "dark" if view.look == "dark" else theme
    is_phone = view.device == "phone"
    context = browser.new_context(
        viewport=WINDOWS[view.device],
        device_scale_factor=scale,
        has_touch=is_phone,
        is_mobile=is_phone,
        locale=LOCALES[view.language],
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        base_url=site.address,
    )
    context.set_default_timeout(60_000)
    if page.who:
        actor = site.actor(page.who)
        site.prefer(actor, language=view.language, size=size, theme=theme)
        cookies = {site.cookie: actor.key}
    else:
        cookies = {"linli_language": view.language, "linli_size": size, "linli_theme": theme}
    context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in cookies.items()])
    shown = context.new_page()
    shown.goto(page.at(site), wait_until="networkidle")
    yield shown
    context.close()


def take(browser: Browser, site: Site, shot: Shot) -> None:
    with opened(browser, site, shot.page, shot.view) as page:
        window = WINDOWS[shot.view.device]
        long = int(page.evaluate("document.documentElement.scrollHeight"))
        height = min(max(long, window["height"]), int(window["height"] * SCREENS_MAX[shot.view.device]))
        # A taller window, not a stitched page: bars stay where a person sees them, at its edges.
        page.set_viewport_size({"width": window["width"], "height": height})
        page.wait_for_load_state("networkidle")
        page.screenshot(path=shot.file)


def contact_sheet(name: str, taken: list[Shot]) -> None:
    """The pictures of one view beside each other, each with its name under it."""
    width = THUMB_WIDTH[taken[0].view.device]
    columns = (SHEET_WIDTH - GAP) // (width + GAP)
    thumbs = []
    for shot in taken:
        with Image.open(shot.file) as picture:
            thumbs.append((shot.name, picture.convert("RGB").resize((width, picture.height * width // picture.width))))
    rows = [thumbs[first : first + columns] for first in range(0, len(thumbs), columns)]
    heights = [max(thumb.height for _, thumb in row) + 24 + GAP for row in rows]
    sheet = Image.new("RGB", (SHEET_WIDTH, sum(heights) + GAP), "#8A8F91")
    draw, top = ImageDraw.Draw(sheet), GAP
    for row, height in zip(rows, heights, strict=True):
        for column, (words, thumb) in enumerate(row):
            left = GAP + column * (width + GAP)
            sheet.paste(thumb, (left, top))
            draw.text((left, top + thumb.height + 6), words, fill="white")
        top += height
    sheet.save(SHOTS / f"_{name}.png")


def readme_picture(browser: Browser, site: Site) -> None:
    """The board on a desktop in English, and before it on a phone in Chinese."""
    pictures = []
    for key in "Ez":
        with opened(browser, site, Address(RESIDENT, "/c/sunny/board/"), VIEWS[key], scale=2) as page:
            pictures.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    desktop, phone = pictures[0].resize((1152, 720)), pictures[1].resize((296, 640))
    picture = Image.new("RGB", (1460, 800), "#E6DFD3")
    for shot, place in ((desktop, (40, 40)), (phone, (1126, 124))):
        left, top = place
        mask = Image.new("L", shot.size)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, shot.width - 1, shot.height - 1), 18, fill=255)
        edge = (left - 1, top - 1, left + shot.width, top + shot.height)
        ImageDraw.Draw(picture).rounded_rectangle(edge, 19, fill="#B9AC98")
        picture.paste(shot, place, mask)
    BOARD.parent.mkdir(parents=True, exist_ok=True)
    picture.save(BOARD, "WEBP", quality=82, method=6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", default="", help="names of pages, with commas")
    parser.add_argument("--seeded", type=Path, help="a folder with the demo community, instead of a new one")
    parser.add_argument("--readme", action="store_true", help="make the picture of the README anew")
    asked = parser.parse_args()
    path = chromium()
    if not path:
        raise SystemExit("No Chromium was found; install one or set CHROMIUM=/path.")
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="linli-shots-") as folder, sync_playwright() as playwright:
        seeded = asked.seeded or Path(folder) / "seeded"
        if not asked.seeded:
            seed(seeded)
        site = Site(seeded, Path(folder) / "site")
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            if asked.readme:
                readme_picture(browser, site)
            views: dict[View, list[Shot]] = defaultdict(list)
            for shot in shots({name for name in asked.only.split(",") if name}):
                take(browser, site, shot)
                views[shot.view].append(shot)
            for view, taken in views.items():
                contact_sheet(f"{view.language[:2]}-{view.device}-{view.look}", taken)
        finally:
            site.stop()
    print(f"{sum(map(len, views.values()))} pictures in {SHOTS.name}/, {len(views)} contact sheets (_*.png)")


if __name__ == "__main__":
    main()
