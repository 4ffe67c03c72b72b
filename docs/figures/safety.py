"""Draw how well secrets are known, by how often a text has them, with and without their copies."""

import json

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, DOCS, MUTED, results, save, use

COPIES = (0, 1, 2, 4, 8, 16, 32)


def draw() -> Figure:
    """Return the figure: the exposure above, and what the model says below."""
    measured = results("safety")
    spread = json.loads((DOCS / "results" / "safety.json").read_text("utf-8"))["spread"]
    figure, (above, below) = plt.subplots(2, 1, figsize=(7.2, 6.6), height_ratios=(3, 2))
    places = range(len(COPIES))
    for name, label, color, style, marker, shift in (
        ("copies", "all copies", ACCENT, "-", "o", -0.05),
        ("once", "each text once", BLUE, "--", "s", 0.05),
    ):
        for axes, kind in ((above, "exposure"), (below, "guessed")):
            keys = [f"{name}_{kind}_{n}" for n in COPIES]
            axes.errorbar(
                [place + shift for place in places],
                [measured[key] for key in keys],
                [spread[key] for key in keys],
                linestyle=style,
                color=color,
                marker=marker,
                markersize=6,
                capsize=3,
                label=label,
            )
    above.axhline(measured["all_bits"], color=MUTED, lw=1)
    above.text(0, measured["all_bits"] - 0.25, "the first guess is right", fontsize=12, va="top")
    above.set(ylim=(0, 14.4), yticks=range(0, 15, 2), title="exposure, in bits")
    above.legend(fontsize=13, loc="center left")
    below.set(ylim=(-4, 104), yticks=(0, 50, 100), title="% of the codes that the model says")
    below.set_xlabel("copies in the text", fontsize=13)
    for axes in (above, below):
        axes.set_xticks(places, COPIES)
        axes.tick_params(labelsize=12)
        axes.title.set_fontsize(14)
        axes.grid(visible=False, axis="x")
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "safety")
