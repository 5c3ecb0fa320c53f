from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from linli.people.models import Person
from linli.people.own_data import NOT_PERSONAL, Declaration, Erasure, Export, Personal, exports

PERSONAL_DATA = {
    "PasskeyHandle": Personal(erasure=Erasure.DELETED, why="a random name that only the device can use"),
    "RecoverySheet": Personal(erasure=Erasure.DELETED, why="a digest; the code itself is kept nowhere"),
}

# Tables of packages that cannot speak for themselves.
OTHERS_DATA: Declaration = {
    "account.EmailAddress": Personal(export="email_addresses", erasure=Erasure.DELETED),
    "account.EmailConfirmation": Personal(erasure=Erasure.DELETED, why="never written: addresses are proved by codes"),
    "mfa.Authenticator": Personal(export="second_ways", erasure=Erasure.DELETED),
    "admin.LogEntry": Personal(erasure=Erasure.KEPT, why="what operators did on the server, under their number only"),
    "kernel.RecordedFact": Personal(erasure=Erasure.KEPT, why="ids and times of what happened, no text of anybody"),
    "kernel.Job": Personal(erasure=Erasure.KEPT, why="work under way; rows go when it is done"),
    "kernel.Heartbeat": NOT_PERSONAL,
    "kernel.Tick": NOT_PERSONAL,
    "kernel.Allowance": Personal(erasure=Erasure.KEPT, why="digests and counts that go within hours"),
}


@exports
def ways_in(person: Person) -> Export:
    """Without the secrets, which would let in whoever finds the ZIP."""
    addresses = EmailAddress.objects.filter(user=person).values("email", "verified")
    second = [
        {
            "kind": row.type,
            "name": row.data.get("name", ""),
            "added_at": row.created_at,
            "last_used_at": row.last_used_at,
        }
        for row in Authenticator.objects.filter(user=person).order_by("created_at")
    ]
    return Export(lists={"email_addresses": list(addresses), "second_ways": second})
