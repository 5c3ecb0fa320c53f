from django.db.models import F

from linli.people.models import Person
from linli.people.personal import Erasure, Export, Personal, exports
from linli.talk.models import Comment, Like, Mark, MutedMember

PERSONAL_DATA = {
    "Comment": Personal(export="comments", erasure=Erasure.BLANKED),
    "Like": Personal(export="likes", erasure=Erasure.DELETED),
    "Mark": Personal(export="marks", erasure=Erasure.DELETED),
    "MutedMember": Personal(export="muted", erasure=Erasure.DELETED),
    "AcceptedAnswer": Personal(erasure=Erasure.BLANKED, why="which answer it was stays, who said so is forgotten"),
}


@exports
def talk(person: Person) -> Export:
    comments = Comment.objects.filter(author__person=person, deleted_at=None).order_by("pk")
    likes = Like.objects.filter(member__person=person).order_by("pk")
    marks = Mark.objects.filter(member__person=person).order_by("pk")
    muted = MutedMember.objects.filter(member__person=person).order_by("pk")
    return Export(
        lists={
            "comments": list(comments.values("entry_id", "body", "at", "edited_at")),
            "marks": list(marks.values("entry_id", "kept_at", "followed_at", "muted_at")),
            "muted": list(muted.values("at", community=F("member__community__name"), name=F("muted__name"))),
            "likes": list(likes.values("entry_id", "comment_id", "at")),
        }
    )
