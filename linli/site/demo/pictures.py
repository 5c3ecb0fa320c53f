"""Pictures of the demo, drawn by this script: flat, warm, a little paper grain; the same each time."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SIZE = (1440, 1080)
W, H = SIZE
Draw = ImageDraw.ImageDraw
Colour = str


def photograph(scene: str) -> BytesIO:
    """The scene as a JPEG file, as a phone would send it."""
    paint = SCENES[scene]
    image = paint(Random(scene))  # noqa: S311  (a picture, not a secret)
    grain = Image.effect_noise(SIZE, 18).convert("RGB")
    image = Image.blend(image, grain, 0.05)
    file = BytesIO()
    ImageEnhance.Color(image).enhance(1.08).save(file, "JPEG", quality=88)
    file.seek(0)
    return file


def _sky(top: Colour, bottom: Colour) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(SIZE)
    return Image.composite(Image.new("RGB", SIZE, bottom), Image.new("RGB", SIZE, top), ramp)


def _ground(draw: Draw, y: int, colour: Colour) -> None:
    draw.rectangle((0, y, W, H), fill=colour)


def _houses(draw: Draw, chance: Random, base: int, colour: Colour, window: Colour, low: int, high: int) -> None:
    x = -40
    while x < W:
        width, height = chance.randint(150, 260), chance.randint(low, high)
        draw.rectangle((x, base - height, x + width, base), fill=colour)
        for wx in range(x + 22, x + width - 30, 46):
            for wy in range(base - height + 26, base - 40, 54):
                if chance.random() < 0.62:
                    draw.rectangle((wx, wy, wx + 24, wy + 30), fill=window)
        x += width + chance.randint(12, 60)


def _tree(
    draw: Draw, chance: Random, x: int, y: int, size: int, leaf: tuple[Colour, ...], trunk: Colour = "#5B4636"
) -> None:
    draw.line((x, y, x, y - size), fill=trunk, width=max(6, size // 12))
    for _ in range(26):
        r = chance.randint(size // 6, size // 3)
        cx, cy = x + chance.randint(-size // 2, size // 2), y - size - chance.randint(-size // 4, size // 2)
        draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=chance.choice(leaf))


def _morning(chance: Random) -> Image.Image:
    image = _sky("#F6E3C8", "#F2B98C")
    draw = ImageDraw.Draw(image)
    draw.ellipse((940, 260, 1160, 480), fill="#FBEBD0")
    _houses(draw, chance, 800, "#C9A58B", "#F9E0B0", 280, 520)
    _ground(draw, 800, "#A88B6F")
    draw.rectangle((420, 560, 470, 860), fill="#7C3B2A")
    draw.rectangle((970, 560, 1020, 860), fill="#7C3B2A")
    draw.rectangle((380, 500, 1060, 580), fill="#8E4630")
    draw.polygon([(350, 500), (720, 400), (1090, 500)], fill="#6E3324")
    draw.polygon([(520, H), (640, 800), (800, 800), (920, H)], fill="#C7AD8F")
    return image


def _garden(chance: Random) -> Image.Image:
    image = _sky("#CFE4EA", "#EAF1DF")
    draw = ImageDraw.Draw(image)
    _houses(draw, chance, 620, "#D8CDBB", "#B9C7C6", 180, 330)
    _ground(draw, 620, "#8FA965")
    draw.polygon([(640, H), (690, 620), (760, 620), (1000, H)], fill="#DACBAE")
    _tree(draw, chance, 300, 720, 240, ("#4E7A3B", "#5E8C44", "#3F6B33"))
    _tree(draw, chance, 1180, 700, 210, ("#6C8F3E", "#547A38", "#E0A63B"))
    for _ in range(420):
        x, y = chance.randint(0, W), chance.randint(760, H)
        if not 600 < x < 1020:
            r = chance.randint(4, 13)
            draw.ellipse(
                (x - r, y - r, x + r, y + r),
                fill=chance.choice(("#D8553C", "#F2C14E", "#F7F2E4", "#B8487A", "#577F3B")),
            )
    return image


def _people(chance: Random) -> Image.Image:
    image = _garden(chance)
    draw = ImageDraw.Draw(image)
    for i in range(9):
        x = 200 + i * 130 + chance.randint(-14, 14)
        size = chance.choice((120, 175, 190, 200))
        y = 1000 - (i % 2) * 46
        draw.rounded_rectangle(
            (x - 42, y - size, x + 42, y),
            34,
            fill=chance.choice(("#B5402A", "#24705B", "#2A5F8A", "#8A5A00", "#7A3E6C")),
        )
        draw.ellipse(
            (x - 34, y - size - 74, x + 34, y - size - 6), fill=chance.choice(("#E8BE9A", "#D9A77F", "#F0CBA8"))
        )
        draw.chord(
            (x - 36, y - size - 80, x + 36, y - size - 14),
            180,
            360,
            fill=chance.choice(("#2B2320", "#5A4638", "#B9B4AC")),
        )
    return image


def _table(colour: Colour = "#C89F6E") -> tuple[Image.Image, Draw]:
    image = Image.new("RGB", SIZE, colour)
    draw = ImageDraw.Draw(image)
    chance = Random(colour)  # noqa: S311
    for y in range(0, H, 9):
        shade = chance.randint(-9, 9)
        base = tuple(int(colour[i : i + 2], 16) + shade for i in (1, 3, 5))
        draw.line((0, y, W, y + chance.randint(-6, 6)), fill=base, width=7)
    return image, draw


def _keys(chance: Random) -> Image.Image:
    image, draw = _table("#B9A78E")
    draw.ellipse((520, 330, 760, 570), outline="#6E747A", width=20)
    for angle, colour in ((640, "#A8ADB2"), (760, "#C2A25A"), (520, "#8F959B")):
        draw.line((640, 560, angle, 860), fill=colour, width=44)
        draw.rectangle((angle - 60, 820, angle + 20, 850), fill=colour)
    draw.ellipse((800, 380, 1080, 520), fill="#2A6FA8")
    draw.polygon([(1060, 450), (1160, 380), (1160, 520)], fill="#2A6FA8")
    draw.ellipse((850, 420, 878, 448), fill="#F7F2E4")
    return image


def _bread(chance: Random) -> Image.Image:
    image, draw = _table("#D9C3A0")
    draw.rounded_rectangle((220, 480, 1220, 900), 60, fill="#9C6B3F")
    draw.ellipse((300, 300, 1140, 800), fill="#6B3E1F")
    draw.ellipse((330, 300, 1110, 720), fill="#8A5429")
    for x in range(460, 1040, 130):
        draw.arc((x - 130, 330, x + 60, 690), 280, 60, fill="#E3C79B", width=18)
    for _ in range(300):
        x, y = chance.randint(360, 1080), chance.randint(330, 620)
        draw.ellipse((x, y, x + 6, y + 6), fill="#EAD7B5")
    return image


def _leaves(chance: Random) -> Image.Image:
    image = Image.new("RGB", SIZE, "#F3EADB")
    draw = ImageDraw.Draw(image)
    for _ in range(46):
        x, y, r = chance.randint(60, W - 60), chance.randint(60, H - 60), chance.randint(50, 120)
        start = chance.randint(0, 360)
        draw.pieslice(
            (x - r, y - r, x + r, y + r),
            start,
            start + 150,
            fill=chance.choice(("#E3A72F", "#D98B25", "#F0C252", "#B5642A", "#9AA043")),
        )
    return image


def _ginkgo(chance: Random) -> Image.Image:
    image = _sky("#DCE6E6", "#F6EBCF")
    draw = ImageDraw.Draw(image)
    _houses(draw, chance, 600, "#CFC6B6", "#A9B7B5", 200, 360)
    _ground(draw, 600, "#E2B742")
    for x in (140, 400, 1050, 1320):
        _tree(draw, chance, x, 760, 260, ("#F0C23B", "#E3A92D", "#F6D567"), "#4C3B2E")
    draw.polygon([(500, H), (680, 600), (760, 600), (960, H)], fill="#D7B25A")
    for _ in range(900):
        x, y = chance.randint(0, W), chance.randint(610, H)
        draw.pieslice((x, y, x + 18, y + 18), 0, 170, fill=chance.choice(("#F4D160", "#E0A62B", "#C98F22")))
    return image


def _cat(chance: Random) -> Image.Image:
    image, draw = _table("#A9B0A8")
    draw.ellipse((420, 420, 1060, 1020), fill="#D98236")
    draw.ellipse((500, 180, 960, 600), fill="#E2934A")
    draw.polygon([(520, 300), (560, 90), (690, 230)], fill="#E2934A")
    draw.polygon([(940, 300), (900, 90), (770, 230)], fill="#E2934A")
    for x in (620, 800):
        draw.ellipse((x, 340, x + 70, 420), fill="#F5F1D9")
        draw.ellipse((x + 24, 345, x + 46, 415), fill="#20261F")
    draw.polygon([(700, 450), (760, 450), (730, 490)], fill="#B5554A")
    for y in (470, 490, 510):
        draw.line((480, y, 660, 480), fill="#FBF8F2", width=4)
        draw.line((980, y, 800, 480), fill="#FBF8F2", width=4)
    for x in range(520, 960, 90):
        draw.arc((x, 640, x + 160, 960), 200, 300, fill="#B4601F", width=16)
    draw.ellipse((690, 580, 770, 660), fill="#2F8A4E")
    return image


def _books(chance: Random) -> Image.Image:
    image, draw = _table("#C9AE8A")
    draw.rectangle((180, 300, 1260, 960), fill="#A67C4E")
    draw.rectangle((230, 260, 1210, 900), fill="#7F5C37")
    x = 260
    while x < 1140:
        width = chance.randint(48, 96)
        top = chance.randint(280, 400)
        draw.rectangle(
            (x, top, x + width, 880),
            fill=chance.choice(("#B5402A", "#24705B", "#2A5F8A", "#D9A63C", "#7A3E6C", "#55641E", "#E8E0CF")),
        )
        draw.rectangle((x + 10, top + 60, x + width - 10, top + 90), fill="#F7F0E0")
        x += width + 5
    return image


def _clock(chance: Random) -> Image.Image:
    image = Image.new("RGB", SIZE, "#8F9A86")
    draw = ImageDraw.Draw(image)
    _ground(draw, 900, "#6B4A2E")
    draw.rounded_rectangle((430, 120, 1010, 960), 80, fill="#5A2F1A")
    draw.rounded_rectangle((470, 160, 970, 920), 60, fill="#7A4526")
    draw.ellipse((520, 210, 920, 610), fill="#F6EEDC", outline="#C29A4B", width=18)
    for hour in range(12):
        a = hour * pi / 6
        draw.line(
            (720 + 150 * sin(a), 410 - 150 * cos(a), 720 + 172 * sin(a), 410 - 172 * cos(a)), fill="#3A2416", width=12
        )
    draw.line((720, 410, 620, 330), fill="#20140C", width=16)
    draw.line((720, 410, 722, 260), fill="#20140C", width=10)
    draw.line((720, 640, 780, 820), fill="#C29A4B", width=12)
    draw.ellipse((735, 780, 825, 870), fill="#D9B25C")
    return image


def _garage(chance: Random) -> Image.Image:
    image = _sky("#4A4F52", "#7A7E7C")
    draw = ImageDraw.Draw(image)
    for x in range(80, W, 330):
        draw.rectangle((x, 120, x + 70, 760), fill="#9AA09D")
        draw.rectangle((x, 560, x + 70, 640), fill="#E2B93B")
    _ground(draw, 760, "#5C605E")
    for x in range(0, W, 260):
        draw.line((x, H, x + 150, 760), fill="#D9D6C9", width=8)
    draw.ellipse((420, 820, 1120, 1020), fill="#7F95A0")
    draw.arc((500, 850, 960, 980), 180, 300, fill="#C7D3D8", width=8)
    return image


def _jars(chance: Random) -> Image.Image:
    image, draw = _table("#B98E5F")
    for x in (200, 520, 840, 1120):
        draw.rounded_rectangle((x, 360, x + 240, 900), 50, fill="#E9E2CF")
        draw.rounded_rectangle((x + 14, 420, x + 226, 886), 40, fill="#D8A94B")
        draw.rectangle((x + 10, 310, x + 230, 380), fill="#A33A2A")
        for _ in range(60):
            px, py = chance.randint(x + 24, x + 190), chance.randint(440, 860)
            draw.rectangle((px, py, px + 34, py + 10), fill=chance.choice(("#F0D48A", "#C98F33", "#E7C26A")))
    return image


def _sunset(chance: Random) -> Image.Image:
    image = _sky("#5E5A86", "#F29E6D")
    draw = ImageDraw.Draw(image)
    for _ in range(16):
        x, y = chance.randint(-200, W), chance.randint(140, 620)
        draw.ellipse(
            (x, y, x + chance.randint(300, 700), y + chance.randint(20, 60)),
            fill=chance.choice(("#F4B38A", "#D9788A", "#F7CDA0", "#8D6A93")),
        )
    image = image.filter(ImageFilter.GaussianBlur(18))
    draw = ImageDraw.Draw(image)
    draw.ellipse((980, 600, 1130, 750), fill="#FBE3B0")
    _houses(draw, chance, H, "#2E2A3E", "#F7C873", 240, 460)
    return image


def _bicycle(chance: Random) -> Image.Image:
    image, draw = _table("#BFC4B6")
    for x in (260, 860):
        draw.ellipse((x, 520, x + 360, 880), outline="#2B2F31", width=26)
        for dx, dy in ((180, 0), (0, 180), (128, 128), (128, -128)):
            draw.line((x + 180 - dx, 700 - dy, x + 180 + dx, 700 + dy), fill="#8F979B", width=4)
    for line in (
        (440, 700, 660, 700),
        (440, 700, 560, 440),
        (560, 440, 880, 440),
        (660, 700, 880, 440),
        (560, 420, 660, 700),
        (880, 400, 1040, 700),
    ):
        draw.line(line, fill="#C23B2A", width=26)
    draw.rounded_rectangle((480, 370, 660, 420), 20, fill="#3A2A22")
    draw.line((880, 440, 860, 320), fill="#C23B2A", width=22)
    draw.line((790, 320, 980, 300), fill="#2B2F31", width=20)
    return image


def _rain(chance: Random) -> Image.Image:
    image = _sky("#7E8B91", "#A9B2B0")
    draw = ImageDraw.Draw(image)
    _houses(draw, chance, 640, "#77807F", "#C9B583", 220, 420)
    _ground(draw, 640, "#6C7270")
    draw.polygon([(380, H), (660, 640), (800, 640), (1100, H)], fill="#858C8A")
    for _ in range(240):
        x, y = chance.randint(0, W), chance.randint(660, H)
        draw.ellipse((x, y, x + 26, y + 8), fill=chance.choice(("#B98B3A", "#9C6F2B", "#9AA5A8")))
    for _ in range(520):
        x, y = chance.randint(0, W), chance.randint(0, H)
        draw.line((x, y, x - 10, y + 46), fill="#C3CCD0", width=2)
    return image


def _fog(chance: Random) -> Image.Image:
    image = _sky("#D6DBDA", "#E9E8E1")
    draw = ImageDraw.Draw(image)
    _houses(draw, chance, 900, "#C2C8C8", "#DAD8CC", 380, 700)
    image = image.filter(ImageFilter.GaussianBlur(9))
    draw = ImageDraw.Draw(image)
    _ground(draw, 900, "#B9BDB8")
    _tree(draw, chance, 220, 960, 230, ("#9AA39C", "#A9B1AA", "#8E978F"), "#7C7A72")
    return image


def _street(chance: Random) -> Image.Image:
    image = _fog(chance)
    draw = ImageDraw.Draw(image)
    for x, size in ((420, 1.0), (860, 0.7), (1160, 0.5)):
        top = int(960 - 640 * size)
        draw.rectangle((x - 8, top, x + 8, 960), fill="#4E5453")
        draw.ellipse((x - 90 * size, top - 110 * size, x + 90 * size, top + 70 * size), fill="#F6D98B")
        draw.ellipse((x - 34 * size, top - 54 * size, x + 34 * size, top + 14 * size), fill="#FFF3CF")
    return image.filter(ImageFilter.GaussianBlur(3))


def _hills(chance: Random) -> Image.Image:
    image = _sky("#BFD3DC", "#F3E6CF")
    draw = ImageDraw.Draw(image)
    width, height = image.size
    for far, colour in ((0.42, "#A9BBB6"), (0.54, "#86A08F"), (0.66, "#5E7F66")):
        ridge = [(0, height)]
        x = 0
        while x <= width:
            ridge.append((x, int(height * far - chance.randint(0, height // 7))))
            x += chance.randint(width // 14, width // 7)
        draw.polygon([*ridge, (width, ridge[-1][1]), (width, height)], fill=colour)
    draw.polygon(
        [(width * 0.34, height), (width * 0.62, height), (width * 0.55, height * 0.7), (width * 0.51, height * 0.7)],
        fill="#C9AE84",
    )
    return image


SCENES: dict[str, Callable[[Random], Image.Image]] = {
    "bicycle": _bicycle, "books": _books, "bread": _bread, "cat": _cat, "clock": _clock, "fog": _fog,
    "garage": _garage, "garden": _garden, "hills": _hills, "ginkgo": _ginkgo, "jars": _jars, "keys": _keys, "leaves": _leaves,
    "morning": _morning, "people": _people, "rain": _rain, "street": _street, "sunset": _sunset,
}  # fmt: skip
