from linli.entries.models import Entry, EntryVersion, Mention
from linli.people.models import Person
from linli.people.personal import NOT_PERSONAL, Erasure, Export, Personal, exports

PERSONAL_DATA = {
    "Entry": Personal(export="entries", erasure=Erasure.BLANKED),
    "EntryVersion": Personal(export="entry_versions", erasure=Erasure.DELETED),
    "EntryPlace": NOT_PERSONAL,
    "Mention": Personal(export="mentions", erasure=Erasure.DELETED),
    "EntryEnclosure": Personal(
        erasure=Erasure.DELETED, why="the recordings and files themselves are handed out, with the entries"
    ),
    "EntryPicture": Personal(
        erasure=Erasure.DELETED, why="the pictures themselves are handed out, with the entries that show them"
    ),
}


@exports
def entries(person: Person) -> Export:
    mine = Entry.objects.filter(author__person=person, deleted_at=None).order_by("pk")
    older = EntryVersion.objects.filter(entry__author__person=person).order_by("pk")
    spoken_to = Mention.objects.filter(member__person=person).order_by("pk")
    return Export(
        lists={
            "mentions": list(spoken_to.values("entry_id", "at")),
            "entries": list(mine.values("id", "community__name", "kind", "title", "body", "reach", "at", "edited_at")),
            "entry_versions": list(older.values("entry_id", "title", "body", "written_at")),
        }
    )
