"""Draw the learning curve of the page's script, as it is and with Muon for the matrices."""

import json

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, DOCS, results, save, use

NAME = "pytorch"
LOOKS = 11


def main() -> None:
    """Draw the figure."""
    values = results(NAME)
    spread = json.loads((DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
    use()
    plt.rcParams["font.size"] = 12
    figure, axes = plt.subplots(figsize=(5.6, 4.2))
    steps = [round(values["steps"]) * look // (LOOKS - 1) for look in range(LOOKS)]
    for name, color, line, marker, label, side in (
        ("adamw", ACCENT, "-", "o", "AdamW alone", "bottom"),
        ("muon", BLUE, "--", "s", "with Muon", "top"),
    ):
        keys = [f"{name}_bits_{step}" for step in steps]
        bits = [values[key] for key in keys]
        axes.errorbar(
            steps,
            bits,
            [spread[key] for key in keys],
            color=color,
            linestyle=line,
            marker=marker,
            markersize=5,
            capsize=3,
        )
        axes.annotate(
            label,
            (steps[5], bits[5]),
            (6, 8) if side == "bottom" else (-6, -8),
            textcoords="offset points",
            color=color,
            ha="left" if side == "bottom" else "right",
            va=side,
        )
    axes.set(xlabel="steps", title="Bits per byte of held-out text")
    save(figure, NAME)


if __name__ == "__main__":
    main()
