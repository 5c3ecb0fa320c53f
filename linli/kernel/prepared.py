"""Hot reads: the ORM compiles a query once, afterwards only its arguments change."""

from __future__ import annotations

import inspect
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]
_BIGGEST = 2**63 - 1
_PLACES = re.compile(r"%s|%%")


class NotPreparable(ValueError):
    """The builder makes a statement in which an argument cannot simply be exchanged."""


@dataclass(frozen=True)
class Statement:
    """SQL of one database, with the arguments' places among its parameters."""

    sql: str  # in the driver's own style
    django_sql: str
    fixed: list[Any]
    places: tuple[tuple[int, str, Callable[[Any], Any]], ...]
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]
    columns: int | None  # more are selected than asked for


def integer(value: Any) -> int:
    # Beyond what the database can compare, every number is as good as the biggest.
    return max(-_BIGGEST, min(operator.index(value), _BIGGEST))


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text is needed, not {type(value).__name__}")
    return value


def moment(value: Any) -> Any:
    if not isinstance(value, datetime):
        raise TypeError(f"a time is needed, not {type(value).__name__}")
    return connection.ops.adapt_datetimefield_value(value)


# Two values for each argument; small, so that they fit every integer column.
_KINDS: dict[str, tuple[Callable[[int, int], Any], Callable[[Any], Any], str]] = {
    "int": (lambda turn, position: (20_011, 25_117)[turn] + 3 * position, integer, "bigint"),
    "str": (lambda turn, position: f"argument-{turn}-{position}-of-a-prepared-read", text, "text"),
    "datetime": (
        lambda turn, position: datetime(1971, 2, 3, 4, 5, 6, 424242, UTC) + timedelta(days=turn, hours=position),
        moment,
        "timestamptz",
    ),
}


def as_moment(value: datetime | str) -> datetime:
    """A time out of a prepared read; SQLite gives text."""
    if isinstance(value, datetime):
        return value
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


