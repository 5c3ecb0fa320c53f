"""The limit: no framework, the raw driver, the same statements and the same bytes as the signed-in feed.

What it reads and sends was taken from the real page by bench.capture; the file's name is in LINLI_TEST_LIMIT.
"""

from __future__ import annotations

import json
import os
import sqlite3
from typing import Any

PLAN = json.loads(open(os.environ["LINLI_TEST_LIMIT"], encoding="utf-8").read())  # noqa: PTH123, SIM115
MEMBERS: dict[str, int] = PLAN["members"]
HEAD, TAIL = PLAN["head"], PLAN["tail"]
FOOT: str = PLAN["foot"]
STATEMENTS: dict[str, dict[str, Any]] = PLAN["statements"]


def parameters(name: str, **values: Any) -> list[Any]:
    given = list(STATEMENTS[name]["fixed"])
    for place, key in STATEMENTS[name]["places"]:
        given[place] = values[key]
    return given


if PLAN["vendor"] == "sqlite":
    connection: Any = sqlite3.connect(PLAN["database"], isolation_level=None, check_same_thread=False)
    for pragma in ("mmap_size=134217728", "cache_size=-20000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")

    async def rows(name: str, **values: Any) -> list[Any]:
        found: list[Any] = connection.execute(STATEMENTS[name]["sql"], parameters(name, **values)).fetchall()
        return found
else:
    import psycopg

    pool: list[Any] = []

    async def rows(name: str, **values: Any) -> list[Any]:
        link = (
            pool.pop()
            if pool
            else await psycopg.AsyncConnection.connect(PLAN["database"], autocommit=True, prepare_threshold=1)
        )
        try:
            cursor = await link.execute(STATEMENTS[name]["sql"], parameters(name, **values))
            found: list[Any] = await cursor.fetchall()
            return found
        finally:
            pool.append(link)


async def page(key: str) -> bytes:
    visit = await rows("visit", slug="bench", session=key, now=PLAN["now"])
    if not visit:
        return b""
    member = MEMBERS[key]
    feed = (await rows("feed", member_id=member, community_id=PLAN["community"], before=2**62))[:20]
    pinned = await rows("pinned", member_id=member, community_id=PLAN["community"], now=PLAN["now"])
    shown = [*pinned, *feed]
    cards = [
        card + FOOT % {"id": pk, "likes": likes, "comments": comments, "on": bool(liked)} + "</article>"
        for pk, _kind, likes, comments, card, liked in shown
    ]
    return (HEAD + "".join(cards) + TAIL).encode()


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        while True:
            event = await receive()
            await send({"type": f"{event['type']}.complete"})
            if event["type"] == "lifespan.shutdown":
                return
    key = ""
    for name, value in scope["headers"]:
        if name == b"cookie":
            key = value.decode().partition("linli=")[2].partition(";")[0]
    body = await page(key)
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
