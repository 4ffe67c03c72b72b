"""Draw what a head of the book's model looks at while it translates a sentence."""

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
    figure, axis = plt.subplots(figsize=(5.6, 5.8))
    weights = np.array(values["map"])
    axis.pcolormesh(weights, cmap=shades, vmin=0, vmax=100)  # an image would be a bitmap
    axis.invert_yaxis()
    axis.set_aspect("equal")
    axis.set_title(f"What head {values['map_head']} looks at", fontsize=14)
    places = [place + 0.5 for place in range(len(tokens))]
    axis.set_xticks(places, tokens, rotation=90, fontsize=11, color=INK)
    axis.set_yticks(places, tokens, fontsize=11, color=INK)
    axis.set_xlabel("the token that is read", fontsize=12)
    axis.set_ylabel("the token that reads", fontsize=12)
    axis.tick_params(length=0)
    axis.grid(False)
    axis.plot([0, len(tokens)], [0, len(tokens)], color=MUTED, linewidth=0.8)
    save(figure, NAME)


if __name__ == "__main__":
    main()
