"""Draw the front page's picture: a sentence, shaded by how much it surprises a language model."""

import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch
from style import ACCENT, DOCS, INK, MUTED, results, save, use

FULL = 8  # bits of surprise that get the strongest shade
FAINTEST, STRONGEST = 0.05, 0.62  # opacity; beyond the strongest, letters would lose their contrast
TILE, LINE = 1.9, 2.25  # height of a tile and of a line; a tile is one wide


def tile(axes: Axes, x: float, y: float, bits: float, height: float = TILE) -> None:
    """Draw one tile with its lower left corner at ``x``, ``y``, the stronger the more bits."""
    strength = min(bits, FULL) / FULL
    axes.add_patch(
        FancyBboxPatch(
            (x + 0.05, y),
            width=0.9,
            height=height,
            boxstyle="round,pad=0,rounding_size=0.14",
            facecolor=ACCENT,
            alpha=FAINTEST + (STRONGEST - FAINTEST) * strength,
            linewidth=0,
        )
    )


def scale(axes: Axes, right: float, y: float) -> None:
    """Say what the shades mean, in a row that ends at ``right``."""
    steps = range(0, FULL + 1, 2)
    left = right - len(steps) * 2.9
    for i, bits in enumerate(steps):
        x = left + 2.9 * i
        tile(axes, x, y, bits, height=1)
        label = f"{bits}+" if bits == FULL else str(bits)
        axes.text(x + 1.15, y + 0.12, label, color=MUTED, fontsize=13)
    axes.text(left - 0.6, y + 0.12, "bits of surprise", color=MUTED, fontsize=13, ha="right")


def draw(font: FontProperties) -> Figure:
    """Return the figure, its letters set in ``font``."""
    measured = results("surprise")
    lines, bits = measured["lines"], iter(measured["bits"])
    columns = max(map(len, lines))
    figure = plt.figure(figsize=(7.2, 1.9), layout="none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-0.7, columns + 0.7), ylim=(-2.25, 2 * LINE + 0.45))
    axes.axis("off")
    for row, line in enumerate(lines):
        y = (len(lines) - 1 - row) * LINE
        for x, letter in enumerate(line):
            tile(axes, x, y, next(bits))
            axes.text(x + 0.5, y + 0.62, letter, color=INK, ha="center", font=font)
        next(bits, None)  # the space between the lines
    scale(axes, right=columns, y=-1.55)
    return figure


if __name__ == "__main__":
    use()
    code = instantiateVariableFont(
        TTFont(DOCS / "_static/fonts/source-code-pro.woff2"), {"wght": 450}
    )
    code.flavor = None
    with tempfile.TemporaryDirectory() as folder:
        code.save(Path(folder) / "code.ttf")
        save(draw(FontProperties(fname=Path(folder) / "code.ttf", size=17)), "surprise")
