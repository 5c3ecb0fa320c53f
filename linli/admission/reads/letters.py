from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.http import Http404
from django.utils import dateformat, timezone, translation

from linli.admission import rules
from linli.admission.address import letter_url, letter_words
from linli.admission.codes import plain_code
from linli.admission.models import JoinSettings, Letter, Sheaf
from linli.homes.models import Entrance, Occupancy, OccupancyKind
from linli.homes.reads import MyHome, current_homes, label, register_page, skyline_data
from linli.kernel.refusals import Refusal
from linli.kernel.tokens import digest
from linli.look.skyline import Skyline
from linli.people.models import Community, Contact, Member

SHEAVES = 20
SHEETS_MAX = 200  # on one page of the browser


@dataclass(frozen=True)
class SheafLine:
    id: int
    made_at: datetime
    made_by: str
    letters: int
    used: int
    is_printable: bool


@dataclass(frozen=True)
class LettersPage:
    homes: int
    with_accounts: int
    waiting: int
    used: int
    sheaves: tuple[SheafLine, ...]


def letters_page(community_id: int, *, now: datetime) -> LettersPage:
    register = register_page(community_id)
    of_office = Letter.objects.filter(sheaf__community_id=community_id).order_by()
    counts = of_office.aggregate(
        waiting=Count("pk", filter=Q(used_at=None, revoked_at=None, expires_at__gt=now)),
        used=Count("pk", filter=Q(used_at__isnull=False)),
    )
    sheaves = (
        Sheaf.objects.filter(community_id=community_id)
        .select_related("made_by")
        .annotate(used=Count("letters", filter=Q(letters__used_at__isnull=False)))
        .order_by("-made_at", "-pk")[:SHEAVES]
    )
    return LettersPage(
        homes=register.homes,
        with_accounts=register.with_accounts,
        waiting=counts["waiting"],
        used=counts["used"],
        sheaves=tuple(
            SheafLine(
                sheaf.pk,
                sheaf.made_at,
                sheaf.made_by.name if sheaf.made_by else "",
                sheaf.letters_made,
                sheaf.used,
                sheaf.printable_until > now,
            )
            for sheaf in sheaves
        ),
    )


@dataclass(frozen=True)
class Places:
    """What can be chosen when letters are made."""

    buildings: tuple[tuple[int, str, int, int], ...]  # id, name, homes, homes without an account
    entrances: tuple[tuple[int, str], ...]


def places(community_id: int) -> Places:
    entrances = Entrance.objects.filter(building__community_id=community_id).exclude(name="")
    names = entrances.order_by("building__position", "building_id", "position", "pk").values_list(
        "pk", "building__name", "name"
    )
    return Places(
        tuple((b.id, b.name, b.homes, b.homes - b.with_accounts) for b in register_page(community_id).buildings),
        tuple((pk, label(building, entrance, "")) for pk, building, entrance in names),
    )


def join_settings(community_id: int) -> JoinSettings:
    return JoinSettings.objects.filter(pk=community_id).first() or JoinSettings(community_id=community_id)


def sheaf_or_404(community_id: int, pk: int) -> Sheaf:
    if (sheaf := Sheaf.objects.filter(community_id=community_id, pk=pk).first()) is None:
        raise Http404
    return sheaf


@dataclass(frozen=True)
class SheafBuilding:
    id: int
    name: str
    letters: int
    used: int
    pdf: str


@dataclass(frozen=True)
class SheafPage:
    id: int
    made_at: datetime
    letters: int
    used: int
    waiting: int
    printable_until: datetime
    is_printable: bool
    buildings: tuple[SheafBuilding, ...]
    pdf_asked_at: datetime | None
    may_ask_for_pdf: bool

    @property
    def pdf_ready(self) -> int:
        return sum(bool(building.pdf) for building in self.buildings)

    @property
    def fits_one_page(self) -> bool:
        return self.letters <= SHEETS_MAX


def sheaf_page(sheaf: Sheaf, *, now: datetime) -> SheafPage:
    rows = (
        Letter.objects.filter(sheaf=sheaf)
        .order_by()
        .values("unit__entrance__building__position", "unit__entrance__building_id", "unit__entrance__building__name")
        .annotate(letters=Count("pk"), used=Count("used_at"))
        .order_by("unit__entrance__building__position", "unit__entrance__building_id")
    )
    buildings = tuple(
        SheafBuilding(
            row["unit__entrance__building_id"],
            row["unit__entrance__building__name"],
            row["letters"],
            row["used"],
            sheaf.pdf_files.get(str(row["unit__entrance__building_id"]), ""),
        )
        for row in rows
    )
    return SheafPage(
        id=sheaf.pk,
        made_at=sheaf.made_at,
        letters=sheaf.letters_made,
        used=sum(building.used for building in buildings),
        waiting=Letter.objects.open(now).filter(sheaf=sheaf).count(),
        printable_until=sheaf.printable_until,
        is_printable=sheaf.printable_until > now,
        buildings=buildings,
        pdf_asked_at=sheaf.pdf_asked_at,
        may_ask_for_pdf=sheaf.pdf_asked_at is None or sheaf.pdf_asked_at < now - rules.PDF_PATIENCE,
    )


@dataclass(frozen=True)
class Sheet:
    """One letter as it is printed; no names of residents on it."""

    home: str
    url: str
    code: str
    until_chinese: str
    until_english: str


@dataclass(frozen=True)
class Sheets:
    community: str
    town: Skyline
    contacts: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]


