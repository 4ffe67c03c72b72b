"""Draw what the assistant had learned after how many steps, task by task."""

from statistics import fmean

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, GRID, INK, MUTED, results, save, use

from llmbook.tuning_recipes import LESSONS, VALLEY_CHAT

# Tasks of which an answer has one right wording, or nearly.
PANELS = ("sentiment", "translation", "questions", "code", "completion", "documentation")


def draw() -> Figure:
    """Return the figure: a panel for each task."""
    values = results("fine-tuning")
    steps = values["curve_steps"]
    figure, grid = plt.subplots(3, 2, figsize=(6.4, 6.6), sharex=True, sharey=True)
    for axes, task in zip(grid.flat, PANELS, strict=True):
        looks = values[f"curve_{task}"]
        axes.plot(steps, looks, "o", color=MUTED, markersize=3)
        axes.plot(
            steps[1:-1],
            [fmean(three) for three in zip(looks, looks[1:], looks[2:], strict=False)],
            color=ACCENT,
        )
        _, *drills = [lesson for lesson in LESSONS if lesson.task == task]
        for drill in drills[:1]:
            axes.axvspan(drill.begins * steps[-1], drill.ends * steps[-1], color=GRID)
        for number in range(1, VALLEY_CHAT.rounds):
            axes.axvline(number * steps[-1] / VALLEY_CHAT.rounds, color=INK, linewidth=1)
        axes.set_title(task, fontsize=13)
        axes.set_ylim(-4, 104)
        axes.set_yticks(range(0, 101, 25))
        axes.tick_params(labelsize=12)
        if task == "sentiment":
            axes.axhline(50, color=MUTED, linestyle=":")
            axes.text(steps[-1], 48, "a coin", color=MUTED, ha="right", va="top", fontsize=12)
    for axes in grid[-1]:
        axes.set_xlabel("step", fontsize=13)
        axes.set_xlim(0, steps[-1])
        axes.set_xticks(range(0, int(steps[-1]) + 1, 7000))
        axes.xaxis.set_major_formatter("{x:,.0f}")
    figure.supylabel("held-out answers right, %", fontsize=13, color=MUTED)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "fine-tuning")
