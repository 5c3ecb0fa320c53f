"""What a file is, found by its content and never by its name; and whether it may be kept as it is."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import clean_line
from linli.media import rules
from linli.media.models import Enclosure

Kind = Enclosure.Kind

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
_PACKED = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_ACTIVE = re.compile(rb"<(?:script|!doctype|html|iframe|svg|\?php|object|embed)[\s>/]|^#!|^MZ|\x7fELF", re.IGNORECASE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_STILL_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif", b"hevc")


@dataclass(frozen=True)
class Found:
    kind: str
    suffix: str


def find(data: bytes, called: str) -> Found | None:
    """What it is, or nothing where it looks like a picture, which has its own intake."""
    if _is_picture(data):
        return None
    if clip := _clip(data):
        return clip
    if len(data) > rules.FILE_BYTES_MAX:
        raise Refused(rules.FILE_TOO_HEAVY)
    if data.startswith(b"%PDF-"):
        return _kept(_refuse_pdf(data), "pdf")
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    return _written(data, called)


def clean_name(called: str, suffix: str) -> str:
    """The sender's name for it without folders, control and direction characters; its ending is ours."""
    stem = re.split(r"[\\/]", called)[-1].rsplit(".", 1)[0]
    stem = "".join(one for one in stem if unicodedata.category(one)[0] not in "CZ" or one == " ")
    stem = re.sub(r'[<>:"|?*%;]', "", stem)
    return f"{clean_line(stem, 100).strip(' .') or 'file'}.{suffix}"


def _is_picture(data: bytes) -> bool:
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return True
    return data[4:8] == b"ftyp" and data[8:12] in _STILL_BRANDS


def _clip(data: bytes) -> Found | None:
    """Only roughly; whether it is video or sound, and can be played, is found out in a process of its own."""
    head = data[:16]
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide"):
        return Found(Kind.AUDIO if head[8:11] == b"M4A" else Kind.VIDEO, "mp4")
    if head.startswith(b"\x1aE\xdf\xa3") or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return Found(Kind.VIDEO, "mp4")
    is_sound = head.startswith((b"OggS", b"ID3", b"fLaC", b"#!AMR", b"caff")) or (
        head[:4] == b"RIFF" and head[8:12] == b"WAVE"
    )
    if is_sound or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06):
        return Found(Kind.AUDIO, "m4a")
    return None


def _kept(refusal: Refusal | None, suffix: str) -> Found:
    if refusal:
        raise Refused(refusal)
    return Found(Kind.DOCUMENT, suffix)


def _refuse_pdf(data: bytes) -> Refusal | None:
    if b"%%EOF" not in data[-2048:]:
        return rules.FILE_BROKEN
    if re.search(rb"/(?:Launch|EmbeddedFile|JavaScript|RichMedia)\b", data) or zipfile.is_zipfile(io.BytesIO(data)):
        return rules.FILE_TWO_FACED
    return None


def _packed(data: bytes) -> Found:
    """Word, Excel, PowerPoint and OpenDocument are archives; an archive of anything else is not taken in."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            refusal = rules.refuse_unpacking(
                entries=len(infos), packed=len(data), unpacked=sum(info.file_size for info in infos)
            )
            if refusal:
                raise Refused(refusal)
            names = {info.filename for info in infos}
            suffix = next((suffix for name, suffix in _PACKED.items() if name in names), "")
            if not suffix and infos and infos[0].filename == "mimetype" and infos[0].file_size < 100:
                kind = archive.read("mimetype").decode("ascii", "replace")
                suffix = next((suffix for suffix, name in TYPES.items() if name == kind), "")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise Refused(rules.FILE_BROKEN) from None
    if not suffix:
        raise Refused(rules.NOT_TAKEN)
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise Refused(rules.HAS_MACROS)
    return Found(Kind.DOCUMENT, suffix)


def _written(data: bytes, called: str) -> Found:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise Refused(rules.NOT_TAKEN) from None
    if not text.strip() or any(unicodedata.category(one) == "Cc" and one not in "\t\r\n\f" for one in text[:100_000]):
        raise Refused(rules.NOT_TAKEN)
    if _ACTIVE.search(data):
        raise Refused(rules.NOT_TAKEN)
    return Found(Kind.DOCUMENT, "csv" if called.lower().endswith(".csv") else "txt")
