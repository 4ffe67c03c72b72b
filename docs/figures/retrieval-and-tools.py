"""Draw how search suffers from a growing collection, and errands from more steps."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, INK, MUTED, ORANGE, results, save, use

NAME = "retrieval-and-tools"
SIZES = (10, 30, 100, 300)
SEARCHERS = (
    ("fused_model", "words and model", GREEN, "^-."),
    ("words", "by words", ACCENT, "o-"),
    ("fused", "words and vectors", ORANGE, "D:"),
    ("vectors", "by vectors", BLUE, "s--"),
)


def draw() -> Figure:
    """Return the figure."""
    measured = results(NAME)
    most = int(measured["most"])
    people = range(1, most + 3)
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(7.2, 8.0))
    for name, label, color, style in SEARCHERS:
        recalls = [measured[f"recall_{name}_{size}_at_1"] for size in SIZES]
        upper.plot(SIZES, recalls, style, color=color)
        upper.annotate(label, (SIZES[-1], recalls[-1]), (8, 0), textcoords="offset points",
                       color=color, fontsize=12, va="center")  # fmt: skip
    upper.set(xscale="log", ylim=(-3, 103), xlim=(9, 1000), xlabel="stories in the collection")
    upper.set_xticks(SIZES, [str(size) for size in SIZES])
    upper.minorticks_off()
    upper.set_title("the right story is the first one found, in %", fontsize=14)
    for name, label, color, style in (
        ("loop", "with tools", ACCENT, "o-"),
        ("power", "if every step were alike", INK, ":"),
        ("head", "in the head", BLUE, "s--"),
    ):
        rates = [measured[f"{name}_{n}"] for n in people]
        lower.plot(people, rates, style, color=color, label=label)
    lower.axvline(most + 0.5, color=MUTED, linewidth=1)
    lower.text(most + 0.56, 60, "more than\ntaught", color=MUTED, fontsize=12, va="center")
    lower.set(ylim=(-3, 103), xticks=people, xlabel="people in the errand")
    lower.set_title("the sum is right, in %", fontsize=14)
    lower.legend(fontsize=12, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.22))
    for axes in (upper, lower):
        axes.tick_params(labelsize=12)
        axes.xaxis.label.set_size(12)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), NAME)
