import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.browser.site import Actor, Site, seed

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]
VIEWPORTS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
Browse = Callable[..., Page]


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    missing = not chromium() and not os.environ.get("LINLI_BROWSER_REQUIRED")
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason="no Chromium was found; install one or set CHROMIUM=/path"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "no Chromium was found; install one or set CHROMIUM=/path"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo community, built once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "seeded"
    with (shared / "seeded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "sessions.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            seed(folder)
    return folder


@pytest.fixture(scope="session")
def site(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server that tests only read from, or change where no other test looks."""
    running = Site(seeded, tmp_path_factory.mktemp("site") / "data")
    yield running
    running.stop()


@pytest.fixture
def fresh_site(seeded: Path, tmp_path: Path) -> Iterator[Site]:
    """A server of one's own, for journeys that change a lot."""
    running = Site(seeded, tmp_path / "data")
    yield running
    running.stop()


class Watch:
    """What a page must never do: break, be stopped by the security policy, or ask another host."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def over(self, context: BrowserContext, address: str) -> None:
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("console", self._console)
        context.on("request", lambda request: self._request(request, address))

    def _console(self, message: ConsoleMessage) -> None:
        # A refusal (422), a page that does not exist and no network are answers, not faults.
        answers = ("Failed to load resource", "htmx:afterRequest", "htmx:sendError")
        if message.type == "error" and not message.text.startswith(answers):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request, address: str) -> None:
        if not request.url.startswith((address, "data:", "blob:", "about:")):
            self.faults.append(f"asked another host: {request.url}")


@pytest.fixture
def browse(browser: Browser) -> Iterator[Browse]:
    """`browse(site, actor, device="phone", language="zh-hans", size="standard", theme="light")` → an open page."""
    contexts: list[BrowserContext] = []
    watch = Watch()

    def open_one(
        at: Site,
        who: Actor | None = None,
        *,
        device: str = "phone",
        language: str = "zh-hans",
        size: str = "standard",
        theme: str = "light",
        javascript: bool = True,
        path: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport=VIEWPORTS[device],
            has_touch=device == "phone",
            is_mobile=device == "phone",
            locale=LOCALES[language],
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
            base_url=at.address,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        watch.over(context, at.address)
        if who:
            at.prefer(who, language=language, size=size, theme=theme)
            context.add_cookies([{"name": at.cookie, "value": who.key, "url": at.address}])
        else:
            chosen = {"linli_language": language, "linli_size": size, "linli_theme": theme}
            context.add_cookies([{"name": name, "value": value, "url": at.address} for name, value in chosen.items()])
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert watch.faults == []
