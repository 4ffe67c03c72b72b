"""Draw what each head of the book's model does: a grid of layers and heads for each measure."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from style import ACCENT, INK, PAPER, results, save, use

NAME = "looking-inside"


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    n_layers, n_heads = int(values["n_layers"]), int(values["n_heads"])

    def grid(key: str) -> np.ndarray:
        return np.array(
            [[values[f"{key}_{i}_{j}"] for j in range(n_heads)] for i in range(n_layers)]
        )

    more = 100 * (grid("bits_without") / values["bits"] - 1)
    panels = (
        ("Reads the name, %", grid("reads"), 100, "{:.0f}"),
        ("Says the name, %", grid("says"), 100, "{:.0f}"),
        ("Without it: how much\nof the lead is lost", grid("lost"), 10, "{:.1f}"),
        ("Without it: other texts,\n% more bits", more, 30, "{:.0f}"),
    )
    figure, axes = plt.subplots(2, 2, figsize=(5.6, 7))
    shades = LinearSegmentedColormap.from_list("accent", [f"{ACCENT}00", ACCENT])
    for axis, (title, numbers, top, form) in zip(axes.flat, panels, strict=True):
        axis.pcolormesh(numbers, cmap=shades, vmin=0, vmax=top)  # an image would be a bitmap
        axis.invert_yaxis()
        for (i, j), number in np.ndenumerate(numbers):
            color = PAPER if number > 0.6 * top else INK
            text = form.format(number).replace("-0.0", "0.0").replace("-", "−")
            axis.text(j + 0.5, i + 0.5, text, color=color, ha="center", va="center", fontsize=11)
        axis.set_title(title, fontsize=13)
        axis.set_xticks([j + 0.5 for j in range(n_heads)], range(n_heads))
        axis.set_yticks([i + 0.5 for i in range(n_layers)], range(n_layers))
        axis.grid(False)
        axis.tick_params(length=0)
    for axis in axes[:, 0]:
        axis.set_ylabel("layer")
    for axis in axes[1]:
        axis.set_xlabel("head")
    save(figure, f"{NAME}-2")


if __name__ == "__main__":
    main()
