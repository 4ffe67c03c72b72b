"""Draw how often two intervals have the truth, and how many examples tell two models apart."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

SIZES = (100, 200, 500, 1000, 2000, 5000)
RATES = [0.5 + i / 200 for i in range(100)]


def draw() -> Figure:
    """Return the figure."""
    measured = results("evaluation-2")
    figure, (left, right) = plt.subplots(2, 1, figsize=(7.2, 7.6))
    left.axhline(95, color=MUTED, lw=1)
    for key, label, color, style, place in (
        ("wald", "Wald", BLUE, "--", (0.96, 76.5)),
        ("wilson", "Wilson", ACCENT, "-", (0.905, 98.3)),
    ):
        left.plot(RATES, [100 * p for p in measured[f"{key}_50"]], style, color=color, lw=1.6)
        left.text(*place, label, color=color, fontsize=14, ha="right", va="center")
    left.set(xlim=(0.5, 1), ylim=(72, 100), yticks=(75, 80, 85, 90, 95, 100))
    left.set_xlabel("true rate", fontsize=14)
    left.set_title("% of intervals that hold the true rate, 50 examples", fontsize=14)
    lines = (
        ("paired_3", "same examples, 3 % apart", ACCENT, "-"),
        ("paired_6", "same examples, 6 % apart", GREEN, "-."),
        ("unpaired", "examples of their own", BLUE, "--"),
    )
    for key, label, color, style in lines:
        power = [100 * measured[f"{key}_{n}"] for n in SIZES]
        right.plot(SIZES, power, style, color=color, marker="o", ms=5, label=label)
    right.axhline(80, color=MUTED, lw=1)
    right.set(xscale="log", xticks=SIZES, xticklabels=[f"{n:,}" for n in SIZES])
    right.minorticks_off()
    right.set(ylim=(0, 102), yticks=(0, 20, 40, 60, 80, 100))
    right.set_xlabel("examples", fontsize=14)
    right.set_title("% of examinations that tell 92 % from 90 %", fontsize=14)
    right.legend(fontsize=13, loc="lower right")
    for axes in (left, right):
        axes.tick_params(labelsize=12)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "evaluation-2")
