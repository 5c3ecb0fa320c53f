from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class ContactAdded(Fact):
    """An e-mail address or phone number was proved by a code and belongs to the account now."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class ContactRemoved(Fact):
    kind: str


@dataclass(frozen=True, kw_only=True)
class PersonRenamed(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class PersonSuspended(Fact):
    """An operator, the helper of this fact, has closed the account for now."""


@dataclass(frozen=True, kw_only=True)
class PersonReadmitted(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class PasskeyRemoved(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class SheetMade(Fact):
    """A recovery code was made; an earlier one is void."""


@dataclass(frozen=True, kw_only=True)
class SheetUsed(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Fact):
    """Somebody was logged out on other devices."""

    count: int
