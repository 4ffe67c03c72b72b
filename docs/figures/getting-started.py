"""Draw the score of a small language model against the bits that are left of each weight."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, MUTED, results, save, use

BITS = (8, 6, 5, 4, 3, 2)

use()
value = results("getting-started")
places = range(len(BITS))
matrix = [value[f"matrix_{bits}"] for bits in BITS]
group = [value[f"group_{bits}"] for bits in BITS]

figure, axes = plt.subplots(figsize=(5.2, 3.8))
axes.axhline(value["full"], color=MUTED, linewidth=1, linestyle=":")
axes.plot(places, matrix, "o-", color=ACCENT)
axes.plot(places, group, "s--", color=BLUE)
axes.text(0, 2.2, "not rounded", color=MUTED)
axes.text(4.45, 5.6, "one scale\nper matrix", color=ACCENT, ha="right", fontsize=12)
axes.text(5.1, 2.2, "one scale per 32 weights", color=BLUE, ha="right", fontsize=12)
axes.set_xticks(places, [f"{bits} bits\n{bits / 8:g} GB" for bits in BITS])
axes.set_xlabel("bits per weight, and memory per billion weights")
axes.set_title("bits per byte of held-out text (lower is better)", fontsize=12)
axes.set_ylim(1.8, 8.4)
axes.grid(axis="x", visible=False)
save(figure, "getting-started")
