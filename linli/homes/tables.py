"""A table of homes as offices keep it: CSV in UTF-8 or GB18030, headings in either language, read with care.

Every row that cannot be taken is named with its number and the reason; nothing is guessed, nothing left out silently.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from linli.homes import rules
from linli.homes.areas import parse_area, parse_share
from linli.homes.plans import Plan, PlannedBuilding, PlannedEntrance, PlannedTitle, PlannedUnit

SIZE_MAX = 2 * 1024 * 1024
NAME_MAX = 24

# The first is written into the template file; the others are what offices call it.
HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "building": {
        "zh-hans": ("楼栋", "楼", "楼号", "栋", "幢", "座", "楼幢", "楼宇"),
        "en": ("building", "block", "tower"),
    },
    "entrance": {"zh-hans": ("单元", "单元号", "门", "门洞"), "en": ("entrance", "staircase", "stair")},
    "home": {
        "zh-hans": ("房号", "户号", "室", "室号", "房间", "房间号", "门牌"),
        "en": ("home", "unit", "flat", "apartment", "door", "number"),
    },
    "floor": {"zh-hans": ("楼层", "层", "所在层"), "en": ("floor", "level", "storey")},
    "area": {
        "zh-hans": ("建筑面积", "面积", "面积(平方米)", "建筑面积(平方米)", "产权面积", "面积(㎡)", "建筑面积(㎡)"),
        "en": ("area", "floor area", "area m2", "area (m2)"),
    },
    "kind": {"zh-hans": ("用途", "类型", "性质", "房屋用途"), "en": ("kind", "type", "use")},
    "owner": {"zh-hans": ("业主", "业主姓名", "产权人", "所有权人"), "en": ("owner", "owner name")},
    "share": {"zh-hans": ("份额", "产权份额", "比例"), "en": ("share",)},
    "since": {"zh-hans": ("取得日期", "起始日期", "登记日期", "日期"), "en": ("since", "owned since", "from")},
}
KINDS = {
    "dwelling": ("住宅", "住房", "居住", "dwelling", "home", "flat", "residential"),
    "shop": ("商铺", "店铺", "商业", "底商", "shop", "commercial", "store"),
    "parking": ("车位", "停车位", "车库", "parking", "parking space", "garage"),
    "other": ("其他", "其它", "储藏室", "other", "storage"),
}
_KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}


def _plain(heading: str) -> str:
    return heading.strip().lower().replace("（", "(").replace("）", ")").replace("²", "2").replace("_", " ").rstrip("*")


_COLUMN_OF = {
    _plain(word): column for column, tongues in HEADINGS.items() for words in tongues.values() for word in words
}


@dataclass(frozen=True)
class RowError:
    """`row` counts as a spreadsheet does: the headings are row 1."""

    row: int
    message: str


@dataclass(frozen=True)
class Table:
    plan: Plan
    errors: tuple[RowError, ...]
    rows: int


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why."""


