from linli.admission.models import Application, Invitation, InvitationUse, Letter
from linli.people.models import Person
from linli.people.personal import NOT_PERSONAL, Erasure, Export, Personal, exports

PERSONAL_DATA = {
    "JoinSettings": NOT_PERSONAL,
    "Question": NOT_PERSONAL,
    "Sheaf": Personal(erasure=Erasure.BLANKED, why="letters to homes, printed by the office; who made them goes"),
    "Letter": Personal(export="letters", erasure=Erasure.BLANKED),
    "Invitation": Personal(export="invitations", erasure=Erasure.BLANKED),
    "InvitationUse": Personal(export="came_by", erasure=Erasure.DELETED),
    "Application": Personal(export="applications", erasure=Erasure.DELETED),
}


@exports
def admission(person: Person) -> Export:
    applications = Application.objects.filter(person=person).order_by("applied_at")
    invitations = Invitation.objects.filter(made_by__person=person).order_by("made_at")
    letters = Letter.objects.filter(invited_by__person=person) | Letter.objects.filter(used_by__person=person)
    came = InvitationUse.objects.filter(member__person=person).order_by("at")
    return Export(
        lists={
            "applications": list(
                applications.values(
                    "community__name",
                    "name",
                    "answers",
                    "home_words",
                    "home_kind",
                    "applied_at",
                    "approved_at",
                    "refused_at",
                    "withdrawn_at",
                    "reason",
                )
            ),
            "invitations": list(
                invitations.values("community__name", "note", "uses", "uses_max", "made_at", "expires_at", "revoked_at")
            ),
            "letters": list(letters.order_by("made_at").values("kind", "made_at", "expires_at", "used_at")),
            "came_by": list(came.values("invitation__community__name", "at")),
        }
    )
