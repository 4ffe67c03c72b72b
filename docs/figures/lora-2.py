"""Draw of which rank the change of a whole model is, and what is left if it is cut down."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

NAME = "lora"
RANKS = (1, 2, 4, 8, 16, 32, 64)


def main() -> None:
    """Draw the figure."""
    values = results(NAME)
    use()
    plt.rcParams["font.size"] = 13
    figure, (held, cut) = plt.subplots(2, 1, figsize=(6.4, 7.6), sharex=True)
    for key, label, color, line, mark in (
        ("python_blocks", "AdamW", BLUE, "--", "s"),
        ("python_muon", "Muon", GREEN, "-.", "^"),
        ("chance", "random numbers", MUTED, ":", "D"),
    ):
        shares = [values[f"{key}_share_{rank}"] for rank in RANKS]
        held.plot(RANKS, shares, line, color=color, marker=mark, label=label)
    held.set_title("% of the squared change in its largest parts")
    held.set_ylim(0, 104)
    held.legend(loc="upper left")
    for key, label, color, line, mark in (
        ("python_blocks", "all trained with AdamW, then cut", BLUE, "--", "s"),
        ("python_muon", "all trained with Muon, then cut", GREEN, "-.", "^"),
    ):
        costs = [values[f"{key}_cut_{rank}"] for rank in RANKS]
        cut.plot(RANKS, costs, line, color=color, marker=mark, label=label)
    trained = [values[f"python_{rank}_bits"] for rank in RANKS[:-1]]
    cut.plot(RANKS[:-1], trained, color=ACCENT, marker="o", label="trained at that rank")
    cut.set_title("Bits per byte of Python's text")
    cut.legend(loc="upper right")
    cut.set_xscale("log", base=2)
    cut.set_xticks(RANKS, [str(rank) for rank in RANKS])
    cut.set_xlabel("rank of each matrix's change")
    cut.margins(y=0.1)
    save(figure, f"{NAME}-2")


if __name__ == "__main__":
    main()
