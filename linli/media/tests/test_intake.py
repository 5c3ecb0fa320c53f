import io
import zipfile

import pytest
from PIL import Image

from linli.kernel.refusals import Refused
from linli.media.intake import prepare
from linli.media.tests import pictures


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        prepare(data)
    return caught.value.refusal.code


def test_a_photograph_is_kept_in_three_sizes_and_never_larger_than_it_is() -> None:
    assert {size: opened(file).size for size, file in prepare(pictures.photograph(3000, 2000)).files.items()} == {
        2048: (2048, 1365),
        1200: (1200, 800),
        480: (480, 320),
    }
    assert {size: opened(file).size for size, file in prepare(pictures.photograph(300, 200)).files.items()} == {
        480: (300, 200)
    }


def test_nothing_of_place_time_and_phone_is_left() -> None:
    for file in prepare(pictures.photograph(2000, 1000)).files.values():
        kept = opened(file)
        assert kept.format == "WEBP"
        assert dict(kept.getexif()) == {}
        assert {"exif", "xmp", "icc_profile", "comment"}.isdisjoint(kept.info)
        assert b"Secret" not in file
        assert b"EXIF" not in file


def test_a_picture_taken_sideways_stands_upright() -> None:
    prepared = prepare(pictures.photograph(640, 480, orientation=6))

    assert (prepared.width, prepared.height) == (480, 640)
    top, bottom = (opened(prepared.files[480]).convert("RGB").getpixel((180, y)) for y in (40, 440))
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


@pytest.mark.parametrize(
    "data",
    [
        pictures.encoded(kind="PNG"),
        pictures.encoded(kind="WEBP"),
        pictures.encoded(kind="GIF"),
        pictures.encoded(pictures.drawn(mode="CMYK")),
        pictures.encoded(pictures.drawn(mode="L"), "PNG"),
        pictures.encoded(pictures.drawn(mode="P"), "PNG"),
        pictures.encoded(pictures.drawn(mode="RGBA"), "PNG"),
        pictures.encoded(pictures.drawn(mode="L").convert("I;16"), "PNG"),
        pictures.with_profile(),
        pictures.heic(),
    ],
    ids=["png", "webp", "gif", "cmyk", "grey", "palette", "alpha", "16 bit", "profile", "heic"],
)
def test_what_phones_and_screens_make_is_taken(data: bytes) -> None:
    prepared = prepare(data)

    assert opened(prepared.files[480]).mode == "RGB"
    assert max(prepared.width, prepared.height) in (320, 640)


def test_transparency_becomes_white() -> None:
    nothing = Image.new("RGBA", (50, 50), (0, 0, 0, 0))

    kept = opened(prepare(pictures.encoded(nothing, "PNG")).files[480])

    assert min(kept.getpixel((25, 25))) > 250


def test_a_film_gives_its_first_picture() -> None:
    red, blue = Image.new("RGB", (40, 40), (250, 0, 0)), Image.new("RGB", (40, 40), (0, 0, 250))

    kept = opened(prepare(pictures.encoded(red, "GIF", save_all=True, append_images=[blue])).files[480])

    assert kept.getpixel((20, 20))[0] > 200
    assert getattr(kept, "n_frames", 1) == 1


def test_a_portrait_is_cut_to_a_square() -> None:
    prepared = prepare(pictures.photograph(900, 600), is_square=True)

    assert {size: opened(file).size for size, file in prepared.files.items()} == {160: (160, 160), 480: (480, 480)}


def test_what_is_no_picture_is_refused() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    assert refused(svg) == "not_a_picture"
    assert refused(b"<html><script>alert(1)</script></html>") == "not_a_picture"
    assert refused(b"%PDF-1.7 nothing") == "not_a_picture"
    assert refused(pictures.encoded(kind="BMP")) == "not_a_picture"
    assert refused(pictures.encoded(kind="TIFF")) == "not_a_picture"
    assert refused(b"") == "broken"


def test_bombs_are_refused_before_they_are_decoded() -> None:
    assert refused(pictures.bomb()) == "too_many_pixels"
    assert refused(pictures.bomb(200_000, 1000)) == "too_many_pixels"


def test_half_a_picture_is_refused() -> None:
    whole = pictures.photograph(2000, 1500)

    assert refused(whole[: len(whole) // 2]) == "broken"
    assert refused(pictures.encoded(kind="PNG")[:60]) == "broken"
    assert refused(pictures.encoded(kind="WEBP")[:-80]) == "broken"


def test_a_picture_with_a_page_or_archive_inside_is_refused() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as into:
        into.writestr("run.js", "alert(1)")

    assert refused(pictures.encoded(kind="PNG") + b"<script>alert(1)</script>") == "two_faced"
    assert refused(pictures.encoded(comment=b"<?php system('id'); ?>")) == "two_faced"
    assert refused(pictures.encoded(kind="GIF") + archive.getvalue()) == "two_faced"


def test_too_many_bytes_are_refused() -> None:
    assert refused(pictures.photograph() + b"\0" * 24 * 1024 * 1024) == "too_heavy"
