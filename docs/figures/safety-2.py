"""Draw how many answers are wrong if only the surest are given."""

import json

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, DOCS, MUTED, results, save, use

COVERAGES = tuple(range(10, 101, 5))


def draw() -> Figure:
    """Return the figure: the share of wrong answers against the share of questions answered."""
    measured = results("safety-2")
    spread = json.loads((DOCS / "results" / "safety-2.json").read_text("utf-8"))["spread"]
    figure, axes = plt.subplots(figsize=(7.2, 3.9))
    keys = [f"risk_{coverage}" for coverage in COVERAGES]
    axes.errorbar(
        COVERAGES,
        [measured[key] for key in keys],
        [spread[key] for key in keys],
        color=ACCENT,
        marker="o",
        markersize=5,
        capsize=3,
    )
    axes.axhline(measured["risk_100"], color=MUTED, lw=1)
    axes.text(10, measured["risk_100"], "doubt that says nothing", fontsize=12, va="bottom")
    axes.set(xlim=(7, 103), xticks=range(10, 101, 10))
    axes.set_ylim(bottom=0)
    axes.set_title("% of the given answers that are wrong", fontsize=14)
    axes.set_xlabel("% of the questions that are answered, the surest first", fontsize=13)
    axes.tick_params(labelsize=12)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "safety-2")
