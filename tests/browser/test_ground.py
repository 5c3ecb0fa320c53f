"""That the ground of the browser tests bears: a stranger and a resident each open a page, on both devices."""

from pathlib import Path

import pytest

from tests.browser import rulers
from tests.browser.conftest import Browse
from tests.browser.site import Site


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_a_stranger_finds_the_first_page(site: Site, browse: Browse, device: str) -> None:
    page = browse(site, device=device, path="/")

    assert page.locator("h1").count() == 1
    assert rulers.axe(page) == []


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_a_resident_reads_the_feed(site: Site, browse: Browse, device: str, tmp_path: Path) -> None:
    li_mei = site.actor("李梅")

    page = browse(site, li_mei, device=device, path="/c/sunny/")

    assert page.locator("main article").count() >= 5
    assert rulers.axe(page) == []
    assert rulers.vnu(tmp_path / "html", {"feed": page.request.get("/c/sunny/").text()}) == []


def test_an_elder_reads_large_text(site: Site, browse: Browse) -> None:
    page = browse(site, site.actor("孙爷爷"), size="elder", path="/c/sunny/")

    assert rulers.ruler(page, "elder") == []
