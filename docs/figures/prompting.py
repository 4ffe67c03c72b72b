"""Draw what examples in the prompt do for the base model."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, MUTED, ORANGE, results, save, use

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
    figure, axes = plt.subplots(figsize=(7.2, 4.2))
    for name, label, color, style in PATTERNS:
        rates = [measured[f"prefers_{name}_{shots}"] for shots in SHOTS]
        axes.plot(range(len(SHOTS)), rates, style, color=color, label=label)
    axes.set_xticks(range(len(SHOTS)), [str(shots) for shots in SHOTS])
    axes.set(ylim=(-3, 103))
    axes.set_xlabel("examples in the prompt", fontsize=12)
    axes.set_title("the base model prefers the right word, in %", fontsize=14)
    axes.axhline(50, color=MUTED, linewidth=1)
    axes.text(0.5, 43, "a guess", color=MUTED, fontsize=12, ha="center")
    axes.legend(fontsize=12, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.2))
    axes.tick_params(labelsize=12)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), NAME)
