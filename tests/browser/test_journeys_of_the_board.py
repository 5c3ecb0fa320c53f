"""What a board is for: a story becomes news, a question finds its answer, a notice reaches those it is for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import Browse
from tests.browser.hands import Neighbour, Words
from tests.browser.site import Site

SLUGS = (f"board-{number}" for number in count(1))
Somebody = Callable[..., Neighbour]


@pytest.fixture
def somebody(site: Site, browse: Browse) -> Somebody:
    def opened(**options: object) -> Neighbour:
        return Neighbour(browse(site, **options), Words(str(options.get("language", "zh-hans"))))

    return opened


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def two(request: pytest.FixtureRequest, somebody: Somebody) -> tuple[str, Neighbour, Neighbour]:
    """A circle of friends, its steward at a desk, and a member with a phone."""
    steward, slug = somebody(device="desktop"), next(SLUGS)
    steps.found(steward, name="梅园读书会", slug=slug, steward="陈静", kind="interest")
    member = somebody(javascript=request.param)
    steps.come_by_invitation(member, steps.make_invitation(steward, slug), name="李梅")
    return slug, steward, member


def test_a_story_becomes_news(two: tuple[str, Neighbour, Neighbour]) -> None:
    slug, editor, reporter = two
    say = reporter.say

    reporter.open(f"/c/{slug}/news/").follow(say("Write a story"))
    reporter.write(say("Title"), "读书会办了第一次朗读")
    reporter.write(say("Text"), "周三晚上来了九个人。")
    reporter.press_button(say("Keep it and give it to the editors"))
    reporter.reads(say("an editor has to look at it"))
    story = reporter.page.url

    editor.open(f"/c/{slug}/news/desk/").follow("读书会办了第一次朗读")
    editor.write(say("A word to the reporter"), "请补一句读了什么。")
    editor.press_button(say("Send it back"))
    editor.reads(say("Nothing waits"))

    reporter.page.goto(story)
    reporter.reads("请补一句读了什么。")
    reporter.follow(say("Change the words"))
    reporter.write(say("Text"), "周三晚上来了九个人，读了《背影》。")
    reporter.press_button(say("Keep it and give it to the editors"))

    editor.open(f"/c/{slug}/news/desk/").follow("读书会办了第一次朗读")
    editor.follow(say("Change the words"))
    editor.write(say("Text"), "周三晚上来了九位邻居，读了《背影》。")
    editor.press_button(say("Keep the changes"))
    editor.press_button(say("Publish it"))
    editor.reads(say("Looked over by %(names)s", names="陈静"))

    reporter.open(f"/c/{slug}/news/").follow("读书会办了第一次朗读")
    reporter.reads("九位邻居")
    reporter.page.goto(story)
    expect(reporter.page.locator("main ins").first).to_contain_text("位邻居")


def test_a_question_finds_its_answer(two: tuple[str, Neighbour, Neighbour]) -> None:
    slug, neighbour, asker = two
    say = asker.say

    asker.open(f"/c/{slug}/post/?kind=question")
    asker.write(say("Title"), "哪里修伞")
    asker.write(say("Text"), "伞骨断了一根。")
    asker.press_button(say("Put it on the board"))
    asker.reads(say("When a comment answers your question, press “This answers it” below it: then everybody finds the answer first."))  # fmt: skip
    question = asker.page.url

    neighbour.open(f"/c/{slug}/?show=waiting").follow("哪里修伞")
    for words in ("我也想知道", "南门修鞋的老赵"):
        neighbour.write(say("Your comment"), words)
        neighbour.press_button(say("Comment"))
        neighbour.reads(words)

    asker.page.goto(question)
    right = asker.page.locator(".comment", has_text="南门修鞋的老赵")
    asker.press(right.get_by_role("link", name=say("Answer"), exact=True))
    asker.reads(say("Your answer to %(name)s", name="陈静"))
    asker.write(say("Your comment"), "他几点出摊？")
    asker.press_button(say("Comment"))
    expect(asker.page.locator(".comment-answer")).to_contain_text("他几点出摊？")
    asker.press(
        asker.page.locator(".comment", has_text="南门修鞋的老赵").get_by_role("button", name=say("This answers it"))
    )

    asker.reads(say("The accepted answer"))
    expect(asker.page.locator(".answer")).to_contain_text("南门修鞋的老赵")
    neighbour.open(f"/c/{slug}/").reads(say("Solved"))
    expect(neighbour.open(f"/c/{slug}/?show=waiting").page.locator("main")).not_to_contain_text("哪里修伞")


def test_a_notice_to_one_building_reaches_it_on_screens_and_on_paper(site: Site, browse: Browse) -> None:
    office = Neighbour(browse(site, site.actor("陈静"), device="desktop"), Words("zh-hans"))
    li_mei = Neighbour(browse(site, site.actor("李梅")), Words("zh-hans"))
    say = office.say

    office.open("/c/sunny/notices/new/")
    office.write(say("Title"), "三号楼水箱清洗")
    office.write(say("Text"), "周六九点开始。")
    office.choose(office.field(say("Some buildings or homes")))
    office.choose(office.field("3号楼"))
    office.press_button(say("Look over"))
    office.reads(say.many("Reaches %(num)s home.", "Reaches %(num)s homes.", 20))
    office.press_button(say.many("Send to %(num)s home", "Send to %(num)s homes", 20))
    notice = office.page.url

    li_mei.page.goto(notice)
    li_mei.press_button(say("Noted"))
    li_mei.reads(say("You confirmed this on %(at)s.", at="")[:4])

    # What changes is shown to those who had read the older words, until they say that they know.
    office.follow(say("Correct"))
    office.write(say("Text"), "周日九点开始。")
    office.press_button(say("Publish the correction"))
    li_mei.page.goto(notice)
    li_mei.reads(say("Corrected since you read it"))
    expect(li_mei.page.locator("ins")).to_have_text("日")
    li_mei.press_button(say("Noted"))
    expect(li_mei.page.locator("ins")).to_have_count(0)

    # The others get a sheet, and the office ticks the building.
    office.page.goto(notice)
    office.page.locator("main a[href$='/readers/']").click()
    office.follow(say("Sheets for homes not reached"))
    sheets = office.page.locator("article.paper")
    expect(sheets.first).to_contain_text("3号楼")
    printed = sheets.count()
    assert printed > 2
    office.page.go_back()
    office.page.locator("main button[name='building']").first.click()
    expect(office.page.locator(".home-paper")).to_have_count(printed - 1)
    expect(office.page.locator(".home-unread, .home-none")).to_have_count(0)


def test_a_draft_survives_a_killed_browser(site: Site, browse: Browse) -> None:
    office = Neighbour(browse(site, site.actor("王强"), device="desktop"), Words("zh-hans"))
    say = office.say
    office.open("/c/sunny/notices/new/")
    office.write(say("Title"), "电梯保养还没写完")
    office.press_button(say("Keep as a draft"))
    office.reads("电梯保养还没写完")
    office.page.context.close()

    # Another browser, as on another device: nothing of the first is left in it.
    again = Neighbour(browse(site, site.actor("王强")), Words("zh-hans"))
    again.open("/c/sunny/notices/").follow("电梯保养还没写完")
    expect(again.field(say("Title"))).to_have_value("电梯保养还没写完")
