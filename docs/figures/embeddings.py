"""Draw a map of word vectors that were learned from the names of Unicode's characters."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, GREEN, INK, MUTED, ORANGE, results, save, use

NAME = "embeddings"

# Each group's color, marker, and the place of its label.
LOOKS = {
    "numbers": (ACCENT, "o", "one … six", (0.74, -0.24), "center"),
    "Greek": (BLUE, "s", "alpha … upsilon", (-0.36, 0.66), "left"),
    "accents": (GREEN, "^", "acute … breve", (-0.47, -0.8), "left"),
    "styles": (ORANGE, "v", "bold, italic,\nfraktur, script", (-0.22, -0.14), "left"),
    "directions": (MUTED, "D", "up-, down-, left-,\nrightwards", (0.21, 0.31), "left"),
    "colors": (INK, "P", "black, white", (0.2, 0.02), "left"),
}


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, axes = plt.subplots(figsize=(5.6, 4.6))
    places = list(zip(values["map_group"], values["map_x"], values["map_y"], strict=True))
    for group, (color, marker, label, at, align) in LOOKS.items():
        x = [x for name, x, _ in places if name == group]
        y = [y for name, _, y in places if name == group]
        axes.scatter(x, y, s=44, color=color, marker=marker, alpha=0.8, linewidth=0)
        axes.text(*at, label, color=color, ha=align, va="center")
    axes.set(xlim=(-0.56, 1.0), ylim=(-0.88, 0.82), aspect="equal")
    axes.axis("off")
    save(figure, NAME)


if __name__ == "__main__":
    main()
