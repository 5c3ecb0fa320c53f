"""A community's first days, from its founding to the notice that everybody has read, as different people live them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest

from tests.browser import steps
from tests.browser.conftest import Browse
from tests.browser.hands import Neighbour, Words
from tests.browser.site import Site

SLUGS = (f"plum-court-{number}" for number in count(1))


@dataclass(frozen=True)
class Cast:
    community: str
    steward: str
    resident: str
    neighbour: str
    notice: str
    notice_text: str
    post: str
    post_text: str
    answer: str


CASTS = {
    "zh-hans": Cast(
        community="梅园小区",
        steward="陈静",
        resident="李梅",
        neighbour="王强",
        notice="今晚八点起停水检修",
        notice_text="二号泵房的阀门要换。请您提前存一些水。",
        post="院子里的银杏黄了",
        post_text="早上拍的三张，楼下的猫也来了。",
        answer="真好看，下午带孩子去看看。",
    ),
    "en": Cast(
        community="Plum Court",
        steward="Chen Jing",
        resident="Li Mei",
        neighbour="Wang Qiang",
        notice="Water off tonight from eight",
        notice_text="A valve in pump room two is being replaced. Please keep some water.",
        post="The ginkgo in the yard has turned",
        post_text="Three from this morning; the cat came too.",
        answer="Lovely, we will go and look this afternoon.",
    ),
}

VARIATIONS = {
    "as it is": {},
    "without JavaScript": {"javascript": False},
    "in English": {"language": "en"},
    "in the elder view": {"size": "elder"},
    "at night": {"theme": "dark"},
    "by keyboard": {"is_by_keyboard": True},
}
JOURNEYS = [
    *(
        (device, name)
        for name in ("as it is", "without JavaScript", "in English", "in the elder view")
        for device in ("phone", "desktop")
    ),
    ("desktop", "by keyboard"),
]


@pytest.mark.parametrize(("device", "variation"), JOURNEYS)
def test_the_first_days_of_a_community(site: Site, browse: Browse, device: str, variation: str) -> None:
    options = dict(VARIATIONS[variation])
    is_by_keyboard = bool(options.pop("is_by_keyboard", False))
    language = str(options.get("language", "zh-hans"))
    cast, slug = CASTS[language], next(SLUGS)

    def somebody() -> Neighbour:
        return Neighbour(browse(site, device=device, **options), Words(language), is_by_keyboard)

    steward, resident, neighbour = somebody(), somebody(), somebody()

    steps.found(steward, name=cast.community, slug=slug, steward=cast.steward)
    steps.generate_homes(steward, slug)
    letters = steps.print_letters(steward, slug)
    steps.enter(resident, letters[0], name=cast.resident, community=cast.community)
    steps.enter(neighbour, letters[1], name=cast.neighbour, community=cast.community)

    steps.publish_urgent_notice(steward, slug, title=cast.notice, text=cast.notice_text)
    steps.confirm_notice(resident, slug, title=cast.notice)
    entry = steps.post_photographs(resident, slug, title=cast.post, text=cast.post_text)
    steps.photographs_tell_nothing(resident)
    steps.comment(neighbour, entry, cast.answer)

    steps.read_readers(steward, slug, title=cast.notice)
    steward.open(entry)
    steward.reads(cast.answer)
