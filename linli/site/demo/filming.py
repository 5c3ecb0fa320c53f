"""Draws a lamp-lit evening of four seconds, or hums three notes; run apart, so that no server process loads decoders."""

from __future__ import annotations

import io
import sys
from math import pi, sin
from random import Random

import av
from PIL import Image, ImageDraw, ImageFilter

SIZE, RATE, SECONDS = (640, 360), 12, 4
SOUND_RATE = 48_000


def film() -> bytes:
    file = io.BytesIO()
    chance = Random("fireflies")  # noqa: S311  (a picture, not a secret)
    flies = [(chance.randint(20, 620), chance.randint(90, 330), chance.random() * 6) for _ in range(26)]
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=RATE, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(RATE * SECONDS):
            out.mux(stream.encode(framed(evening(flies, number / RATE))))
        out.mux(stream.encode(None))
    return file.getvalue()


def framed(image: Image.Image) -> av.VideoFrame:
    frame: av.VideoFrame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
    return frame


def evening(flies: list[tuple[int, int, float]], time: float) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(SIZE)
    image = Image.composite(Image.new("RGB", SIZE, "#2b3b4d"), Image.new("RGB", SIZE, "#101a26"), ramp)
    draw = ImageDraw.Draw(image)
    for place, height in enumerate((120, 170, 140, 190, 150)):
        draw.rectangle((place * 132, 260 - height, place * 132 + 104, 360), fill="#0c131b")
        for window in range(6):
            x, y = place * 132 + 16 + window % 3 * 30, 280 - height + window // 3 * 40
            draw.rectangle((x, y, x + 14, y + 20), fill="#f3c969" if (place + window) % 3 else "#1c2733")
    draw.rectangle((0, 300, *SIZE), fill="#13231b")
    for x, y, phase in flies:
        light = max(0.0, sin(time * 2 + phase))
        left, top = x + 14 * sin(time + phase), y + 8 * sin(time * 1.7 + phase)
        draw.ellipse((left, top, left + 6, top + 6), fill=(int(60 + 190 * light), int(70 + 170 * light), 60))
    return image.filter(ImageFilter.GaussianBlur(0.8))


def note() -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as out:
        stream = out.add_stream("libopus", rate=SOUND_RATE, layout="mono")
        resampler = av.AudioResampler(stream.format.name, "mono", SOUND_RATE, frame_size=960)
        frame = av.AudioFrame(format="s16", layout="mono", samples=SOUND_RATE * 3)
        frame.sample_rate, frame.pts = SOUND_RATE, 0
        frame.planes[0].update(hum(frame.planes[0].buffer_size))
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return file.getvalue()


def hum(size: int) -> bytes:
    waves = bytearray()
    for second, pitch in enumerate((392, 440, 523)):
        for sample in range(SOUND_RATE):
            fade = min(1.0, sample / 3000, (SOUND_RATE - sample) / 12_000)
            height = int(9000 * fade * sin(2 * pi * pitch * (second + sample / SOUND_RATE)))
            waves += height.to_bytes(2, "little", signed=True)
    return bytes(waves[:size].ljust(size, b"\0"))


if __name__ == "__main__":
    sys.stdout.buffer.write(film() if sys.argv[1] == "film" else note())
