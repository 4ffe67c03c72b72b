"""Draw the memory that a model takes against its parameters, at 16, 8 and 4 bits, short and long."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

NAME = "choosing-a-model"
COLORS = {16: ACCENT, 8: BLUE, 4: GREEN}
MARKERS = {16: "o", 8: "s", 4: "^"}


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, axes = plt.subplots(figsize=(5.6, 4.8))
    x = values["parameters"]
    for memory in (16, 80):
        axes.axhline(memory, color=MUTED, linewidth=1, linestyle=":")
        axes.text(700, memory * 1.06, f"{memory} GB", color=MUTED, ha="right")
    for bits, color in COLORS.items():
        short, long = (values[f"curve_{bits}_{context}"] for context in (8192, 131072))
        axes.plot(x, short, color=color, linestyle="-", marker=MARKERS[bits], markersize=5)
        axes.plot(x, long, color=color, linestyle="--", linewidth=1.3)
        axes.text(x[-1] * 1.12, short[-1] * 0.93, f"{bits} bits", color=color)
    axes.text(1.2, 112, "dashed: 131,072 tokens", color=MUTED)
    axes.text(4.2, 1.7, "solid: 8,192 tokens", color=MUTED)
    axes.set(xscale="log", yscale="log", xlim=(1, 1000), ylim=(0.7, 1500))
    axes.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    axes.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    axes.minorticks_off()
    axes.set_xlabel("parameters, in billions")
    axes.set_title("Memory, in GB")
    save(figure, NAME)


if __name__ == "__main__":
    main()
