"""Where a story stands, from its times."""

from linli.news.models import Story
from linli.news.rules import DECLINED, DRAFT, PUBLISHED, RETURNED, WAITING, WITHDRAWN


def state_of(story: Story) -> str:
    if story.published_at:
        return PUBLISHED
    if story.withdrawn_at:
        return WITHDRAWN
    if story.declined_at:
        return DECLINED
    if story.returned_at:
        return RETURNED
    return WAITING if story.submitted_at else DRAFT
