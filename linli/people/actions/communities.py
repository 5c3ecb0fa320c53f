from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from linli.facts.people import CommunityChanged, CommunityFounded, MemberAdmitted
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people import rules
from linli.people.actions.agreements import note_acceptance
from linli.people.kinds import template_for
from linli.people.models import Agreement, Community, Contact, Member, Person, Section
from linli.people.roles import Role


@transaction.atomic
def found(
    *,
    by: Person,
    member_name: str,
    name: str,
    slug: str,
    kind: str,
    language: str,
    time_zone: str,
    colour: str = "brick",
    is_public: bool = False,
    about: str = "",
    now: datetime,
) -> Member:
    """Found a community from the template of its kind; the founder becomes its steward."""
    template = template_for(kind, language)
    try:
        with transaction.atomic():
            community = Community.objects.create(
                slug=slug,
                name=name,
                kind=kind,
                language=language,
                time_zone=time_zone,
                colour=colour,
                is_public=is_public,
                about=about,
                rules=template.rules,
                welcome=template.welcome,
                words=template.words,
                talk_roles=template.talk_roles,
                notice_roles=template.notice_roles,
                agreement_version=1,
                founded_at=now,
            )
    except IntegrityError:
        raise Refused(rules.SLUG_TAKEN) from None
    Section.objects.bulk_create(
        Section(community=community, name=section, position=i) for i, section in enumerate(template.sections)
    )
    Contact.objects.bulk_create(
        Contact(community=community, name=contact.name, phone=contact.phone, is_office=contact.is_office, position=i)
        for i, contact in enumerate(template.contacts)
    )
    steward = Member.objects.create(
        community=community,
        person=by,
        name=member_name,
        roles=Role.RESIDENT | Role.STEWARD,
        joined_at=now,
    )
    record(CommunityFounded(community_id=community.pk, person_id=by.pk))
    record(MemberAdmitted(community_id=community.pk, person_id=by.pk, member_id=steward.pk, way="founder"))
    agreement = Agreement.objects.create(
        community=community, version=1, text=template.rules, published_by=steward, published_at=now
    )
    note_acceptance(member=steward, agreement=agreement, now=now)
    return steward


def _touch(by: Member) -> None:
    """The shell and cached pages of the community are made anew."""
    Community.objects.filter(pk=by.community_id).update(revision=F("revision") + 1)
    record(CommunityChanged(community_id=by.community_id, person_id=by.person_id))


def _ask_steward(by: Member) -> None:
    if not by.has_role(Role.STEWARD) or by.helper:
        raise Refused(rules.NOT_STEWARD)


@transaction.atomic
def change_settings(
    *,
    by: Member,
    name: str,
    about: str,
    language: str,
    time_zone: str,
    colour: str,
    is_public: bool,
    welcome: str,
    talk_roles: int,
    notice_roles: int,
    words: dict[str, str],
    now: datetime,
) -> None:
    """Change what the template set; the address (slug) stays, because letters and links carry it.

    The rules have an action of their own, `agreements.publish_agreement`, because members accept them by version.
    """
    _ask_steward(by)
    Community.objects.filter(pk=by.community_id).update(
        name=name,
        about=about,
        language=language,
        time_zone=time_zone,
        colour=colour,
        is_public=is_public,
        welcome=welcome,
        talk_roles=talk_roles,
        # A community where nobody may write a notice could not call for help.
        notice_roles=notice_roles | Role.STEWARD,
        words=words,
    )
    _touch(by)


@transaction.atomic
def change_picture(*, by: Member, picture: str, now: datetime) -> None:
    _ask_steward(by)
    Community.objects.filter(pk=by.community_id).update(picture=picture)
    _touch(by)


@transaction.atomic
def arrange_sections(*, by: Member, names: list[tuple[int | None, str]], now: datetime) -> None:
    """Set the shelves in order: (id, name) keeps or renames one, (None, name) adds one, missing ids go."""
    _ask_steward(by)
    present = {section.pk: section for section in Section.objects.filter(community_id=by.community_id)}
    kept = {pk for pk, _name in names if pk in present}
    Section.objects.filter(pk__in=set(present) - kept).delete()
    for position, (pk, name) in enumerate(names):
        if pk in present:
            Section.objects.filter(pk=pk).update(name=name, position=position)
        else:
            Section.objects.create(community_id=by.community_id, name=name, position=position)
    _touch(by)


@transaction.atomic
def arrange_contacts(*, by: Member, contacts: list[dict[str, object]], now: datetime) -> None:
    """Replace the list of telephone numbers (name, phone, hours, is_office)."""
    _ask_steward(by)
    Contact.objects.filter(community_id=by.community_id).delete()
    Contact.objects.bulk_create(
        Contact(community_id=by.community_id, position=i, **contact) for i, contact in enumerate(contacts)
    )
    _touch(by)
