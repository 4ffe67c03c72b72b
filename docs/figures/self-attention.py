"""Draw what the softmax loses when scores grow with the width, and what the division saves."""

import matplotlib.pyplot as plt
from matplotlib.ticker import FixedLocator, NullLocator
from style import ACCENT, BLUE, results, save, use

NAME = "self-attention"
WIDTHS = (1, 4, 16, 64, 256, 1024, 4096)
DIVIDED = r"divided by $\sqrt{d}$"


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, (top, slope) = plt.subplots(2, 1, figsize=(5.6, 5.6))
    for axes, what in ((top, "top"), (slope, "slope")):
        for name, color, line in (("plain", ACCENT, "-"), ("scaled", BLUE, "--")):
            y = [values[f"{name}_{what}_{width}"] for width in WIDTHS]
            axes.plot(WIDTHS, y, color=color, linestyle=line)
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(FixedLocator(WIDTHS))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xticklabels([f"{width:,}" for width in WIDTHS])
        axes.grid(False, axis="x")

    top.set_title("Largest of 64 weights")
    top.set_ylim(-4, 112)
    top.set_yticks([0, 50, 100], ["0%", "50%", "100%"])
    top.text(45, 82, "not divided", color=ACCENT, ha="right")
    top.text(64, 17, DIVIDED, color=BLUE)
    slope.set_title("How fast the weights follow the scores")
    slope.set_ylim(-0.04, 1.16)
    slope.set_yticks([0, 0.5, 1])
    slope.text(64, 1.02, DIVIDED, color=BLUE)
    slope.text(45, 0.42, "not divided", color=ACCENT)
    slope.set_xlabel("width d of queries and keys")
    save(figure, NAME)


if __name__ == "__main__":
    main()
