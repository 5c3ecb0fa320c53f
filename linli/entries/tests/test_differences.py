from linli.entries.differences import Piece, differences


def test_what_changed_is_shown_by_character_in_chinese_and_by_word_elsewhere() -> None:
    assert differences("明天停水", "后天停水") == (Piece("明", "out"), Piece("后", "in"), Piece("天停水", "same"))
    assert differences("Come at six", "Come at seven") == (
        Piece("Come at ", "same"),
        Piece("six", "out"),
        Piece("seven", "in"),
    )


def test_equal_wordings_are_one_piece() -> None:
    assert differences("一样", "一样") == (Piece("一样", "same"),)


def test_long_texts_are_compared_by_line_and_not_for_seconds() -> None:
    before = "".join(f"第{i}行很长很长\n" for i in range(1500))

    pieces = differences(before, before + "最后一行")

    assert pieces[-1] == Piece("最后一行", "in")
