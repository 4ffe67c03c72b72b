"""Draw how many tokens one verification yields, by the quality of the draft."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, GREEN, MUTED, ORANGE, results, save, use

NAME = "fast-inference"
DRAFTS = {
    1: (MUTED, "-"),
    2: (ORANGE, "--"),
    3: (GREEN, "-."),
    4: (BLUE, "--"),
    5: (ACCENT, "-"),
}
GUESSES = range(9)


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, axes = plt.subplots(figsize=(5.6, 4.6))
    axes.plot(GUESSES, [n + 1 for n in GUESSES], color=MUTED, linestyle=":", linewidth=1.5)
    axes.text(4.6, 6.1, "every guess right", color=MUTED, ha="right")
    for order, (color, line) in DRAFTS.items():
        y = [values[f"draft_{order}_guesses_{n}"] for n in GUESSES]
        axes.plot(GUESSES, y, color=color, linestyle=line)
        nudge = -0.12 if order == 1 else 0.12 if order == 2 else 0
        axes.text(8.15, y[-1] + nudge, f"order {order}", color=color, va="center")
    axes.set_title("Tokens from one pass of the order-6 model")
    axes.set_xlabel("tokens that the draft guesses ahead")
    axes.set_xlim(0, 9.4)
    axes.set_ylim(0, 7.4)
    axes.set_xticks(range(0, 9, 2))
    save(figure, NAME)


if __name__ == "__main__":
    main()
