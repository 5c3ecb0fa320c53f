from linli.notices.models import NoticePlan, Receipt
from linli.people.models import Person
from linli.people.personal import NOT_PERSONAL, Erasure, Export, Personal, exports

PERSONAL_DATA = {
    "Notice": NOT_PERSONAL,  # its words are the entry's
    "Receipt": Personal(export="receipts", erasure=Erasure.DELETED),
    "NoticePlan": Personal(export="notice_plans", erasure=Erasure.DELETED),
    "PaperSheet": Personal(
        erasure=Erasure.BLANKED, why="who delivered a sheet is forgotten, that it was delivered is not"
    ),
}


@exports
def receipts(person: Person) -> Export:
    rows = Receipt.objects.filter(member__person=person).order_by("pk")
    plans = NoticePlan.objects.filter(author__person=person, published=None).order_by("pk")
    return Export(
        lists={
            "receipts": list(rows.values("notice_id", "seen_at", "confirmed_at")),
            "notice_plans": list(plans.values("title", "typed", "changed_at", "publish_at")),
        }
    )
