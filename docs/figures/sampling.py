"""Draw what diversity costs in quality, for four ways of choosing a token."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, INK, ORANGE, results, save, use

CURVES = (
    ("temperature", (0, 40, 60, 80, 100, 130), ACCENT, "-"),
    ("top_k", (2, 5, 20, 100), BLUE, "--"),
    ("top_p", (20, 40, 60, 80, 95), GREEN, "-."),
    ("min_p", (50, 20, 5, 1), ORANGE, ":"),
)


def draw() -> Figure:
    """Return the figure: known triples against different triples, one line for each way."""
    measured = results("sampling")
    figure, axes = plt.subplots(figsize=(7.2, 4.6))
    for kind, settings, color, style in CURVES:
        points = [
            (measured[f"{kind}_{value}_different"], measured[f"{kind}_{value}_known"])
            for value in settings
        ]
        axes.plot(*zip(*points, strict=True), style, color=color, marker="o", ms=5)
    for (x, y), label, color in (
        ((14, 74), "greedy", ACCENT),
        ((16, 50), "top-p", GREEN),
        ((46, 62.5), "min-p and top-k", ORANGE),
        ((79, 10), "temperature 1", ACCENT),
    ):
        axes.text(x, y, label, color=color, fontsize=14, va="center")
    real = measured["real_different"], measured["real_known"]
    axes.plot(*real, "*", color=INK, ms=16, zorder=5)
    axes.annotate("real text", real, (99, 44), color=INK, fontsize=14, ha="right", va="center")
    axes.set(xlim=(0, 103), ylim=(0, 80))
    axes.tick_params(labelsize=12)
    axes.set_xlabel("diversity: % of triples that differ", fontsize=14)
    axes.set_title("quality: % of triples found in other topics", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "sampling")
