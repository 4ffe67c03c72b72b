"""Draw what a conversation reads, turn by turn, and when the pieces of an answer come."""

import matplotlib.pyplot as plt
from style import ACCENT, BLUE, results, save, use

use()
value = results("openai-2")
read, written, pieces = value["read"], value["written"], value["pieces"]
[complete] = value["complete"]
turns = range(1, len(read) + 1)

figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.4))
left.bar(turns, read, color=BLUE, width=0.6)
left.bar(turns, written, bottom=read, color=ACCENT, width=0.6)
left.set_title("tokens of each request", fontsize=12)
left.set_xlabel("turn of the conversation")
left.set_xticks(list(turns))
left.grid(axis="x", visible=False)
left.text(0.7, 1.04 * max(read), "read", color=BLUE)
left.text(1.7, 1.04 * max(read), "and written, on top", color=ACCENT)
left.set_ylim(0, 1.18 * max(read))

right.plot([time / 1000 for time in pieces], range(1, len(pieces) + 1), color=BLUE)
right.axvline(complete / 1000, color=ACCENT, linestyle="--")
right.text(0.95 * complete / 1000, 2, "all at once,\nnot streamed", color=ACCENT, ha="right")
right.set_title("pieces on the screen", fontsize=12)
right.set_xlabel("seconds since the question")
right.set_xlim(left=0)
right.set_ylim(bottom=0)
save(figure, "openai-2")
