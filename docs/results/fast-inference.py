"""What rounding does to weights, and how many tokens one verification of a draft yields.

Rounding is measured on a matrix of random numbers, and on the same matrix after one number in a
thousand was made twenty times as large: such outliers are what makes rounding hard.

Speculative decoding (Leviathan et al. 2023, algorithm 1) is measured with n-gram models of the
language reference that every Python carries.  A low order drafts, order 6 verifies.  Nothing is
timed: what is counted are the tokens that each verification yields.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from pydoc_data.topics import topics
from random import Random

import numpy as np
from record import record

from llmbook.ngram import NGram
from llmbook.quantize import Int4Matrix, Int8Matrix

TARGET = 6
DRAFTS = (1, 2, 3, 4, 5)
GUESSES = 8  # tokens that a draft proposes at most
VERIFICATIONS = 150  # per draft and seed
Distribution = Callable[[str], dict[str, float]]


@cache
def model(order: int) -> Distribution:
    """Return a function from a text to the probabilities of the next letter."""
    text = "\n\n".join(topics[name] for name in sorted(topics))
    ngram: NGram[str] = NGram(order)
    ngram.fit(text)

    @lru_cache(maxsize=20_000)
    def distribution(context: str) -> dict[str, float]:
        return ngram.distribution(context)

    return lambda text: distribution(text[len(text) - order + 1 :] if order > 1 else "")


def draw(weights: dict[str, float], rng: Random) -> str:
    """Draw a letter by its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def speculate(text: str, draft: Distribution, rng: Random) -> str:
    """Return the letters that one verification yields: from one to ``GUESSES + 1``."""
    target, guess = model(TARGET), ""
    for _ in range(GUESSES):
        guess += draw(draft(text + guess), rng)
    for i, token in enumerate(guess):
        p, q = target(text + guess[:i]), draft(text + guess[:i])
        if rng.random() * q[token] > p[token]:
            return guess[:i] + draw({t: max(p[t] - q[t], 0) for t in p}, rng)
    return guess + draw(target(text + guess), rng)


def surprise(text: str) -> float:
    """Return the bits per letter of a text under the target model, but for its first letters."""
    target = model(TARGET)
    bits = [-np.log2(target(text[:i])[text[i]]) for i in range(TARGET, len(text))]
    return float(np.mean(bits))


def rounding(rng: np.random.Generator) -> dict[str, float]:
    """Return the relative errors of rounded matrices, in percent."""
    even = rng.standard_normal((512, 512), dtype=np.float32)
    spiky = np.where(rng.random(even.shape) < 0.001, 20 * even, even)
    values = {}
    for name, matrix in (("even", even), ("spiky", spiky)):
        for bits, kind in ((8, Int8Matrix), (4, Int4Matrix)):
            off = np.linalg.norm(kind.quantize(matrix).dequantize() - matrix)
            values[f"int{bits}_{name}"] = float(100 * off / np.linalg.norm(matrix))
    return values


def measure(seed: int) -> dict[str, float]:
    """Return the values of one run."""
    rng = Random(seed)  # noqa: S311 - no secret
    values = rounding(np.random.default_rng(seed))
    for order in DRAFTS:
        text, lengths = "The ", []
        for _ in range(VERIFICATIONS):
            new = speculate(text, model(order), rng)
            text += new
            lengths.append(len(new))
        # A verification that stops after k guesses would have stopped there with fewer guesses too.
        for n in range(GUESSES + 1):
            values[f"draft_{order}_guesses_{n}"] = float(np.minimum(lengths, n + 1).mean())
        values[f"draft_{order}_bits"] = surprise(text)
        values[f"draft_{order}_first"] = 100 * float(np.mean(np.array(lengths) > 1))
    text = "The "
    for _ in range(1000):
        text += draw(model(TARGET)(text), rng)
    values["alone_bits"] = surprise(text)
    return values


if __name__ == "__main__":
    record("fast-inference", measure, seeds=range(5), packages=("numpy",))
