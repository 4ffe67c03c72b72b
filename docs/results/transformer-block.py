"""Measure what a deep stack of blocks does to its vectors and to its gradients, before any training.

Four ways to build the stack are compared: without residual connections and normalization, with residual
connections alone, and with normalization after (post-norm) or before (pre-norm) each part.  The weights
are random.  The derivatives are written by hand and checked against small differences in every run.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from record import record

Floats = NDArray[np.float64]
Backward = Callable[[Floats], Floats]

KINDS = ("neither", "residual", "post", "pre")
BLOCKS = 32
DEPTHS = (2, 8, 32, 128)  # for the gradient of the last block's weights
TOKENS, WIDTH, INNER, HEADS = 16, 64, 256, 4
HIDDEN = ~np.tri(TOKENS, dtype=bool)  # the causal mask
SHOWN = (0, 1, 2, 4, 8, 12, 16, 20, 24, 28, 32)  # blocks whose numbers are written down


def size(x: Floats) -> float:
    """Return the root mean square of all entries."""
    return float(np.sqrt((x**2).mean()))


def norm(x: Floats) -> tuple[Floats, Backward]:
    """Normalize each row to a root mean square of 1; also return how gradients go back."""
    scale = np.sqrt((x**2).mean(axis=-1, keepdims=True))
    y = x / scale
    return y, lambda g: (g - y * (g * y).mean(axis=-1, keepdims=True)) / scale


def split(x: Floats) -> Floats:
    """Give each head its slice of the rows: ``[heads, tokens, head_dim]``."""
    return x.reshape(TOKENS, HEADS, -1).transpose(1, 0, 2)


def merge(x: Floats) -> Floats:
    """Put the heads side by side again."""
    return x.transpose(1, 0, 2).reshape(TOKENS, -1)


def attention(x: Floats, weights: dict[str, Floats]) -> tuple[Floats, Backward]:
    """Apply causal attention with several heads; also return how gradients go back."""
    query, key, value = (split(x @ weights[name]) for name in ("query", "key", "value"))
    root = np.sqrt(WIDTH // HEADS)
    scores = query @ key.transpose(0, 2, 1) / root
    scores[:, HIDDEN] = -np.inf
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)

    def backward(g: Floats) -> Floats:
        g = split(g @ weights["mix"].T)
        g_value = shares.transpose(0, 2, 1) @ g
        g_shares = g @ value.transpose(0, 2, 1)
        g_scores = shares * (g_shares - (g_shares * shares).sum(axis=-1, keepdims=True)) / root
        parts = {"query": g_scores @ key, "key": g_scores.transpose(0, 2, 1) @ query}
        parts["value"] = g_value
        joined: Floats = np.hstack([merge(g) for g in parts.values()])
        return np.asarray(joined @ np.hstack([weights[name] for name in parts]).T)

    return merge(shares @ value) @ weights["mix"], backward


def feed_forward(x: Floats, weights: dict[str, Floats]) -> tuple[Floats, Backward]:
    """Apply two matrices with a ReLU between them; also return how gradients go back."""
    inner = x @ weights["up"]
    positive = inner > 0

    def backward(g: Floats) -> Floats:
        return np.asarray((g @ weights["down"].T * positive) @ weights["up"].T)

    return (inner * positive) @ weights["down"], backward


def part(
    kind: str,
    function: Callable[[Floats, dict[str, Floats]], tuple[Floats, Backward]],
    x: Floats,
    weights: dict[str, Floats],
) -> tuple[Floats, Backward]:
    """Apply attention or feed-forward, with what ``kind`` puts around it."""
    if kind == "neither":
        return function(x, weights)
    if kind == "pre":
        normed, norm_back = norm(x)
        y, back = function(normed, weights)
        return x + y, lambda g: g + norm_back(back(g))
    y, back = function(x, weights)
    if kind == "residual":
        return x + y, lambda g: g + back(g)
    y, norm_back = norm(x + y)

    def backward(g: Floats) -> Floats:
        g = norm_back(g)
        return g + back(g)

    return y, backward


def both(first: Backward, second: Backward, g: Floats) -> Floats:
    """Send a gradient back through the two parts of a block."""
    return first(second(g))


def random_weights(rng: np.random.Generator, scale: float) -> dict[str, Floats]:
    """Draw one block's matrices with the deviation ``scale`` over the root of their inputs."""
    shapes = dict.fromkeys(("query", "key", "value", "mix"), (WIDTH, WIDTH))
    shapes |= {"up": (WIDTH, INNER), "down": (INNER, WIDTH)}
    return {
        name: scale / np.sqrt(shape[0]) * rng.standard_normal(shape)
        for name, shape in shapes.items()
    }


