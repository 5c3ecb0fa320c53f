"""Table rows as lines of JSON: the same on SQLite and PostgreSQL, and nothing lost on the way."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models

CHUNK = 500


def columns_of(model: type[models.Model]) -> list[Any]:
    """The fields that are columns of their own."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def in_order(model: type[models.Model], columns: Sequence[str]) -> list[Any]:
    """The fields of these columns, in this order: that of a table's history is not that of its model."""
    by_column = {field.column: field for field in columns_of(model)}
    return [by_column[column] for column in columns]


def lines_of(model: type[models.Model], columns: Sequence[str]) -> Iterator[bytes]:
    """Every row, by primary key."""
    names = [field.attname for field in in_order(model, columns)]
    queryset: models.QuerySet[Any] = models.QuerySet(model)
    for row in queryset.order_by("pk").values_list(*names).iterator(chunk_size=2000):
        yield line_of(row)


def line_of(row: Iterable[Any]) -> bytes:
    return json.dumps(
        [plain(value) for value in row], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def plain(value: Any) -> Any:
    """The value as JSON has it; the field knows the way back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def value_of(field: Any, value: Any) -> Any:
    """What the database takes for the plain value."""
    if value is None and isinstance(field, models.JSONField) and not field.null:
        return field.get_db_prep_save(models.Value(None, models.JSONField()), connection)
    if value is not None and isinstance(field, models.BinaryField):
        value = base64.b64decode(value)
    elif value is not None and isinstance(field, models.DurationField):
        value = timedelta(microseconds=value)
    elif value is not None and not isinstance(field, models.JSONField | models.ForeignKey):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def insert(model: type[models.Model], columns: Sequence[str], lines: Iterable[bytes]) -> None:
    fields = in_order(model, columns)
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    # Names of our own tables and columns only.
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    waiting = iter(lines)
    with connection.cursor() as cursor:
        while chunk := list(islice(waiting, CHUNK)):
            cursor.executemany(statement, [_values(fields, line) for line in chunk])


def _values(fields: Sequence[Any], line: bytes) -> list[Any]:
    return [value_of(field, value) for field, value in zip(fields, json.loads(line), strict=True)]


class Tally:
    """How many lines, and a digest that does not depend on their order, which differs between databases."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, line: bytes) -> bytes:
        self.rows += 1
        self._sum += int.from_bytes(hashlib.sha256(line).digest(), "big")
        return line

    @property
    def digest(self) -> str:
        return f"{self._sum % 2**256:064x}"
