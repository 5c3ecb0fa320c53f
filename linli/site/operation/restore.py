"""Brings a backup back: tested first, loaded aside, counted and compared, and only then put in place."""

import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from linli.site.operation import rows
from linli.site.operation.archive import Archive, Damaged, reading
from linli.site.operation.backup import write_backup
from linli.site.operation.errors import OperatorError

# Made by migrations themselves, so they say nothing about use.
_PASSIVE = {"contenttypes.contenttype", "auth.permission"}
SPACE_FACTOR = 4  # tables are packed about so much


@dataclass(frozen=True)
class Restored:
    manifest: dict[str, Any]
    kept: Path | None  # what was here before


def restore(source: Path, *, data: Path, is_replacing: bool, now: datetime) -> Restored:
    """Whatever goes wrong before the end leaves everything as it was."""
    with reading(source) as backup:
        _refuse_unknown_migrations(backup, source)
        if not is_replacing:
            _refuse_used(data)
        _refuse_small_disk(source, data)
        place = _Sqlite(data, now) if connection.vendor == "sqlite" else _Postgres(data, now, is_replacing=is_replacing)
        with place.loading():
            models_by_table = _make_tables(backup)
            with place.rows():
                _load(backup, models_by_table)
                _compare(backup, models_by_table)
            call_command("migrate", interactive=False, verbosity=0)
            _unpack(backup, place.aside)
            place.put_in_place()
        return Restored(backup.manifest, place.old if place.old.exists() else None)


def _refuse_unknown_migrations(backup: Archive, source: Path) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    if missing := sorted(set(backup.manifest["migrations"]) - known):
        raise OperatorError(
            f"{source} was written by Linli {backup.manifest['linli']}, which has tables this Linli does not know "
            f"({missing[0]}). Install that version or a newer one. Nothing was changed."
        )


def _refuse_used(data: Path) -> None:
    media = data / "media"
    has_media = media.is_dir() and any(media.iterdir())
    if has_media or (_has_database() and any(_is_used(model) for model in apps.get_models())):
        raise OperatorError(
            "There is a community here already. Restore into an empty data folder and database, "
            "or add --replace to put what is here aside first. Nothing was changed."
        )


def _has_database() -> bool:
    """Asking SQLite for a file that is not there would make one."""
    return connection.vendor != "sqlite" or Path(str(connection.settings_dict["NAME"])).exists()


def _is_used(model: type[models.Model]) -> bool:
    meta = model._meta
    if meta.label_lower in _PASSIVE or not meta.managed or meta.db_table not in _present():
        return False
    return models.QuerySet(model).exists()


def _present() -> list[str]:
    return connection.introspection.table_names()


def _refuse_small_disk(source: Path, data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    needed = source.stat().st_size * SPACE_FACTOR
    if (free := shutil.disk_usage(data).free) < needed:
        raise OperatorError(
            f"The disk has {free >> 20} MB left; restoring needs about {needed >> 20} MB. Nothing was changed."
        )


def _make_tables(backup: Archive) -> dict[str, type[models.Model]]:
    """Empty tables as they were when the backup was written, and their models, by name."""
    executor = MigrationExecutor(connection)
    recorded = {tuple(name.split(".", 1)) for name in backup.manifest["migrations"]}
    graph = executor.loader.graph
    last = [
        node
        for node in graph.nodes
        if node in recorded
        and not any(child.key[0] == node[0] and child.key in recorded for child in graph.node_map[node].children)
    ]
    executor.migrate(last)
    state = MigrationExecutor(connection).loader.project_state(last)
    return {model._meta.db_table: model for model in state.apps.get_models(include_auto_created=True)}


def _load(backup: Archive, models_by_table: dict[str, type[models.Model]]) -> None:
    described = backup.manifest["tables"]
    for table in described:
        model = models_by_table.get(table["table"])
        if model is None or {field.column for field in rows.columns_of(model)} != set(table["columns"]):
            raise Damaged(f"The backup's table {table['table']} does not fit its migrations. Nothing was changed.")
    with connection.cursor() as cursor:
        for table in described:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table['table'])}")  # noqa: S608  (known above)
    for table in described:
        rows.insert(models_by_table[table["table"]], table["columns"], _lines(backup, table["table"]))
        _continue_numbers(models_by_table[table["table"]], table["last_id"])
    connection.check_constraints()


def _lines(backup: Archive, table: str) -> Iterator[bytes]:
    with backup.open(f"tables/{table}.jsonl.gz") as file, gzip.open(file) as lines:
        for line in lines:
            yield line.rstrip(b"\n")


