from linli.notices.models import Receipt
from linli.people.models import Person
from linli.people.personal import NOT_PERSONAL, Erasure, Export, Personal, exports

PERSONAL_DATA = {
    "Notice": NOT_PERSONAL,  # its words are the entry's
    "Receipt": Personal(export="receipts", erasure=Erasure.DELETED),
}


@exports
def receipts(person: Person) -> Export:
    rows = Receipt.objects.filter(member__person=person).order_by("pk")
    return Export(lists={"receipts": list(rows.values("notice_id", "seen_at", "confirmed_at"))})
