"""What is drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Building:
    """A building as its register knows it."""

    name: str
    floors: int
    columns: int
    homes: int = 0


@dataclass(frozen=True, slots=True)
class Skyline:
    """The buildings in their order, and how many of all homes (or members) had somebody here today."""

    buildings: tuple[Building, ...] = ()
    lit: int = 0
    of: int = 0
    kind: str = "residential"
    seed: int = 1

    @property
    def homes(self) -> int:
        return self.of or sum(b.homes or b.floors * b.columns for b in self.buildings)

    def lit_among(self, windows: int) -> int:
        """How many of the windows drawn are lit: exactly, where each stands for a home, else by share; one at least."""
        if not self.lit or not windows:
            return 0
        share = self.lit if windows == self.homes else round(windows * self.lit / max(self.homes, self.lit))
        return min(windows, max(1, share))
