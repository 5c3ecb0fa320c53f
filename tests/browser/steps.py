"""The steps that make up a community's first days, each written once for every language, view and device."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from functools import cache
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import FilePayload, ViewportSize, expect

from linli.site.demo.pictures import photograph
from tests.browser.hands import Neighbour, read_qr

QUESTION = "您最近在读哪本书？"
PASSWORD = "three quiet lanterns"
SCENES = ("ginkgo", "cat", "sunset")
A4: ViewportSize = {"width": 794, "height": 1123}
SOON = str(date.today() + timedelta(days=3))


def sign_up(who: Neighbour, name: str) -> None:
    """On the page where an account is made; it ends where one wanted to go."""
    say = who.say
    who.write(say("Your name"), name)
    who.write(say("Password"), PASSWORD)
    who.press_button(say("Sign up"))
    who.page.wait_for_url(re.compile("/account/number/"))
    expect(who.page.locator(".number")).to_have_text(re.compile(r"^[\d\s]{8,}$"))
    who.press(who.page.locator("main a.button-big").first)
    who.page.wait_for_url(lambda address: "/account/" not in address)


def found(who: Neighbour, *, name: str, slug: str, steward: str, kind: str = "residential") -> None:
    say = who.say
    who.open("/account/signup/?next=/found/")
    sign_up(who, steward)
    who.choose(who.page.locator(f"input[name=kind][value={kind}]"))
    who.write(say("Name of the community"), name)
    who.write(say("Address"), slug)
    who.press_button(say("Found the community"))
    who.page.wait_for_url(re.compile(f"/c/{slug}/steward/next/"))
    who.reads(say("%(name)s stands", name=name))


def generate_homes(who: Neighbour, slug: str) -> None:
    """Two buildings of one entrance, three floors of two: twelve homes."""
    say = who.say
    who.open(f"/c/{slug}/homes/generate/")
    for label, number in (
        ("Last number", 2),
        ("Entrances in each building", 1),
        ("Highest floor", 3),
        ("Homes on each floor of an entrance", 2),
    ):
        who.write(say(label), str(number))
    who.press_button(say("Show me first"))
    who.press_button(say("Add these homes"))
    who.page.wait_for_url(re.compile(f"/c/{slug}/homes/$"))


def print_letters(who: Neighbour, slug: str) -> list[str]:
    """Where the sheets' codes lead, read from the sheets as they would be printed."""
    say = who.say
    who.open(f"/c/{slug}/steward/letters/new/")
    who.press_button(say("Make the letters"))
    who.follow(say("Print all"))
    who.page.wait_for_url(re.compile("/print/$"))
    sheets = who.page.locator("article.letter")
    expect(sheets).to_have_count(12)
    window = who.page.viewport_size
    assert window
    who.page.emulate_media(media="print")
    who.page.set_viewport_size(A4)
    codes = [read_qr(sheets.nth(number).screenshot()) for number in (0, 11)]
    who.page.emulate_media(media="screen")
    who.page.set_viewport_size(window)
    return [urlsplit(code).path for code in codes]


def enter(who: Neighbour, letter: str, *, name: str, community: str) -> None:
    """What happens after the camera has read the letter."""
    say = who.say
    who.open(letter)
    who.reads(community)
    who.follow(say("Make an account"))
    sign_up(who, name)
    assert who.page.url.endswith(letter)
    who.write(say("Your name here"), name)
    who.choose(who.field(say("the owner")))
    who.choose(who.field(say("I have read the rules and accept them")))
    who.press_button(say("Yes, this is my home: come in"))
    who.page.wait_for_url(re.compile("/welcome/"))
    who.reads(say("Welcome to %(community)s", community=community))


def make_invitation(who: Neighbour, slug: str) -> str:
    """The link as one would send it."""
    who.open(f"/c/{slug}/steward/invitations/")
    who.press_button(who.say("Make the link"))
    link = who.field(who.say("Address to send"))
    shown = read_qr(who.page.locator("main .family svg").first.screenshot())
    assert link.input_value() == shown
    return urlsplit(shown).path


def come_by_invitation(who: Neighbour, invitation: str, *, name: str) -> None:
    say = who.say
    who.open(invitation)
    who.follow(say("Make an account"))
    sign_up(who, name)
    who.write(say("Your name here"), name)
    who.choose(who.field(say("I have read the rules and accept them")))
    who.press_button(say("Come in"))
    who.page.wait_for_url(re.compile("/welcome/"))


def post(who: Neighbour, slug: str, *, title: str) -> str:
    """The address of the entry."""
    say = who.say
    who.open(f"/c/{slug}/post/")
    who.write(say("Title"), title)
    who.press_button(say("Put it on the board"))
    who.page.wait_for_url(re.compile(rf"/c/{slug}/(entries/\d+/)?$"))
    if "/entries/" not in who.page.url:
        who.follow(title)
        who.page.wait_for_url(re.compile(r"/entries/\d+/$"))
    return urlsplit(who.page.url).path


