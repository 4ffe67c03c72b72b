"""Draw what corrections of several ranks learn of a new text, and what they forget of the old one."""

import json

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, DOCS, MUTED, PAPER, results, save, use

NAME = "lora"
RANKS = (1, 2, 4, 8, 16, 32)


def main() -> None:
    """Draw the figure."""
    values = results(NAME)
    spread = json.loads((DOCS / "results" / f"{NAME}.json").read_text("utf-8"))["spread"]
    use()
    plt.rcParams["font.size"] = 13
    figure, both = plt.subplots(2, 1, figsize=(6.4, 7.2), sharex=True)
    numbers = [values[f"python_{rank}_trained"] for rank in RANKS]
    for axes, key, title in (
        (both[0], "bits", "Bits per byte of Python's text, which is new"),
        (both[1], "valley", "Bits per byte of the valley's text, known before"),
    ):
        names = [f"python_{rank}_{key}" for rank in RANKS]
        axes.errorbar(
            numbers,
            [values[name] for name in names],
            [spread[name] for name in names],
            color=ACCENT,
            marker="o",
            capsize=3,
        )
        for what in ("blocks", "full"):
            axes.errorbar(
                values[f"python_{what}_trained"],
                values[f"python_{what}_{key}"],
                spread[f"python_{what}_{key}"],
                color=BLUE,
                marker="s",
                markersize=8,
                markerfacecolor=BLUE if what == "full" else PAPER,
                capsize=3,
            )
        axes.set_title(title)
        axes.set_xscale("log")
        axes.set_xticks([1e4, 1e5, 1e6], ["10,000", "100,000", "1,000,000"])
        axes.margins(x=0.08, y=0.2)
    for rank, number in zip(RANKS, numbers, strict=True):
        both[0].annotate(
            f"rank {rank}" if rank == 1 else str(rank),
            (number, values[f"python_{rank}_bits"]),
            (0, 9),
            textcoords="offset points",
            color=ACCENT,
            ha="center",
        )
    for what, label, place in (("blocks", "blocks", (-10, 0)), ("full", "everything", (2, -18))):
        both[0].annotate(
            label,
            (values[f"python_{what}_trained"], values[f"python_{what}_bits"]),
            place,
            textcoords="offset points",
            color=BLUE,
            ha="right" if what == "blocks" else "center",
            va="center",
        )
    both[1].axhline(values["python_base_valley"], color=MUTED, linestyle=":")
    both[1].text(
        numbers[0], values["python_base_valley"], "before", color=MUTED, va="bottom", ha="center"
    )
    both[1].set_ylim(bottom=0)
    both[1].set_xlabel("numbers trained")
    save(figure, NAME)


if __name__ == "__main__":
    main()
