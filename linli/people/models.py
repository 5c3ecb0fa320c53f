from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.people.kinds import template_for
from linli.people.roles import EVERYBODY, OFFICE, Role

if TYPE_CHECKING:
    from linli.people.sessions import SessionStore


class Language(models.TextChoices):
    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"


class Theme(models.TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Size(models.TextChoices):
    STANDARD = "standard", _("Standard")
    ELDER = "elder", _("Elder view")
    LARGEST = "largest", _("Elder view, largest")


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(number=username)


class Person(AbstractBaseUser):
    """Somebody who can log in (账号); known to a community only through a Member."""

    number = models.CharField(_("Linli number"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=64)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, null=True, blank=True, unique=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=8, choices=Language.choices, blank=True)
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.AUTO)
    size = models.CharField(max_length=8, choices=Size.choices, default=Size.STANDARD)
    is_operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    registered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    # Django's admin, which only operators enter, asks these.
    @property
    def is_staff(self) -> bool:
        return self.is_operator

    @property
    def is_superuser(self) -> bool:
        return self.is_operator

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_operator

    def has_perms(self, perm_list: object, obj: object = None) -> bool:
        return self.is_active and self.is_operator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_operator


class Session(AbstractBaseSession):
    """One log-in on one device; the row names its person, so that it can be listed and ended."""

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = BaseSessionManager["Session"]()  # type: ignore[misc]

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        from linli.people.sessions import SessionStore  # noqa: PLC0415  (the store needs this model)

        return SessionStore


class Kind(models.TextChoices):
    RESIDENTIAL = "residential", _("Residential compound")
    PRODUCT = "product", _("Around a product or shop")
    INTEREST = "interest", _("Shared interest")
    BRAND = "brand", _("Brand and its friends")
    KNOWLEDGE = "knowledge", _("Study circle")


class Community(models.Model):
    """The home of a group on the net (社区)."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=64)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=8, choices=Language.choices)
    time_zone = models.CharField(_("time zone"), max_length=40)
    colour = models.CharField(_("colour"), max_length=8, default="brick")
    picture = models.CharField(max_length=80, blank=True)
    about = models.TextField(_("about"), blank=True)
    rules = models.TextField(_("rules"), blank=True)
    welcome = models.TextField(_("welcome text"), blank=True)
    words = models.JSONField(default=dict)
    is_public = models.BooleanField(default=False)
    talk_roles = models.PositiveSmallIntegerField(default=int(EVERYBODY))
    notice_roles = models.PositiveSmallIntegerField(default=int(OFFICE))
    founded_at = models.DateTimeField()
    # The version of the rules in force; 0 where there are none to accept.
    agreement_version = models.PositiveSmallIntegerField(default=0)
    # Raised whenever something that the page shell shows has changed.
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name

    def word(self, key: str, default: str) -> str:
        """This community's own word for a thing; a word of the template is said in the reader's language."""
        found: str = self.words.get(key, "")
        language = get_language() or self.language
        if language != self.language and found == template_for(self.kind, self.language).words.get(key):
            found = template_for(self.kind, language).words.get(key, found)
        return found or default


class Section(models.Model):
    """A shelf of the board (栏目), named by the community."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=32)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("community", "name"), name="section_name_once"),)

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A telephone number that residents need (常用电话)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=40)
    phone = models.CharField(max_length=24)
    hours = models.CharField(max_length=60, blank=True)
    is_office = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self.name} {self.phone}"


class Shown(models.TextChoices):
    """Who sees a field of a profile."""

    NOBODY = "nobody", _("Nobody")
    BUILDING = "building", _("My building")
    MEMBERS = "members", _("Members")
    PUBLIC = "public", _("Everybody")


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> MemberQuerySet:
        """Those who belong now."""
        return self.filter(left_at=None)

    def with_role(self, roles: int) -> MemberQuerySet:
        """Those who hold at least one of the roles."""
        return self.annotate(held=models.F("roles").bitand(int(roles))).filter(held__gt=0)

    def not_blocked_for(self, member: Member | None) -> MemberQuerySet:
        if member is None:
            return self
        return self.exclude(blocked_by__blocker=member)


class Member(models.Model):
    """A person in one community, under the name used there (成员)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="memberships")
    name = models.CharField(_("name"), max_length=32)
    roles = models.PositiveSmallIntegerField(default=int(Role.RESIDENT))
    about = models.TextField(_("about me"), blank=True)
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    portrait = models.CharField(max_length=80, blank=True)
    about_shown = models.CharField(max_length=8, choices=Shown.choices, default=Shown.MEMBERS)
    home_shown = models.CharField(max_length=8, choices=Shown.choices, default=Shown.MEMBERS)
    phone_shown = models.CharField(max_length=8, choices=Shown.choices, default=Shown.NOBODY)
    email_shown = models.CharField(max_length=8, choices=Shown.choices, default=Shown.NOBODY)
    admitted_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    # The version of the rules this member accepted last; rows of Acceptance are the record.
    agreed_version = models.PositiveSmallIntegerField(default=0)
    # Day number (proleptic ordinal, community time) of the last visit; the skyline counts these.
    seen_day = models.PositiveIntegerField(default=0)
    # What of the board is new: the newest entry seen when the last visit ended, the newest seen so far, and when.
    read_to = models.PositiveBigIntegerField(default=0)
    seen_to = models.PositiveBigIntegerField(default=0)
    board_seen_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    # Set by the visit when a helper acts for this member.
    helper: Member | None = None
    mandate_topics: frozenset[str] = frozenset()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("community", "person"), name="member_once_per_community"),)
        indexes = (
            models.Index(fields=("community", "seen_day"), name="member_seen"),
            models.Index(fields=("community", "name"), name="member_present_name", condition=Q(left_at=None)),
        )

    def __str__(self) -> str:
        return self.name

    def has_role(self, roles: int) -> bool:
        return bool(self.roles & roles)


class Block(models.Model):
    """One member does not want to see another (屏蔽)."""

    blocker = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="blocked_by")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("blocker", "blocked"), name="block_once"),)

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"


class Agreement(models.Model):
    """The community's rules (公约) in one published version."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    published_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=("community", "version"), name="agreement_version_once"),)

    def __str__(self) -> str:
        return f"{self.community_id} version {self.version}"


class Acceptance(models.Model):
    """A member accepted one version of the rules."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="acceptances")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="acceptances")
    helper = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agreement", "member"), name="acceptance_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} accepted {self.agreement_id}"
