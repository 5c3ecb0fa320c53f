from linli.circles.models import Belonging
from linli.people.models import Person
from linli.people.personal import NOT_PERSONAL, Erasure, Export, Personal, exports

PERSONAL_DATA = {
    "Circle": NOT_PERSONAL,
    "Belonging": Personal(export="circles", erasure=Erasure.DELETED),
}


@exports
def circles(person: Person) -> Export:
    mine = Belonging.objects.filter(member__person=person).order_by("pk")
    rows = mine.values("circle__community__name", "circle__name", "asked_at", "admitted_at", "is_lead", "words")
    return Export(lists={"circles": list(rows)})
