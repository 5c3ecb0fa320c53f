from __future__ import annotations

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from linli.circles.models import Belonging, Circle
from linli.homes.models import Building, Entrance, Occupancy, Unit
from linli.media.models import Enclosure, Picture
from linli.people.models import Block, Community, Member, Section
from linli.people.roles import Role


class Reach(models.TextChoices):
    """Who may see an entry."""

    PUBLIC = "public", _("Everybody, also outside")
    COMMUNITY = "community", _("Members")
    PLACES = "places", _("Chosen buildings, homes or circles")


# Roles that see notices to any place, because they answer for them; and those that keep order everywhere.
SEES_NOTICES = Role.PROPERTY | Role.COMMITTEE | Role.STEWARD | Role.MODERATOR
SEES_ALL = Role.STEWARD | Role.MODERATOR
# Roles that put what others wrote on top or among the best.
EDITORS = Role.COMMITTEE | Role.MODERATOR | Role.STEWARD
NOTICE = "notice"
# Roles that a notice can be for; every other member is a resident.
ADDRESSED_ROLES = (Role.ORGANISER, Role.MODERATOR, Role.COMMITTEE, Role.PROPERTY, Role.STEWARD)


class EntryQuerySet(models.QuerySet["Entry"]):
    def present(self) -> EntryQuerySet:
        return self.filter(deleted_at=None)

    def visible_to(self, member: Member) -> EntryQuerySet:
        """What this member may see in the member's community; everything else does not exist."""
        return self.visible_to_id(member.pk, member.community_id, member.roles)

    def visible_to_id(self, member_id: int, community_id: int, roles: int) -> EntryQuerySet:
        """The same by plain numbers, so that hot reads can be compiled once."""
        rows = self.present().filter(community_id=community_id)
        if not roles & SEES_ALL:
            # An Exists per row is asked only where the row is for chosen places.
            places = Q(Exists(_places_of(member_id, roles))) | Q(author_id=member_id)
            if roles & SEES_NOTICES:
                # Those for homes; what is for certain people is for them.
                for_people = Exists(_places().filter(Q(role__isnull=False) | Q(circle__isnull=False)))
                places |= Q(~for_people, kind=NOTICE)
            rows = rows.filter(~Q(reach=Reach.PLACES) | places)
        blocked = Block.objects.filter(blocker_id=member_id, blocked_id=OuterRef("author_id"))
        # What an office announces reaches everybody, also those who block its author.
        return rows.filter(Q(kind=NOTICE) | ~Exists(blocked))

    def public_in(self, community_id: int) -> EntryQuerySet:
        """What strangers may see in a public community."""
        return self.present().filter(community_id=community_id, reach=Reach.PUBLIC, community__is_public=True)

    def naming(self, member_id: int) -> EntryQuerySet:
        """Those whose cards show the member's name."""
        return self.filter(Q(author_id=member_id) | Q(helper_id=member_id))

    def for_building_of(self, member_id: int) -> EntryQuerySet:
        """Entries for the places where the member lives."""
        return self.filter(Exists(_places().filter(_lives_there(member_id))), reach=Reach.PLACES)

    def for_circle(self, circle_id: int) -> EntryQuerySet:
        """Entries for the members of a circle."""
        return self.filter(Exists(_places().filter(circle_id=circle_id)), reach=Reach.PLACES)


def _places() -> models.QuerySet[EntryPlace]:
    # The outer entry's few places are looked up in the member's few homes: a building has thousands of entries.
    return EntryPlace.objects.filter(entry=OuterRef("pk"))


def _lives_there(member_id: int) -> Q:
    homes = Occupancy.objects.filter(member_id=member_id, ended_at=None)
    return (
        Q(building__in=homes.values("unit__entrance__building"))
        | Q(entrance__in=homes.values("unit__entrance"))
        | Q(unit__in=homes.values("unit"))
    )


def _places_of(member_id: int, roles: int) -> models.QuerySet[EntryPlace]:
    """Places of the outer entry where the member lives now, circles they belong to, and roles they hold."""
    mine = Belonging.objects.filter(member_id=member_id, admitted_at__isnull=False)
    theirs = _lives_there(member_id) | Q(circle__in=mine.values("circle"))
    held = [int(role) for role in ADDRESSED_ROLES if roles & role]
    return _places().filter(theirs | Q(role__in=held) if held else theirs)