def decode(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else GB18030 as Chinese spreadsheets save it."""
    if len(content) > SIZE_MAX:
        raise Unreadable(_("The file is larger than 2 MB."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(_("This is a spreadsheet file. Please save it as CSV first."))
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("The file is not text in UTF-8 or GB18030."))


def template(language: str) -> str:
    """An example to fill in, with a mark in front so that spreadsheets know it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([tongues[language][0] for tongues in HEADINGS.values()])
    examples = {
        "zh-hans": (
            ("1号楼", "1单元", "101", "1", "89.50", "住宅", "", "", ""),
            ("1号楼", "1单元", "102", "1", "120.36", "住宅", "", "", ""),
        ),
        "en": (
            ("Building 1", "Entrance 1", "101", "1", "89.50", "home", "", "", ""),
            ("Building 1", "Entrance 1", "102", "1", "120.36", "home", "", "", ""),
        ),
    }
    writer.writerows(examples[language])
    return "\ufeff" + out.getvalue()


def read_table(text: str) -> Table:
    """The plan of all good rows and the reasons for the others."""
    rows = _rows(text)
    headings = next(rows, (0, []))[1]
    columns = _columns(headings)
    reader = _Reader()
    count = 0
    for number, cells in rows:
        count += 1
        if count > rules.UNITS_MAX * 2:
            raise Unreadable(_("The table has more than 10,000 rows. Please upload it in parts."))
        reader.take(number, {column: cells[i].strip() for i, column in columns.items() if i < len(cells)})
    return Table(reader.plan(), tuple(reader.errors), count)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with their line numbers."""
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as wrong:
        raise Unreadable(_("Line %(line)s cannot be read as CSV.") % {"line": reader.line_num}) from wrong


def _columns(headings: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for i, heading in enumerate(headings):
        column = _COLUMN_OF.get(_plain(heading))
        if column and column in found.values():
            raise Unreadable(_("The heading “%(heading)s” stands there twice.") % {"heading": heading.strip()[:40]})
        if column:
            found[i] = column
    if missing := [column for column in ("building", "home") if column not in found.values()]:
        names = " / ".join(HEADINGS[missing[0]][tongue][0] for tongue in ("zh-hans", "en"))
        raise Unreadable(_("The first row needs a heading “%(heading)s”.") % {"heading": names})
    return found


class _WrongCell(Exception):
    pass


class _Reader:
    """Gathers rows into buildings, entrances and homes, in the order in which they come."""

    def __init__(self) -> None:
        self.errors: list[RowError] = []
        self.buildings: dict[str, dict[str, dict[str, PlannedUnit]]] = {}
        self.first_rows: dict[tuple[str, str, str], int] = {}

    def take(self, number: int, cells: dict[str, str]) -> None:
        try:
            self._take(number, cells)
        except _WrongCell as wrong:
            self.errors.append(RowError(number, str(wrong)))

    def _take(self, number: int, cells: dict[str, str]) -> None:
        if any(rules.holds_identity_number(cell) for cell in cells.values()):
            raise _WrongCell(str(rules.IDENTITY_NUMBER.message))
        place = (_name(cells, "building"), _name(cells, "entrance", is_needed=False), _name(cells, "home"))
        unit = _unit(place[2], cells)
        building, entrance, name = place
        homes = self.buildings.setdefault(building, {}).setdefault(entrance, {})
        before = homes.get(name)
        if before is None:
            homes[name] = unit
            self.first_rows[place] = number
        elif before.titles and unit.titles:
            homes[name] = _with_co_owner(before, unit)
        else:
            raise _WrongCell(_("This home is already in row %(row)s.") % {"row": self.first_rows[place]})

    def plan(self) -> Plan:
        return Plan(
            tuple(
                PlannedBuilding(
                    building,
                    tuple(PlannedEntrance(entrance, tuple(homes.values())) for entrance, homes in entrances.items()),
                )
                for building, entrances in self.buildings.items()
            )
        )


def _name(cells: dict[str, str], column: str, *, is_needed: bool = True) -> str:
    name = cells.get(column, "")
    words = {"building": _("building"), "entrance": _("entrance"), "home": _("home")}
    if is_needed and not name:
        raise _WrongCell(_("The %(column)s is missing.") % {"column": words[column]})
    if len(name) > NAME_MAX:
        raise _WrongCell(_("“%(text)s” is longer than %(num)s characters.") % {"text": name[:40], "num": NAME_MAX})
    return name


def _unit(name: str, cells: dict[str, str]) -> PlannedUnit:
    area = None
    if text := cells.get("area", ""):
        area = parse_area(text)
        if area is None:
            raise _WrongCell(_("The area “%(text)s” is not a number such as 89.50.") % {"text": text[:40]})
    kind = _KIND_OF.get(cells.get("kind", "").lower() or "dwelling")
    if kind is None:
        raise _WrongCell(
            _("The kind “%(text)s” is unknown; there are home, shop, parking and other.") % {"text": cells["kind"][:40]}
        )
    titles = (_title(cells),) if cells.get("owner") else ()
    return PlannedUnit(name, _floor(name, cells.get("floor", "")), area, kind, titles)


def _floor(name: str, text: str) -> int:
    """As written, else read off the number: 1203 → 12, 502 → 5."""
    if not text:
        digits = name.rpartition("-")[2]
        return int(digits[:-2]) if digits.isdecimal() and 3 <= len(digits) <= 4 and int(digits[:-2]) else 1
    plain = text.upper().removesuffix("F").removesuffix("层").removesuffix("楼").replace("B", "-")
    try:
        floor = int(plain)
    except ValueError:
        floor = 0
    if not -9 <= floor <= 200 or floor == 0:
        raise _WrongCell(_("The floor “%(text)s” is not a whole number.") % {"text": text[:40]})
    return floor


def _title(cells: dict[str, str]) -> PlannedTitle:
    owner = cells["owner"]
    if len(owner) > 64:
        raise _WrongCell(_("“%(text)s” is longer than %(num)s characters.") % {"text": owner[:40], "num": 64})
    share = parse_share(cells.get("share", ""))
    if share is None:
        raise _WrongCell(_("The share “%(text)s” is not like 1/2 or 50%%.") % {"text": cells["share"][:40]})
    since = None
    if text := cells.get("since", ""):
        since = _date(text)
    return PlannedTitle(owner, *share, since)


def _date(text: str) -> date:
    plain = text.replace("年", "-").replace("月", "-").rstrip("日").replace("/", "-").replace(".", "-")
    try:
        year, month, day = (int(part) for part in plain.split("-"))
        return date(year, month, day)
    except ValueError:
        raise _WrongCell(_("The date “%(text)s” is not like 2026-03-15.") % {"text": text[:40]}) from None


def _with_co_owner(before: PlannedUnit, unit: PlannedUnit) -> PlannedUnit:
    if unit.area is not None and before.area is not None and unit.area != before.area:
        raise _WrongCell(_("The area differs from the row of the other owner."))
    whole = sum(title.numerator / title.denominator for title in (*before.titles, *unit.titles))
    if whole > 1.000001:
        raise _WrongCell(str(rules.SHARES_OVER.message))
    return replace(before, titles=(*before.titles, *unit.titles))
