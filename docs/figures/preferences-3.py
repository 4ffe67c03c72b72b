"""Draw what a reward teaches, and whether it widens what one of several tries can do."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, results, save, use

ROUNDS = range(5, 61, 5)
TRIES = (1, 2, 4, 8, 16)
MODELS = (
    ("rl", "after", ACCENT, "-"),
    ("start_colder", "before, at half the temperature", GREEN, "-."),
    ("start", "before", BLUE, "--"),
)


def draw() -> Figure:
    """Return the figure."""
    values = results("preferences")
    figure, (reward, tries) = plt.subplots(2, 1, figsize=(7.2, 6.6))
    reward.plot(ROUNDS, [values[f"rl_{step}_reward"] for step in ROUNDS], color=ACCENT)
    reward.set(xlim=(0, 61), ylim=(0, 100))
    reward.set_title("reward of a couplet, % of the most it can be", fontsize=14)
    reward.set_xlabel("steps of reinforcement learning", fontsize=14)
    for key, label, color, line in MODELS:
        found = [values[f"{key}_pass_{k}"] for k in TRIES]
        tries.plot(TRIES, found, line, color=color, marker="o", ms=4.5, label=label)
    tries.set(xscale="log", xticks=TRIES, xticklabels=TRIES, ylim=(0, 102))
    tries.minorticks_off()
    tries.set_title("requests with a right couplet among k, %", fontsize=14)
    tries.set_xlabel("k couplets", fontsize=14)
    tries.legend(fontsize=13, loc="upper left")
    for axes in (reward, tries):
        axes.tick_params(labelsize=12)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "preferences-3")
