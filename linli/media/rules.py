"""What may be taken in as a picture, and what is said where it may not."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal

BYTES_MAX = 24 * 1024 * 1024
PIXELS_MAX = 50_000_000

NOT_A_PICTURE = Refusal(
    "not_a_picture", _("This is not a picture we can show. JPEG, PNG, WebP, GIF and HEIC can be added.")
)
TOO_HEAVY = Refusal("too_heavy", _("This picture is larger than 24 MB. Please choose a smaller one."))
TOO_MANY_PIXELS = Refusal(
    "too_many_pixels", _("This picture has more than 50 million pixels. Please choose a smaller one.")
)
BROKEN = Refusal("broken", _("This picture is damaged or was not sent completely. Please choose it again."))
TWO_FACED = Refusal("two_faced", _("This picture carries another file inside it, so it is not taken in."))


def refuse_header(*, width: int, height: int) -> Refusal | None:
    """Asked before anything is decoded, so that a small file cannot fill the memory."""
    if width < 1 or height < 1:
        return BROKEN
    return TOO_MANY_PIXELS if width * height > PIXELS_MAX else None


VIDEO_SECONDS_MAX = 15 * 60
AUDIO_SECONDS_MAX = 60 * 60
SIDE_MAX = 4320
FILE_BYTES_MAX = 32 * 1024 * 1024
PACKED_ENTRIES_MAX, UNPACKED_BYTES_MAX, PACKED_RATIO_MAX = 2000, 300 * 1024 * 1024, 200

NOT_TAKEN = Refusal(
    "not_taken",
    _(
        "This kind of file is not taken in. Pictures, video, sound, PDF, Word, Excel, PowerPoint, OpenDocument, "
        "plain text and tables (CSV) can be added."
    ),
)
FILE_TOO_HEAVY = Refusal("file_too_heavy", _("This file is larger than 32 MB. Please choose a smaller one."))
FILE_BROKEN = Refusal("file_broken", _("This file is damaged or was not sent completely. Please choose it again."))
FILE_TWO_FACED = Refusal("file_two_faced", _("This file carries something else inside it, so it is not taken in."))
SWELLS = Refusal("swells", _("This file would swell to many times its size when opened, so it is not taken in."))
HAS_MACROS = Refusal("has_macros", _("This document contains small programs (macros), so it is not taken in."))
CLIP_BROKEN = Refusal("clip_broken", _("This recording is damaged or was not sent completely. Please choose it again."))
VIDEO_TOO_LONG = Refusal("video_too_long", _("This video is longer than 15 minutes. Please send a shorter part."))
AUDIO_TOO_LONG = Refusal("audio_too_long", _("This recording is longer than one hour. Please send a shorter part."))
VIDEO_TOO_LARGE = Refusal("video_too_large", _("The picture of this video is too large. Up to 4K can be sent."))
TOO_HARD = Refusal("too_hard", _("This recording could not be prepared. Please send it in another form, such as MP4."))
NO_PLAYER = Refusal("no_player", _("This server cannot prepare video and sound at the moment."))

CLIP_REFUSALS = {
    refusal.code: refusal
    for refusal in (CLIP_BROKEN, VIDEO_TOO_LONG, AUDIO_TOO_LONG, VIDEO_TOO_LARGE, TOO_HARD, NO_PLAYER)
}


def refuse_unpacking(*, entries: int, packed: int, unpacked: int) -> Refusal | None:
    """Asked before anything is unpacked; we never do, but the neighbour who opens it will."""
    if entries > PACKED_ENTRIES_MAX or unpacked > UNPACKED_BYTES_MAX or unpacked > max(packed, 1) * PACKED_RATIO_MAX:
        return SWELLS
    return None
