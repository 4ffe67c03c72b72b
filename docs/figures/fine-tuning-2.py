"""Draw who judges reviews rightly, by what carries the verdict."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

from llmbook.world.reviews import DEVICES

JUDGES = {
    "head": ("valley-sentiment, a head", ACCENT, "o"),
    "asked": ("valley-chat, asked in words", BLUE, "s"),
    "runs": ("runs of 1 to 3 words", GREEN, "^"),
    "words": ("words", MUTED, "x"),
}


def draw() -> Figure:
    """Return the figure."""
    values = results("fine-tuning")
    names = sorted((name for (name, _), _ in DEVICES), key=lambda name: values[f"words_{name}"])
    rows = ["all", *reversed(names)]
    figure, axes = plt.subplots(figsize=(6.4, 5.4))
    for judge, (label, color, marker) in JUDGES.items():
        axes.plot(
            [values[f"{judge}_{name}"] for name in rows],
            [-row for row in range(len(rows))],
            marker,
            color=color,
            markersize=8,
            markeredgewidth=2 if marker == "x" else 1,
            label=label,
        )
    axes.axhline(-0.5, color=MUTED, linewidth=0.8)
    axes.axvline(50, color=MUTED, linestyle=":")
    axes.set_yticks([-row for row in range(len(rows))], rows)
    axes.tick_params(labelsize=13)
    axes.set_xlim(right=101)
    axes.set_title("right verdicts, %", fontsize=14)
    axes.legend(fontsize=12, loc="lower center", bbox_to_anchor=(0.4, -0.26), ncols=2)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "fine-tuning-2")
