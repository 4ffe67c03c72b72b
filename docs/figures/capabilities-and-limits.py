"""Draw how examples in the context help a model that knows the rule, and one that does not."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, MUTED, results, save, use

EXAMPLES = (0, 1, 2, 4, 8, 16, 32)


def draw() -> Figure:
    """Return the figure."""
    measured = results("capabilities-and-limits")
    figure, axes = plt.subplots()
    places = range(len(EXAMPLES))
    lines = (
        ("known", "a rule that it knows", ACCENT, "-", (3.05, 91)),
        ("unknown", "a rule that it does not know", BLUE, "--", (2.5, 57.5)),
    )
    for key, label, color, style, (x, y) in lines:
        right = [measured[f"{key}_{examples}"] for examples in EXAMPLES]
        axes.plot(places, right, style, color=color, marker="o", markersize=6)
        axes.text(x, y, label, color=color, fontsize=14, ha="right" if key == "known" else "left")
    axes.text(len(EXAMPLES) - 0.95, 46.5, "guessing", color=MUTED, fontsize=13, ha="right")
    axes.axhline(50, color=MUTED, linewidth=1.2, linestyle=":")
    axes.set(xlim=(-0.2, len(EXAMPLES) - 0.8), ylim=(40, 103), xticks=places)
    axes.set_xticklabels([str(examples) for examples in EXAMPLES])
    axes.tick_params(labelsize=13)
    axes.set_xlabel("examples in the prompt", fontsize=14)
    axes.set_title("right answers, %", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "capabilities-and-limits")
