"""Draw the losses of six models that got the same computation, and so the more text the smaller."""

import json

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator, ScalarFormatter
from style import ACCENT, BLUE, DOCS, MUTED, results, save, use

NAME = "scaling"


def main() -> None:
    """Draw the figure."""
    values = results(NAME)
    spread = json.loads((DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
    sizes = [key[10:] for key in values if key.startswith("same_loss_")]
    ratios = np.array([values[f"same_ratio_{size}"] for size in sizes])
    losses = np.array([values[f"same_loss_{size}"] for size in sizes])
    use()
    plt.rcParams["font.size"] = 12
    figure, axes = plt.subplots(figsize=(6.4, 3.8))
    line = np.geomspace(ratios.min() / 1.3, ratios.max() * 1.3, 60)
    parabola = np.polyfit(np.log(ratios), losses, 2)
    axes.plot(line, np.polyval(parabola, np.log(line)), color=MUTED, linestyle="-", linewidth=1.5)
    axes.errorbar(
        ratios,
        losses,
        [spread[f"same_loss_{size}"] for size in sizes],
        color=BLUE,
        marker="o",
        markersize=6,
        capsize=3,
        linestyle="",
    )
    for size, ratio, height in zip(sizes, ratios, losses, strict=True):
        below = height < np.polyval(parabola, np.log(ratio))
        aside = 22 if below == (ratio > values["ratio"]) else -10  # where the curve is not
        axes.annotate(
            f"{values[f'parameters_{size}'] / 1000:.0f} k",
            (ratio, height),
            xytext=(aside, -20 if below else 12),
            textcoords="offset points",
            ha="center",
            color=BLUE,
        )
    axes.axvline(values["ratio"], color=ACCENT, linestyle="--", linewidth=1.5)
    axes.text(
        values["ratio"] * 1.06,
        0.98,
        "20 tokens a parameter",
        color=ACCENT,
        va="top",
        transform=axes.get_xaxis_transform(),
    )
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator([1, 2, 5, 10, 20, 50, 100]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(ScalarFormatter())
    axes.margins(y=0.25)
    axes.set_title("Bits per byte, the computation being the same")
    axes.set_xlabel("tokens read for each parameter")
    save(figure, f"{NAME}-2")


if __name__ == "__main__":
    main()
