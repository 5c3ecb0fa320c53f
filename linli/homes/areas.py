"""Floor areas are whole numbers of 0.01 m², typed and shown as “89.50”."""

import re
import unicodedata
from fractions import Fraction

AREA_MAX = 10_000_000  # 100,000.00 m²
_AREA = re.compile(r"(\d{1,6}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")
_UNIT = re.compile(r"\s*(?:m2|㎡|m²|平方米|平米|平)\s*$", re.IGNORECASE)


def parse_area(text: str) -> int | None:
    """“89.5”, “89.50 m²”, “８９．５平米” → 8950; None where it is no area."""
    plain = _UNIT.sub("", unicodedata.normalize("NFKC", text.strip()))
    if not (found := _AREA.fullmatch(plain)):
        return None
    area = int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
    return area if 0 < area <= AREA_MAX else None


def area_text(area: int | None) -> str:
    return "" if area is None else f"{area // 100}.{area % 100:02}"


_SHARE = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})")
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?\s*%")


def parse_share(text: str) -> tuple[int, int] | None:
    """“1/2”, “50%”, “” (the whole) → numerator and denominator; None where it is no share of at most the whole."""
    plain = unicodedata.normalize("NFKC", text.strip())
    if plain in {"", "1", "全部"}:
        return 1, 1
    if found := _SHARE.fullmatch(plain):
        top, bottom = int(found[1]), int(found[2])
    elif found := _PERCENT.fullmatch(plain):
        fraction = Fraction(int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")), 10000)
        top, bottom = fraction.numerator, fraction.denominator
    else:
        return None
    return (top, bottom) if 1 <= top <= bottom else None
