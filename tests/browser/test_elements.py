"""What the custom elements add to pages that work without them, and offline reading."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.site import Site

FEED = "/c/sunny/"
KEPT = "await caches.open('pages-1').then((c) => c.keys()).then((k) => k.length)"
PICTURE = {"name": "roof.png", "mimeType": "image/png", "buffer": b""}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)


def until(page: Page, expression: str) -> None:
    """Playwright's own waiting evaluates a string in the page, which the policy forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def test_the_menu_closes_on_escape_and_gives_the_focus_back(site: Site, browse: Browse) -> None:
    page = browse(site, site.actor("李梅"), path=FEED)
    menu = page.locator("details.menu")
    menu.locator("summary").click()
    expect(menu.locator(".menu-sheet")).to_be_visible()

    page.keyboard.press("Escape")

    expect(menu.locator(".menu-sheet")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_the_menu_closes_on_a_press_beside_it(site: Site, browse: Browse) -> None:
    page = browse(site, site.actor("李梅"), path=FEED)
    page.locator("details.menu summary").click()

    page.mouse.click(20, 700)

    expect(page.locator(".menu-sheet")).to_be_hidden()


def test_what_was_typed_is_still_there_after_a_reload(site: Site, browse: Browse) -> None:
    page = browse(site, site.actor("李梅"), path=f"{FEED}post/")
    area = page.locator("textarea").first
    area.fill("楼下的桂花开了")
    expect(page.locator(".kept")).to_contain_text("已保存")

    page.reload()

    expect(page.locator("textarea").first).to_have_value("楼下的桂花开了")


def test_a_chosen_picture_is_shown_and_can_be_taken_back(site: Site, browse: Browse) -> None:
    page = browse(site, site.actor("李梅"), path=f"{FEED}post/")
    field = page.locator("picture-input input[type=file]")
    field.set_input_files([{**PICTURE, "buffer": PIXEL}])
    field.set_input_files([{**PICTURE, "name": "gate.png", "buffer": PIXEL}])
    expect(page.locator(".picked li")).to_have_count(2)

    page.locator(".picked li button").first.click()

    expect(page.locator(".picked li")).to_have_count(1)
    assert field.evaluate("(input) => [...input.files].map((file) => file.name)") == ["gate.png"]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_elder_view_is_one_press_away(site: Site, browse: Browse, javascript: bool) -> None:
    page = browse(site, path="/", javascript=javascript)

    page.get_by_role("button", name="长辈版").first.click()

    assert page.locator("html").get_attribute("data-size") == "elder"
    page.get_by_role("button", name="标准版").click()
    assert page.locator("html").get_attribute("data-size") == "standard"


def test_the_feed_last_seen_opens_offline_and_other_pages_say_so(site: Site, browse: Browse) -> None:
    page = browse(site, site.actor("李梅"), path=FEED)
    until(page, "navigator.serviceWorker.controller !== null")
    page.goto(FEED)
    until(page, f"(async () => {KEPT} > 0)()")

    page.context.set_offline(True)
    page.goto(FEED)
    seen = page.locator("main article").count()
    page.goto("/me/devices/")

    assert seen >= 5
    expect(page.locator("h1")).to_have_text("现在没有网络")
    page.context.set_offline(False)


def test_nothing_a_person_read_is_kept_after_log_out(fresh_site: Site, browse: Browse) -> None:
    page = browse(fresh_site, fresh_site.actor("李梅"), path=FEED)
    until(page, "navigator.serviceWorker.controller !== null")
    page.goto(FEED)
    until(page, f"(async () => {KEPT} > 0)()")

    page.goto("/me/")
    page.locator("button[formaction*='logout']").click()
    page.wait_for_url(lambda address: "/me/" not in address)

    # The first page, as strangers see it, may be kept; what was read before may not.
    until(page, f"caches.open('pages-1').then((c) => c.match('{FEED}')).then((found) => found === undefined)")
