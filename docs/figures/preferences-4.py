"""Draw what a run on the model's own right answers did, beside one on the valley's texts."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, MUTED, results, save, use

TASKS = {
    "content": "texts from facts",
    "stories": "endings of stories",
    "code": "programs",
    "documentation": "docstrings",
    "verse": "last lines of poems",
}
RUNS = (
    ("start", "the model before", MUTED, "o"),
    ("given", "learned from given texts", BLUE, "s"),
    ("own", "learned from its own right answers", ACCENT, "D"),
)


def draw() -> Figure:
    """Return the figure: a row for each task, a mark for each model."""
    values = results("preferences-2")
    figure, axes = plt.subplots(figsize=(7.0, 5.6))
    for row, task in enumerate(reversed(TASKS)):
        for place, (name, label, color, mark) in enumerate(RUNS):
            height = row + 0.24 * (1 - place)
            low, high = values[f"{name}_{task}_low"], values[f"{name}_{task}_high"]
            axes.plot([low, high], [height] * 2, "-", color=color, linewidth=1.6)
            axes.plot(
                values[f"{name}_{task}"],
                height,
                mark,
                color=color,
                markersize=8,
                label=label if row == 0 else None,
            )
    axes.set_yticks(range(len(TASKS)), reversed(TASKS.values()))
    axes.tick_params(labelsize=14)
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.6, len(TASKS) + 0.9)
    axes.set_xlabel("held-out combinations answered right, %", fontsize=14)
    axes.legend(fontsize=13, loc="upper left", ncols=1)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "preferences-4")
