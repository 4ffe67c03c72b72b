"""Draw how a router loads its experts, with and without a balancing bias."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, INK, results, save, use

NAME = "from-gpt-2-to-today"


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    ranks = range(1, int(values["experts"]) + 1)
    figure, (loads, largest) = plt.subplots(2, 1, figsize=(5.6, 6.2), height_ratios=(3, 2))

    loads.bar(ranks, [values[f"random_{rank}"] for rank in ranks], color=ACCENT, width=0.7)
    loads.plot(ranks, [values[f"balanced_{rank}"] for rank in ranks], color=BLUE, linestyle="-")
    loads.text(6.2, 2.3, "random router", color=ACCENT)
    loads.text(32.4, 1.16, "with the bias", color=BLUE, ha="right")
    loads.set_title("Load of each expert, in equal shares")
    loads.set_xlabel("experts, the busiest first")
    loads.set_xticks([1, 8, 16, 24, 32])
    loads.grid(False, axis="x")

    checks = sorted(
        int(key.removeprefix("largest_")) for key in values if key.startswith("largest_")
    )
    largest.plot(checks, [values[f"largest_{n}"] for n in checks], color=BLUE, linestyle="-")
    largest.axhline(1, color=INK, linestyle=":", linewidth=1.2)
    largest.text(checks[-1], 0.5, "every expert alike: 1", ha="right", color=INK)
    largest.set_title("Load of the busiest expert")
    largest.set_xlabel("batches in which the bias was adjusted")
    largest.set_ylim(0, 4.4)
    save(figure, NAME)


if __name__ == "__main__":
    main()
