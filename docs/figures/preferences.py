"""Draw what a taste for cheer gains and costs, by how far the model went for it."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

STEPS = (10, 30, 60, 120)
BETAS = (("b50", "0.5", BLUE, "--"), ("b10", "0.1", ACCENT, "-"), ("b02", "0.02", GREEN, "-."))
PANELS = (
    ("win", "win rate against the start, %"),
    ("craft", "rhyme, meter, and what was asked for, % that is there"),
    ("opening", "couplets that begin with the same three words, %"),
)


def panel(axes: Axes, values: dict[str, float], key: str) -> None:
    """Draw one of the measures for each beta."""
    start = values[f"start_{key}"] if key != "win" else 50
    axes.axhline(start, color=MUTED, lw=1)
    for name, beta, color, line in BETAS:
        far = [0.0] + [values[f"{name}_{step}_kl"] for step in STEPS]
        found = [start] + [values[f"{name}_{step}_{key}"] for step in STEPS]
        axes.plot(far, found, line, color=color, marker="o", ms=4.5, label=f"beta {beta}")
        if key == "win":
            low, high = (
                [values[f"{name}_{step}_win_{end}"] for step in STEPS] for end in ("low", "high")
            )
            axes.vlines(far[1:], low, high, color=color, lw=1, alpha=0.6)


def draw() -> Figure:
    """Return the figure."""
    values = results("preferences")
    figure, rows = plt.subplots(3, 1, figsize=(7.2, 9), sharex=True)
    for axes, (key, title) in zip(rows, PANELS, strict=True):
        panel(axes, values, key)
        axes.set_title(title, fontsize=14)
        axes.tick_params(labelsize=12)
    rows[0].legend(fontsize=13, loc="lower center")
    rows[0].set_ylim(40, 102)
    rows[-1].set_xlabel("KL divergence from the start, nats an answer", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "preferences")
