"""Measure what fewer bits cost: a small language model, trained, rounded, and scored again.

The model reads the seven bytes before each position and predicts the byte that comes next, as in
Bengio et al. (2003): one table of embeddings and two weight matrices, trained with Adam on the
Python documentation that every installation carries (``pydoc_data.topics``).  Its weights are then
rounded to the nearest of ``2**bits - 1`` levels, with one scale for each matrix or one for each
group of 32 weights.
"""

from pydoc_data.topics import topics
from typing import Any

import numpy as np
from numpy.typing import NDArray
from record import record

CONTEXT, WIDTH, HIDDEN = 7, 16, 256
STEPS, BATCH, RATE = 800, 256, 3e-3
BITS = (8, 6, 5, 4, 3, 2)
GROUP = 32

Floats = NDArray[np.float32]
Weights = dict[str, Floats]
TEXT = np.frombuffer("".join(topics[name] for name in sorted(topics)).encode(), np.uint8)
SPLIT = len(TEXT) * 9 // 10  # the last tenth is held out


def examples(at: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the contexts [B, CONTEXT] that end before each position, and the bytes [B] there."""
    return TEXT[at[:, None] + np.arange(-CONTEXT, 0)], TEXT[at]


def forward(weights: Weights, context: NDArray[np.uint8]) -> tuple[Floats, Floats, Floats]:
    """Return inputs [B, CONTEXT * WIDTH], hidden layer [B, HIDDEN], log-probabilities."""
    inputs = weights["embed"][context].reshape(len(context), -1)
    hidden = np.tanh(inputs @ weights["hidden"])
    logits = hidden @ weights["output"]
    logits -= logits.max(1, keepdims=True)
    return inputs, hidden, logits - np.log(np.exp(logits).sum(1, keepdims=True))


def gradients(weights: Weights, context: NDArray[np.uint8], target: NDArray[np.uint8]) -> Weights:
    """Return the gradient of the mean cross-entropy for every weight."""
    inputs, hidden, logs = forward(weights, context)
    d_logits = np.exp(logs)
    d_logits[np.arange(len(target)), target] -= 1
    d_logits /= len(target)
    d_hidden = d_logits @ weights["output"].T * (1 - hidden**2)
    d_embed = np.zeros_like(weights["embed"])
    np.add.at(d_embed, context, (d_hidden @ weights["hidden"].T).reshape(*context.shape, WIDTH))
    return {"embed": d_embed, "hidden": inputs.T @ d_hidden, "output": hidden.T @ d_logits}


def train(rng: np.random.Generator) -> Weights:
    """Return the weights after ``STEPS`` steps of Adam, the rate falling linearly to zero."""
    shapes = {"embed": (256, WIDTH), "hidden": (CONTEXT * WIDTH, HIDDEN), "output": (HIDDEN, 256)}
    weights = {
        name: rng.normal(0, 1 if name == "embed" else shape[0] ** -0.5, shape).astype(np.float32)
        for name, shape in shapes.items()
    }
    mean = {name: np.zeros_like(w) for name, w in weights.items()}
    square = {name: np.zeros_like(w) for name, w in weights.items()}
    for step in range(1, STEPS + 1):
        grads = gradients(weights, *examples(rng.integers(CONTEXT, SPLIT, BATCH)))
        for name, grad in grads.items():
            mean[name] += 0.1 * (grad - mean[name])
            square[name] += 0.01 * (grad**2 - square[name])
            update = mean[name] / (1 - 0.9**step)
            update /= np.sqrt(square[name] / (1 - 0.99**step)) + 1e-8
            weights[name] -= np.float32(RATE * (1 - step / STEPS)) * update
    return weights


def rounded(weight: Floats, bits: int, group: int | None) -> Floats:
    """Return ``weight`` rounded to the nearest of ``2**bits - 1`` levels, symmetric about zero.

    The largest weight of a group gets the highest level; ``group=None`` makes the matrix one group.
    """
    rows = weight.reshape(-1, group or weight.size)
    top = 2 ** (bits - 1) - 1
    scale = np.abs(rows).max(1, keepdims=True) / top
    near: Floats = np.round(rows / scale) * scale
    return near.reshape(weight.shape)


def bits_per_byte(weights: Weights) -> float:
    """Return the cross-entropy on 20,000 held-out bytes, in bits per byte."""
    at = np.linspace(SPLIT + CONTEXT, len(TEXT) - 1, 20_000).astype(np.int64)
    context, target = examples(at)
    logs = forward(weights, context)[2]
    return float(-logs[np.arange(len(target)), target].mean() / np.log(2))


def measure(seed: int) -> dict[str, Any]:
    """Train one model and score it at every number of bits, with both kinds of scale."""
    weights = train(np.random.default_rng(seed))
    values: dict[str, Any] = {
        "parameters": sum(w.size for w in weights.values()),
        "text_kilobytes": round(len(TEXT) / 1000),
        "full": bits_per_byte(weights),
    }
    for bits in BITS:
        for kind, group in (("matrix", None), ("group", GROUP)):
            small = {name: rounded(w, bits, group) for name, w in weights.items()}
            score = values[f"{kind}_{bits}"] = bits_per_byte(small)
            values[f"{kind}_{bits}_cost"] = 100 * (score / values["full"] - 1)  # per cent
    return values


if __name__ == "__main__":
    record("getting-started", measure, seeds=range(5), packages=["numpy"])
