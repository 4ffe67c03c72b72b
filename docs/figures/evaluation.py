"""Draw the base model's scores with their intervals, and what a baseline reaches."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, INK, MUTED, results, save, use

from llmbook.baselines import BASELINES
from llmbook.evaluate import wilson
from llmbook.tasks import TASKS

SEEDS = 3


def draw() -> Figure:
    """Return the figure."""
    measured = results("evaluation")
    n = SEEDS * int(measured["examples"])
    figure, axes = plt.subplots(figsize=(7.2, 4.6))
    for row, name in enumerate(TASKS):
        for split, color, marker, up in (
            ("samples", BLUE, "o", 0.13),
            ("combinations", ACCENT, "s", -0.13),
        ):
            score = measured[f"{split}_{name}"]
            low, high = (100 * limit for limit in wilson(round(score * n / 100), n))
            axes.plot([low, high], [up - row] * 2, "-", color=color, lw=2, solid_capstyle="butt")
            axes.plot(score, up - row, marker, color=color, ms=7, label=split if not row else None)
        beside = measured[f"combinations_{name}_baseline"]
        label = "baseline, combinations" if not row else None
        axes.plot(beside, -0.13 - row, "x", color=INK, ms=8, mew=2, label=label)
        place = max(beside, 7), -0.42 - row
        axes.text(*place, BASELINES[name][0], color=MUTED, fontsize=12, ha="center", va="center")
    axes.set(xlim=(-6, 104), ylim=(-len(TASKS) + 0.35, 0.75), xticks=range(0, 101, 20))
    axes.set_yticks([-row for row in range(len(TASKS))], TASKS)
    axes.tick_params(labelsize=13)
    axes.set_title("right answers in %, with 95 % intervals", fontsize=14)
    axes.legend(fontsize=12, loc="lower center", bbox_to_anchor=(0.45, -0.3), ncols=3)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "evaluation")
