"""Draw how many verdicts are right by what carries them, for the assistant and two baselines."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, GREEN, results, save, use

KINDS = (
    ("chat", "valley-chat", ACCENT, "o", 0.22),
    ("ngram", "5-gram", GREEN, "^", 0.0),
    ("bag", "bag of words", BLUE, "s", -0.22),
)


def draw() -> Figure:
    """Return the figure."""
    measured = results("language-understanding")
    devices = measured["devices"]
    figure, axes = plt.subplots(figsize=(7.2, 6.6))
    axes.axvline(50, color="#5d5a55", lw=1)
    for name, label, color, marker, up in KINDS:
        for row, device in enumerate(devices):
            key = f"sentiment_{name}_{device.replace(' ', '_')}"
            low, high = measured[f"{key}_low"], measured[f"{key}_high"]
            axes.plot([low, high], [up - row] * 2, "-", color=color, lw=1.6)
            text = label if not row else None
            axes.plot(measured[key], up - row, marker, color=color, ms=6.5, label=text)
    counts = [measured[f"sentiment_chat_{d.replace(' ', '_')}_n"] for d in devices]
    labels = [f"{device}, {n}" for device, n in zip(devices, counts, strict=True)]
    axes.set(xlim=(20, 101), ylim=(-len(devices) + 0.4, 0.6), xticks=range(20, 101, 20))
    axes.set_yticks([-row for row in range(len(devices))], labels)
    axes.tick_params(labelsize=13)
    axes.set_title("right verdicts in %, with 95 % intervals; a coin has 50", fontsize=14)
    axes.legend(fontsize=13, loc="lower center", bbox_to_anchor=(0.4, -0.17), ncols=3)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "language-understanding")
