"""Draw what fine-tuning gains over starting from nothing, and what it forgets."""

import json

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from style import ACCENT, BLUE, DOCS, GREEN, results, save, use

NAME = "training"
CURVES = {  # prefix of the keys: color, line style, label and its place
    "scratch_": (BLUE, "--", "new text,\nfrom nothing", (1130, 3.17)),
    "tuned_": (ACCENT, "-", "new text,\npre-trained", (1130, 2.26)),
    "tuned_general_": (GREEN, "-.", "old text,\npre-trained", (620, 4.17)),
}


def points(values: dict[str, float], prefix: str) -> dict[int, float]:
    """Return the values whose key is ``prefix`` and then a step, by step."""
    found = {key.removeprefix(prefix): value for key, value in values.items()}
    return {int(step): value for step, value in sorted(found.items()) if step.isdigit()}


def main(axes: Axes) -> None:
    """Draw the three curves, each with a band of one standard deviation to either side."""
    values = results(NAME)
    spread = json.loads((DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
    for prefix, (color, style, label, place) in CURVES.items():
        mean, deviation = points(values, prefix), points(spread, prefix)
        steps = list(mean)
        low = [mean[step] - deviation[step] for step in steps]
        high = [mean[step] + deviation[step] for step in steps]
        axes.fill_between(steps, low, high, color=color, alpha=0.25, linewidth=0)
        axes.plot(steps, list(mean.values()), color=color, linestyle=style)
        axes.text(*place, label, color=color, linespacing=1.05)
    axes.set(xlim=(0, 1600), ylim=(2.2, 4.7), xticks=range(0, 1601, 400))
    axes.set_xlabel("steps on the new text")
    axes.set_title("held-out loss, bits per byte")


if __name__ == "__main__":
    use()
    plt.rcParams["font.size"] = 13
    figure, axes = plt.subplots(figsize=(6.2, 4.0))
    main(axes)
    save(figure, NAME)
