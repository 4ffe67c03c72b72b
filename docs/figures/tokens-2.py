"""Draw how much text a token holds, by the size of the vocabulary, for English prose and for Python."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, results, save, use

SIZES = [256, 512, 1024, 2048, 4096, 8192]


def draw() -> Figure:
    """Return the figure."""
    measured = results("tokens")
    figure, axes = plt.subplots()
    lines = (("prose", "English prose", ACCENT, "-"), ("code", "Python source", BLUE, "--"))
    for key, label, color, style in lines:
        held = [measured[f"{key}_{size}"] for size in SIZES]
        axes.plot(SIZES, held, style, color=color, marker="o", markersize=5)
        axes.text(SIZES[-1] * 1.08, held[-1], label, color=color, fontsize=14, va="center")
    axes.set_xscale("log", base=2)
    axes.set(xlim=(230, 27_000), ylim=(0, 4.5), xticks=SIZES)
    axes.set_xticks([], minor=True)
    axes.set_xticklabels([f"{size:,}" for size in SIZES])
    axes.tick_params(labelsize=12)
    axes.spines["bottom"].set_bounds(230, SIZES[-1])
    axes.set_xlabel("tokens in the vocabulary", fontsize=14)
    axes.set_title("bytes of new text that a token holds", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "tokens-2")
