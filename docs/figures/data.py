"""Draw how much of held-out text stands in training text, by the length of what is compared."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, results, save, use

GRAMS = (2, 4, 6, 8, 10, 12)


def draw() -> Figure:
    """Return the figure: the share of known runs against their length, one line for each split."""
    measured = results("data")
    figure, axes = plt.subplots(figsize=(7.2, 3.8))
    for split, color, style, marker in (
        ("samples", BLUE, "-", "s"),
        ("combinations", ACCENT, "--", "o"),
    ):
        shares = [measured[f"{split}_{n}"] for n in GRAMS]
        axes.plot(GRAMS, shares, style, color=color, marker=marker, ms=6, label=split)
    for n in (4, 8):
        share = measured[f"samples_{n}"]
        axes.text(n + 0.2, share + 3, f"{share:.0f}%", fontsize=13)
    axes.legend(fontsize=14)
    axes.set(xlim=(1.5, 12.5), ylim=(0, 100), xticks=GRAMS)
    axes.tick_params(labelsize=12)
    axes.set_xlabel("words in a run", fontsize=14)
    axes.set_title("% of held-out runs that are in training text", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "data")
