"""Draw what a trained attention layer recalls, and why two look-ups take two heads."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

NAME = "self-attention"


def draw(axes: Axes, values: dict[str, float], prefix: str, color: str, line: str) -> None:
    """Draw the points whose key is ``prefix`` and then a number."""
    points = {
        int(key.removeprefix(prefix)): value
        for key, value in values.items()
        if key.startswith(prefix) and key.removeprefix(prefix).isdigit()
    }
    axes.plot(list(points), list(points.values()), color=color, linestyle=line)


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, (distance, heads) = plt.subplots(2, 1, figsize=(5.6, 6.2))
    for axes in (distance, heads):
        axes.set_ylim(-4, 114)
        axes.set_yticks([0, 50, 100], ["0%", "50%", "100%"])
        axes.grid(False, axis="x")

    draw(distance, values, "trained_", ACCENT, "-")
    draw(distance, values, "ngram_", MUTED, ":")
    distance.text(1000, 82, "trained attention", color=ACCENT, ha="right")
    distance.text(3.2, 15, "counted 5-gram", color=MUTED)
    distance.set_title("Right answers, by distance to the pair")
    distance.set_xscale("log")
    ticks = (2, 4, 8, 32, 128, 1000)
    distance.xaxis.set_major_locator(FixedLocator(ticks))
    distance.xaxis.set_minor_locator(NullLocator())
    distance.set_xticklabels([f"{tick:,}" for tick in ticks])
    distance.set_xlabel("tokens back, in a context of 1,024")

    for n_heads, color, line, gap in (
        (2, ACCENT, "-", 5),
        (4, GREEN, "-.", -14),
        (1, BLUE, "--", 5),
    ):
        draw(heads, values, f"heads_{n_heads}_step_", color, line)
        label = "1 head" if n_heads == 1 else f"{n_heads} heads"
        y = values[f"heads_{n_heads}_step_600"] + gap
        heads.text(600, y, label, color=color, ha="right")
    heads.set_title("Two look-ups at once, both right")
    heads.set_xlabel("training steps")
    save(figure, f"{NAME}-2")


if __name__ == "__main__":
    main()
