"""The short-lived process that touches hostile recordings: no Django, no secrets, little memory and time.

    python -I transcoder.py probe SOURCE
    python -I transcoder.py make SOURCE TARGET POSTER

It prints one JSON object a line: {"percent": 40}, at the end {"done": {…}} or {"refused": "code"}.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from fractions import Fraction
from typing import Any

VIDEO_SECONDS_MAX, AUDIO_SECONDS_MAX, SIDE_MAX = 15 * 60, 60 * 60, 4320
TARGET_SIDE = 720
FRAMES_MAX = VIDEO_SECONDS_MAX * 61
RATE = 48_000


# What decoders raise at files made to break them.
_BROKEN = (
    OSError, ValueError, ArithmeticError, LookupError, AssertionError, AttributeError, RuntimeError, StopIteration,
    EOFError, NotImplementedError, TypeError,
)  # fmt: skip


class Refused(Exception):
    pass


def limit(cpu_seconds: int) -> None:
    memory = 1536 * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def say(**words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> None:
    task, source, *targets = arguments
    limit(20 if task == "probe" else 1800)
    import av  # after the limits

    av.logging.set_level(None)
    try:
        with opened(av, source) as media:
            found = look_at(media)
        if task == "make":
            with opened(av, source) as media:
                (make_video if found["kind"] == "video" else make_audio)(av, media, found, *targets)
    except Refused as refused:
        say(refused=str(refused))
    except (av.FFmpegError, *_BROKEN):
        say(refused="clip_broken")
    except MemoryError:
        say(refused="too_hard")
    else:
        say(done=found)


def opened(av: Any, source: str) -> Any:
    """Local files only: a playlist inside could otherwise ask other hosts or read other files."""
    return av.open(source, options={"protocol_whitelist": "file"}, metadata_errors="replace")


def look_at(media: Any) -> dict[str, Any]:
    """What its header says, refused before anything is decoded where it says too much."""
    video = next((one for one in media.streams.video if one.disposition.name != "attached_pic"), None)
    audio = next(iter(media.streams.audio), None)
    if media.format.name in ("hls", "concat", "dash", "image2") or (video is None and audio is None):
        raise Refused("clip_broken")
    seconds = float(media.duration or 0) / 1_000_000
    if video is None:
        if seconds > AUDIO_SECONDS_MAX:
            raise Refused("audio_too_long")
        next(media.decode(audio))
        return {"kind": "audio", "seconds": round(seconds), "width": 0, "height": 0}
    if max(video.width, video.height) > SIDE_MAX or video.width * video.height > 4096 * 2304:
        raise Refused("video_too_large")
    if seconds > VIDEO_SECONDS_MAX or (video.frames or 0) > FRAMES_MAX:
        raise Refused("video_too_long")
    frame = next(media.decode(video))
    if frame.width * frame.height > 4096 * 2304:
        raise Refused("video_too_large")
    width, height = frame.width, frame.height
    if abs(frame.rotation or 0) % 180 == 90:
        width, height = height, width
    return {"kind": "video", "seconds": round(seconds), "width": width, "height": height}


def fitted(width: int, height: int) -> tuple[int, int]:
    share = min(1.0, TARGET_SIDE / min(width, height), 1280 / max(width, height))
    return max(2, int(width * share) // 2 * 2), max(2, int(height * share) // 2 * 2)


class Progress:
    def __init__(self, seconds: float) -> None:
        self.seconds, self.last, self.reached = seconds, 0, 0.0

    def at(self, time: float | None, most: float) -> None:
        if time is None:
            return
        self.reached = max(self.reached, time)
        if time > most:
            raise Refused("video_too_long" if most == VIDEO_SECONDS_MAX else "audio_too_long")
        percent = min(99, int(100 * time / self.seconds)) if self.seconds else 0
        if percent >= self.last + 5:
            self.last = percent
            say(percent=percent)


def make_video(av: Any, media: Any, found: dict[str, Any], target: str, poster: str) -> None:
    source = next(one for one in media.streams.video if one.disposition.name != "attached_pic")
    sound = next(iter(media.streams.audio), None)
    source.thread_type = "NONE"
    width, height = fitted(found["width"], found["height"])
    progress = Progress(found["seconds"])
    base = Fraction(1, 90_000)
    with av.open(target, "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}) as out:
        video = out.add_stream("libx264", rate=30, options={"preset": "veryfast", "crf": "25", "threads": "1"})
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        video.codec_context.time_base = base
        audio = out.add_stream("aac", rate=RATE, layout="stereo") if sound else None
        resampler = av.AudioResampler("fltp", "stereo", RATE) if audio else None
        start, last, frames = None, -1, 0
        for frame in media.decode(*([source, sound] if sound else [source])):
            if isinstance(frame, av.AudioFrame):
                write_sound(out, audio, resampler, frame)
                continue
            if frame.time is None:
                continue
            start = frame.time if start is None else start
            time = frame.time - start
            progress.at(time, VIDEO_SECONDS_MAX)
            stamp = int(time * 90_000)
            # Not more than thirty pictures a second.
            if last >= 0 and stamp - last < 2900:
                continue
            frames += 1
            if frames > FRAMES_MAX or frame.width * frame.height > 4096 * 2304:
                raise Refused("video_too_large")
            upright = turned(av, frame, width, height)
            upright.pts, upright.time_base, last = stamp, base, stamp
            out.mux(video.encode(upright))
            if frames == 1 or (frames == 20):
                save_poster(upright, poster)
        out.mux(video.encode(None))
        if audio:
            write_sound(out, audio, resampler, None)
            out.mux(audio.encode(None))
    finish(found, progress, frames)
    found.update(width=width, height=height)


def finish(found: dict[str, Any], progress: Progress, frames: int) -> None:
    """A recording that ends long before it said it would was not sent whole."""
    if not frames or (found["seconds"] > 4 and progress.reached < found["seconds"] * 0.8):
        raise Refused("clip_broken")
    found["seconds"] = max(1, round(progress.reached))


def turned(av: Any, frame: Any, width: int, height: int) -> Any:
    rotation = round((frame.rotation or 0) / 90) * 90 % 360
    if not rotation:
        return frame.reformat(width=width, height=height, format="yuv420p")
    from PIL import Image

    sideways = rotation in (90, 270)
    small = frame.reformat(width=height if sideways else width, height=width if sideways else height, format="rgb24")
    how = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    upright = small.to_image().transpose(how[rotation])
    return av.VideoFrame.from_image(upright).reformat(format="yuv420p")


def save_poster(frame: Any, poster: str) -> None:
    frame.to_image().save(poster, "WEBP", quality=78, method=2)


def write_sound(out: Any, stream: Any, resampler: Any, frame: Any) -> None:
    for piece in resampler.resample(frame):
        piece.pts = None
        out.mux(stream.encode(piece))


def make_audio(av: Any, media: Any, found: dict[str, Any], target: str, poster: str) -> None:
    sound = next(iter(media.streams.audio))
    progress, frames = Progress(found["seconds"]), 0
    with av.open(target, "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}) as out:
        audio = out.add_stream("aac", rate=RATE, layout="mono")
        audio.bit_rate = 64_000
        resampler = av.AudioResampler("fltp", "mono", RATE)
        for frame in media.decode(sound):
            frames += 1
            # A header may lie: what was really decoded counts.
            progress.at((frame.time or 0.0), AUDIO_SECONDS_MAX)
            write_sound(out, audio, resampler, frame)
        write_sound(out, audio, resampler, None)
        out.mux(audio.encode(None))
    finish(found, progress, frames)


if __name__ == "__main__":
    main(sys.argv[1:])
