"""Measure SGD, AdamW and Muon on one network, at many learning rates, with and without a schedule.

The text is the names of Unicode's characters, which never change.  The network predicts a character
from the eight before it.  It has the residual stream and the normalization of a Transformer and no
attention, so that a run takes seconds.  Its gradients and its optimizers are the book's own.
"""

import os
import unicodedata
from collections.abc import Callable, Iterator

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # at this size, threads wait for each other and lose

import numpy as np
from numpy.typing import NDArray
from record import record

from llmbook.autograd_arrays import Tensor, cross_entropy
from llmbook.optimizers import SGD, AdamW, Muon, orthogonalize, warmup_stable_decay

Ints = NDArray[np.int64]
Model = dict[str, Tensor]

BLOCKS = ((0xC0, 0x24F), (0x2190, 0x23FF), (0x2500, 0x27BF), (0x1F300, 0x1F5FF))
CONTEXT, CHARACTER_WIDTH, LAYERS = 8, 16, 4
WIDTH = CONTEXT * CHARACTER_WIDTH
BATCH, STEPS = 64, 1000
OPTIMIZERS: dict[str, Callable[[], SGD | AdamW | Muon]] = {
    "sgd": lambda: SGD(momentum=0.9),
    "adamw": AdamW,
    "muon": Muon,
}
RATES = {
    "sgd": (0.01, 0.03, 0.1, 0.3, 1.0),
    "adamw": (0.001, 0.003, 0.01, 0.03, 0.1),
    "muon": (0.001, 0.003, 0.01, 0.03, 0.1),
}
# Muon is for the matrices inside.  The table and the head go to AdamW, at the best rate of RATES for
# AdamW alone.
ADAMW_RATE = 0.01
WARMUP, DECAY = 0.1, 0.5  # shares of the steps
SCHEDULES = {
    "constant": (0.0, 0.0),
    "warmup": (WARMUP, 0.0),
    "decay": (0.0, DECAY),
    "both": (WARMUP, DECAY),
}
BEST = {"sgd": 0.1, "adamw": 0.01, "muon": 0.01}  # of RATES, with both
CURVE = range(0, STEPS + 1, 100)
MATRIX_STEP = 200  # whose gradient is orthogonalized, to show what becomes of it


def texts() -> Iterator[tuple[Ints, Ints]]:
    """Yield contexts ``[n, CONTEXT]`` and next characters ``[n]``: to train on, and held out."""
    names = [unicodedata.name(chr(i)).lower() for a, b in BLOCKS for i in range(a, b + 1)]
    code = {character: i for i, character in enumerate(sorted(set("\n".join(names))))}
    for part in ([n for i, n in enumerate(names) if i % 10], names[::10]):
        padded = ["\n" * CONTEXT + name + "\n" for name in part]
        rows = [n[i : i + CONTEXT + 1] for n in padded for i in range(len(n) - CONTEXT)]
        ids = np.array([[code[character] for character in row] for row in rows])
        yield ids[:, :CONTEXT], ids[:, CONTEXT]


def new_model(rng: np.random.Generator, vocabulary: int) -> Model:
    """Return a network that has learned nothing: every next character is equally likely."""
    arrays = {"table": rng.standard_normal((vocabulary, CHARACTER_WIDTH))}
    for i in range(LAYERS):
        arrays[f"layer {i}"] = rng.standard_normal((WIDTH, WIDTH)) / WIDTH**0.5
    arrays["head"] = np.zeros((WIDTH, vocabulary))
    return {name: Tensor(array.astype(np.float32)) for name, array in arrays.items()}


def norm(x: Tensor) -> Tensor:
    """Scale each vector to a root mean square of 1."""
    return x * ((x**2).mean(axis=-1, keepdims=True) + 1e-5) ** -0.5


def forward(model: Model, x: Ints) -> Tensor:
    """Return the logits of the next characters."""
    stream = model["table"][x].reshape(len(x), WIDTH)
    for i in range(LAYERS):
        stream = stream + (norm(stream) @ model[f"layer {i}"]).tanh()
    return norm(stream) @ model["head"]


