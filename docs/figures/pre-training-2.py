"""Draw what a byte of each narrator costs the model and n-grams, on two kinds of held-out text."""

import json

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, DOCS, results, save, use

NAME = "pre-training"
TITLES = {
    "reviews": "reviews",
    "verse": "verse",
    "french": "French",
    "dialogue": "dialogue",
    "stories": "stories",
    "questions": "questions",
    "programs": "programs",
}


def main() -> None:
    """Draw the figure."""
    values = results(NAME)
    spread = json.loads((DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
    orders = {k[14:-4] for k in values if k[:14] == "samples_ngram_" and k.endswith("_all")}
    best = min(orders, key=lambda order: float(values[f"samples_ngram_{order}_all"]))
    names = sorted(TITLES, key=lambda name: float(values[f"samples_model_{name}"]))
    use()
    plt.rcParams["font.size"] = 12
    figure, axes = plt.subplots(figsize=(6.4, 5))
    for key, title, color, marker in (
        ("model", "the model", ACCENT, "o"),
        (f"ngram_{best}", "n-grams", BLUE, "s"),
    ):
        for split, fill, up in (("samples", color, -0.12), ("combinations", "none", 0.12)):
            axes.errorbar(
                [values[f"{split}_{key}_{name}"] for name in names],
                [place + up for place in range(len(names))],
                xerr=[spread[f"{split}_{key}_{name}"] for name in names],
                color=color,
                marker=marker,
                linestyle="",
                markersize=7,
                markerfacecolor=fill,
                label=f"{title}, {'samples' if fill == color else 'new combinations'}",
            )
    axes.set_yticks(range(len(names)), [TITLES[name] for name in names])
    axes.set_title("Bits per byte")
    axes.set_xlim(0)
    figure.legend(loc="outside lower center", ncols=2)
    save(figure, f"{NAME}-2")


if __name__ == "__main__":
    main()
