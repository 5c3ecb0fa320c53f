from django.utils import timezone

from linli.facts.entries import EntryPosted
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
    actions.forget_marks(member_ids=fact.member_ids)


@on(EntryPosted)
def follow_what_one_wrote(fact: EntryPosted) -> None:
    # What is done for an elder is the elder's own thread.
    if fact.person_id:
        actions.follow_own(person_id=fact.person_id, entry_id=fact.entry_id, now=timezone.now())
