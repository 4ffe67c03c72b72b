"""Draw the wall: how much of a text is new, however much was read before."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, ORANGE, results, save, use

PARTS = (32, 16, 8, 4, 2, 1)


def draw() -> Figure:
    """Return the figure: the share of new n-grams against the size of the training text."""
    measured = results("predicting-text")
    figure, axes = plt.subplots(figsize=(7.2, 4))
    lines = (
        (4, "runs of 4", ACCENT, "-"),
        (3, "triples", ORANGE, ":"),
        (2, "pairs", GREEN, "-."),
        (1, "pieces", BLUE, "--"),
    )
    sizes = [measured["training_pieces"] / part / 1000 for part in PARTS]
    for n, label, color, style in lines:
        shares = [100 * measured[f"new_{n}_{part}"] for part in PARTS]
        axes.plot(sizes, shares, style, color=color, marker="o", ms=5)
        axes.text(sizes[-1] * 1.1, shares[-1], label, color=color, fontsize=14, va="center")
    axes.set_xscale("log", base=2)
    axes.set_xticks(sizes, [f"{size:.0f}" for size in sizes])
    axes.minorticks_off()
    axes.set(xlim=(sizes[0] * 0.9, sizes[-1] * 2.1), ylim=(0, 100))
    axes.tick_params(labelsize=12)
    axes.set_xlabel("thousand pieces of training text", fontsize=14)
    axes.set_title("% of held-out n-grams that are new", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "predicting-text-2")
