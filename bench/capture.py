"""Takes from the real feed what the limit needs: its statements, its head, tail and foot; and counts statements.

Run as `python -m bench.capture SEED.json` with LINLI_… set; prints JSON.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from linli.entries.feet import foot  # noqa: E402
from linli.entries.reads import feeds as reads  # noqa: E402
from linli.people import visits  # noqa: E402

LANGUAGE = "zh-hans"


def main(seed: dict[str, Any]) -> None:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.cookies[settings.SESSION_COOKIE_NAME] = seed["sessions"][0]
    html = _get(client, "/c/bench/")
    first, last = html.index("<article"), html.rindex("</article>") + len("</article>")
    is_sqlite = connection.vendor == "sqlite"
    plan = {
        "vendor": connection.vendor,
        "database": str(connection.settings_dict["NAME"]) if is_sqlite else _dsn(),
        "now": str(connection.ops.adapt_datetimefield_value(timezone.now())),
        "members": dict(zip(seed["sessions"], seed["members"], strict=True)),
        "community": seed["community"],
        "head": html[:first],
        "tail": html[last:],
        "foot": _foot(),
        "statements": {
            "visit": _plain(visits._statements().session, ["now", "slug", "session", "now"]),
            "feed": _prepared(reads._member_feed(LANGUAGE, 0, reads.Show.LATEST)),
            "pinned": _prepared(reads._pinned(LANGUAGE, 0)),
        },
    }
    counts = {
        name: {"large": _count(client, large), "small": _count(client, small)}
        for name, large, small in (
            ("feed", "/c/bench/", "/c/small/"),
            ("older page", f"/c/bench/?before={seed['entry']}", "/c/small/?before=999999999"),
        )
    }
    json.dump({"limit": plan, "queries": counts, "bytes": len(html.encode())}, sys.stdout)


def _get(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code} {response.get('Location', '')}"
    return response.content.decode()


def _count(client: Client, url: str) -> int:
    _get(client, url)
    with CaptureQueriesContext(connection) as captured:
        _get(client, url)
    return len(captured)


def _plain(sql: str, names: list[str]) -> dict[str, Any]:
    if connection.vendor == "sqlite":
        sql = sql.replace("%s", "?")
    return {"sql": sql, "fixed": [None] * len(names), "places": list(enumerate(names))}


def _prepared(read: Any) -> dict[str, Any]:
    statement = read._prepare()
    return {
        "sql": statement.sql,
        "fixed": [value if isinstance(value, int | str | None) else str(value) for value in statement.fixed],
        "places": [(place, name) for place, name, _adapt in statement.places],
    }


def _foot() -> str:
    marks = {"id": 111_111, "likes": 222_222, "comments": 333_333}
    html = foot(LANGUAGE, "bench", marks["id"], marks["likes"], marks["comments"], mine=0, is_member=True)
    html = html.replace("%", "%%")
    for name, mark in marks.items():
        html = re.sub(str(mark), f"%({name})s", html)
    return html


def _dsn() -> str:
    given = connection.settings_dict
    return f"host={given['HOST']} port={given['PORT'] or 5432} user={given['USER']} dbname={given['NAME']}"


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
