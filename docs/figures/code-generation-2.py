"""Draw what becomes of programs, by temperature: the kinds of failure, one beside the other."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, MUTED, ORANGE, PAPER, results, save, use

TEMPERATURES = (20, 50, 80, 120)
ENDS = (
    ("pass_1", "passes", GREEN, ""),
    ("wrong", "wrong result", ACCENT, "//"),
    ("error", "error", ORANGE, ".."),
    ("parse", "not Python", BLUE, "xx"),
    ("long", "too long", MUTED, ""),
)


def draw() -> Figure:
    """Return the figure."""
    measured = results("code-generation")
    figure, axes = plt.subplots(figsize=(7.2, 3.4))
    for row, temperature in enumerate(TEMPERATURES):
        start = 0.0
        for key, label, color, hatch in ENDS:
            width = measured[f"{key}_{temperature}"]
            if width:
                axes.barh(
                    -row, width, 0.7, start, color=color, hatch=hatch, edgecolor=PAPER, lw=1,
                    label=label,
                )  # fmt: skip
            start += width
    axes.set_yticks(
        [-row for row in range(len(TEMPERATURES))], [f"{t / 100}" for t in TEMPERATURES]
    )
    axes.set_ylabel("temperature", fontsize=13)
    axes.set_title("% of programs", fontsize=14)
    axes.set(xlim=(0, 100))
    axes.grid(visible=False)
    axes.tick_params(labelsize=12)
    found = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    axes.legend(found.values(), found.keys(), fontsize=12, ncols=5, loc="upper center",
                bbox_to_anchor=(0.47, -0.1), columnspacing=1, handlelength=1.2)  # fmt: skip
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "code-generation-2")
