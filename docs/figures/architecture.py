"""Draw how attention's recall depends on distance and on crowd, beside counting n-grams."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator
from style import ACCENT, BLUE, GREEN, MUTED, ORANGE, results, save, use

NAME = "architecture"
ATTENTION = {64: (ACCENT, "-"), 32: (BLUE, "--"), 16: (GREEN, "-.")}


def curve(values: dict[str, float], prefix: str) -> tuple[list[int], list[float]]:
    """Return the points whose key is ``prefix`` and then a number."""
    points = sorted(
        (int(key.removeprefix(prefix)), value)
        for key, value in values.items()
        if key.startswith(prefix)
    )
    return [x for x, _ in points], [y for _, y in points]


def dress(axes: Axes, title: str, ticks: tuple[int, ...]) -> None:
    """Give a panel its title, a logarithmic axis with plain numbers, and percents."""
    axes.set_title(title)
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([f"{tick:,}" for tick in ticks])
    axes.grid(False, axis="x")
    axes.set_ylim(-4, 112)
    axes.set_yticks([0, 50, 100], ["0 %", "50 %", "100 %"])


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, (near_far, crowd) = plt.subplots(2, 1, figsize=(5.6, 6.6))

    for order, color, marker in ((3, MUTED, "s"), (5, ORANGE, "o")):
        x, y = curve(values, f"ngram_{order}_distance_")
        near_far.plot(x, y, color=color, linestyle=":", marker=marker, markersize=4)
    near_far.text(2.72, 7, "3-gram", color=MUTED, ha="right")
    near_far.text(3.75, 46, "5-gram", color=ORANGE)
    near_far.text(1000, 7, "n-grams: chance", color=MUTED, ha="right")
    for width, (color, line) in ATTENTION.items():
        x, y = curve(values, f"attention_{width}_distance_")
        near_far.plot(x, y, color=color, linestyle=line)
        near_far.text(1000, y[-1] + 3, f"attention, width {width}", color=color, ha="right")

        x, y = curve(values, f"attention_{width}_tokens_")
        crowd.plot(x, y, color=color, linestyle=line)
    crowd.text(4096, values["attention_64_tokens_4096"] + 6, "width 64", color=ACCENT, ha="right")
    crowd.text(4096, values["attention_32_tokens_4096"] + 20, "width 32", color=BLUE, ha="right")
    crowd.text(4096, values["attention_16_tokens_4096"] + 10, "width 16", color=GREEN, ha="right")

    dress(near_far, "Right answers, by distance to the pair", (2, 4, 8, 32, 128, 1000))
    near_far.set_xlim(left=1.3)
    near_far.set_xlabel("tokens back, in a context of 1,024")
    dress(crowd, "Right answers, by tokens to search", (8, 32, 128, 512, 2048))
    crowd.set_xlabel("tokens in the context")
    save(figure, NAME)


if __name__ == "__main__":
    main()
