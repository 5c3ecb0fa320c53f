"""Brings the database's tables up to date before the server starts."""

from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from linli.site.operation.errors import OperatorError


def pending() -> list[str]:
    """Migrations on disk that the database has not seen, without loading them."""
    with connection.cursor() as cursor:
        if MigrationRecorder.Migration._meta.db_table not in connection.introspection.table_names(cursor):
            return ["everything"]
    seen = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    return sorted(_on_disk() - seen)


def unknown() -> list[str]:
    """Migrations of a newer Linli: this one does not know the tables any more."""
    labels = {config.label for config in apps.get_app_configs()}
    seen = MigrationRecorder(connection).applied_migrations()
    on_disk = _on_disk()
    return sorted(
        f"{app}.{name}"
        for app, name in seen
        if app in labels and f"{app}.{name}" not in on_disk and not _was_replaced(app, name)
    )


def migrate() -> bool:
    """Whether anything was to be done."""
    if not pending():
        if newer := unknown():
            raise OperatorError(
                f"A newer Linli has used this database ({newer[0]}). "
                "Install it again, or restore a backup written by this one."
            )
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def _on_disk() -> set[str]:
    found = set()
    for config in apps.get_app_configs():
        for path in (Path(config.path) / "migrations").glob("[0-9]*.py"):
            found.add(f"{config.label}.{path.stem}")
    return found


def _was_replaced(app: str, name: str) -> bool:
    """Other packages sometimes squash their migrations; only ours are known one by one."""
    config = apps.get_app_config(app)
    return not config.name.startswith("linli.") or not name[:1].isdigit()
