from linli.facts.people import PersonErased
from linli.kernel.journal import on
from linli.tips import actions


@on(PersonErased)
def forget_keeper(fact: PersonErased) -> None:
    actions.forget(member_ids=fact.member_ids)
