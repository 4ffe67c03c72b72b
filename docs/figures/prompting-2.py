"""Draw what written steps do for a model that was taught to find somebody in a line."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

from llmbook.lineup import LENGTH

KINDS = (
    ("by_steps", "step by step", ACCENT, "o-"),
    ("at_once", "at once", BLUE, "s--"),
    ("at_long", "at once, five times the lessons", GREEN, "^-."),
)


def draw() -> Figure:
    """Return the figure."""
    measured = results("prompting")
    taught = int(measured["taught"])
    lengths = range(1, LENGTH + 1)
    figure, axes = plt.subplots(figsize=(7.2, 4.2))
    for name, label, color, style in KINDS:
        rates = [measured[f"{name}_{length}"] for length in lengths]
        axes.plot(lengths, rates, style, color=color, label=label)
    axes.axvline(taught + 0.5, color=MUTED, linewidth=1)
    axes.text(taught + 0.56, 60, "more than\ntaught", color=MUTED, fontsize=12, va="center")
    axes.set(ylim=(-3, 103), xticks=lengths)
    axes.set_xlabel("the number that is asked for", fontsize=12)
    axes.set_title("the right one in the line, in %", fontsize=14)
    axes.legend(fontsize=12, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.2))
    axes.tick_params(labelsize=12)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "prompting-2")
