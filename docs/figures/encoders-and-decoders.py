"""Draw the bits of a hidden letter and a hidden word, with neighbors on the left and on both sides."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from style import ACCENT, BLUE, results, save, use

NAME = "encoders-and-decoders"


def panel(axes: Axes, values: dict[str, float], kind: str, neighbors: int) -> None:
    """Draw the two curves of one kind of piece."""
    for side, color, line in (("left", BLUE, "--"), ("both", ACCENT, "-")):
        bits = [values[f"{kind}_{side}_{n}"] for n in range(neighbors + 1)]
        axes.plot(range(neighbors + 1), bits, line, color=color, marker="o", markersize=4)
    axes.set(ylim=(0, 8.6), xticks=range(0, neighbors + 1, 2), yticks=range(0, 9, 2))
    axes.set_title(f"a hidden {kind[:-1]}")
    axes.set_xlabel(f"{kind} it may see")


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 13
    values = results(NAME)
    figure, (letters, words) = plt.subplots(1, 2, figsize=(6.2, 4), sharey=True)
    panel(letters, values, "letters", 6)
    panel(words, values, "words", 4)
    letters.set_ylabel("bits")
    letters.text(6, values["letters_left_6"] + 0.35, "on its left", color=BLUE, ha="right")
    letters.text(6, values["letters_both_6"] - 0.8, "on both sides", color=ACCENT, ha="right")
    words.text(4, values["words_left_4"] + 0.35, "on its left", color=BLUE, ha="right")
    words.text(4, values["words_both_4"] - 0.8, "on both sides", color=ACCENT, ha="right")
    save(figure, NAME)


if __name__ == "__main__":
    main()