def bits(model: Model, text: tuple[Ints, Ints]) -> float:
    """Return the loss in bits per character, which is per byte: the names are ASCII."""
    return float(cross_entropy(forward(model, text[0]), text[1]).data / np.log(2))


def train(
    kind: str, rate: float, schedule: tuple[float, float], seed: int, curve: bool = False
) -> dict[int, float]:
    """Return the held-out loss by step; without ``curve``, after the last step alone.

    A run that breaks down (no number any more, or worse than knowing nothing) ends with the loss of
    knowing nothing.
    """
    (x, y), held_out = TEXTS
    vocabulary = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    model = new_model(rng, vocabulary)
    inside = {name for name in model if name.startswith("layer")}
    optimizers = {
        n: OPTIMIZERS[kind if n in inside or kind != "muon" else "adamw"]() for n in model
    }
    worst, losses = float(np.log2(vocabulary)), {}
    for step in range(STEPS + 1):
        if step == STEPS or (curve and step in CURVE):
            loss = bits(model, held_out)
            losses[step] = min(loss, worst) if np.isfinite(loss) else worst
        if step < STEPS:
            batch = rng.integers(len(y), size=BATCH)
            cross_entropy(forward(model, x[batch]), y[batch]).backward()
            share = warmup_stable_decay(step, STEPS, *schedule)
            for name, weight in model.items():
                peak = ADAMW_RATE if kind == "muon" and name not in inside else rate
                weight.data = optimizers[name].step(weight.data, weight.grad, share * peak)
                weight.grad[...] = 0
    return losses


def singular_values(seed: int) -> dict[str, list[float]]:
    """Return the singular values of a gradient early in training, before and after Newton-Schulz.

    Those before are divided by the largest of them.
    """
    (x, y), _ = TEXTS
    rng = np.random.default_rng(seed)
    model = new_model(rng, int(y.max()) + 1)
    optimizers = {name: AdamW() for name in model}
    for _ in range(MATRIX_STEP):
        batch = rng.integers(len(y), size=BATCH)
        for weight in model.values():
            weight.grad[...] = 0
        cross_entropy(forward(model, x[batch]), y[batch]).backward()
        for name, weight in model.items():
            weight.data = optimizers[name].step(weight.data, weight.grad, ADAMW_RATE)
    gradient = model["layer 1"].grad.astype(np.float64)
    before = np.linalg.svd(gradient, compute_uv=False)
    after = np.linalg.svd(orthogonalize(gradient), compute_uv=False)
    return {
        "singular_before": [float(f"{s:.4g}") for s in before / before[0]],
        "singular_after": [round(float(s), 4) for s in after],
    }


def measure(seed: int) -> dict[str, float | list[float]]:
    """Return held-out losses in bits per character: by optimizer, schedule and highest rate."""
    values: dict[str, float | list[float]] = {
        "steps": STEPS,
        "batch": BATCH,
        "parameters": sum(w.data.size for w in new_model(np.random.default_rng(0), 37).values()),
        "training_characters": len(TEXTS[0][1]),
        "held_out_characters": len(TEXTS[1][1]),
    }
    values |= singular_values(0)
    for kind, rates in RATES.items():
        for rate in rates:
            for name in ("constant", "both"):
                curve = rate == BEST[kind]
                losses = train(kind, rate, SCHEDULES[name], seed, curve)
                values[f"{kind}_{name}_{rate}"] = losses[STEPS]
                if curve:
                    values |= {f"{kind}_{name}_step_{step}": loss for step, loss in losses.items()}
        for name in ("warmup", "decay"):
            values[f"{kind}_{name}_{BEST[kind]}"] = train(kind, BEST[kind], SCHEDULES[name], seed)[
                STEPS
            ]
        values |= {f"{kind}_{name}": values[f"{kind}_{name}_{BEST[kind]}"] for name in SCHEDULES}
    return values


TEXTS = tuple(texts())

if __name__ == "__main__":
    record("learning-from-mistakes", measure, seeds=range(5), packages=("numpy",), long=True)
