"""Where pictures are asked for. The name is part of the address, so that browsers may keep an answer for ever."""

from __future__ import annotations

from linli.media.models import SIZES


def entry_picture(slug: str, entry_id: int, picture_id: int, size: int) -> str:
    return f"/c/{slug}/entries/{entry_id}/{picture_id}-{size}.webp"


def own_picture(slug: str, picture_id: int, size: int = SIZES[0]) -> str:
    """A picture that is in no entry yet; below the community, so that a helper sees what is sent for the elder."""
    return f"/c/{slug}/pictures/{picture_id}-{size}.webp"


def portrait(slug: str, member_id: int | None, name: str, size: int = 160) -> str:
    """The address of a member's portrait, or nothing where there is none."""
    return f"/c/{slug}/people/{member_id}/portrait-{name}-{size}.webp" if name and member_id else ""


def community_picture(slug: str, name: str, size: int = 480) -> str:
    return f"/c/{slug}/picture-{name}-{size}.webp" if name else ""


def entry_enclosure(slug: str, entry_id: int, enclosure_id: int, suffix: str) -> str:
    return f"/c/{slug}/entries/{entry_id}/enclosures/{enclosure_id}.{suffix}"


def own_enclosure(slug: str, enclosure_id: int, suffix: str) -> str:
    """One that is in no entry yet, for the one who sent it."""
    return f"/c/{slug}/enclosures/{enclosure_id}.{suffix}"
