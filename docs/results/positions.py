"""Measure what rotary positions do to a match of contents: how it fades, and whether it is still found.

A query is compared with a key of the same content, some tokens back.  Nothing is trained; vectors are
random, so the numbers belong to the rotations alone and not to what a model would learn to do with them.
"""

import numpy as np
from numpy.typing import NDArray
from record import record

from llmbook.layers import rope_frequencies

Floats = NDArray[np.float64]

HEAD_DIM = 128  # as in Llama 3
THETAS = (10_000, 500_000)
DISTANCES = (
    1,
    2,
    4,
    8,
    16,
    32,
    64,
    128,
    256,
    512,
    1024,
    2048,
    4096,
    8192,
    16384,
    32768,
    65536,
    131072,
)
QUERIES = 400
CROWD = 1023  # other keys, besides the right one


def matches(queries: Floats, theta: float) -> Floats:
    """Return the score of each query with a key of the same content, by distance.

    Args:
        queries: Random vectors ``[n, head_dim]``.
        theta: Base of the rotations.

    Returns:
        Dot products ``[n, distances]``.  Two equal pairs of coordinates that are turned apart by an
        angle have the dot product of their squared length and the cosine of that angle.
    """
    half = HEAD_DIM // 2
    squares = queries[:, :half] ** 2 + queries[:, half:] ** 2  # [n, half]
    angles = np.outer(
        np.asarray(rope_frequencies(HEAD_DIM, theta), dtype=float), np.array(DISTANCES)
    )
    return np.asarray(squares @ np.cos(angles))


def strongest_rivals(rng: np.random.Generator, queries: Floats) -> Floats:
    """Return for each query its highest score with ``CROWD`` random keys.

    The keys are not rotated: a rotation does not change how normal random vectors are distributed.
    """
    return np.array(
        [(rng.standard_normal((CROWD, HEAD_DIM)) @ query).max() for query in queries], dtype=float
    )


def measure(seed: int) -> dict[str, float]:
    """Return similarities (from -1 to 1) and shares of right answers (in percent) of one run."""
    rng = np.random.default_rng(seed)
    queries = rng.standard_normal((QUERIES, HEAD_DIM))
    rivals = strongest_rivals(rng, queries)
    lengths = (queries**2).sum(axis=1)
    values: dict[str, float] = {
        "head_dim": HEAD_DIM,
        "queries": QUERIES,
        "tokens": CROWD + 1,
        "found_without": 100 * float(np.mean(lengths > rivals)),
    }
    for theta in THETAS:
        scores = matches(queries, theta)
        similarities = scores / lengths[:, None]
        low, high = np.quantile(similarities, (0.05, 0.95), axis=0)
        found = 100 * (scores > rivals[:, None]).mean(axis=0)
        for i, distance in enumerate(DISTANCES):
            values[f"similarity_{theta}_distance_{distance}"] = float(similarities[:, i].mean())
            values[f"low_{theta}_distance_{distance}"] = float(low[i])
            values[f"high_{theta}_distance_{distance}"] = float(high[i])
            values[f"found_{theta}_distance_{distance}"] = float(found[i])
    return values


if __name__ == "__main__":
    record("positions", measure, seeds=range(5), packages=("numpy",))