def sheets(sheaf: Sheaf, *, building_id: int | None, now: datetime) -> Sheets:
    """The letters that still open a door, in the order in which one walks along the letter boxes."""
    letters = Letter.objects.open(now).filter(sheaf=sheaf)
    if building_id is not None:
        letters = letters.filter(unit__entrance__building=building_id)
    rows = letters.order_by(
        "unit__entrance__building__position", "unit__entrance__building", "unit__entrance__position", "unit__position"
    ).values_list("nonce", "expires_at", "unit__entrance__building__name", "unit__entrance__name", "unit__name")
    community = Community.objects.get(pk=sheaf.community_id)
    contacts = Contact.objects.filter(community=community, is_office=True).values_list("name", "phone")[:2]
    return Sheets(
        community=community.name,
        town=Skyline(buildings=skyline_data(community.pk), kind=community.kind, seed=community.pk),
        contacts=tuple(contacts),
        sheets=tuple(
            Sheet(
                label(building, entrance, unit),
                letter_url(nonce),
                letter_words(nonce),
                _last_day(expires_at, "zh-hans"),
                _last_day(expires_at, "en"),
            )
            for nonce, expires_at, building, entrance, unit in rows
        ),
    )


def _last_day(expires_at: datetime, language: str) -> str:
    """The last day on which the letter works from morning to night."""
    day = timezone.localtime(expires_at).date() - timedelta(days=1)
    with translation.override(language):
        return dateformat.format(day, "Y年n月j日" if language == "zh-hans" else "j F Y")


@dataclass(frozen=True)
class LetterFace:
    """What somebody with a letter in hand sees before they enter."""

    code: str
    community: str
    slug: str
    community_id: int
    rules: str
    agreement_version: int
    home: str
    kind: str
    invited_by: str
    town: Skyline
    refusal: Refusal | None
    member_of: Member | None  # the visitor's own membership, if they have one already
    is_mine: bool  # the visitor has already entered by this letter


def letter_face(code: str, *, person_id: int | None, now: datetime) -> LetterFace | None:
    """None where no letter has this code."""
    plain = plain_code(code)
    letter = (
        Letter.objects.select_related("unit__entrance__building__community", "invited_by", "used_by")
        .filter(digest=digest(plain))
        .first()
    )
    if letter is None:
        return None
    entrance = letter.unit.entrance
    community = entrance.building.community
    mine = Member.objects.filter(community=community, person=person_id, left_at=None).first() if person_id else None
    is_mine = bool(mine and letter.used_by_id == mine.pk)
    return LetterFace(
        code=plain,
        community=community.name,
        slug=community.slug,
        community_id=community.pk,
        rules=community.rules,
        agreement_version=community.agreement_version,
        home=label(entrance.building.name, entrance.name, letter.unit.name),
        kind=letter.kind,
        invited_by=letter.invited_by.name if letter.invited_by else "",
        town=Skyline(buildings=skyline_data(community.pk), kind=community.kind, seed=community.pk),
        refusal=None
        if is_mine
        else rules.refuse_letter(
            used_at=letter.used_at, revoked_at=letter.revoked_at, expires_at=letter.expires_at, now=now
        ),
        member_of=mine,
        is_mine=is_mine,
    )


@dataclass(frozen=True)
class HouseholdMember:
    member_id: int
    name: str
    kind_name: str
    is_me: bool


@dataclass(frozen=True)
class HouseholdLetter:
    id: int
    invited_by: str
    expires_at: datetime


@dataclass(frozen=True)
class Household:
    home: MyHome
    people: tuple[HouseholdMember, ...]
    letters: tuple[HouseholdLetter, ...]
    may_invite: bool


def households(member: Member, *, now: datetime) -> tuple[Household, ...]:
    """My homes with those who live there, and the invitations that wait; three queries."""
    homes = current_homes(member.pk)
    units = [home.unit_id for home in homes]
    living = list(
        Occupancy.objects.current()
        .filter(unit__in=units)
        .order_by("recorded_at", "pk")
        .values_list("unit_id", "member_id", "member__name", "kind")
    )
    waiting = list(
        Letter.objects.open(now)
        .filter(unit__in=units)
        .exclude(invited_by=None)
        .values_list("unit_id", "pk", "invited_by__name", "expires_at")
    )
    return tuple(
        Household(
            home=home,
            people=tuple(
                HouseholdMember(pk, name, str(OccupancyKind(kind).label), pk == member.pk)
                for unit, pk, name, kind in living
                if unit == home.unit_id
            ),
            letters=tuple(HouseholdLetter(pk, by, end) for unit, pk, by, end in waiting if unit == home.unit_id),
            may_invite=home.kind != OccupancyKind.FAMILY and not member.helper,
        )
        for home in homes
    )


@dataclass(frozen=True)
class FamilyLetter:
    id: int
    home: str
    url: str
    code: str
    expires_at: datetime


def family_letter_or_404(member: Member, pk: int, *, now: datetime) -> FamilyLetter:
    """An invitation of one's own household, to be shown to the person it is for."""
    letter = (
        Letter.objects.open(now)
        .select_related("unit__entrance__building")
        .filter(pk=pk, invited_by=member, unit__entrance__building__community_id=member.community_id)
        .first()
    )
    if letter is None:
        raise Http404
    entrance = letter.unit.entrance
    home = label(entrance.building.name, entrance.name, letter.unit.name)
    return FamilyLetter(letter.pk, home, letter_url(letter.nonce), letter_words(letter.nonce), letter.expires_at)
