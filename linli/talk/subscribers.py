from django.utils import timezone

from linli.facts.homes import MovedIn, MovedOut
from linli.facts.people import MemberRenamed, PersonErased, RolesChanged
from linli.kernel.jobs import enqueue
from linli.kernel.journal import on
from linli.talk import actions, tasks


@on(MemberRenamed, RolesChanged, MovedIn, MovedOut)
def rename_on_comments(fact: MemberRenamed | RolesChanged | MovedIn | MovedOut) -> None:
    enqueue(tasks.rebuild_comments_of, member_id=fact.member_id)


@on(PersonErased)
def erase_talk(fact: PersonErased) -> None:
    actions.erase(member_ids=fact.member_ids, now=timezone.now())
