from linli.news.models import Story
from linli.people.models import Person
from linli.people.personal import Erasure, Export, Personal, exports

PERSONAL_DATA = {
    "Story": Personal(
        export="stories", erasure=Erasure.BLANKED, why="the empty row tells the editors that one was there"
    ),
    "StoryStep": Personal(erasure=Erasure.BLANKED, why="that it was looked over stays, by whom is forgotten"),
}


@exports
def stories(person: Person) -> Export:
    mine = Story.objects.filter(reporter__person=person).order_by("pk")
    return Export(lists={"stories": list(mine.values("title", "body", "begun_at", "submitted_at", "published_at"))})
