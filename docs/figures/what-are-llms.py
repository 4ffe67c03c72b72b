"""Draw what context and text buy an n-gram model, and what compressors make of the same text."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from style import ACCENT, BLUE, GREEN, INK, MUTED, results, save, use

ORDERS = range(1, 9)


def curves(axes: Axes, measured: dict[str, float]) -> None:
    """Draw bits per byte against the length of the context, one line a text."""
    lines = (
        ("tenth", "new text, little training", BLUE, "--", (3.3, 2.98)),
        ("held_out", "new text, full training", ACCENT, "-", (3.7, 2.27)),
        ("seen", "its training text", GREEN, "-.", (0.7, 0.95)),
    )
    for key, label, color, style, (x, y) in lines:
        bits = [measured[f"{key}_{order}"] for order in ORDERS]
        axes.plot([order - 1 for order in ORDERS], bits, style, color=color, marker="o", ms=4)
        axes.text(x, y, label, color=color, fontsize=13)
    axes.set(xlim=(-0.2, 7.3), ylim=(0, 5), xticks=range(8))
    axes.set_xlabel("letters of context", fontsize=13)
    axes.set_title("bits per letter", fontsize=13)


def bars(axes: Axes, measured: dict[str, float]) -> None:
    """Draw what the compressors and the learning model need, in the same unit."""
    names = ["gzip", "xz", "bz2", "learning"]
    values = [measured[name] for name in names]
    colors = [MUTED] * 3 + [ACCENT]
    axes.barh(range(4), values, color=colors, height=0.4)
    for row, (name, value) in enumerate(zip(["gzip", "xz", "bz2", "8-gram"], values, strict=True)):
        axes.text(0, row - 0.27, name, fontsize=13, color=INK, va="bottom")
        axes.text(value + 0.06, row, f"{value:.2f}", fontsize=13, color=INK, va="center")
    axes.set(ylim=(3.5, -0.75), xlim=(0, 3), xticks=[], yticks=[])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_title("learning as they read", fontsize=13)


def draw() -> Figure:
    """Return the figure."""
    measured = results("what-are-llms")
    figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.8), width_ratios=(1.75, 1))
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(wspace=0.08)
    curves(left, measured)
    bars(right, measured)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "what-are-llms")
