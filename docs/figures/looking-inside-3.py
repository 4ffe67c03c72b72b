"""Draw how a name arises over the layers of the book's model, and when it travels."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, results, save, use

NAME = "looking-inside"


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 13
    values = results(NAME)
    n_layers = int(values["n_layers"])
    layers = range(n_layers + 1)

    def line(key: str) -> list[float]:
        return [float(values[f"{key}_{i}"]) for i in layers]

    figure, (seen, moved) = plt.subplots(2, 1, figsize=(5.6, 6.8))
    seen.plot(layers, line("lens_first"), color=ACCENT, marker="o")
    seen.plot(layers, line("lens_chance"), color=BLUE, linestyle="--", marker="s")
    seen.set_title("Read off the stream of the last token")
    moved.plot(layers, line("patch_name"), color=ACCENT, marker="o")
    moved.plot(layers, line("patch_last"), color=BLUE, linestyle="--", marker="s")
    moved.set_title("Answer moved by exchanging one stream")
    moved.set_xlabel("blocks passed")
    seen.text(0, 62, "right name ahead of all others", color=ACCENT)
    seen.text(0, 44, "its probability", color=BLUE)
    moved.text(0, 84, "at the name", color=ACCENT)
    moved.text(0, 8, "at the last token", color=BLUE)
    for axes in (seen, moved):
        axes.set_ylim(-8, 108)
        axes.set_yticks([0, 50, 100], ["0%", "50%", "100%"])
        axes.set_xticks(list(layers))
        axes.grid(False, axis="x")
    save(figure, f"{NAME}-3")


if __name__ == "__main__":
    main()
