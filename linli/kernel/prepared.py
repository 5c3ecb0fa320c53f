"""Hot reads: the ORM compiles a query once, afterwards only its arguments change."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection


class PreparedRead:
    """`build(**arguments) -> values_list queryset`, compiled on first use per database vendor."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build
        self.names = {
            name: parameter.annotation for name, parameter in inspect.signature(build).parameters.items()
        }
        self._compiled: dict[str, tuple[str, list[Any]]] = {}

    def rows(self, **arguments: Any) -> list[tuple[Any, ...]]:
        vendor = connection.vendor
        if vendor not in self._compiled:
            self._compiled[vendor] = self._compile()
        sql, plan = self._compiled[vendor]
        values = {
            name: connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
            for name, value in arguments.items()
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[name] if name else fixed for name, fixed in plan])
            return list(cursor.fetchall())

    def _compile(self) -> tuple[str, list[Any]]:
        sentinels: dict[str, Any] = {}
        for position, (name, annotation) in enumerate(self.names.items()):
            if "datetime" in str(annotation):
                sentinels[name] = datetime(1901, 1, 1, 0, 0, position, 424242, tzinfo=UTC)
            elif str(annotation) in ("str", "<class 'str'>"):
                sentinels[name] = f"\ue0ff{position}\ue0ff"
            else:
                sentinels[name] = 7_340_031_000_000_000 + position
        query = self.build(**sentinels).query
        sql, params = query.get_compiler(connection=connection).as_sql()
        marks = {
            str(connection.ops.adapt_datetimefield_value(value)) if isinstance(value, datetime) else str(value): name
            for name, value in sentinels.items()
        }
        plan = [(marks.get(str(param)), param) for param in params]
        missing = set(sentinels) - {name for name, _ in plan}
        if missing:
            raise ValueError(f"{missing} do not reach the statement")
        return sql, plan
