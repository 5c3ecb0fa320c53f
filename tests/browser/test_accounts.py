"""Coming in, in a real browser: with a passkey alone, with a password and no JavaScript, by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import rulers
from tests.browser.conftest import VIEWPORTS, Browse
from tests.browser.site import Site

PASSWORD = "three quiet lanterns"
OWN_PAGES = [
    "/me/", "/me/name/", "/me/ways-in/", "/me/password/", "/me/contact/", "/me/sheet/", "/me/passkeys/",
    "/me/authenticator/", "/me/devices/", "/me/data/", "/me/erasure/", "/account/number/", "/account/again/",
]  # fmt: skip
ENTRANCES = [
    "/account/login/", "/account/signup/", "/account/code/", "/account/password/reset/", "/account/recovery/",
]  # fmt: skip


@pytest.fixture
def keyed(site: Site, browser: Browser) -> Iterator[Page]:
    """A phone that can make passkeys. Browsers make them for names only, so the server is visited as localhost."""
    context = browser.new_context(
        viewport=VIEWPORTS["phone"], base_url=f"http://localhost:{site.port}", locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()
    assert faults == []


def test_a_name_and_a_fingerprint_make_an_account_and_open_it_again(keyed: Page) -> None:
    keyed.goto("/account/signup/?next=/me/devices/")
    keyed.get_by_label("您的称呼").fill("李梅")
    keyed.get_by_role("button", name="指纹、面容或锁屏密码").click()
    keyed.get_by_role("link", name="我已记好，继续").click()
    keyed.wait_for_url(re.compile("/me/devices/$"))
    number = re.sub(r"\D", "", keyed.goto("/me/").text().split("邻里号")[1][:12])  # type: ignore[union-attr]

    keyed.locator("main").get_by_role("button", name="退出登录").click()
    keyed.wait_for_url(re.compile("/$"))
    keyed.goto("/account/login/?next=/me/passkeys/")
    keyed.get_by_role("button", name="指纹、面容或锁屏密码").click()

    keyed.wait_for_url(re.compile("/me/passkeys/$"))
    assert len(number) == 8
    assert keyed.locator(".rows b").inner_text().startswith("Chrome")


def test_a_passkey_is_added_to_an_account_with_a_password_and_removed(keyed: Page) -> None:
    sign_up(keyed, "王强")
    keyed.goto("/me/passkeys/")
    keyed.get_by_role("button", name="在本设备上添加通行密钥").click()

    keyed.locator(".rows").wait_for()
    assert "以后在本设备上" in keyed.locator("#toasts").inner_text()
    keyed.get_by_role("button", name="移除").click()
    keyed.locator(".rows").wait_for(state="detached")


def test_what_asks_again_takes_the_passkey(keyed: Page) -> None:
    sign_up(keyed, "陈静")
    keyed.goto("/me/passkeys/")
    keyed.get_by_role("button", name="在本设备上添加通行密钥").click()
    keyed.locator(".rows").wait_for()

    keyed.goto("/account/again/passkey/?next=/me/data/")
    keyed.get_by_role("button", name="指纹、面容或锁屏密码").click()

    keyed.wait_for_url(re.compile("/me/data/$"))


def sign_up(page: Page, name: str) -> str:
    page.goto("/account/signup/")
    page.fill("#id_name", name)
    page.fill("#id_password", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    return re.sub(r"\D", "", page.locator(".number").inner_text())


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_signing_up_and_logging_in_work_without_javascript(site: Site, browse: Browse, device: str) -> None:
    page = browse(site, device=device, language="en", javascript=False)
    number = sign_up(page, "Grandpa Sun")
    page.goto("/me/")
    page.locator("main").get_by_role("button", name="Log out").click()

    page.goto("/account/login/?next=/me/")
    page.fill("#id_login", f"{number[:4]} {number[4:]}")
    page.fill("#id_password", PASSWORD)
    page.locator("main form button[type=submit]").first.click()

    assert page.url.endswith("/me/")
    assert page.locator("h1").inner_text() == "Grandpa Sun"


def test_one_logs_in_by_keyboard_alone(site: Site, browse: Browse) -> None:
    number = sign_up(browse(site, device="desktop"), "孙爷爷")
    page = browse(site, device="desktop", path="/account/login/?next=/me/")

    page.locator("#id_login").focus()
    page.keyboard.type(number)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/me/$"))


def test_one_can_look_at_what_one_types(site: Site, browse: Browse) -> None:
    page = browse(site, path="/account/login/")
    page.fill("#id_password", PASSWORD)

    page.get_by_role("button", name="显示密码").click()

    assert page.locator("#id_password").get_attribute("type") == "text"
    page.get_by_role("button", name="隐藏密码").click()
    assert page.locator("#id_password").get_attribute("type") == "password"


@pytest.mark.parametrize("device", ["phone", "desktop"])
@pytest.mark.parametrize("look", ["standard", "elder", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_the_account_are_open_to_everybody(
    site: Site, browse: Browse, device: str, look: str, language: str
) -> None:
    size, theme = ("elder" if look == "elder" else "standard"), ("dark" if look == "dark" else "light")
    page = browse(site, device=device, language=language, size=size, theme=theme)
    faults = {}
    for address in ENTRANCES:
        page.goto(address)
        faults[address] = rulers.axe(page) + (rulers.ruler(page, size) if size == "elder" else [])
    sign_up(page, "李梅")
    for address in OWN_PAGES:
        page.goto(address)
        faults[address] = rulers.axe(page) + (rulers.ruler(page, size) if size == "elder" else [])

    assert {address: found for address, found in faults.items() if found} == {}
