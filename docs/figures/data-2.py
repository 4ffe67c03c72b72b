"""Draw what copies of test texts in training text do to the score."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, results, save, use

CASES = (
    ("none", "none"),
    ("edited20", "1 copy,\n20% edited"),
    ("edited5", "1 copy,\n5% edited"),
    ("one", "1 copy"),
    ("ten", "10 copies"),
)


def draw() -> Figure:
    """Return the figure: bits per byte for each number of copies, of texts copied and not copied."""
    measured = results("data")
    figure, axes = plt.subplots(figsize=(7.2, 4))
    places = range(len(CASES))
    for part, label, color, style, marker in (
        ("unseen", "not copied", BLUE, "--", "s"),
        ("seen", "copied", ACCENT, "-", "o"),
    ):
        bits = [measured[f"{case}_{part}"] for case, _ in CASES]
        axes.plot(places, bits, style, color=color, marker=marker, ms=6)
        axes.text(
            len(CASES) - 0.8, bits[-1], label, color=color, fontsize=14, va="center", ha="left"
        )
    axes.set(xlim=(-0.3, len(CASES) + 0.5), ylim=(0, 2.6))
    axes.set_xticks(places, [label for _, label in CASES])
    axes.tick_params(labelsize=12)
    axes.grid(visible=False, axis="x")
    axes.set_title("bits per byte on test texts", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "data-2")
