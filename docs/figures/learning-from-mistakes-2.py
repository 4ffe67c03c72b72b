"""Draw the singular values of a gradient before and after Newton-Schulz."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, results, save, use

NAME = "learning-from-mistakes"


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, axes = plt.subplots(figsize=(5.6, 3.6))
    # The other directions have nothing: a batch of 64 examples reaches 64 of 128 at most.
    before = [size for size in values["singular_before"] if size > 1e-4]
    after = values["singular_after"][: len(before)]
    places = range(1, len(before) + 1)
    axes.plot(places, before, color=BLUE, linestyle="--")
    axes.plot(places, after, color=ACCENT, linestyle="-")
    axes.set_yscale("log")
    axes.set_title("Singular values of a gradient")
    axes.set_xlabel("directions, the largest first")
    axes.grid(False, axis="x")
    axes.text(44, 1.6, "after five rounds", color=ACCENT, ha="center")
    axes.text(32, 0.05, "before", color=BLUE, ha="right")
    axes.set_xticks([1, 10, 20, 30, 40, 50])
    axes.set_ylim(1e-3, 3)
    save(figure, f"{NAME}-2")


if __name__ == "__main__":
    main()
