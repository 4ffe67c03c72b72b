"""Draw how many answers stay the same, word for word, when a prompt is not computed as it was alone."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, INK, results, save, use

NAME = "transformers-2"
ROWS = {
    "left": "batch of 8, padded on the left",
    "right": "padded on the right",
    "unmasked": "on the left, without the mask",
    "float16": "on the left, in float16",
    "bfloat16": "on the left, in bfloat16",
}
WRONG = {"right", "unmasked"}


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, axes = plt.subplots(figsize=(5.8, 3.2))
    for row, key in enumerate(ROWS):
        wrong = key in WRONG
        axes.barh(row, values[key], height=0.62, color=ACCENT if wrong else BLUE)
        axes.text(values[key] + 1.5, row, f"{values[key]:.0f}%", va="center", color=INK)
    axes.set_yticks(range(len(ROWS)), ROWS.values())
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set(xlim=(0, 112), xticks=[0, 25, 50, 75, 100])
    axes.set_title("Texts that stay the same, in percent")
    save(figure, NAME)


if __name__ == "__main__":
    main()
