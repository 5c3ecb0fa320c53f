"""What people write is never run: known ways to smuggle a script in, through every text field, in a real browser.

The control shows that the payloads do run in a page that takes them as they are, so that silence here means something.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Browse
from tests.browser.hands import Neighbour, Words
from tests.browser.site import Site

RUN = "window.hit=(window.hit||0)+1"

# Run as soon as the page takes them as they are.
AT_ONCE = (
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f"<img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f'<img src="x" OnErRoR="{RUN}">',
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><set onbegin={RUN} attributeName=x>",
    f"<body onload={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}></select>",
    f"<textarea autofocus onfocus={RUN}></textarea>",
    f"<details open ontoggle={RUN}><summary>x</summary></details>",
    f"<video src=x onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<video><source onerror={RUN}></video>",
    f'<iframe srcdoc="<script>parent.{RUN.replace("window.", "parent.")}</script>"></iframe>',
    '<iframe src="javascript:parent.hit=1"></iframe>',
    f"<object data=x onerror={RUN}></object>",
    '<img src=x onerror="&#119;indow.hit=1">',
    f"<img src=x:x onerror={RUN}//",
    f"--><img src=x onerror={RUN}>",
    f"</title><img src=x onerror={RUN}>",
    f"</textarea><img src=x onerror={RUN}>",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f"<style>@keyframes a{{}}</style><b style='animation:a 1s' onanimationstart={RUN}>x</b>",
    f"<x onclick={RUN} id=h tabindex=1 onfocus={RUN} autofocus>x</x>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<a id=x tabindex=1 autofocus onfocus={RUN}>x</a>",
    f"<button autofocus onfocus={RUN}>x</button>",
)
# Run when somebody follows them, or are ways of Markdown.
WHEN_FOLLOWED = (
    f"[x](javascript:{RUN})",
    f"[x](JaVaScRiPt:{RUN})",
    f"[x](java\tscript:{RUN})",
    f"[x](&#106;avascript:{RUN})",
    f"[x](data:text/html,<script>{RUN}</script>)",
    f"[x](vbscript:{RUN})",
    f"![x](javascript:{RUN})",
    f'[x](https://a.example "onmouseover={RUN}")',
    f"<javascript:{RUN}>",
    f'<a href="javascript:{RUN}">x</a>',
    f'<form action="javascript:{RUN}"><button>x</button></form>',
    f"`<img src=x onerror={RUN}>`",
    f"```html\n<img src=x onerror={RUN}>\n```",
    f"[x]: javascript:{RUN}\n\n[x]",
    f"# <img src=x onerror={RUN}>",
    f"- <svg onload={RUN}>",
    f"> <svg onload={RUN}>",
)


def hits(page: Page) -> int:
    return int(page.evaluate("() => window.hit || 0"))


def test_the_control_runs_what_it_takes_as_it_is(browser: Browser) -> None:
    page = browser.new_page()
    silent = []
    for payload in AT_ONCE:
        page.set_content(f"<!doctype html><body>{payload}</body>")
        page.wait_for_timeout(60)
        if not hits(page):
            silent.append(payload)
    page.close()

    # Some need a moment or another parser; most run, or the other test would prove nothing.
    assert len(silent) <= len(AT_ONCE) // 4, silent


@pytest.fixture
def li_mei(fresh_site: Site, browse: Browse) -> Neighbour:
    return Neighbour(browse(fresh_site, fresh_site.actor("李梅"), device="desktop"), Words("zh-hans"))


def silent(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_timeout(150)
    assert hits(page) == 0, f"{address}: something ran"
    for link in page.locator("main .prose a, main .said a").all():
        href = link.get_attribute("href") or ""
        assert href.startswith(("http://", "https://", "/", "mailto:", "tel:", "#")), href


def test_nothing_runs_on_the_board_or_below_an_entry(li_mei: Neighbour) -> None:
    say, page = li_mei.say, li_mei.page
    everything = [*AT_ONCE, *WHEN_FOLLOWED]
    for start in range(0, len(everything), 18):
        part = everything[start : start + 18]
        li_mei.open("/c/sunny/post/")
        li_mei.write(say("Title"), part[0][:118])
        li_mei.write(say("Text"), "\n\n".join(part))
        li_mei.press_button(say("Put it on the board"))
        page.locator("#comments-title").wait_for()
        entry = page.url
        li_mei.write(say("Your comment"), "\n".join(part))
        li_mei.press_button(say("Comment"))
        page.locator(".comment").wait_for()
        assert hits(page) == 0

        silent(page, entry)
        silent(page, f"{entry}edit/")
        silent(page, f"{entry}share/")
        silent(page, f"{entry}reactions/")
    for board in ("/c/sunny/", "/c/sunny/?show=hot", "/c/sunny/?show=unread", "/c/sunny/kept/?show=followed"):
        silent(page, board)


@pytest.mark.parametrize("payload", [AT_ONCE[0], AT_ONCE[2], AT_ONCE[5], AT_ONCE[26], WHEN_FOLLOWED[0]])
def test_nothing_runs_in_names_stories_circles_and_notices(
    fresh_site: Site, browse: Browse, li_mei: Neighbour, payload: str
) -> None:
    say, page = li_mei.say, li_mei.page
    li_mei.open("/c/sunny/circles/new/")
    li_mei.write(say("Name of the circle"), payload[:32])
    li_mei.write(say("What it is about"), payload)
    li_mei.press_button(say("Found the circle"))
    page.wait_for_url("**/circles/*/")
    circle = page.url
    li_mei.open("/c/sunny/news/new/")
    li_mei.write(say("Title"), payload)
    li_mei.write(say("Text"), f"{payload}\n\n{payload}")
    li_mei.press_button(say("Keep it and give it to the editors"))
    page.wait_for_url("**/stories/*/")
    story = page.url
    for address in (circle, "/c/sunny/circles/", story, "/c/sunny/news/stories/"):
        silent(page, address)

    chen_jing = Neighbour(browse(fresh_site, fresh_site.actor("陈静"), device="desktop"), Words("zh-hans"))
    for address in (story, f"{story}edit/", "/c/sunny/news/desk/"):
        silent(chen_jing.page, address)
    chen_jing.open("/c/sunny/notices/new/")
    chen_jing.write(say("Title"), payload)
    chen_jing.write(say("Text"), payload)
    chen_jing.press_button(say("Keep as a draft"))
    silent(chen_jing.page, "/c/sunny/notices/")
