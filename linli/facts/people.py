from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CommunityFounded(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class CommunityChanged(Fact):
    """Settings, words, sections or contacts are others now."""


@dataclass(frozen=True, kw_only=True)
class MemberAdmitted(Fact):
    member_id: int
    way: str  # founder, letter, invitation, application, paper, demo


@dataclass(frozen=True, kw_only=True)
class MemberRenamed(Fact):
    """Name, portrait or what is shown beside the name is another one now."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileEdited(Fact):
    """Which fields, never what they say."""

    member_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Fact):
    member_id: int
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Fact):
    member_id: int
    is_removed: bool = False


@dataclass(frozen=True, kw_only=True)
class MemberBlocked(Fact):
    member_id: int
    blocked_id: int


@dataclass(frozen=True, kw_only=True)
class MemberUnblocked(Fact):
    member_id: int
    blocked_id: int


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class PersonErased(Fact):
    """Each app with personal data removes its own when it hears this."""

    member_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class AgreementPublished(Fact):
    version: int


@dataclass(frozen=True, kw_only=True)
class AgreementAccepted(Fact):
    member_id: int
    version: int
