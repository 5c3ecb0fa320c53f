"""What happens among members: somebody helps, somebody asks to be let in, somebody does not want to see somebody."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import Browse
from tests.browser.hands import Neighbour, Words
from tests.browser.pages import NUMBERS
from tests.browser.site import Site

SLUGS = (f"reading-{number}" for number in count(1))
Somebody = Callable[..., Neighbour]


@pytest.fixture
def somebody(site: Site, browse: Browse) -> Somebody:
    def opened(**options: object) -> Neighbour:
        return Neighbour(browse(site, **options), Words(str(options.get("language", "zh-hans"))))

    return opened


@pytest.fixture
def circle(somebody: Somebody) -> tuple[str, Neighbour, str]:
    """A reading circle, its steward at a desk, and the link that lets people in."""
    steward, slug = somebody(device="desktop"), next(SLUGS)
    steps.found(steward, name="梅园读书会", slug=slug, steward="陈静", kind="interest")
    return slug, steward, steps.make_invitation(steward, slug)


def test_somebody_helps_an_elder_until_it_is_revoked(circle: tuple[str, Neighbour, str], somebody: Somebody) -> None:
    slug, _, invitation = circle
    sun, li_mei = somebody(size="elder"), somebody()
    steps.come_by_invitation(sun, invitation, name="孙爷爷")
    steps.come_by_invitation(li_mei, invitation, name="李梅")

    steps.ask_to_help(sun, slug, helper="李梅")
    steps.act_for(li_mei, slug, elder="孙爷爷")
    entry = steps.post(li_mei, slug, title="送一台老收音机")
    sun.open(entry)
    sun.reads("孙爷爷")
    sun.reads(sun.say("posted by %(helper)s", helper="李梅"))
    sun.open(f"/c/{slug}/helping/acts/").reads("送一台老收音机")

    # She is about to send another, and he ends it.
    li_mei.open(f"/c/{slug}/post/")
    li_mei.write(li_mei.say("Title"), "再送一盏台灯")
    sun.open(f"/c/{slug}/helping/").press_button(sun.say("End at once"))
    sun.reads(sun.say("Nobody acts for you"))
    li_mei.press_button(li_mei.say("Put it on the board"))

    li_mei.reads(li_mei.say("The mandate has ended"))
    expect(li_mei.page.locator("main textarea")).to_have_value("再送一盏台灯")
    li_mei.follow(li_mei.say("Go on in my own name"))
    expect(li_mei.page.locator(".acting")).to_have_count(0)
    li_mei.reads("送一台老收音机")
    expect(li_mei.page.locator("main")).not_to_contain_text("再送一盏台灯")


def test_somebody_is_refused_with_a_reason_and_let_in_the_second_time(
    circle: tuple[str, Neighbour, str], somebody: Somebody
) -> None:
    slug, steward, _ = circle
    say = steward.say
    steward.open(f"/c/{slug}/steward/joining/")
    steward.choose(steward.field(say("People who know the address may apply")))
    steward.write(say("Question"), steps.QUESTION)
    steward.press_button(say("Save"))

    applicant = somebody()
    applicant.open(f"/account/signup/?next=/c/{slug}/join/")
    steps.sign_up(applicant, "王强")
    steps.apply(applicant, slug, name="王强", answer="没有")
    steward.open(f"/c/{slug}/steward/applications/").follow("王强")
    steward.reads("没有")
    steward.write(say("Reason"), "请说说您读过的一本书。")
    steward.press_button(say("Refuse with this reason"))
    applicant.open(f"/c/{slug}/join/").reads("请说说您读过的一本书。")
    board = applicant.page.request.get(f"/c/{slug}/board/")
    assert board.status == 404

    steps.apply(applicant, slug, name="王强", answer="《平凡的世界》")
    steward.open(f"/c/{slug}/steward/applications/").follow("王强")
    steward.reads("《平凡的世界》")
    steward.press_button(say("Let %(name)s in", name="王强"))

    steps.post(applicant, slug, title="大家好")
    steward.open(f"/c/{slug}/").reads("大家好")


def test_whom_one_does_not_want_to_see_is_gone_until_one_does(
    circle: tuple[str, Neighbour, str], somebody: Somebody
) -> None:
    slug, steward, invitation = circle
    li_mei, wang = somebody(), somebody()
    steps.come_by_invitation(li_mei, invitation, name="李梅")
    steps.come_by_invitation(wang, invitation, name="王强")
    entry = steps.post(wang, slug, title="谁有旧杂志")
    say = li_mei.say

    li_mei.open(f"/c/{slug}/").follow("王强")
    li_mei.page.get_by_text(say("I do not want to see this person")).click()
    li_mei.press_button(say("Hide %(name)s from me", name="王强"))
    li_mei.reads(say("You do not see what %(name)s writes. Notices of the office reach you nevertheless.", name="王强"))

    expect(li_mei.open(f"/c/{slug}/").page.locator("main")).not_to_contain_text("谁有旧杂志")
    assert li_mei.page.request.get(entry).status == 404
    steward.open(f"/c/{slug}/").reads("谁有旧杂志")
    wang.open(f"/c/{slug}/").reads("谁有旧杂志")

    li_mei.open(f"/c/{slug}/people/blocked/").press_button(say("See again"))
    li_mei.open(f"/c/{slug}/").reads("谁有旧杂志")


def test_who_erases_the_account_leaves_nothing_behind(circle: tuple[str, Neighbour, str], somebody: Somebody) -> None:
    slug, steward, invitation = circle
    li_mei = somebody()
    steps.come_by_invitation(li_mei, invitation, name="李梅")
    entry = steps.post_photographs(li_mei, slug, title="我们家的猫", text="今天的三张。")
    picture = str(li_mei.page.locator(".gallery img").first.get_attribute("src"))
    assert steward.page.request.get(picture).ok
    number = re.sub(r"\D", "", li_mei.open("/account/number/").page.locator(".number").inner_text())
    say = li_mei.say

    li_mei.open("/me/data/").follow(say("Erase my account"))
    li_mei.choose(li_mei.field(say("Yes, erase my account and everything about me")))
    li_mei.press_button(say("Erase my account for good"))
    li_mei.reads(say("Your account is erased. Goodbye, and thank you for having been here."))

    li_mei.open("/account/login/")
    li_mei.write(say("Linli number, e-mail or phone"), number)
    li_mei.write(say("Password"), steps.PASSWORD)
    li_mei.press_button(say("Log in"))
    li_mei.page.locator("#errors").wait_for()
    assert steward.page.request.get(entry).status == 404
    expect(steward.open(f"/c/{slug}/").page.locator("main")).not_to_contain_text("我们家的猫")
    expect(steward.open(f"/c/{slug}/people/").page.locator("main")).not_to_contain_text("李梅")
    for _ in range(100):
        if not steward.page.request.get(picture).ok:
            break
        steward.page.wait_for_timeout(100)
    assert steward.page.request.get(picture).status == 404


def test_a_notice_once_read_can_be_read_in_the_cellar(site: Site, browse: Browse) -> None:
    li_mei = Neighbour(browse(site, site.actor("李梅")), Words("zh-hans"))
    notice = site.sql(NUMBERS["notice"])[0][0]
    li_mei.open("/c/sunny/")
    expect(li_mei.page.locator("main article").first).to_be_visible()
    for _ in range(200):
        if li_mei.page.evaluate("navigator.serviceWorker.controller !== null"):
            break
        li_mei.page.wait_for_timeout(50)
    title = li_mei.open(f"/c/sunny/entries/{notice}/").page.locator("h1").inner_text()

    li_mei.page.context.set_offline(True)
    li_mei.page.goto("/me/devices/")
    li_mei.page.goto(f"/c/sunny/entries/{notice}/")

    expect(li_mei.page.locator("#toasts")).to_be_empty()
    expect(li_mei.page.locator("h1")).to_have_text(title)
    li_mei.page.context.set_offline(False)
