"""The skyline of a community: drawn from the register, so it lives with the homes."""

from linli.homes.skylines import skyline_of

__all__ = ("skyline_of",)
