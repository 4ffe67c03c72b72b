"""Draws the book's mark, its favicon, its cover and the picture that is shown when a page is shared.

The mark is an open book: lines of text on the left page, and on the right the model's answer to them,
the probabilities of four next words.  The longest bar is the one that will be read.
"""

import argparse
from pathlib import Path

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Polygon
from style import ACCENT, INK, MUTED, PAPER, use

STATIC = Path(__file__).parent.parent / "_static"
LINES = (15, 15, 15, 9)  # lengths of the lines of text, of 64
BARS = (17, 11, 6, 3)  # and of the bars
TOP, STEP, THICK = 20, 8, 4


def svg(ink: str, accent: str, dark_ink: str | None = None, dark_accent: str | None = None) -> str:
    """Return the mark as SVG, 64 by 64, with other colors in the dark where they are given."""
    shapes = [
        '<path class="i" d="M32 15C25 10 15 9 5 11v42c10-2 20-1 27 4 7-5 17-6 27-4V11c-10-2-20-1-27 4z'
        'M32 17v38" fill="none" stroke-width="3.5" stroke-linejoin="round"/>'
    ]
    for row, (line, bar) in enumerate(zip(LINES, BARS, strict=True)):
        y = TOP + STEP * row
        shapes.append(f'<rect class="t" x="11" y="{y}" width="{line}" height="{THICK}" rx="1"/>')
        shapes.append(f'<rect class="a" x="38" y="{y}" width="{bar}" height="{THICK}" rx="1"/>')
    rules = f".i{{stroke:{ink}}}.t{{fill:{ink}}}.a{{fill:{accent}}}"
    if dark_ink:
        rules += (
            f"@media (prefers-color-scheme: dark){{.i{{stroke:{dark_ink}}}"
            f".t{{fill:{dark_ink}}}.a{{fill:{dark_accent}}}}}"
        )
    body = "\n  ".join(shapes)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64" role="img">\n'
        "  <title>An open book whose right page is a bar chart</title>\n"
        f"  <style>{rules}</style>\n  {body}\n</svg>\n"
    )


def draw(axes: Axes, x: float, y: float, size: float) -> None:
    """Draw the mark with its upper left corner at (x, y), in points from the upper left."""
    scale = size / 64

    def at(px: float, py: float) -> tuple[float, float]:
        return x + px * scale, y + py * scale

    for side in (-1, 1):
        page = [(0, 17), (-6, 13.6), (-14, 11.6), (-20, 11.3), (-27, 12)]
        page += [(-27, 53), (-20, 52.3), (-14, 52.6), (-6, 54.6), (0, 57)]
        outline = [at(32 + side * px, py) for px, py in page]
        axes.add_patch(
            Polygon(outline, fill=False, ec=INK, lw=3.5 * scale * 0.72, joinstyle="round")
        )
    for row, (line, bar) in enumerate(zip(LINES, BARS, strict=True)):
        for left, width, color in ((11, line, INK), (38, bar, ACCENT)):
            axes.add_patch(
                FancyBboxPatch(
                    at(left, TOP + STEP * row),
                    width * scale,
                    THICK * scale,
                    boxstyle=f"round,pad=0,rounding_size={scale}",
                    fc=color,
                    ec="none",
                )
            )


def page(width: int, height: int) -> tuple[Figure, Axes]:
    """Return an empty picture of that many pixels, its origin in the upper left."""
    figure = plt.figure(figsize=(width / 100, height / 100), dpi=100, layout="none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    return figure, axes


def card(folder: Path) -> None:
    """Write the picture of a shared page, 1200 by 630 pixels."""
    figure, axes = page(1200, 630)
    draw(axes, 90, 170, 290)
    for row, words in enumerate(("Introduction to", "Large Language", "Models")):
        axes.text(440, 235 + 92 * row, words, size=56, color=INK, va="center", weight="bold")
    axes.text(443, 500, "A book that runs", size=30, color=ACCENT, va="center")
    figure.savefig(folder / "card.png", facecolor=PAPER, metadata={"Software": None})


def cover(folder: Path) -> None:
    """Write the cover of the ePub, 1200 by 1800 pixels."""
    figure, axes = page(1200, 1800)
    draw(axes, 300, 330, 600)
    for row, words in enumerate(("Introduction to", "Large Language", "Models")):
        axes.text(
            600,
            1130 + 130 * row,
            words,
            size=76,
            color=INK,
            va="center",
            ha="center",
            weight="bold",
        )
    axes.text(600, 1580, "A book that runs", size=42, color=ACCENT, va="center", ha="center")
    axes.plot([480, 720], [1500, 1500], color=MUTED, lw=2, ls="-")
    figure.savefig(folder / "cover.png", facecolor=PAPER, metadata={"Software": None})


def title_page(folder: Path) -> None:
    """Write the mark for the PDF's title page."""
    figure, axes = page(400, 400)
    draw(axes, 0, 0, 400)
    folder.mkdir(exist_ok=True)
    nothing = {"CreationDate": None, "Creator": None, "Producer": None}
    figure.savefig(folder / "mark.pdf", transparent=True, metadata=nothing)


def main() -> None:
    """Write every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=STATIC, help="folder for the files")
    folder = parser.parse_args().out
    use()
    (folder / "mark-light.svg").write_text(svg(INK, ACCENT), "utf-8")
    (folder / "mark-dark.svg").write_text(svg("#ece9e2", "#ff9b68"), "utf-8")
    (folder / "favicon.svg").write_text(svg(INK, ACCENT, "#ece9e2", "#ff9b68"), "utf-8")
    card(folder)
    cover(folder)
    title_page(folder / "latex")


if __name__ == "__main__":
    main()
