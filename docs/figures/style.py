"""One look for every figure: the book's type, its palette, and one file that is right in light and dark.

A figure's script measures nothing.  It reads ``docs/results/NAME.json``, draws, and calls :func:`save`,
which writes ``docs/figures/NAME.svg``.  The file paints its own background and carries a style sheet that
swaps the neutral colors where the reader prefers dark; what ignores the style sheet (LaTeX, e-readers)
shows the light version.
"""

import atexit
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import matplotlib as mpl
from cycler import cycler
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from matplotlib import font_manager
from matplotlib.figure import Figure

FIGURES = Path(__file__).parent
DOCS = FIGURES.parent

# Neutral colors, light -> dark.  Nothing else may be used for paper, ink and grid.
PAPER, INK, MUTED, GRID = "#fffdf9", "#1c1b1a", "#5d5a55", "#dcd8d0"
DARK = {PAPER: "#171716", INK: "#ece9e2", MUTED: "#a9a49a", GRID: "#3a3935"}

# Data colors, chosen to keep 3:1 contrast on both papers and to differ in lightness, not in hue alone.
# Line style or a direct label always says the same as the color.
ACCENT, BLUE, GREEN, ORANGE = "#c2410c", "#3b78c9", "#2f8f5b", "#b9770e"
PALETTE = (ACCENT, BLUE, GREEN, ORANGE)


def _add_font(weight: int, style: str, folder: Path) -> None:
    """Cut one weight out of the book's variable WOFF2 font, which Matplotlib cannot read itself."""
    font = instantiateVariableFont(
        TTFont(DOCS / "_static/fonts/source-sans-3.woff2"), {"wght": weight}
    )
    font.flavor = None
    for name_id, text in ((1, "Book Sans"), (2, style), (4, f"Book Sans {style}")):
        font["name"].setName(text, name_id, 3, 1, 0x409)
        font["name"].setName(text, name_id, 1, 0, 0)
    for name_id in (16, 17):
        font["name"].removeNames(nameID=name_id)
    font["OS/2"].usWeightClass = weight
    path = folder / f"book-sans-{weight}.ttf"
    font.save(path)
    font_manager.fontManager.addfont(path)


def use() -> None:
    """Set the book's look for every figure drawn afterwards."""
    # The fonts are read again while the figure is drawn, so the folder stays until the script ends.
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    _add_font(400, "Regular", Path(folder.name))
    _add_font(700, "Bold", Path(folder.name))
    mpl.rcParams.update(
        {
            "font.family": "Book Sans",
            "font.size": 11,
            "text.color": INK,
            "axes.edgecolor": MUTED,
            "axes.labelcolor": MUTED,
            "axes.titlecolor": INK,
            "axes.facecolor": "none",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.titlelocation": "left",
            "axes.titleweight": "normal",
            "axes.prop_cycle": cycler(color=PALETTE, linestyle=["-", "--", "-.", ":"]),
            "grid.color": GRID,
            "grid.linewidth": 0.8,
            "xtick.color": MUTED,
            "ytick.color": MUTED,
            "figure.facecolor": PAPER,
            "figure.figsize": (7.2, 3.8),
            "figure.constrained_layout.use": True,
            "lines.linewidth": 2,
            "legend.frameon": False,
            "svg.fonttype": "path",
            "svg.hashsalt": "llmbook",
        }
    )


def results(name: str) -> dict[str, Any]:
    """Return the values that ``docs/results/NAME.json`` holds."""
    values: dict[str, Any] = json.loads((DOCS / "results" / f"{name}.json").read_text("utf-8"))[
        "value"
    ]
    return values


def save(figure: Figure, name: str, folder: Path = FIGURES) -> Path:
    """Write ``figure`` as ``NAME.svg`` and return its path."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    rules = "".join(
        f'[style*="{kind}: {light}"]{{{kind}:{dark}!important}}'
        for light, dark in DARK.items()
        for kind in ("fill", "stroke")
    )
    sheet = f"<style>@media (prefers-color-scheme: dark){{{rules}}}</style>"
    svg = buffer.getvalue().replace("<defs>", f"{sheet}\n <defs>", 1)
    path = folder / f"{name}.svg"
    path.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", "utf-8")
    return path
