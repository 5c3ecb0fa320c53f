from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MandateGiven(Fact):
    """Somebody asked a neighbour to act for them; nothing is allowed until the helper accepts."""

    mandate_id: int
    member_id: int
    helper_member_id: int
    consent: str  # own, paper


@dataclass(frozen=True, kw_only=True)
class MandateAccepted(Fact):
    mandate_id: int
    member_id: int
    helper_member_id: int


@dataclass(frozen=True, kw_only=True)
class MandateEnded(Fact):
    """Revoked by the member, given back or declined by the helper, or ended by the office that keeps the paper."""

    mandate_id: int
    member_id: int
    helper_member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberEnrolled(Fact):
    """The office registered somebody who has no telephone of their own."""

    member_id: int
