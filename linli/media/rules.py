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
