from django.db.models import F

from linli.people.models import Person
from linli.people.personal import NOT_PERSONAL, Erasure, Export, Personal, exports
from linli.welcome.models import FirstStep, Greeting

PERSONAL_DATA = {
    "WelcomeWords": NOT_PERSONAL,
    "FirstStep": Personal(export="first_steps", erasure=Erasure.DELETED),
    "ListPutAway": Personal(erasure=Erasure.DELETED, why="only that a list is not shown"),
    "Greeting": Personal(export="greetings", erasure=Erasure.DELETED),
}


@exports
def welcome(person: Person) -> Export:
    steps = FirstStep.objects.filter(member__person=person).order_by("pk")
    greetings = Greeting.objects.filter(member__person=person).order_by("pk")
    return Export(
        lists={
            "first_steps": list(steps.values("step", "at", community=F("member__community__name"))),
            "greetings": list(greetings.values("words", "at", community=F("member__community__name"))),
        }
    )
