"""“My data” (我的数据): what every package knows of a person, as one ZIP that people and programs can read."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from linli.people.models import Person
from linli.people.own_data import OwnFile, exporters

_IN_MEMORY = 8 * 1024 * 1024


def own_data_file(person: Person, now: datetime) -> IO[bytes]:
    """The finished ZIP, at its beginning; a large one lies on disk until it is closed."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, suffix=".zip")  # noqa: SIM115  (the answer closes it)
    lists: dict[str, list[Mapping[str, object]]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for exporter in exporters():
            export = exporter(person)
            for name, rows in export.lists.items():
                lists.setdefault(name, []).extend(rows)
            for own in export.files:
                _add_file(archive, own)
        for name, rows in lists.items():
            archive.writestr(f"{name}.json", _json(rows))
        archive.writestr("README.txt", _read_me(person, lists, now))
    file.seek(0)
    return file


def _add_file(archive: zipfile.ZipFile, own: OwnFile) -> None:
    # Names come from other packages: never an absolute path or a way up, or the archive would be dangerous to open.
    parts = [part for part in PurePosixPath(own.name).parts if part not in ("/", "..", ".")]
    name = "/".join(["files", *parts])
    if isinstance(own.content, Path):
        if own.content.is_file():
            archive.write(own.content, name, compress_type=zipfile.ZIP_STORED)
    else:
        archive.writestr(name, own.content)


def _json(rows: object) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _read_me(person: Person, lists: Mapping[str, Sequence[Mapping[str, object]]], now: datetime) -> str:
    lines = [
        _("Everything that this Linli server knows of %(name)s, as of %(at)s.")
        % {"name": person.name, "at": f"{now:%Y-%m-%d %H:%M} UTC"},
        "",
        _("Each .json file is one list and opens in any text editor; pictures lie in the folder “files”."),
        "",
        *(f"{name}.json  {len(rows)}" for name, rows in lists.items()),
    ]
    return "\n".join(lines) + "\n"
