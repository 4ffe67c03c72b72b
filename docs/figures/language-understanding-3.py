"""Draw right translations by what their grammar needs, and right answers by facts and by length."""

from itertools import pairwise

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from style import ACCENT, INK, results, save, use

FEWEST = 10  # texts with a feature, or its interval says nothing


def dots(axes: Axes, rows: list[tuple[str, str]], color: str) -> None:
    """Draw one share with its interval in each row."""
    measured = results("language-understanding")
    for row, (key, _) in enumerate(rows):
        ends = measured[f"{key}_low"], measured[f"{key}_high"]
        axes.plot(ends, [-row] * 2, "-", color=color, lw=1.8)
        axes.plot(measured[key], -row, "o", color=color, ms=7)
        if (beside := measured.get(f"{key}_baseline")) is not None:
            axes.plot(beside, -row, "x", color=INK, ms=8, mew=2)
    labels = [f"{label}, {measured[f'{key}_n']}" for key, label in rows]
    axes.set(xlim=(-2, 102), ylim=(0.6 - len(rows), 0.6), xticks=range(0, 101, 20))
    axes.set_yticks([-row for row in range(len(rows))], labels)
    axes.tick_params(labelsize=13)


def draw() -> Figure:
    """Return the figure."""
    measured = results("language-understanding")
    sizes = {"height_ratios": (14, 9)}
    figure, (above, below) = plt.subplots(2, 1, figsize=(7.2, 8.8), gridspec_kw=sizes)
    keys = [
        (f"translation_{f.replace(' ', '_').replace('ê', 'e')}", f) for f in measured["features"]
    ]
    dots(above, [row for row in keys if measured[f"{row[0]}_n"] >= FEWEST], ACCENT)
    above.set_title("translations that are right to the letter, in %", fontsize=14)
    facts = [(f"questions_hops_{n}", f"{n} fact{'s' * (n > 1)}") for n in (1, 2, 3)]
    cuts = [0, *measured["lengths"], None]
    spans = [
        f"{a}–{b - 1} characters" if b else f"{a} characters or more" for a, b in pairwise(cuts)
    ]
    rows = [*facts, ("questions_not_said", "not said")]
    dots(below, rows + [(f"questions_length_{i}", s) for i, s in enumerate(spans)], ACCENT)
    below.set_title("right answers in %; a cross is the usual answer", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "language-understanding-3")
