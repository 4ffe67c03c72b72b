"""Draw how many tokens a second the same model learns from and reads, in PyTorch and in Keras."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, INK, results, save, use

NAME = "tensorflow-2"
ENGINES = {
    "plain": "plain PyTorch",
    "tensorflow": "Keras on TensorFlow",
}


def main() -> None:
    """Draw the figure."""
    values = results(NAME)
    use()
    plt.rcParams["font.size"] = 12
    figure, both = plt.subplots(2, 1, figsize=(5.6, 3.4), sharex=False)
    for axes, key, color, title in (
        (both[0], "learn", ACCENT, "Learning, in tokens a second"),
        (both[1], "read", BLUE, "Reading, in tokens a second"),
    ):
        speeds = [values[f"{engine}_{key}"] for engine in ENGINES]
        axes.barh(list(ENGINES.values()), speeds, color=color, height=0.6)
        for place, speed in enumerate(speeds):
            axes.text(speed, place, f" {speed:,.0f}", color=INK, va="center")
        axes.set_title(title)
        axes.set_xticks([])
        axes.set_xlim(0, 1.2 * max(speeds))
        axes.grid(visible=False)
        axes.tick_params(length=0)
    save(figure, NAME)


if __name__ == "__main__":
    main()
