"""Draw what DPO makes of held-out pairs: how often it agrees with the rule, and how likely both are."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

STEPS = (10, 30, 60, 120)
BETAS = (("b50", "0.5", BLUE, "--"), ("b10", "0.1", ACCENT, "-"), ("b02", "0.02", GREEN, "-."))
BOTH = (("chosen", ACCENT, "-"), ("rejected", BLUE, "--"))


def draw() -> Figure:
    """Return the figure."""
    values = results("preferences")
    figure, (agreed, likely) = plt.subplots(2, 1, figsize=(7.2, 6.4), sharex=True)
    for name, beta, color, line in BETAS:
        found = [50.0] + [values[f"{name}_{step}_accuracy"] for step in STEPS]
        agreed.plot([0, *STEPS], found, line, color=color, marker="o", ms=4.5, label=f"beta {beta}")
    agreed.legend(fontsize=13, loc="lower right")
    agreed.set_title("held-out pairs on which it agrees with the rule, %", fontsize=14)
    for key, color, line in BOTH:
        found = [0.0] + [values[f"b10_{step}_{key}"] for step in STEPS]
        likely.plot([0, *STEPS], found, line, color=color, marker="o", ms=4.5)
        likely.text(STEPS[-1] + 2, found[-1], key, color=color, fontsize=13, va="center")
    likely.axhline(0, color=MUTED, lw=1)
    likely.set_xlim(-2, 141)
    likely.set_title("their log-probability at beta 0.1, nats above the start", fontsize=14)
    likely.set_xlabel("steps of DPO", fontsize=14)
    for axes in (agreed, likely):
        axes.tick_params(labelsize=12)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "preferences-2")