def ask_to_help(who: Neighbour, slug: str, *, helper: str) -> None:
    """An elder entrusts somebody with everything that can be entrusted."""
    say = who.say
    who.open(f"/c/{slug}/helping/")
    who.follow(say("Let somebody help me"))
    who.write(say("Name of the helper"), helper)
    who.press_button(say("Search"))
    who.follow(helper)
    who.press_button(say("Yes, ask %(name)s to help me", name=helper))
    who.reads(say("Waiting for the answer"))


def act_for(who: Neighbour, slug: str, *, elder: str) -> None:
    say = who.say
    who.open(f"/c/{slug}/helping/")
    who.press_button(say("Yes, I will help"))
    who.press_button(say("Act for %(name)s", name=elder))
    expect(who.page.locator(".acting")).to_contain_text(say("You act for %(name)s", name=elder))


def apply(who: Neighbour, slug: str, *, name: str, answer: str) -> None:
    say = who.say
    who.open(f"/c/{slug}/join/")
    who.write(say("Your name here"), name)
    who.write(QUESTION, answer)
    who.choose(who.field(say("I have read the rules and accept them")))
    who.press_button(say("Send the application"))
    who.reads(say("Your application is here"))


def publish_urgent_notice(who: Neighbour, slug: str, *, title: str, text: str) -> None:
    say = who.say
    who.open(f"/c/{slug}/notices/new/")
    who.write(say("Title"), title)
    who.write(say("Text"), text)
    who.choose(who.field(say("The whole community")))
    who.choose(who.field(say("Urgent: stays on top of every page until its end")))
    who.say_when(say("Matters until"), SOON, "09:30")
    who.press_button(say("Look over"))
    who.reads(say.many("Reaches %(num)s home.", "Reaches %(num)s homes.", 12))
    who.press_button(say.many("Send to %(num)s home", "Send to %(num)s homes", 12))
    who.page.wait_for_url(re.compile(rf"/c/{slug}/entries/\d+/$"))
    expect(who.page.locator("h1")).to_have_text(title)


def confirm_notice(who: Neighbour, slug: str, *, title: str) -> None:
    say = who.say
    who.open(f"/c/{slug}/")
    who.follow(title)
    expect(who.page.locator("h1")).to_have_text(title)
    who.press_button(say("Noted"))
    expect(who.page.locator(".receipt-done")).to_be_visible()


def post_photographs(who: Neighbour, slug: str, *, title: str, text: str) -> str:
    """The address of the entry with three photographs."""
    say = who.say
    who.open(f"/c/{slug}/post/")
    who.write(say("Title"), title)
    who.write(say("Text"), text)
    who.hand_in(say("Pictures"), [photo(scene) for scene in SCENES])
    who.press_button(say("Put it on the board"))
    who.page.wait_for_url(re.compile(rf"/c/{slug}/(entries/\d+/)?$"))
    if "/entries/" not in who.page.url:
        who.follow(title)
        who.page.wait_for_url(re.compile(r"/entries/\d+/$"))
    expect(who.page.locator(".gallery img")).to_have_count(len(SCENES))
    return urlsplit(who.page.url).path


def photographs_tell_nothing(who: Neighbour) -> None:
    """What is served is small, of another format, and has lost where and with what it was taken."""
    for picture in who.page.locator(".gallery img").all():
        answer = who.page.request.get(str(picture.get_attribute("src")))
        assert answer.ok
        served = Image.open(io.BytesIO(answer.body()))
        assert served.format == "WEBP"
        assert not served.getexif()
        assert not {"exif", "xmp", "icc_profile"} & set(served.info)


def comment(who: Neighbour, entry: str, text: str) -> None:
    say = who.say
    who.open(entry)
    who.write(say("Your comment"), text)
    who.press_button(say("Comment"))
    expect(who.page.locator("#comments .comment").filter(has_text=text)).to_be_visible()


def read_readers(who: Neighbour, slug: str, *, title: str) -> None:
    """Of twelve homes one has confirmed, one has not opened it, ten have nobody here."""
    say = who.say
    who.open(f"/c/{slug}/notices/")
    who.follow(say("Who has read it"))
    who.page.wait_for_url(re.compile("/readers/$"))
    expect(who.page.locator("h1")).to_have_text(title)
    grid = who.page.locator(".home-grid")
    expect(grid.locator(".home-confirmed")).to_have_count(1)
    expect(grid.locator(".home-unread")).to_have_count(1)
    expect(grid.locator(".home-unread")).to_contain_text(say("not opened"))
    expect(grid.locator(".home-none")).to_have_count(10)


@cache
def photo(scene: str) -> FilePayload:
    """A picture as a phone sends it, with the place it was taken."""
    drawn = Image.open(photograph(scene))
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 12.0), 3: "E", 4: (121.0, 29.0, 9.0)})
    file = io.BytesIO()
    drawn.save(file, "JPEG", quality=88, exif=exif)
    assert Image.open(io.BytesIO(file.getvalue())).getexif().get_ifd(0x8825)
    return {"name": f"{scene}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
