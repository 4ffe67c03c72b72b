"""Draw what smoothing makes of longer contexts."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, ORANGE, results, save, use

ORDERS = range(1, 5)


def draw() -> Figure:
    """Return the figure: bits per piece against order, one line for each kind of smoothing."""
    measured = results("predicting-text")
    # At order 1 a count is a count: discounting and Kneser-Ney are the same model.
    measured["absolute_1"] = measured["kneser_ney_1"]
    figure, axes = plt.subplots(figsize=(7.2, 4))
    lines = (
        ("one", "add 1", BLUE, "--"),
        ("hundredth", "add 0.01", GREEN, "-."),
        ("absolute", "discount", ORANGE, ":"),
        ("kneser_ney", "Kneser–Ney", ACCENT, "-"),
    )
    for key, label, color, style in lines:
        bits = [measured[f"{key}_{order}"] for order in ORDERS]
        axes.plot(ORDERS, bits, style, color=color, marker="o", ms=5)
        nudge = {"absolute": 0.1, "kneser_ney": -0.1}.get(key, 0)
        axes.text(4.1, bits[-1] + nudge, label, color=color, fontsize=14, va="center")
    axes.set(xlim=(0.9, 4.95), ylim=(4, 10), xticks=ORDERS)
    axes.tick_params(labelsize=12)
    axes.set_xlabel("order", fontsize=14)
    axes.set_title("bits per piece, on held-out text", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "predicting-text")
