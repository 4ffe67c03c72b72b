"""Measure what pre-training gives: a network learns Python's manual, then one module's source.

The network is the page's own, only larger: embeddings of the last bytes, one hidden layer and a
head, trained by plain stochastic gradient descent.  The same network, trained from nothing on the
same small text with the same steps, is the baseline.
"""

import ast
import os
from pathlib import Path
from pydoc_data.topics import topics

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # at this size, threads wait for each other and lose

import numpy as np
from numpy.typing import NDArray
from record import record

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Model = dict[str, Floats]

VOCABULARY = 128  # ASCII; anything else becomes a question mark
CONTEXT = 8  # bytes that the model sees
WIDTH = 16  # numbers in an embedding vector
HIDDEN = 128
BATCH = 64
PRETRAINING_STEPS, PRETRAINING_RATE = 4000, 0.5
# Chosen for the model from scratch: of 0.05, 0.1, 0.2, 0.5 and 1, it does best with 0.1 and 0.2.
TUNING_STEPS, TUNING_RATE, EVERY = 1600, 0.2, 100
HELD_OUT = 10_000  # bytes of general text that are never trained on
LABELS, LABEL_STEPS, LABEL_RATE = 500, 400, 0.02
DOCUMENTED = ("argparse", "logging/__init__", "random", "statistics", "unittest/case", "zipfile")
SPECIFIC = "textwrap"


def source(module: str) -> str:
    """Return the source of a module of the standard library."""
    path = Path(os.__file__).parent / f"{module}.py"
    if not path.exists():  # since Python 3.12, zipfile is a folder
        path = path.with_suffix("") / "__init__.py"
    return path.read_text("utf-8")


