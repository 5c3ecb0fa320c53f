"""What is said in a video, as WebVTT; plain text is shown as one caption for the whole of it."""

from __future__ import annotations

import re

_TIMES = re.compile(r"^(?:\d{2,3}:)?\d{2}:\d{2}[.,]\d{3} --> (?:\d{2,3}:)?\d{2}:\d{2}[.,]\d{3}", re.MULTILINE)
_TIME = re.compile(r"((?:\d{2,3}:)?\d{2}:\d{2})[.,](\d{3})")


def as_captions(text: str) -> str:
    """Subtitles (SRT) become WebVTT; text without times stays what it is."""
    text = text.strip()
    if text.startswith("WEBVTT") or not _TIMES.search(text):
        return text
    lines = [_TIME.sub(r"\1.\2", line) if "-->" in line else line for line in text.splitlines()]
    return "WEBVTT\n\n" + "\n".join(lines)


def has_times(captions: str) -> bool:
    return captions.startswith("WEBVTT")
