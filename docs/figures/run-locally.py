"""Draw what files of fewer bits weigh, and what they lose."""

import json

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, DOCS, results, save, use

NAME = "run-locally"
KINDS = {  # each with the place of its name beside the mark
    "llama.cpp": (ACCENT, "o", {"f32": (-4, 10), "f16": (0, 10), "q8_0": (6, 10), "q4_0": (10, 0)}),
    "llmbook": (BLUE, "s", {"int8": (-14, -20), "int4": (10, 0)}),
}


def main() -> None:
    """Draw the figure."""
    values = results(NAME)
    spread = json.loads((DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
    use()
    plt.rcParams["font.size"] = 13
    figure, axes = plt.subplots(figsize=(6.4, 4.4))
    for program, (color, marker, kinds) in KINDS.items():
        axes.errorbar(
            [values[f"mb_{kind}"] for kind in kinds],
            [values[f"loss_{kind}"] for kind in kinds],
            [spread[f"loss_{kind}"] for kind in kinds],
            color=color,
            marker=marker,
            linestyle="none",
            capsize=3,
            label=program,
        )
        for kind, offset in kinds.items():
            axes.annotate(
                kind,
                (values[f"mb_{kind}"], values[f"loss_{kind}"]),
                offset,
                textcoords="offset points",
                color=color,
            )
    axes.set_title("bits per byte lost, %")
    axes.set_xlabel("size of the weights, MB")
    axes.set_xlim(0, 5)
    axes.set_ylim(-1, 9)
    axes.legend()
    save(figure, NAME)


if __name__ == "__main__":
    main()
