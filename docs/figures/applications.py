"""Draw first-guess accuracy on held-out code by n-gram order, with and without the file so far."""

import json

import style
from matplotlib import pyplot as plt

NAME = "applications"
LINES = (
    ("all_file", "all, file read", style.ACCENT, "-"),
    ("all_library", "all tokens", style.BLUE, "-"),
    ("names_file", "names, file read", style.ACCENT, "--"),
    ("names_library", "names", style.BLUE, "--"),
)

style.use()
mean = style.results(NAME)
spread = json.loads((style.DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
orders = range(1, 6)

figure, axes = plt.subplots(figsize=(6, 4))
for key, label, color, dash in LINES:
    heights = [mean[f"{key}_top1_{order}"] for order in orders]
    errors = [spread[f"{key}_top1_{order}"] for order in orders]
    axes.errorbar(orders, heights, errors, color=color, linestyle=dash, marker="o", capsize=3)
    axes.text(5.15, heights[-1], f"{label} {heights[-1]:.0f} %", va="center", color=color, size=13)
axes.set(xlim=(0.8, 7.3), ylim=(0, 60), xticks=orders, xlabel="order of the n-gram")
axes.xaxis.set_label_coords(0.33, -0.1)
axes.set_title("Next token of held-out code: first guess right, %", size=13)
axes.spines["bottom"].set_bounds(0.8, 5.1)
style.save(figure, NAME)
