"""Draw loss against computation: six sizes, the law of their losses, and the run that tested it."""

import json

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator, ScalarFormatter
from style import ACCENT, BLUE, DOCS, MUTED, results, save, use

NAME = "scaling"
HELD_OUT = "80x4"
UNIT = 1e12  # FLOPs, as in the results


def main() -> None:
    """Draw the figure."""
    values = results(NAME)
    spread = json.loads((DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
    sizes = [key[5:] for key in values if key.startswith("loss_")]
    use()
    plt.rcParams["font.size"] = 12
    figure, axes = plt.subplots(figsize=(6.4, 4.4))
    line = np.array(values["band_x"])
    axes.fill_between(
        line * UNIT, values["band_low"], values["band_high"], color=MUTED, alpha=0.2, linewidth=0
    )
    law = values["floor"] + values["scale"] * line ** -values["exponent"]
    axes.plot(line * UNIT, law, color=MUTED, linestyle="-", linewidth=1.5)
    for size in sizes:
        held_out = size == HELD_OUT
        axes.errorbar(
            values[f"flops_{size}"],
            values[f"loss_{size}"],
            spread[f"loss_{size}"],
            color=ACCENT if held_out else BLUE,
            marker="D" if held_out else "o",
            markersize=9 if held_out else 6,
            markerfacecolor="none" if held_out else BLUE,
            capsize=3,
            linestyle="",
        )
    axes.annotate(
        "the run that tests the law",
        (values[f"flops_{HELD_OUT}"], values[f"loss_{HELD_OUT}"]),
        xytext=(-14, -12),
        textcoords="offset points",
        ha="right",
        va="center",
        color=ACCENT,
    )
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title("Bits per byte of held-out text")
    axes.set_xlabel("FLOPs of the training run")
    low, high = min(values["band_low"]), max(values["band_high"])
    step = 0.1 if high - low < 0.6 else 0.2
    ticks = np.arange(np.floor(low / step) * step, high + step, step).round(1)
    axes.yaxis.set_major_locator(FixedLocator([tick for tick in ticks if tick > 0]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(ScalarFormatter())
    axes.set_ylim(low / 1.03, high * 1.03)
    save(figure, NAME)


if __name__ == "__main__":
    main()
