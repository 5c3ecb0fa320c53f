"""Recordings made by the tests themselves, small and quick."""

from __future__ import annotations

import io
from fractions import Fraction

import av
from PIL import Image


def video(
    *, seconds: int = 2, width: int = 320, height: int = 240, rate: int | Fraction = 10, with_sound: bool = True
) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        out.metadata["location"] = "+31.2304+121.4737/"
        out.metadata["com.apple.quicktime.make"] = "Apple"
        pictures = out.add_stream("libx264", rate=rate, options={"preset": "ultrafast"})
        pictures.width, pictures.height, pictures.pix_fmt = width, height, "yuv420p"
        sound = out.add_stream("aac", rate=48_000, layout="mono") if with_sound else None
        for number in range(int(seconds * rate)):
            image = Image.new("RGB", (width, height), (40 + number * 8 % 200, 120, 90))
            out.mux(pictures.encode(av.VideoFrame.from_image(image)))
        out.mux(pictures.encode(None))
        if sound:
            out.mux(_hum(sound, seconds))
    return file.getvalue()


def note(*, seconds: int = 2) -> bytes:
    """An audio note, as a phone records it."""
    return sound("ogg", "libopus", seconds=seconds)


def sound(container: str, codec: str, *, seconds: int = 2) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        out.mux(_hum(out.add_stream(codec, rate=48_000, layout="mono"), seconds))
    return file.getvalue()


def _hum(stream: av.AudioStream, seconds: int) -> list[av.Packet]:
    packets = []
    resampler = av.AudioResampler(stream.format.name, "mono", 48_000, frame_size=stream.codec_context.frame_size or 960)
    frame = av.AudioFrame(format="s16", layout="mono", samples=48_000 * seconds)
    half = b"\x00\x10" * 60 + b"\x00\xf0" * 60
    frame.planes[0].update(
        (half * (48_000 * seconds // 120 + 1))[: frame.planes[0].buffer_size].ljust(frame.planes[0].buffer_size, b"\0")
    )
    frame.sample_rate, frame.pts = 48_000, 0
    for piece in [*resampler.resample(frame), *resampler.resample(None)]:
        packets += stream.encode(piece)
    return packets + stream.encode(None)
