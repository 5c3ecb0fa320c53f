"""Draws the icons of the installed app from the same house as look/icons/linli.svg; run again when it changes."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "linli/look/static/look"
BRICK, PAPER, LIT = "#B5402A", "#FBF8F2", "#F2B53A"
FINE = 4  # drawn larger, then reduced, for smooth edges


def drawn(size: int, *, radius: float, scale: float) -> Image.Image:
    """`radius` of the tile and `scale` of the house as shares of the size."""
    side = size * FINE
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius * side, fill=BRICK)
    unit, shift = side * scale / 64, side * (1 - scale) / 2

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(shift + x * unit, shift + y * unit) for x, y in points]

    pen.polygon(at((14, 50), (14, 29), (32, 15), (50, 29), (50, 50)), fill=PAPER)
    pen.rectangle(at((26, 33), (38, 45)), fill=LIT)
    pen.line(at((32, 33), (32, 45)), fill=PAPER, width=round(2 * unit))
    pen.line(at((26, 39), (38, 39)), fill=PAPER, width=round(2 * unit))
    pen.rounded_rectangle(at((8.5, 49), (55.5, 52)), 1.5 * unit, fill=PAPER)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    drawn(192, radius=0.22, scale=1).save(FOLDER / "icons/linli-192.png", optimize=True)
    drawn(512, radius=0.22, scale=1).save(FOLDER / "icons/linli-512.png", optimize=True)
    # Maskable icons may lose a tenth on every side; Apple rounds the corners itself.
    drawn(512, radius=0, scale=0.72).save(FOLDER / "icons/mask-512.png", optimize=True)
    drawn(180, radius=0, scale=0.86).convert("RGB").save(FOLDER / "icons/touch-180.png", optimize=True)
    drawn(48, radius=0.2, scale=1).save(FOLDER / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    main()
