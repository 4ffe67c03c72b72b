"""Three small measurements: learning from examples in the context, invention, and lucky scores.

*Examples.*  Each prompt shows words with one of two labels, by a hidden rule, and asks for the label
of one more word.  The model knows sixteen rules (eight, either way round) and weighs each by how well
it explains the examples; nothing in the model changes.  The hidden rule is one of them, or is not.  One
label in ten is wrong, and both labels are asked for equally often.

*Invention.*  A 6-gram model learns the names of emoji and writes new ones.  Unicode says which exist.

*Luck.*  Models of equal skill take a test; the best score is reported.
"""

import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import log2
from random import Random
from typing import Any

import numpy as np
from record import record

from llmbook.ngram import NGram

NAMES = [unicodedata.name(chr(code)).lower() for code in range(0x1F300, 0x1F650)]
WORDS = sorted({w for n in NAMES for w in n.split() if w.isalpha() and len(w) > 2})
Rule = Callable[[str], bool]
KNOWN: list[Rule] = [
    lambda w: w[0] in "aeiou",
    lambda w: w[-1] in "aeiou",
    lambda w: len(w) > 5,
    lambda w: len(w) % 2 == 0,
    lambda w: "e" in w,
    lambda w: "r" in w,
    lambda w: w[0] < "m",
    lambda w: any(a == b for a, b in pairwise(w)),
]
UNKNOWN: list[Rule] = [
    lambda w: w[1] in "aeiou",
    lambda w: w[2] < "m",
    lambda w: w[-1] < "n",
    lambda w: len(set(w)) % 2 == 0,
    lambda w: sum(c in "aeiou" for c in w) % 2 == 0,
    lambda w: "a" in w,
    lambda w: "i" in w,
    lambda w: "s" in w,
]
EXAMPLES, WRONG = (0, 1, 2, 4, 8, 16, 32), 0.1
PROMPTS, NEW_NAMES = 1000, 100
TESTS, TRIES, SKILL = (30, 164, 500), (1, 2, 4, 8, 16, 27), 0.7


@cache
def words(rule: Rule, side: bool) -> list[str]:
    """Return the words for which a rule holds, or those for which it does not."""
    return [word for word in WORDS if rule(word) is side]


def ask(rule: Rule, examples: int, random: Random) -> tuple[bool, float]:
    """Show examples of a rule and ask for one more: was the model right, and how surprised in bits?"""
    swapped = random.random() < 0.5
    shown = []
    for _ in range(examples + 1):
        label = random.random() < 0.5
        shown.append((random.choice(words(rule, label)), label ^ swapped))
    *shown, (question, answer) = shown
    shown = [(word, label ^ (random.random() < WRONG)) for word, label in shown]

    chance = [0.0, 0.0]
    for known in KNOWN:
        for swap in (False, True):
            weight = 1.0
            for word, label in shown:
                weight *= 1 - WRONG if known(word) ^ swap == label else WRONG
            says = known(question) ^ swap
            chance[says] += weight * (1 - WRONG)
            chance[not says] += weight * WRONG
    probability = chance[answer] / sum(chance)
    return probability > 0.5 or (probability == 0.5 and random.random() < 0.5), log2(
        1 / probability
    )


def measure(seed: int) -> dict[str, Any]:
    """Return the measurements of one seed."""
    random = Random(seed)  # noqa: S311 - no secret
    values: dict[str, Any] = {"words": len(WORDS)}
    for key, rules in (("known", KNOWN), ("unknown", UNKNOWN)):
        for examples in EXAMPLES:
            answers = [ask(rules[i % len(rules)], examples, random) for i in range(PROMPTS)]
            right, bits = zip(*answers, strict=True)
            values[f"{key}_{examples}"] = 100 * sum(right) / PROMPTS
            values[f"{key}_bits_{examples}"] = sum(bits) / PROMPTS

    model = NGram[str](6).fit("\n" + "\n".join(NAMES) + "\n")
    written: list[str] = []
    while len(written) < NEW_NAMES:
        text = "".join(model.generate(1000, prompt="\n", seed=random.randrange(10**6)))
        written += [line for line in text.split("\n")[:-1] if line]
    written = written[:NEW_NAMES]
    copied = sum(name in NAMES for name in written)
    real = sum(exists(name) for name in written)
    values["copied"] = 100 * copied / NEW_NAMES
    values["invented"] = 100 * (NEW_NAMES - real) / NEW_NAMES

    generator = np.random.default_rng(seed)
    for questions in TESTS:
        for tries in TRIES:
            scores = generator.binomial(questions, SKILL, size=(4000, tries)).max(axis=1)
            values[f"luck_{questions}_{tries}"] = float(100 * (scores.mean() / questions - SKILL))
    return values


def exists(name: str) -> bool:
    """Return whether Unicode has a character of this name."""
    try:
        unicodedata.lookup(name)
    except KeyError:
        return False
    return True


if __name__ == "__main__":
    record("capabilities-and-limits", measure, seeds=(0, 1, 2), packages=("numpy",))
