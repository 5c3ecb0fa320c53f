"""From what a phone sends to what we keep: checked by content, upright, sRGB, without metadata, in our sizes."""

from __future__ import annotations

import io
import struct
import threading
import zipfile
from dataclasses import dataclass

import pi_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from linli.kernel.refusals import Refusal, Refused
from linli.media import rules
from linli.media.models import SIZES, SQUARE_SIZES, sizes_of

pi_heif.register_heif_opener()
# Our own rule asks for the size before decoding; Pillow's would warn first and refuse only at twice as many.
Image.MAX_IMAGE_PIXELS = None

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
QUALITY = {160: 80, 480: 76, 1200: 78, 2048: 80}
# One picture at a time in a process: a large one takes 150 MB while it is decoded.
_one_at_a_time = threading.Lock()

# What decoders raise at files made to break them.
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, OverflowError, ZeroDivisionError,
    RuntimeError, MemoryError, NotImplementedError, struct.error, Image.DecompressionBombError, ImageCms.PyCMSError,
)  # fmt: skip

# Text that only a web page or program has; a browser or server that guesses types could run such a file.
_ACTIVE = (b"<script", b"<!doctype html", b"<html>", b"<html ", b"<iframe", b"<svg xmlns", b"<svg onload", b"<?php ")


@dataclass(frozen=True)
class Prepared:
    """A picture in our sizes, as WebP; width and height are those of the largest."""

    width: int
    height: int
    files: dict[int, bytes]


def prepare(data: bytes, *, is_square: bool = False) -> Prepared:
    """Make our sizes of it, or refuse; keeps nothing of the original's metadata."""
    if refusal := _refuse_outside(data):
        raise Refused(refusal)
    with _one_at_a_time:
        try:
            return _prepare(data, is_square)
        except _BROKEN:
            raise Refused(rules.BROKEN) from None


def _refuse_outside(data: bytes) -> Refusal | None:
    if len(data) > rules.BYTES_MAX:
        return rules.TOO_HEAVY
    if not data:
        return rules.BROKEN
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            refusal = rules.refuse_header(width=image.width, height=image.height)
    except UnidentifiedImageError:
        return rules.NOT_A_PICTURE
    except _BROKEN:
        return rules.BROKEN
    return refusal or _refuse_second_face(data)


def _refuse_second_face(data: bytes) -> Refusal | None:
    """We keep no byte of the original, so this protects nobody but those who would download it elsewhere."""
    lowered = data.lower()
    if any(mark in lowered for mark in _ACTIVE) or b"%PDF-1." in data[:1024]:
        return rules.TWO_FACED
    # Photographs with a film behind them (motion photos) are no archives.
    return rules.TWO_FACED if zipfile.is_zipfile(io.BytesIO(data)) else None


def _prepare(data: bytes, is_square: bool) -> Prepared:
    largest = SQUARE_SIZES[-1] * 2 if is_square else SIZES[-1]
    with Image.open(io.BytesIO(data), formats=FORMATS) as source:
        # JPEG decodes straight to a half, quarter or eighth of its size, several times quicker.
        source.draft(source.mode, (largest, largest))
        source.thumbnail((largest, largest), Image.Resampling.LANCZOS, reducing_gap=2.0)
        upright = ImageOps.exif_transpose(source)
        image = _on_white(_in_srgb(upright))
    if is_square:
        side = min(image.size)
        files = {size: _webp(ImageOps.fit(image, (min(size, side),) * 2), size) for size in SQUARE_SIZES}
        kept = min(SQUARE_SIZES[-1], side)
        return Prepared(kept, kept, files)
    files = {}
    for size in reversed(sizes_of(max(image.size))):
        smaller = image.copy() if files else image
        smaller.thumbnail((size, size), Image.Resampling.LANCZOS, reducing_gap=3.0)
        files[size] = _webp(smaller, size)
        image = smaller
    width, height = _largest(files)
    return Prepared(width, height, files)


def _largest(files: dict[int, bytes]) -> tuple[int, int]:
    with Image.open(io.BytesIO(files[max(files)])) as image:
        return image.size


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L", "RGBA"):
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        plain = image.convert("RGB") if alpha else image
        try:
            converted = ImageCms.profileToProfile(
                plain, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _srgb(), outputMode="RGB"
            )
        except ImageCms.PyCMSError:
            # A profile that does not fit its picture is as good as none.
            return image
        if converted is not None:
            if alpha:
                converted.putalpha(alpha)
            return converted
    return image


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency: a black drawing on nothing would vanish in the dark theme."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return image.convert("RGB")


def _webp(image: Image.Image, size: int) -> bytes:
    file = io.BytesIO()
    # A fresh copy of the pixels alone: nothing of `info` (EXIF, XMP, profile) can slip into the file.
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    bare.save(file, "WEBP", quality=QUALITY[size], method=2 if size < 1000 else 1)
    return file.getvalue()
