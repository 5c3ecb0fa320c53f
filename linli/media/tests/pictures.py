"""Files as people and attackers send them, made here."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

GPS = 0x8825
ORIENTATION = 0x0112


def drawn(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, so that a turn can be seen."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    return image.convert(mode)


def encoded(image: Image.Image | None = None, kind: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    (image or drawn()).save(file, kind, **options)
    return file.getvalue()


def photograph(width: int = 640, height: int = 480, orientation: int = 1) -> bytes:
    """A JPEG as a phone takes it: with place, time and maker in it."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "SecretPhoneMaker"
    exif.get_ifd(GPS).update({1: "N", 2: (IFDRational(31), IFDRational(13), IFDRational(49)), 3: "E"})
    return encoded(drawn(width, height), exif=exif, comment=b"SecretComment")


def heic() -> bytes:
    """As an iPhone sends it; made elsewhere, because pi-heif only reads."""
    return (Path(__file__).parent / "photo.heic").read_bytes()


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A small PNG that would be 2.7 GB when decoded."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    squeezed = zlib.compressobj(9)
    row = b"\0" * (1 + width * 3)
    body = b"".join(squeezed.compress(row) for _ in range(64)) + squeezed.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def with_profile() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return encoded(kind="PNG", icc_profile=profile.tobytes())
