"""Draw quality against novelty, one point for each temperature."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, INK, MUTED, results, save, use

TEMPERATURES = (20, 40, 60, 80, 110)


def draw() -> Figure:
    """Return the figure."""
    measured = results("creative-writing")
    figure, axes = plt.subplots(figsize=(7.2, 4.6))
    for key, color, line, marker, label in (
        ("right", ACCENT, "-", "o", "right"),
        ("fresh", BLUE, "--", "s", "right, and no line read"),
    ):
        places = [measured[f"new_lines_{t}"] for t in TEMPERATURES]
        heights = [measured[f"{key}_{t}"] for t in TEMPERATURES]
        axes.plot(places, heights, line, color=color, marker=marker, ms=6, label=label)
        if key == "right":
            for t, x, y in zip(TEMPERATURES, places, heights, strict=True):
                axes.annotate(
                    f"{t / 100:.1f}", (x, y), (6, 6), textcoords="offset points", color=MUTED,
                    fontsize=12,
                )  # fmt: skip
    narrator = measured["combinations_narrator_new_lines"], 100
    axes.plot(*narrator, "*", color=INK, ms=15, clip_on=False, zorder=5, label="the narrator")
    counted = measured["baseline_new_lines"], measured["baseline"]
    axes.plot(*counted, "x", color=INK, ms=9, mew=2, label="16-gram")
    axes.set(xlim=(-2, 103), ylim=(0, 102))
    axes.set_xlabel("novelty: % of lines that are in no poem read", fontsize=14)
    axes.set_title("quality: % of couplets", fontsize=14)
    axes.tick_params(labelsize=12)
    axes.legend(fontsize=12, loc="upper left", bbox_to_anchor=(0.06, 1.0))
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "creative-writing")
