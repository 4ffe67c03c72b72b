"""Draw how much the best of several equal scores flatters, by the number of questions."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, results, save, use

TRIES = (1, 2, 4, 8, 16, 27)


def draw() -> Figure:
    """Return the figure."""
    measured = results("capabilities-and-limits")
    figure, axes = plt.subplots()
    for questions, color, style in ((30, ACCENT, "-"), (164, BLUE, "--"), (500, GREEN, "-.")):
        gain = [measured[f"luck_{questions}_{tries}"] for tries in TRIES]
        axes.plot(TRIES, gain, style, color=color, marker="o", markersize=5)
        axes.text(28, gain[-1], f"{questions} questions", color=color, fontsize=14, va="center")
    axes.set(xlim=(0, 36), ylim=(0, 17), xticks=TRIES, yticks=(0, 5, 10, 15))
    axes.tick_params(labelsize=13)
    axes.spines["bottom"].set_bounds(0, TRIES[-1])
    axes.set_xlabel("equal models, of which the best is reported", fontsize=14)
    axes.set_title("points won by luck", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "capabilities-and-limits-2")
