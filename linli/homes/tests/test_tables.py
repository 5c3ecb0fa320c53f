import codecs

import pytest

from linli.homes.tables import Unreadable, decode, read_table, template

CHINESE = "楼栋,单元,房号,楼层,建筑面积,用途\n1号楼,1单元,101,1,89.50,住宅\n1号楼,1单元,102,,120.36,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_whatever_saved_it(encoding: str) -> None:
    table = read_table(decode(CHINESE.encode(encoding)))

    homes = [(b.name, e.name, u.name, u.floor, u.area, u.kind) for b, e, u in table.plan.units()]
    assert table.errors == ()
    assert homes == [("1号楼", "1单元", "101", 1, 8950, "dwelling"), ("1号楼", "1单元", "102", 1, 12036, "dwelling")]


def test_headings_may_be_english_in_any_order_with_tabs_and_extra_columns() -> None:
    table = read_table("Home\tNote\tBuilding\tKind\n1203\tx\tTower A\tShop\n")

    building, entrance, unit = next(table.plan.units())
    assert (building.name, entrance.name, unit.name, unit.floor, unit.kind) == ("Tower A", "", "1203", 12, "shop")


def test_quoted_cells_and_empty_rows_are_taken_in_stride() -> None:
    table = read_table('building,home,area\r\n"Block ""7"", east",1,"1,200"\r\n,,\r\n')

    building, _entrance, unit = next(table.plan.units())
    assert (building.name, unit.area, table.rows) == ('Block "7", east', 120000, 1)


def test_every_wrong_row_is_named_with_its_reason() -> None:
    text = (
        "楼栋,单元,房号,楼层,建筑面积,用途\n"
        "1号楼,1单元,101,1,abc,住宅\n"
        ",1单元,102,1,90,住宅\n"
        "1号楼,1单元,,1,90,住宅\n"
        "1号楼,1单元,103,零,90,住宅\n"
        "1号楼,1单元,104,1,90,别墅\n"
        "1号楼,1单元,105,1,90,住宅\n"
        "1号楼,1单元,105,1,90,住宅\n"
        f"{'很' * 30},1单元,106,1,90,住宅\n"
        "1号楼,1单元,11010519491231002X,1,90,住宅\n"
    )

    table = read_table(text)

    assert [error.row for error in table.errors] == [2, 3, 4, 5, 6, 8, 9, 10]
    assert table.plan.unit_count == 1


def test_several_owners_of_a_home_stand_in_several_rows() -> None:
    table = read_table(
        "楼栋,房号,业主,份额,取得日期\n1号楼,101,李梅,1/2,2020年3月1日\n1号楼,101,赵刚,1/2,2020/3/1\n1号楼,102,孙,,\n"
    )

    units = [unit for _b, _e, unit in table.plan.units()]
    assert table.errors == ()
    assert [(t.owner_name, t.numerator, t.denominator) for t in units[0].titles] == [("李梅", 1, 2), ("赵刚", 1, 2)]
    assert str(units[0].titles[0].since) == "2020-03-01"


def test_owners_cannot_have_more_than_the_whole() -> None:
    table = read_table("building,home,owner,share\nA,1,Li,1/2\nA,1,Zhao,2/3\n")

    assert [error.row for error in table.errors] == [3]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04rest of a spreadsheet",
        b"\xff\xff\x00\x01\x81",
        "面积,房号\n1,2\n".encode(),
        b"building,building,home\n1,2,3\n",
        b'building,home\n"open,1\n',
        b"x" * (2 * 1024 * 1024 + 1),
    ],
)
def test_what_cannot_be_read_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_table(decode(content))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_template_can_be_uploaded_again(language: str) -> None:
    text = template(language)

    table = read_table(decode(text.encode()))

    assert text.encode().startswith(codecs.BOM_UTF8)
    assert table.errors == ()
    assert table.plan.unit_count == 2