def _continue_numbers(model: type[models.Model], last_id: int | None) -> None:
    if last_id is None:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last_id])
        else:
            named = [f'"{table}"', model._meta.pk.column, last_id]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", named)


def _compare(backup: Archive, models_by_table: dict[str, type[models.Model]]) -> None:
    """Read everything back and compare it with what was backed up."""
    for table in backup.manifest["tables"]:
        tally = rows.Tally()
        for line in rows.lines_of(models_by_table[table["table"]], table["columns"]):
            tally.add(line)
        if (tally.rows, tally.digest) != (table["rows"], table["digest"]):
            raise OperatorError(
                f"The table {table['table']} did not come back as it was ({tally.rows} of {table['rows']} rows). "
                "Nothing was changed."
            )


def _unpack(backup: Archive, aside: Path) -> None:
    """Media and secret key into the folder aside; their digests were tested when the file was opened."""
    (aside / "media").mkdir(mode=0o700)
    for name in backup.names:
        if name.startswith("media/") or name == "secret_key":
            target = aside / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with (
                backup.open(name) as file,
                os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
            ):
                shutil.copyfileobj(file, out, 1024 * 1024)
                out.flush()
                os.fsync(out.fileno())


class _Place:
    """Where the restored files are made ready, and how they and the old ones change places."""

    def __init__(self, data: Path, now: datetime) -> None:
        self.data = data
        self.aside = data / f".restoring-{os.getpid()}"
        self.old = data / f"before-restore-{now:%Y%m%d-%H%M%S}"
        self._undo: list[Callable[[], object]] = []

    @contextmanager
    def _folder(self) -> Iterator[None]:
        self.aside.mkdir(mode=0o700)
        try:
            yield
        except BaseException:
            for step in reversed(self._undo):
                step()
            raise
        finally:
            shutil.rmtree(self.aside, ignore_errors=True)

    def _swap(self, current: Path, ready: Path) -> None:
        """Both by renaming within one disk; undone if a later step fails."""
        if current.exists():
            folder = current.parent / self.old.name
            folder.mkdir(mode=0o700, exist_ok=True)
            kept = folder / current.name
            current.rename(kept)
            self._undo.append(lambda: kept.rename(current))
        if ready.exists():
            ready.rename(current)
            self._undo.append(lambda: current.rename(ready))


class _Sqlite(_Place):
    """A new database file beside the old one."""

    def __init__(self, data: Path, now: datetime) -> None:
        super().__init__(data, now)
        self.current = Path(str(connection.settings_dict["NAME"]))
        # Beside the present file, which may lie on another disk than the data folder.
        self.draft = self.current.with_name(f".{self.current.name}.restoring")

    @contextmanager
    def loading(self) -> Iterator[None]:
        connection.close()
        self._remove_drafts()
        with self._folder():
            connection.settings_dict["NAME"] = str(self.draft)
            try:
                yield
            finally:
                connection.close()
                connection.settings_dict["NAME"] = str(self.current)
                self._remove_drafts()

    def _remove_drafts(self) -> None:
        for suffix in ("", "-wal", "-shm", ".gate"):
            Path(f"{self.draft}{suffix}").unlink(missing_ok=True)

    @contextmanager
    def rows(self) -> Iterator[None]:
        connection.disable_constraint_checking()
        try:
            with transaction.atomic():
                yield
        finally:
            connection.enable_constraint_checking()

    def put_in_place(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        for suffix in ("-wal", "-shm", ""):
            self._swap(Path(f"{self.current}{suffix}"), Path(f"{self.draft}{suffix}"))
        for name in ("media", "secret_key"):
            self._swap(self.data / name, self.aside / name)


class _Postgres(_Place):
    """Everything in one transaction; the old rows go into a backup of their own first."""

    def __init__(self, data: Path, now: datetime, *, is_replacing: bool) -> None:
        super().__init__(data, now)
        self.now, self.is_replacing = now, is_replacing

    @contextmanager
    def loading(self) -> Iterator[None]:
        if self.is_replacing and MigrationRecorder(connection).has_table():
            self.old.mkdir(mode=0o700, exist_ok=True)
            target = self.old / "database.linli"
            write_backup(target, media=self.data / "none", secret_key=self.data / "none", now=self.now)
        with self._folder(), transaction.atomic():
            self._drop_tables()
            yield

    def rows(self) -> nullcontext[None]:
        # Foreign keys are deferred to the end of the transaction by Django's own design.
        return nullcontext()

    def put_in_place(self) -> None:
        for name in ("media", "secret_key"):
            self._swap(self.data / name, self.aside / name)

    def _drop_tables(self) -> None:
        """Ours only: the database may hold more."""
        ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                if table in ours:
                    cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
