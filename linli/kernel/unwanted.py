"""Characters that have no place in what residents write."""

import re

# Controls (tab and newline stay), soft hyphen and other marks without width, fillers that look like nothing,
# directions that turn text around, lone surrogates, tags, non-characters, and private use: the finished cards
# use U+E000 and U+E001 as slots. The joiners U+200C and U+200D stay: emoji and scripts need them.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def without_unwanted(text: str) -> str:
    return UNWANTED.sub("", text)
