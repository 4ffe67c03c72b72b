"""Draw what more tries are worth: pass@k over k, and over the temperature."""

import json

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, DOCS, GREEN, ORANGE, results, save, use

MOST = 10
TEMPERATURES = (20, 50, 80, 120)
LOOKS = ((BLUE, "-", "o"), (GREEN, "--", "s"), (ACCENT, "-.", "^"), (ORANGE, ":", "D"))


def draw() -> Figure:
    """Return the figure."""
    measured = results("code-generation")
    text = (DOCS / "results" / "code-generation.json").read_text("utf-8")
    spread = json.loads(text)["spread"]
    figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 4.2), sharey=True)
    numbers = range(1, MOST + 1)
    for temperature, (color, line, marker) in zip(TEMPERATURES, LOOKS, strict=True):
        found = [measured[f"pass_{k}_{temperature}"] for k in numbers]
        label = f"{temperature / 100:.1f}"
        left.plot(numbers, found, line, color=color, marker=marker, ms=4, label=label)
    left.legend(title="temperature", fontsize=12, title_fontsize=12, loc="lower right")
    left.set_xlabel("tries k", fontsize=13)
    left.set_title("pass@k in %", fontsize=14)
    left.set_xticks((1, 2, 4, 6, 8, 10))
    places = [temperature / 100 for temperature in TEMPERATURES]
    for k, color, line, marker in ((1, BLUE, "-", "o"), (MOST, ACCENT, "--", "s")):
        keys = [f"pass_{k}_{temperature}" for temperature in TEMPERATURES]
        found, bars = [measured[key] for key in keys], [spread[key] for key in keys]
        right.errorbar(
            places,
            found,
            bars,
            color=color,
            ls=line,
            marker=marker,
            ms=5,
            capsize=3,
            elinewidth=1.2,
        )
        right.text(places[-1] + 0.05, found[-1], f"pass@{k}", color=color, fontsize=13, va="center")
    right.set_xlabel("temperature", fontsize=13)
    right.set_title("pass@1 and pass@10 in %", fontsize=14)
    right.set(xlim=(0.1, 1.62), ylim=(0, 104), xticks=places)
    for axes in (left, right):
        axes.tick_params(labelsize=12)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "code-generation")
