"""Draw how good word vectors are at neighbors and at analogies, by their width."""

import matplotlib.pyplot as plt
from matplotlib.ticker import FixedLocator, NullLocator
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

NAME = "embeddings"
WIDTHS = (2, 4, 8, 16, 32, 64, 128, 256)


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, (neighbors, analogies) = plt.subplots(2, 1, figsize=(5.6, 6.2))
    for axes, key, color, line in (
        (neighbors, "neighbor", ACCENT, "-"),
        (analogies, "analogy", ACCENT, "-"),
        (analogies, "nearest", BLUE, "--"),
        (analogies, "open", GREEN, "-."),
    ):
        y = [values[f"{key}_{width}"] for width in WIDTHS]
        axes.plot(WIDTHS, y, color=color, linestyle=line)
    whole = values["neighbor_rows"]
    neighbors.axhline(whole, color=MUTED, linestyle=":")
    neighbors.text(2, whole + 3, "whole rows of the table", color=MUTED)
    neighbors.text(24, 33, "vectors", color=ACCENT)
    neighbors.set_title("Plural among the ten nearest words")
    neighbors.set_ylim(0, 78)
    neighbors.set_yticks([0, 25, 50, 75], ["0%", "25%", "50%", "75%"])
    analogies.text(22, 16.5, "question’s words\nbarred", color=ACCENT, ha="right")
    analogies.text(256, 11.5, "nearest to c", color=BLUE, ha="right")
    analogies.text(256, 1.6, "nothing barred", color=GREEN, ha="right")
    analogies.set_title("Analogies answered, a is to b as c is to …")
    analogies.set_ylim(-1, 26)
    analogies.set_yticks([0, 10, 20], ["0%", "10%", "20%"])
    for axes in (neighbors, analogies):
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(FixedLocator(WIDTHS))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xticklabels([str(width) for width in WIDTHS])
        axes.grid(False, axis="x")
    analogies.set_xlabel("width d of the vectors")
    save(figure, f"{NAME}-2")


if __name__ == "__main__":
    main()
