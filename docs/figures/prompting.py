"""Draw what examples in the prompt do for the base model, and what written steps do for a taught one."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, MUTED, ORANGE, results, save, use

from llmbook.lineup import LENGTH

NAME = "prompting"
SHOTS = (0, 1, 2, 4, 8)
PATTERNS = (
    ("same", "the same word", ACCENT, "o-"),
    ("last", "the second word", BLUE, "s--"),
    ("plural", "the plural", GREEN, "^-."),
    ("kind", "drum or bell", ORANGE, "D:"),
)


def draw() -> Figure:
    """Return the figure."""
    measured = results(NAME)
    taught = int(measured["taught"])
    lengths = range(1, LENGTH + 1)
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(7.2, 8.0))
    for name, label, color, style in PATTERNS:
        rates = [measured[f"prefers_{name}_{shots}"] for shots in SHOTS]
        upper.plot(range(len(SHOTS)), rates, style, color=color, label=label)
    upper.set_xticks(range(len(SHOTS)), [str(shots) for shots in SHOTS])
    upper.set(ylim=(-3, 103), xlabel="examples in the prompt")
    upper.set_title("the base model prefers the right word, in %", fontsize=14)
    upper.axhline(50, color=MUTED, linewidth=1)
    upper.text(0.5, 43, "a guess", color=MUTED, fontsize=12, ha="center")
    upper.legend(fontsize=12, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.22))
    for name, label, color, style in (
        ("by_steps", "step by step", ACCENT, "o-"),
        ("at_once", "at once", BLUE, "s--"),
        ("at_long", "at once, five times the lessons", GREEN, "^-."),
    ):
        rates = [measured[f"{name}_{length}"] for length in lengths]
        lower.plot(lengths, rates, style, color=color, label=label)
    lower.axvline(taught + 0.5, color=MUTED, linewidth=1)
    lower.text(taught + 0.56, 60, "more than\ntaught", color=MUTED, fontsize=12, va="center")
    lower.set(ylim=(-3, 103), xticks=lengths, xlabel="the number that is asked for")
    lower.set_title("the right one in the line, in %", fontsize=14)
    lower.legend(fontsize=12, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.22))
    for axes in (upper, lower):
        axes.tick_params(labelsize=12)
        axes.xaxis.label.set_size(12)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), NAME)