def run(
    kind: str, seed: int, blocks: int, scale: float = 1.0, nudge: float = 0.0
) -> tuple[list[Floats], list[Backward], dict[str, Floats]]:
    """Send random vectors through a random stack.

    Returns:
        The vectors before the first block and after each block, the way back through each block, and
        the last block's weights.  ``nudge`` moves the first vectors a little, in a fixed direction.
    """
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((TOKENS, WIDTH)) + nudge * np.random.default_rng(99).standard_normal(
        (TOKENS, WIDTH)
    )
    stream: list[Floats] = [x]
    ways: list[Backward] = []
    for _ in range(blocks):
        weights = random_weights(rng, scale)
        x, first = part(kind, attention, x, weights)
        x, second = part(kind, feed_forward, x, weights)
        stream.append(x)
        ways.append(partial(both, first, second))
    return stream, ways, weights


def check(kind: str, seed: int) -> None:
    """Assert that the derivatives are right, against a small difference through three blocks."""
    tiny = 1e-8  # so small that no ReLU changes sides
    _, ways, _ = run(kind, seed, blocks=3)
    g = np.random.default_rng(7).standard_normal((TOKENS, WIDTH))
    above, below = (float((g * run(kind, seed, 3, nudge=n)[0][-1]).sum()) for n in (tiny, -tiny))
    for way in reversed(ways):
        g = way(g)
    direction = np.random.default_rng(99).standard_normal((TOKENS, WIDTH))
    assert np.isclose((g * direction).sum(), (above - below) / (2 * tiny), rtol=1e-3)


def likeness(x: Floats) -> float:
    """Return the mean cosine between the vectors of two different tokens."""
    unit = x / np.linalg.norm(x, axis=-1, keepdims=True)
    return float(((unit @ unit.T).sum() - TOKENS) / (TOKENS * (TOKENS - 1)))


def last_gradient(kind: str, seed: int, blocks: int) -> float:
    """Return the size of the gradient of the last feed-forward network's ``down`` matrix.

    The loss is a random linear function of the normalized output, the same for every kind and depth.
    """
    stream, _, weights = run(kind, seed, blocks)
    before = run(kind, seed, blocks - 1)[0][-1]
    x, _ = part(kind, attention, before, weights)  # what the last feed-forward network reads
    g = norm(stream[-1])[1](np.random.default_rng(seed + 100).standard_normal((TOKENS, WIDTH)))
    if kind == "post":
        y = feed_forward(x, weights)[0]
        g = norm(x + y)[1](g)
    else:
        x = norm(x)[0]
    return size(np.maximum(x @ weights["up"], 0).T @ g)


def measure(seed: int) -> dict[str, float]:
    """Return logarithms of sizes, likenesses and gradients of one run."""
    values: dict[str, float] = {"blocks": BLOCKS, "width": WIDTH, "tokens": TOKENS}
    for kind in KINDS:
        check(kind, seed)
        stream, ways, _ = run(kind, seed, BLOCKS)
        gradients = [np.random.default_rng(seed + 100).standard_normal((TOKENS, WIDTH))]
        for way in reversed(ways):
            gradients.insert(0, way(gradients[0]))
        for i in SHOWN:
            values[f"log_size_{kind}_{i}"] = float(np.log10(size(stream[i])))
            values[f"log_gradient_{kind}_{i}"] = float(np.log10(size(gradients[i])))
            values[f"likeness_{kind}_{i}"] = likeness(stream[i])
        for name, scale in (("halved", 0.5), ("doubled", 2.0)):
            last = run(kind, seed, BLOCKS, scale)[0][-1]
            values[f"log_size_{name}_{kind}"] = float(np.log10(size(last)))
    for kind in ("post", "pre"):
        for blocks in DEPTHS:
            values[f"last_{kind}_{blocks}"] = last_gradient(kind, seed, blocks)
    return values


if __name__ == "__main__":
    record("transformer-block", measure, seeds=range(5), packages=("numpy",))
