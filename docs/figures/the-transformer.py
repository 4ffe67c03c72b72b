"""Draw where the parameters of Llama-family models sit, from the smallest to the largest."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, INK, MUTED, PAPER, results, save, use

NAME = "the-transformer"
MODELS = {
    "stories260k": "stories260K",
    "smollm2_135m": "SmolLM2 135M",
    "llama_3_2_1b": "Llama 3.2 1B",
    "llama_3_1_8b": "Llama 3.1 8B",
    "llama_3_1_70b": "Llama 3.1 70B",
    "llama_3_1_405b": "Llama 3.1 405B",
}
PARTS = {"embeddings": (MUTED, ""), "attention": (BLUE, "//"), "feed_forward": (ACCENT, "")}


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams.update({"font.size": 13, "hatch.color": PAPER, "hatch.linewidth": 0.7})
    values = results(NAME)
    figure, axes = plt.subplots(figsize=(5.6, 6))
    for row, (key, label) in enumerate(MODELS.items()):
        axes.text(0, row - 0.34, label, color=INK, va="bottom")
        left = 0.0
        for part, (color, hatch) in PARTS.items():
            share = values[f"{key}_{part}"]
            axes.barh(row, share, left=left, height=0.5, color=color, hatch=hatch, edgecolor=PAPER)
            if share > 9:
                box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
                axes.text(
                    left + share / 2, row, f"{share:.0f} %", ha="center", va="center", bbox=box
                )
            left += share
    for x, (part, (color, _)) in zip((0, 33, 62), PARTS.items(), strict=True):
        axes.text(x, -1.15, part.replace("_", "-"), color=color, va="bottom")
    axes.set(xlim=(0, 100), ylim=(5.45, -1.3), xticks=[], yticks=[])
    axes.spines[["left", "bottom"]].set_visible(False)
    save(figure, NAME)


if __name__ == "__main__":
    main()
