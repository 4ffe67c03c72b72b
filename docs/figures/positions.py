"""Draw how a match of contents fades with the distance under rotary positions, and when it is lost."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator
from style import ACCENT, BLUE, MUTED, results, save, use

NAME = "positions"
THETAS = {500_000: (ACCENT, "-"), 10_000: (BLUE, "--")}
TICKS = {1: "1", 16: "16", 256: "256", 4096: "4,096", 65536: "65,536"}


def curve(values: dict[str, float], prefix: str) -> tuple[list[int], list[float]]:
    """Return the points whose key is ``prefix`` and then a distance."""
    points = sorted(
        (int(key.removeprefix(prefix)), value)
        for key, value in values.items()
        if key.startswith(prefix)
    )
    return [x for x, _ in points], [y for _, y in points]


def dress(axes: Axes, title: str) -> None:
    """Give a panel its title and a logarithmic axis of distances with plain numbers."""
    axes.set_title(title)
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_locator(FixedLocator(list(TICKS)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels(list(TICKS.values()))
    axes.grid(False, axis="x")
    axes.set_xlabel("tokens back")


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, (fading, finding) = plt.subplots(2, 1, figsize=(5.6, 6.6))

    for theta, (color, line) in THETAS.items():
        x, mean = curve(values, f"similarity_{theta}_distance_")
        _, low = curve(values, f"low_{theta}_distance_")
        _, high = curve(values, f"high_{theta}_distance_")
        fading.fill_between(x, low, high, color=color, alpha=0.18, linewidth=0)
        fading.plot(x, mean, color=color, linestyle=line)
        x, found = curve(values, f"found_{theta}_distance_")
        finding.plot(x, found, color=color, linestyle=line)

    fading.text(1500, 0.62, "base 500,000", color=ACCENT)
    fading.text(28, 0.22, "base 10,000", color=BLUE, ha="right")
    dress(fading, "Similarity of a vector to itself, rotated")
    fading.set_ylim(-0.25, 1.05)
    fading.set_yticks([0, 0.5, 1])

    finding.axhline(values["found_without"], color=MUTED, linestyle=":")
    finding.text(131072, 104, "no rotation", color=MUTED, ha="right")
    finding.text(131072, 72, "base 500,000", color=ACCENT, ha="right")
    finding.text(200, 28, "base 10,000", color=BLUE, ha="right")
    dress(finding, "Right key found among 1,024")
    finding.set_ylim(-4, 116)
    finding.set_yticks([0, 50, 100], ["0 %", "50 %", "100 %"])
    save(figure, NAME)


if __name__ == "__main__":
    main()
