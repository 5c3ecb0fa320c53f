"""A page that lists things costs the same number of queries for one as for two hundred."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

Grow = Callable[[], object]


def queries_of(client: Client, url: str, **headers: str) -> list[str]:
    """The statements one visit takes, after a first visit that fills what is worked out once."""
    client.get(url, headers=headers)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url, headers=headers)
    assert response.status_code == 200, f"{url} answered {response.status_code}"
    return [query["sql"] for query in captured.captured_queries]


def assert_same_queries(client: Client, url: str, grow: Grow, *, most: int | None = None, **headers: str) -> None:
    """`grow` makes the list longer, from one row to about two hundred; `most` bounds the number itself."""
    before = queries_of(client, url, **headers)
    grow()
    after = queries_of(client, url, **headers)
    extra = "\n".join(sql[:300] for sql in after if sql not in before)
    assert len(after) == len(before), f"{url}: {len(before)} queries with few rows, {len(after)} with many:\n{extra}"
    assert most is None or len(after) <= most, f"{url}: {len(after)} queries, more than {most}:\n" + "\n".join(after)