class PreparedRead:
    """`build(**arguments)` answers a `values_list` queryset; it is compiled at its first use.

    Arguments are whole numbers unless annotated `str` or `datetime`. Each must reach the database as it is: what the
    builder decides or computes with it would be frozen, so such a builder is refused.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build
        self.kinds = {
            name: _kind(parameter.annotation) for name, parameter in inspect.signature(build).parameters.items()
        }
        self._statements: dict[str, Statement] = {}

    def rows(self, **arguments: Any) -> list[Row]:
        database = connections[DEFAULT_DB_ALIAS]  # `connection` would look it up at each access
        statement = self._statements.get(database.vendor) or self._prepare()
        parameters = statement.fixed.copy()
        try:
            for place, name, adapt in statement.places:
                parameters[place] = adapt(arguments[name])
        except KeyError:
            raise TypeError(f"the read needs {', '.join(self.kinds)}") from None
        rows = _execute(database, statement, parameters)
        if statement.converters:
            rows = [_convert(row, statement.converters) for row in rows]
        if statement.columns is not None:
            rows = [row[: statement.columns] for row in rows]
        return rows

    def row(self, **arguments: Any) -> Row | None:
        """The first row."""
        rows = self.rows(**arguments)
        return rows[0] if rows else None

    def _prepare(self) -> Statement:
        connection.ensure_connection()
        first, second = self._compile(0), self._compile(1)
        if first[0] != second[0] or len(first[1]) != len(second[1]):
            raise NotPreparable("an argument changes the statement itself")
        names = [self._name_at(*pair) for pair in zip(first[1], second[1], strict=True)]
        if missing := set(self.kinds) - set(names):
            raise NotPreparable(f"{', '.join(sorted(missing))} does not reach the statement")
        made = self._statement(first[0], first[1], names, first[2])
        self._statements[connection.vendor] = made
        return made

    def _sentinels(self, turn: int) -> dict[str, Any]:
        return {name: _KINDS[kind][0](turn, position) for position, (name, kind) in enumerate(self.kinds.items())}

    def _compile(self, turn: int) -> tuple[str, list[Any], Any]:
        compiler = self.build(**self._sentinels(turn)).query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            raise NotPreparable("the statement can never answer a row") from None
        return sql, list(parameters), compiler

    def _name_at(self, first: Any, second: Any) -> str | None:
        if first == second:
            return None
        pairs = zip(self._sentinels(0).items(), self._sentinels(1).values(), strict=True)
        for (name, one), other in pairs:
            adapt = _KINDS[self.kinds[name]][1]
            if first == adapt(one) and second == adapt(other):
                return name
        raise NotPreparable("a value is computed from an argument before it reaches the statement")

    def _statement(self, sql: str, fixed: list[Any], names: list[str | None], compiler: Any) -> Statement:
        expressions = [column[0] for column in compiler.select[: compiler.col_count]]
        converters = tuple(
            (position, list(functions), expression)
            for position, (functions, expression) in compiler.get_converters(expressions).items()
        )
        columns = compiler.col_count if compiler.has_extra_select else None
        if connection.vendor == "postgresql":
            sql, names = _with_types(sql, fixed, names, self.kinds)
            fixed = [None] * len(names)
        places = tuple((place, name, self._adapter(name)) for place, name in enumerate(names) if name)
        own = sql if connection.vendor == "postgresql" else _PLACES.sub(lambda m: "?" if m[0] == "%s" else "%", sql)
        return Statement(own, sql, fixed, places, converters, columns)

    def _adapter(self, name: str) -> Callable[[Any], Any]:
        adapt = _KINDS[self.kinds[name]][1]
        if connection.vendor == "postgresql" and adapt is integer:
            return _int8()
        return adapt


def _kind(annotation: Any) -> str:
    if annotation is inspect.Parameter.empty:
        return "int"
    name = annotation if isinstance(annotation, str) else annotation.__name__
    name = name.removeprefix("datetime.")
    if name not in _KINDS:
        raise NotPreparable(f"an argument is int, str or datetime, not {name}")
    return name


def _int8() -> Callable[[Any], Any]:
    # One type for all numbers, or PostgreSQL would plan the statement once for every size of number.
    from psycopg.types.numeric import Int8  # noqa: PLC0415

    return lambda value: Int8(integer(value))


def _with_types(
    sql: str, fixed: list[Any], names: list[str | None], kinds: dict[str, str]
) -> tuple[str, list[str | None]]:
    """Constants written into the statement, so that partial indexes match; arguments with their type."""
    places = iter(zip(fixed, names, strict=True))

    def written(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%%"
        value, name = next(places)
        if name:
            return f"%s::{_KINDS[kinds[name]][2]}"
        literal: str = connection.ops.compose_sql("%s", [value])  # type: ignore[attr-defined]
        return literal.replace("%", "%%")

    return _PLACES.sub(written, sql), [name for name in names if name]


def _execute(database: BaseDatabaseWrapper, statement: Statement, parameters: list[Any]) -> list[Row]:
    if database.queries_logged or database.execute_wrappers or database.needs_rollback:
        with database.cursor() as cursor:
            cursor.execute(statement.django_sql, parameters)
            return list(cursor.fetchall())
    database.close_if_health_check_failed()
    database.ensure_connection()
    with database.wrap_database_errors:
        if database.vendor == "sqlite":
            found: list[Row] = database.connection.execute(statement.sql, parameters).fetchall()
            return found
        return _execute_prepared(database, statement.sql, parameters)


def _execute_prepared(database: BaseDatabaseWrapper, sql: str, parameters: list[Any]) -> list[Row]:
    raw: Any = database.connection
    # Django turns prepared statements off because some poolers break them: then OPTIONS has prepare_threshold None.
    if raw.prepare_threshold is None and "prepare_threshold" not in database.settings_dict["OPTIONS"]:
        raw.prepare_threshold = 5
    from psycopg import Cursor  # noqa: PLC0415  (not installed where SQLite alone is used)

    with Cursor(raw) as cursor:
        return list(cursor.execute(sql, parameters, prepare=True).fetchall())


def _convert(row: Row, converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]) -> Row:
    values = list(row)
    for position, functions, expression in converters:
        for function in functions:
            values[position] = function(values[position], expression, connection)
    return tuple(values)
