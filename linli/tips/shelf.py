"""The tips every community starts with."""

import tomllib
from functools import cache
from pathlib import Path
from typing import TypedDict, cast


class ShelfTip(TypedDict):
    month: int
    title_zh: str
    body_zh: str
    title_en: str
    body_en: str


@cache
def shelf() -> tuple[ShelfTip, ...]:
    rows = tomllib.loads((Path(__file__).parent / "shelf.toml").read_text("utf-8"))["tip"]
    return tuple(
        cast("ShelfTip", {name: value.strip() if isinstance(value, str) else value for name, value in row.items()})
        for row in rows
    )