def count_comment(entry_id: int, change: int) -> None:
    """One more comment, or one less; by hand, because this is half of what a comment writes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE entries_entry SET comments = comments + %s WHERE id = %s AND comments + %s >= 0",
            (change, entry_id, change),
        )


class Entry(models.Model):
    """One row of the spine: whatever residents can see, discuss, like, share or find (帖子)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12)
    author = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="entries")
    helper = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    reach = models.CharField(max_length=10, choices=Reach.choices, default=Reach.COMMUNITY)
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    pinned_until = models.DateTimeField(null=True, blank=True)
    # Who put it on top; nobody where an urgent notice stays there by itself.
    pinned_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Among the community's best (精华) since then.
    featured_at = models.DateTimeField(null=True, blank=True)
    featured_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # What was asked has been answered, what was wanted has been found: since then.
    settled_at = models.DateTimeField(null=True, blank=True)
    likes = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    # Made by the page that posts, so that a double click or a retry posts once.
    key = models.CharField(max_length=40)
    # Finished HTML, one column per language (kernel.languages), with one slot for the viewer's own foot.
    card_zh_hans = models.TextField(blank=True)
    card_en = models.TextField(blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("author", "key"), name="entry_posted_once"),)
        indexes = (
            models.Index(fields=("community", "-id"), name="entry_feed", condition=Q(deleted_at=None)),
            models.Index(fields=("community", "reach", "-id"), name="entry_reach_feed", condition=Q(deleted_at=None)),
            models.Index(
                fields=("community", "pinned_until"),
                name="entry_pinned",
                condition=Q(deleted_at=None, pinned_until__isnull=False),
            ),
            models.Index(fields=("author", "-id"), name="entry_of_author", condition=Q(deleted_at=None)),
            models.Index(fields=("section", "-id"), name="entry_of_section", condition=Q(deleted_at=None)),
            models.Index(
                fields=("community", "-id"),
                name="entry_featured",
                condition=Q(deleted_at=None, featured_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.pk}"


def _exactly_one(*names: str) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


class EntryPlace(models.Model):
    """A building, entrance, unit, circle or role that an entry is addressed to; exactly one of the five."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="places")
    building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.CASCADE, related_name="entry_places")
    entrance = models.ForeignKey(Entrance, null=True, blank=True, on_delete=models.CASCADE, related_name="entry_places")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="entry_places")
    circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.CASCADE, related_name="entry_places")
    role = models.PositiveSmallIntegerField(null=True, blank=True)  # one bit of people.roles

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=_exactly_one("building", "entrance", "unit", "circle", "role"),
                name="entry_place_is_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.building_id or self.entrance_id or self.unit_id or self.circle_id or self.role}"


class EntryPicture(models.Model):
    """A picture in an entry, in order, with words for those who cannot see it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("entry", "picture"), name="entry_picture_once"),)

    def __str__(self) -> str:
        return self.alt


class EntryEnclosure(models.Model):
    """A video, sound or file of an entry, in order, with words about it and what is said in it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="enclosures")
    enclosure = models.ForeignKey(Enclosure, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200, blank=True)
    captions = models.TextField(blank=True)  # WebVTT

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("entry", "enclosure"), name="entry_enclosure_once"),)

    def __str__(self) -> str:
        return self.words


class EntryVersion(models.Model):
    """What an entry said before an edit; whoever sees the entry sees its history."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.entry_id} until {self.replaced_at}"


class Mention(models.Model):
    """Somebody is spoken to by name in an entry, or in a comment to it (提到)."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="mentions")
    comment = models.PositiveBigIntegerField(default=0)  # its number, 0 in the entry itself
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=32)  # as it was written
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "comment", "member"), name="mentioned_once"),)
        indexes = (models.Index(fields=("member", "-id"), name="mention_of_member"),)

    def __str__(self) -> str:
        return f"@{self.name} in {self.entry_id}"
