from linli.facts.people import PersonErased
from linli.kernel.journal import on
from linli.notices.actions import forget


@on(PersonErased)
def erase_receipts(fact: PersonErased) -> None:
    forget(member_ids=fact.member_ids)
