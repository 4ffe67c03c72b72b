"""Draw what two heads of the book's model look at: the token before, and a name to be translated."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from style import ACCENT, INK, MUTED, results, save, use

NAME = "looking-inside"


def main() -> None:
    """Draw the figure."""
    use()
    values = results(NAME)
    tokens = [token.strip(" ").replace("\n", r"\n") for token in values["map_tokens"]]
    shades = LinearSegmentedColormap.from_list("accent", [f"{ACCENT}00", ACCENT])
    figure, axes = plt.subplots(2, 1, figsize=(5.6, 10.8))
    for axis, key, title in zip(
        axes,
        ("before", "lost"),
        ("Head {}: often the token before", "Head {}: the name, when it is needed"),
        strict=True,
    ):
        weights = np.array(values[f"map_{key}"])
        axis.pcolormesh(weights, cmap=shades, vmin=0, vmax=100)  # an image would be a bitmap
        axis.invert_yaxis()
        axis.set_aspect("equal")
        axis.set_title(title.format(values[f"{key}_head"]), fontsize=14)
        places = [place + 0.5 for place in range(len(tokens))]
        axis.set_xticks(places, tokens, rotation=90, fontsize=11, color=INK)
        axis.set_yticks(places, tokens, fontsize=11, color=INK)
        axis.set_ylabel("the token that reads", fontsize=12)
        axis.tick_params(length=0)
        axis.grid(False)
        axis.plot([0, len(tokens)], [0, len(tokens)], color=MUTED, linewidth=0.8)
    axes[1].set_xlabel("the token that is read", fontsize=12)
    save(figure, NAME)


if __name__ == "__main__":
    main()
