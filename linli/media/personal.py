from collections.abc import Iterator

from linli.kernel import storage
from linli.media import enclosing
from linli.media.actions import file_name
from linli.media.models import Enclosure, Picture
from linli.people.models import Person
from linli.people.personal import Erasure, Export, OwnFile, Personal, exports

PERSONAL_DATA = {
    "Picture": Personal(export="pictures", erasure=Erasure.DELETED),
    "Enclosure": Personal(export="enclosures", erasure=Erasure.DELETED),
}


@exports
def pictures(person: Person) -> Export:
    rows = list(Picture.objects.filter(owner__person=person).order_by("pk"))
    return Export(
        lists={
            "pictures": [{"file": _name(row), "width": row.width, "height": row.height, "at": row.at} for row in rows]
        },
        files=_files(rows),
    )


def _name(row: Picture) -> str:
    return f"pictures/{row.pk}.webp"


def _files(rows: list[Picture]) -> Iterator[OwnFile]:
    for row in rows:
        path = storage.path_of(file_name(row.name, row.sizes[-1]))
        if path.is_file():
            yield OwnFile(name=_name(row), content=path)


@exports
def enclosures(person: Person) -> Export:
    rows = list(Enclosure.objects.filter(owner__person=person, failed_at=None).order_by("pk"))
    return Export(
        lists={
            "enclosures": [
                {"file": _enclosed(row), "kind": row.kind, "called": row.called, "seconds": row.seconds, "at": row.at}
                for row in rows
            ]
        },
        files=_enclosed_files(rows),
    )


def _enclosed(row: Enclosure) -> str:
    return f"files/{row.pk}.{row.suffix}"


def _enclosed_files(rows: list[Enclosure]) -> Iterator[OwnFile]:
    for row in rows:
        path = storage.path_of(enclosing.file_name(row))
        if path.is_file():
            yield OwnFile(name=_enclosed(row), content=path)
