"""Draw the held-out loss by the highest learning rate, for three optimizers, with and without a schedule."""

import json

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator
from style import ACCENT, BLUE, DOCS, GREEN, results, save, use

NAME = "learning-from-mistakes"
LOOKS = {"sgd": (GREEN, "-.", "^"), "adamw": (BLUE, "--", "s"), "muon": (ACCENT, "-", "o")}
RATES = {
    "sgd": (0.01, 0.03, 0.1, 0.3, 1.0),
    "adamw": (0.001, 0.003, 0.01, 0.03, 0.1),
    "muon": (0.001, 0.003, 0.01, 0.03, 0.1),
}
TICKS = (0.001, 0.01, 0.1)


def panel(axes: Axes, schedule: str, title: str) -> None:
    """Draw one line with its spread for each optimizer."""
    values = results(NAME)
    spread = json.loads((DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
    for kind, (color, line, marker) in LOOKS.items():
        keys = [f"{kind}_{schedule}_{rate}" for rate in RATES[kind]]
        axes.errorbar(
            RATES[kind],
            [values[key] for key in keys],
            [spread[key] for key in keys],
            color=color,
            linestyle=line,
            marker=marker,
            markersize=5,
            capsize=2,
        )
    axes.set_title(title)
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(TICKS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([str(tick) for tick in TICKS])
    axes.grid(False, axis="x")
    axes.set_xlim(0.0008, 0.5)
    axes.set_ylim(1.6, 3.1)  # knowing nothing is 5.2, and the lines that leave go there
    axes.set_yticks([1.75, 2, 2.25, 2.5, 2.75, 3])


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    figure, (constant, both) = plt.subplots(2, 1, figsize=(5.6, 6.6), sharex=True)
    panel(constant, "constant", "Bits per character, constant rate")
    panel(both, "both", "The same, rate rises and falls")
    constant.text(0.024, 2.82, "AdamW", color=BLUE, ha="right")
    constant.text(0.088, 2.6, "Muon", color=ACCENT, ha="right")
    constant.text(0.17, 2.95, "SGD with\nmomentum", color=GREEN, va="top")
    both.text(0.112, 2.5, "AdamW", color=BLUE)
    both.text(0.112, 2.12, "Muon", color=ACCENT)
    both.text(0.0092, 2.52, "SGD with\nmomentum", color=GREEN, ha="right", va="top")
    both.set_xlabel("highest learning rate")
    save(figure, NAME)


if __name__ == "__main__":
    main()
