"""Draw how often the assistant's verdicts are right where it is about equally sure of them."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, MUTED, results, save, use

from llmbook.evaluate import wilson


def draw() -> Figure:
    """Return the figure."""
    measured = results("language-understanding")
    figure, axes = plt.subplots(figsize=(7.2, 4.6))
    axes.plot([50, 100], [50, 100], "-", color=MUTED, lw=1)
    axes.text(72, 78, "as sure as right", color=MUTED, fontsize=13, ha="right")
    for key, label, color, marker in (
        ("bins", "as the model says", ACCENT, "o"),
        ("bins_tempered", f"logarithms divided by {measured['heat']:.1f}", BLUE, "s"),
    ):
        for place, (sure, right, n) in enumerate(measured[key]):
            low, high = wilson(round(right * n), n)
            axes.plot([100 * sure] * 2, [100 * low, 100 * high], "-", color=color, lw=1.6)
            text = label if not place else None
            size = 4 + 9 * (n / sum(count for *_, count in measured[key])) ** 0.5
            axes.plot(100 * sure, 100 * right, marker, color=color, ms=size, label=text)
    axes.set(xlim=(49, 101), ylim=(0, 102), xticks=range(50, 101, 10), yticks=range(0, 101, 20))
    axes.set_xlabel("how sure it is, in %", fontsize=14)
    axes.set_title("right verdicts in %, with 95 % intervals", fontsize=14)
    axes.tick_params(labelsize=13)
    axes.legend(fontsize=13, loc="lower right")
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "language-understanding-2")
