"""Draw what the temperature does to texts made from facts, and what a choice among several does."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, results, save, use

HEATS = (0, 40, 80, 120)


def draw() -> Figure:
    """Return the figure."""
    measured = results("text-generation")
    figure, (left, right) = plt.subplots(2, 1, figsize=(7.2, 7.4))
    heats = [heat / 100 for heat in HEATS]
    for i, heat in enumerate(HEATS):
        key = f"content_heat_{heat}_right"
        ends = measured[f"{key}_low"], measured[f"{key}_high"]
        left.plot([heats[i]] * 2, ends, "-", color=ACCENT, lw=1.6)
    for key, label, color, style in (
        ("right", "no fault", ACCENT, "o-"),
        ("variety", "different runs of three words", BLUE, "s--"),
    ):
        shares = [measured[f"content_heat_{heat}_{key}"] for heat in HEATS]
        left.plot(heats, shares, style, color=color, ms=7, label=label)
    left.set(ylim=(0, 102), xticks=heats, yticks=range(0, 101, 20))
    left.set_xlabel("temperature", fontsize=14)
    left.set_title("% of the texts without a fault, and of their runs", fontsize=14)
    left.legend(fontsize=13, loc="best")
    for key, label, color, style in (
        ("best_of", "the checker chooses", ACCENT, "o-"),
        ("likeliest_of", "the model's own probability chooses", GREEN, "^-."),
    ):
        shares = measured[key]
        right.plot(range(1, len(shares) + 1), shares, style, color=color, ms=7, label=label)
    right.set(ylim=(0, 102), xticks=range(1, len(measured["best_of"]) + 1))
    right.set(yticks=range(0, 101, 20))
    right.set_xlabel("texts to choose from, at temperature 0.8", fontsize=14)
    right.set_title("% without a fault", fontsize=14)
    right.legend(fontsize=13, loc="best")
    for axes in (left, right):
        axes.tick_params(labelsize=13)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "text-generation")
