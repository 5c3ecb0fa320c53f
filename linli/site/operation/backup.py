"""Writes database and media into one file, from one consistent view, while others go on writing."""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from linli import __version__
from linli.site.operation import archive
from linli.site.operation.rows import Tally, columns_of, lines_of

# People log in again after a restore; what was sent out once must not work twice.
LEFT_OUT = frozenset({"people.session", "kernel.heartbeat", "kernel.allowance"})


def tables() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]


def write_backup(target: Path, *, media: Path, secret_key: Path, now: datetime) -> dict[str, Any]:
    """The manifest of what was written."""
    with archive.writing(target, int(now.timestamp())) as writer:
        with snapshot():
            described = [_write_table(writer, model) for model in tables()]
            applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
            engine = connection.vendor
        _write_media(writer, media)
        if secret_key.is_file():
            _write_file(writer, "secret_key", secret_key)
        manifest = {
            "linli": __version__,
            "written_at": now.isoformat(),
            "engine": engine,
            "migrations": applied,
            "tables": described,
        }
        return writer.finish(manifest)


@contextmanager
def snapshot() -> Iterator[None]:
    """One view of the database for all that is read inside; writers are not held up."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Not atomic(): that would take the write lock.
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        else:
            with transaction.atomic():
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                yield


def _write_table(writer: archive.Writer, model: type[models.Model]) -> dict[str, Any]:
    tally = Tally()
    table = model._meta.db_table
    columns = [field.column for field in columns_of(model)]
    with TemporaryFile() as file:
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
            for line in lines_of(model, columns):
                packed.write(tally.add(line) + b"\n")
        size = file.tell()
        file.seek(0)
        writer.add(f"tables/{table}.jsonl.gz", file, size)
    return {
        "model": model._meta.label_lower,
        "table": table,
        "columns": columns,
        "rows": tally.rows,
        "digest": tally.digest,
        "last_id": last_id(model),
    }


def last_id(model: type[models.Model]) -> int | None:
    """The highest number ever given, so that no number is given twice after a restore."""
    key = model._meta.pk
    if not isinstance(key, models.AutoField):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{model._meta.db_table}"', key.column])
            (sequence,) = cursor.fetchone()
            cursor.execute(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608  (a name the database gave)
        found = cursor.fetchone()
    # A table that a migration made anew while it was empty remembers 0 in SQLite, which is no number given.
    return int(found[0]) or None if found else None


def _write_media(writer: archive.Writer, media: Path) -> None:
    """Finished files only: names that begin with a dot are still being written."""
    for folder, folders, names in os.walk(media):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                _write_file(writer, f"media/{path.relative_to(media).as_posix()}", path)


def _write_file(writer: archive.Writer, name: str, path: Path) -> None:
    try:
        file: IO[bytes] = path.open("rb")
    except FileNotFoundError:
        return  # removed by its owner since the folder was read
    with file:
        writer.add(name, file, os.fstat(file.fileno()).st_size)
