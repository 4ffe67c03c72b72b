"""Draw the learning curve of the base model, with what counts and what compresses beside it."""

import json

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, DOCS, GREEN, MUTED, results, save, use

NAME = "pre-training"


def main() -> None:
    """Draw the figure."""
    values = results(NAME)
    spread = json.loads((DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
    use()
    plt.rcParams["font.size"] = 12
    figure, axes = plt.subplots(figsize=(6.4, 4.4))
    scale = values["bits_per_nat"]
    steps = sorted(int(key[5:]) for key in values if key[:5] == "loss_" and key[5:].isdigit())
    axes.errorbar(
        steps,
        [scale * values[f"loss_{step}"] for step in steps],
        [scale * spread[f"loss_{step}"] for step in steps],
        color=ACCENT,
        marker="o",
        markersize=5,
        capsize=2,
    )
    best = min(v for k, v in values.items() if k[:14] == "samples_ngram_" and k.endswith("_all"))
    end = steps[-1]
    for title, height, color, line in (
        ("gzip", values["samples_gzip_primed"], GREEN, "-."),
        ("xz", values["samples_xz_primed"], BLUE, "--"),
        ("n-grams", best, MUTED, ":"),
    ):
        axes.axhline(height, color=color, linestyle=line)
        axes.text(end, height + 0.05, title, color=color, ha="right")
    axes.text(0.012 * end, scale * values["loss_0"], "new", va="top", color=ACCENT)
    axes.text(
        0.12 * end, scale * values["loss_600"], "only French so far", va="center", color=ACCENT
    )
    axes.text(
        0.45 * end, values["windows"] - 0.05, "the model", va="top", ha="center", color=ACCENT
    )
    axes.set_title("Bits per byte of held-out text")
    axes.set_xlabel("step")
    axes.set_xlim(-0.02 * end, 1.02 * end)
    axes.set_ylim(0, 1.05 * scale * max(values[f"loss_{step}"] for step in steps))
    axes.set_xticks(range(0, end + 1, 1000))
    save(figure, NAME)


if __name__ == "__main__":
    main()