def docstrings(module: str) -> str:
    """Return every docstring of a module of the standard library."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = (node for node in ast.walk(ast.parse(source(module))) if isinstance(node, documented))
    return "\n\n".join(filter(None, map(ast.get_docstring, nodes)))


def windows(text: str) -> tuple[Bytes, Bytes]:
    """Return every context of ``text``, ``[n, CONTEXT]``, and the byte that follows it, ``[n]``."""
    data = np.frombuffer(("\n" * CONTEXT + text).encode("ascii", "replace"), np.uint8)
    view = np.lib.stride_tricks.sliding_window_view(data, CONTEXT + 1)
    return view[:, :CONTEXT], view[:, CONTEXT]


def new_model(rng: np.random.Generator) -> Model:
    """Return a network that has learned nothing: every next byte is equally likely."""
    inputs = CONTEXT * WIDTH
    return {
        "embedding": rng.standard_normal((VOCABULARY, WIDTH), np.float32),
        "hidden": rng.standard_normal((inputs, HIDDEN), np.float32) / np.float32(inputs**0.5),
        "head": np.zeros((HIDDEN, VOCABULARY), np.float32),
    }


def forward(model: Model, x: Bytes) -> tuple[Floats, Floats, Floats]:
    """Return the inputs ``[n, CONTEXT * WIDTH]``, the hidden layer and the probabilities."""
    inputs = model["embedding"][x].reshape(len(x), -1)
    hidden = np.tanh(inputs @ model["hidden"])
    logits = hidden @ model["head"]
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return inputs, hidden, p / p.sum(axis=1, keepdims=True)


def loss(model: Model, x: Bytes, y: Bytes) -> float:
    """Return the cross-entropy in bits per byte."""
    p = forward(model, x)[2]
    return float(-np.log2(p[np.arange(len(y)), y], dtype=np.float64).mean())


def accuracy(model: Model, x: Bytes, y: Bytes) -> float:
    """Return the percentage of contexts whose most probable class is the right one."""
    return 100 * float(np.mean(forward(model, x)[2].argmax(axis=1) == y))


def gradient(model: Model, x: Bytes, y: Bytes) -> Model:
    """Return the gradient of the mean cross-entropy, in nats, for every weight."""
    inputs, hidden, error = forward(model, x)
    error[np.arange(len(y)), y] -= 1  # softmax minus one-hot
    error /= np.float32(len(y))
    to_hidden = (error @ model["head"].T) * (1 - hidden**2)
    to_embedding = np.zeros_like(model["embedding"])
    np.add.at(to_embedding, x, (to_hidden @ model["hidden"].T).reshape(*x.shape, WIDTH))
    return {"embedding": to_embedding, "hidden": inputs.T @ to_hidden, "head": hidden.T @ error}


def train(
    model: Model,
    x: Bytes,
    y: Bytes,
    steps: int,
    rate: float,
    rng: np.random.Generator,
    decay: bool = False,
) -> Model:
    """Return the model after ``steps`` batches of stochastic gradient descent.

    With ``decay`` the learning rate falls in a straight line to zero.
    """
    model = {name: weight.copy() for name, weight in model.items()}
    for step in range(steps):
        size = np.float32(rate * (1 - step / steps if decay else 1))
        batch = rng.integers(len(y), size=BATCH)
        for name, slope in gradient(model, x[batch], y[batch]).items():
            model[name] -= size * slope
    return model


def classify(
    body: Model, train_set: tuple[Bytes, Bytes], test_set: tuple[Bytes, Bytes], seed: int
) -> float:
    """Give ``body`` a new head of two classes, fine-tune it all on a few labels, and score it."""
    rng = np.random.default_rng([seed, 1])  # both bodies see the same labels in the same order
    x, y = train_set
    few = rng.permutation(len(y))[:LABELS]
    model = body | {"head": np.zeros((HIDDEN, 2), np.float32)}
    return accuracy(train(model, x[few], y[few], LABEL_STEPS, LABEL_RATE, rng), *test_set)


def word_ends(text: str) -> tuple[Bytes, Bytes]:
    """Return the contexts that end in a letter, labeled 1 where the word ends there."""
    x, y = windows(text)
    letter = np.array([chr(i).isalpha() for i in range(VOCABULARY)])
    inside = letter[x[:, -1]]
    return x[inside], (~letter[y[inside]]).astype(np.uint8)


def prose_or_code(prose: str, code: str) -> tuple[Bytes, Bytes]:
    """Return as many contexts of ``prose``, labeled 0, as of ``code``, labelled 1."""
    n = min(len(prose), len(code)) - CONTEXT
    x = np.concatenate([windows(text)[0][CONTEXT:][:n] for text in (prose, code)])
    return x, np.repeat(np.array([0, 1], np.uint8), n)


def measure(seed: int) -> dict[str, float]:
    """Return the losses of one run in bits per byte, and accuracies in percent."""
    rng = np.random.default_rng(seed)
    names = sorted(topics)
    general_text = "\n\n".join(
        [topics[name] for i, name in enumerate(names) if i % 10]
        + [docstrings(module) for module in DOCUMENTED]
    )
    held_text = "\n\n".join(topics[name] for name in names[::10])[:HELD_OUT]
    specific_text = source(SPECIFIC)
    half = len(specific_text) // 2
    general, general_held = windows(general_text), windows(held_text)
    specific, specific_held = windows(specific_text[:half]), windows(specific_text[half:])

    fresh = new_model(rng)
    base = train(fresh, *general, PRETRAINING_STEPS, PRETRAINING_RATE, rng, decay=True)
    values: dict[str, float] = {
        "parameters": sum(weight.size for weight in fresh.values()),
        "context": CONTEXT,
        "hidden": HIDDEN,
        "general_kilobytes": round(len(general_text) / 1000),
        "specific_kilobytes": round(half / 1000),
        "pretraining_steps": PRETRAINING_STEPS,
        "labels": LABELS,
    }

    curves: dict[str, list[float]] = {"tuned": [], "scratch": []}
    for name, start in (("tuned", base), ("scratch", fresh)):
        model = start
        for step in range(0, TUNING_STEPS + 1, EVERY):
            if step:
                model = train(model, *specific, EVERY, TUNING_RATE, rng)
            curves[name].append(loss(model, *specific_held))
            values[f"{name}_{step:04}"] = curves[name][-1]
            if name == "tuned":
                values[f"tuned_general_{step:04}"] = loss(model, *general_held)
        values[f"{name}_train"] = loss(model, *specific)
        values[f"{name}_best"] = min(curves[name])
        values[f"{name}_best_step"] = EVERY * int(np.argmin(curves[name]))
    values["gain"] = values["scratch_best"] - values["tuned_best"]

    words = word_ends(general_text), word_ends(held_text)
    values["words_majority"] = 100 * float(np.mean(words[1][1] == 0))
    middle = len(held_text) // 2
    kinds = (
        prose_or_code(held_text[:middle], specific_text[:half]),
        prose_or_code(held_text[middle:], specific_text[half:]),
    )
    for name, body in (("base", base), ("scratch", fresh)):
        values[f"words_{name}"] = classify(body, *words, seed)
        values[f"code_{name}"] = classify(body, *kinds, seed)
    return values


if __name__ == "__main__":
    record("training", measure, seeds=range(5), packages=("numpy",))
