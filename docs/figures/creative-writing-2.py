"""Draw how many different right ideas there are in so many draws, by temperature."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, ORANGE, results, save, use

LOOKS = ((20, BLUE, "--"), (40, ACCENT, "-"), (60, GREEN, "-."), (80, ORANGE, ":"))


def draw() -> Figure:
    """Return the figure."""
    measured = results("creative-writing")
    numbers = range(1, int(measured["draws"]) + 1)
    figure, axes = plt.subplots(figsize=(7.2, 3.8))
    for temperature, color, line in LOOKS:
        found = [measured[f"ideas_{n}_{temperature}"] for n in numbers]
        axes.plot(numbers, found, line, color=color, label=f"{temperature / 100:.1f}")
    axes.set(xlim=(0.5, numbers[-1] + 0.5), ylim=(0, None), xticks=(1, 5, 10, 15, 20))
    axes.set_xlabel("couplets drawn for one request", fontsize=14)
    axes.set_title("different ideas among those that are right", fontsize=14)
    axes.tick_params(labelsize=12)
    axes.legend(title="temperature", fontsize=12, title_fontsize=12, loc="upper left")
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "creative-writing-2")
