"""How much do the neighbors on both sides tell about a missing piece of text, beside those on the left?

One piece, a letter or a word, is hidden.  A counting model guesses it from the nearest pieces on its
left, or from the nearest on both sides.  The text is the language reference in ``pydoc_data.topics``,
a tenth of it held out; the seed says which.  No paragraph is in both parts.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log2
from pydoc_data.topics import topics
from random import Random
from statistics import fmean
from typing import Any

from record import record

DISCOUNT = 0.75  # taken from each count, and given to the guess with one neighbor less
# Where the neighbors stand, the nearest first: the model uses the first one, two, three ...
LEFT = (-1, -2, -3, -4, -5, -6)
BOTH = (-1, 1, -2, 2, -3, 3)
NEIGHBORS = {"letters": 6, "words": 4}
MARGIN = 6  # the first and last pieces lack neighbors and are not asked for


def split(seed: int) -> tuple[str, str]:
    """Return the training text and the held-out text."""
    names = sorted(topics)
    Random(seed).shuffle(names)  # noqa: S311 - no secret
    tenth = sum(map(len, topics.values())) / 10
    held_out: dict[str, None] = {}  # the paragraphs, in order, each once
    while sum(map(len, held_out)) < tenth:
        held_out |= dict.fromkeys(topics[names.pop()].split("\n\n"))
    training = dict.fromkeys(p for name in names for p in topics[name].split("\n\n"))
    fresh = (paragraph for paragraph in training if paragraph not in held_out)
    return "\n\n".join(fresh), "\n\n".join(held_out)


def columns(text: Sequence[str], places: Sequence[int]) -> list[Sequence[Any]]:
    """Return a constant, then the neighbors at each place, for all pieces that have them all."""
    rows = range(MARGIN, len(text) - MARGIN)
    return [bytes(len(rows)), *(text[rows.start + p : rows.stop + p] for p in places)]


def bits(training: Sequence[str], held_out: Sequence[str], places: Sequence[int]) -> list[float]:
    """Return the bits for a hidden piece of the held-out text, by the number of neighbors used.

    Each neighbor more refines the guess: the counts are discounted, and what that leaves over goes
    to the guess without the neighbor (interpolated absolute discounting).
    """
    train, test = columns(training, (*places, 0)), columns(held_out, (*places, 0))
    chances = [1 / len(set(training) | set(held_out))] * len(test[0])
    result = []
    for n in range(len(places) + 1):
        pairs = Counter(zip(*train[: n + 1], train[-1], strict=True))
        seen = Counter(zip(*train[: n + 1], strict=True))
        kinds = Counter(pair[:-1] for pair in pairs)
        for i, pair in enumerate(zip(*test[: n + 1], test[-1], strict=True)):
            if total := seen.get(pair[:-1]):
                rest = DISCOUNT * kinds[pair[:-1]] * chances[i]
                chances[i] = (max(pairs.get(pair, 0) - DISCOUNT, 0) + rest) / total
        result.append(-fmean(map(log2, chances)))
    return result


def measure(seed: int) -> dict[str, float]:
    """Return the bits of one split."""
    values: dict[str, float] = {}
    for kind, neighbors in NEIGHBORS.items():
        pattern = r"." if kind == "letters" else r"\w+|[^\w\s]|\n"
        training, held_out = (re.findall(pattern, text, re.DOTALL) for text in split(seed))
        values[f"{kind}_training"], values[f"{kind}_held_out"] = len(training), len(held_out)
        for side, places in (("left", LEFT), ("both", BOTH)):
            for n, value in enumerate(bits(training, held_out, places[:neighbors])):
                values[f"{kind}_{side}_{n}"] = value
        # Splits differ more than the sides do, so the difference is taken within each.
        for n in range(2, neighbors + 1, 2):
            values[f"{kind}_gain_{n}"] = values[f"{kind}_left_{n}"] - values[f"{kind}_both_{n}"]
    return values


if __name__ == "__main__":
    record("encoders-and-decoders", measure, seeds=(0, 1, 2))
