from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LettersMade(Fact):
    sheaf_id: int
    letters: int


@dataclass(frozen=True, kw_only=True)
class LetterUsed(Fact):
    letter_id: int
    member_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationUsed(Fact):
    invitation_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class Applied(Fact):
    application_id: int


@dataclass(frozen=True, kw_only=True)
class ApplicationApproved(Fact):
    application_id: int
    applicant_id: int  # the person
    member_id: int


@dataclass(frozen=True, kw_only=True)
class ApplicationRefused(Fact):
    application_id: int
    applicant_id: int  # the person


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Fact):
    application_id: int
