"""Every page in every view: axe-core, the figures of the elder view, the HTML checker; nothing asked of other hosts.

All of 3 views × 2 languages × 2 devices is measured with LINLI_TEST_MATRIX=full; otherwise each page in three of the
twelve, turning, so that each view, language and device meets every third page at least.
"""

import os
from itertools import product
from pathlib import Path

import pytest

from tests.browser import rulers
from tests.browser.conftest import Browse
from tests.browser.pages import Page, every_page
from tests.browser.site import Site

VIEWS = (("standard", "light"), ("elder", "light"), ("standard", "dark"))
COMBINATIONS = list(product(VIEWS, ("zh-hans", "en"), ("phone", "desktop")))
IS_FULL = os.environ.get("LINLI_TEST_MATRIX") == "full"


def combinations(number: int) -> list[tuple[tuple[str, str], str, str]]:
    if IS_FULL:
        return COMBINATIONS
    # One of each view; language and device turn with the page.
    return [COMBINATIONS[4 * view + (number + view) % 4] for view in range(len(VIEWS))]


@pytest.mark.parametrize(("number", "page"), list(enumerate(every_page())), ids=lambda v: getattr(v, "address", None))
def test_a_page_is_for_everybody(site: Site, browse: Browse, number: int, page: Page) -> None:
    faults = []
    address = page.at(site)
    for (size, theme), language, device in combinations(number):
        who = site.actor(page.who) if page.who else None
        shown = browse(site, who, device=device, language=language, size=size, theme=theme)
        answer = shown.goto(address)
        assert answer
        assert (answer.status == 200) != ("no-such" in address), f"{address} answered {answer.status}"
        found = rulers.axe(shown)
        # A sheet of paper has the sizes of paper.
        if size != "standard" and not page.address.endswith("/print/"):
            found += rulers.ruler(shown, size)
        faults += [f"{size} {theme} {language} {device}: {fault}" for fault in found]
        shown.context.close()
    assert faults == []


def test_pages_are_written_without_an_error(site: Site, browse: Browse, tmp_path: Path) -> None:
    pages = {}
    for page in every_page():
        shown = browse(site, site.actor(page.who) if page.who else None, javascript=False)
        answer = shown.goto(page.at(site))
        assert answer
        pages[page.address] = answer.text()
        shown.context.close()

    assert rulers.vnu(tmp_path / "html", pages) == []
