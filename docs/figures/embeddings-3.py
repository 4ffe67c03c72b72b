"""Draw how often a word's nearest neighbors in the table of the book's model are of its own kind."""

import matplotlib.pyplot as plt
from style import ACCENT, GRID, INK, MUTED, results, save, use

NAME = "embeddings"
KINDS = {
    "names": "names",
    "places": "places",
    "verbs": "verbs",
    "colors": "colors",
    "numbers": "numbers",
    "moods": "moods",
}


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 13
    values = results(NAME)
    figure, axes = plt.subplots(figsize=(5.6, 3.6))
    names = sorted(KINDS, key=lambda name: values[f"model_{name}"])
    for y, name in enumerate(names):
        learned, shuffled = values[f"model_{name}"], values[f"model_{name}_shuffled"]
        axes.plot([shuffled, learned], [y, y], color=GRID, linestyle="-", linewidth=3, zorder=1)
        axes.plot(shuffled, y, "o", ms=7, color=MUTED, fillstyle="none")
        axes.plot(learned, y, "o", ms=9, color=ACCENT)
    axes.set_yticks(range(len(names)), [KINDS[name] for name in names], color=INK)
    axes.set_ylim(-0.6, len(names) - 0.2)
    top = len(names) - 0.62
    axes.text(values[f"model_{names[-1]}"], top, "learned", color=ACCENT, ha="center")
    axes.text(values[f"model_{names[-1]}_shuffled"] - 1, top, "shuffled", color=MUTED)
    axes.set_xlim(-4, 108)
    axes.set_xticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"])
    axes.grid(False, axis="y")
    axes.set_title("Of the 5 nearest words, those of the same kind")
    save(figure, f"{NAME}-3")


if __name__ == "__main__":
    main()
