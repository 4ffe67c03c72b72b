"""Measure why attention divides by the root of the width, and train it to look things up.

Three experiments: random scores of growing width, with and without the division; one trained
attention layer that recalls a pair from up to 1,000 tokens back, beside a counted 5-gram; and
layers of one, two and four heads that have to look up two things at once.
"""

from collections.abc import Iterator

import numpy as np
from architecture import context_ids, most_frequent
from numpy.typing import NDArray
from record import record

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WIDTHS = (1, 4, 16, 64, 256, 1024, 4096)
KEYS = 64
ROWS = 100  # queries of each width

VOCABULARY = 32
EMBEDDING, WIDTH = 16, 32  # numbers in an embedding; in all heads together
CONTEXT, LONG = 16, 1024  # tokens in training, and in the test
# The rate did best at 1,024 tokens among 0.1, 0.3, 1 and 2, tried with one head and one answer.
BATCH, STEPS, RATE = 64, 600, 1.0
EVERY = 100  # steps between two tests of the layers with two questions
DISTANCES = (2, 3, 4, 5, 8, 32, 128, 512, 1000)
ORDER = 5  # of the n-gram
TESTS = 500
LONG_TESTS = 200


def softmax(scores: Floats) -> Floats:
    """Return positive weights that sum to 1 along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return weights


def saturation(rng: np.random.Generator, width: int) -> dict[str, float]:
    """Return the largest weight and the softmax's slope, averaged over random queries and keys.

    The slope is the sum of ``w * (1 - w)``: how fast each weight follows its own score.
    """
    query, keys = rng.standard_normal((ROWS, width, 1)), rng.standard_normal((ROWS, KEYS, width))
    scores = (keys @ query)[..., 0]
    values = {}
    for name, divisor in (("plain", 1.0), ("scaled", width**0.5)):
        weights = softmax(scores / divisor)
        values[f"{name}_top_{width}"] = 100 * float(weights.max(axis=1).mean())
        values[f"{name}_slope_{width}"] = float((weights * (1 - weights)).sum(axis=1).mean())
    return values


def recall(
    rng: np.random.Generator, n: int, length: int, distance: int | None = None
) -> tuple[Ints, Ints]:
    """Draw sequences that end with a key whose only other place is followed by the answer.

    Returns:
        Tokens ``[n, length]`` and answers ``[n, 1]``.
    """
    key = rng.integers(VOCABULARY, size=n)
    # A shift of 1 .. V-1 can never give the key itself.
    tokens = (key[:, None] + rng.integers(1, VOCABULARY, size=(n, length))) % VOCABULARY
    back = rng.integers(2, length, size=n) if distance is None else np.full(n, distance)
    place, row = length - 1 - back, np.arange(n)
    tokens[row, place] = tokens[row, -1] = key
    return tokens, tokens[row, place + 1][:, None]


def recall_two(rng: np.random.Generator, n: int, length: int) -> tuple[Ints, Ints]:
    """Draw sequences that end with two different keys; both their answers are wanted, in order.

    Returns:
        Tokens ``[n, length]`` and answers ``[n, 2]``.
    """
    shuffled = rng.permuted(np.tile(np.arange(VOCABULARY), (n, 1)), axis=1)
    others = rng.integers(2, VOCABULARY, size=(n, length))
    tokens = np.take_along_axis(shuffled, others, axis=1)
    pairs, row = (length - 2) // 2, np.arange(n)
    first = rng.integers(pairs, size=n)
    second = (first + rng.integers(1, pairs, size=n)) % pairs
    tokens[row, 2 * first] = tokens[:, -2] = shuffled[:, 0]
    tokens[row, 2 * second] = tokens[:, -1] = shuffled[:, 1]
    return tokens, np.stack([tokens[row, 2 * first + 1], tokens[row, 2 * second + 1]], axis=1)


class Layer:
    """One attention layer that answers at the last token, trained by plain gradient descent."""

    def __init__(self, rng: np.random.Generator, n_heads: int, n_answers: int) -> None:
        self.n_heads, self.n_answers = n_heads, n_answers
        self.embedding = rng.standard_normal((VOCABULARY, EMBEDDING))
        inputs = 2 * EMBEDDING
        self.weights = {
            name: rng.standard_normal((inputs, WIDTH)) / inputs**0.5
            for name in ("query", "key", "value")
        }
        head = rng.standard_normal((WIDTH, n_answers * VOCABULARY)) / WIDTH**0.5
        self.weights["head"] = head

    def inputs(self, tokens: Ints) -> Floats:
        """Return for each token its own embedding and, beside it, that of the token before."""
        x = np.zeros((*tokens.shape, 2 * EMBEDDING))
        x[..., :EMBEDDING] = self.embedding[tokens]
        x[:, 1:, EMBEDDING:] = x[:, :-1, :EMBEDDING]
        return x

    def split(self, x: Floats) -> Floats:
        """Give each head its slice: ``[n, T, width]`` becomes ``[n, heads, T, width / heads]``."""
        return x.reshape(*x.shape[:2], self.n_heads, -1).swapaxes(1, 2)

    def forward(self, x: Floats) -> tuple[Floats, ...]:
        """Return query, key, value, attention weights, output and the answers' probabilities."""
        w = self.weights
        query = self.split(x[:, -1:] @ w["query"])
        key, value = self.split(x @ w["key"]), self.split(x @ w["value"])
        attention = softmax(query @ key.swapaxes(-1, -2) / query.shape[-1] ** 0.5)
        out = (attention @ value).reshape(len(x), WIDTH)
        logits = (out @ w["head"]).reshape(len(x), self.n_answers, VOCABULARY)
        return query, key, value, attention, out, softmax(logits)

    def step(self, tokens: Ints, answers: Ints) -> None:
        """Move every weight against its gradient."""
        x, w, n = self.inputs(tokens), self.weights, len(tokens)
        query, key, value, attention, out, p = self.forward(x)
        error = ((p - np.eye(VOCABULARY)[answers]) / n).reshape(n, -1)
        at_out = (error @ w["head"].T).reshape(n, self.n_heads, 1, -1)
        at_attention = at_out @ value.swapaxes(-1, -2)
        mean = (attention * at_attention).sum(axis=-1, keepdims=True)
        at_scores = attention * (at_attention - mean) / query.shape[-1] ** 0.5

        def join(part: Floats) -> Floats:
            return part.swapaxes(1, 2).reshape(-1, WIDTH)

        flat = x.reshape(-1, x.shape[-1])
        slopes = {
            "head": out.T @ error,
            "query": x[:, -1].T @ join(at_scores @ key),
            "key": flat.T @ join(at_scores.swapaxes(-1, -2) @ query),
            "value": flat.T @ join(attention.swapaxes(-1, -2) @ at_out),
        }
        for name, slope in slopes.items():
            w[name] -= RATE * slope

    def right(self, tokens: Ints, answers: Ints) -> NDArray[np.bool_]:
        """Return which answers are right."""
        guesses = self.forward(self.inputs(tokens))[-1].argmax(axis=-1)
        return np.asarray(guesses == answers)


def chunks(rng: np.random.Generator, distance: int) -> Iterator[tuple[Ints, Ints]]:
    """Draw the long test in parts, which saves memory."""
    for _ in range(LONG_TESTS // 50):
        yield recall(rng, 50, LONG, distance)


def ngram_accuracy(train: Ints, answers: Ints, test: Ints, wanted: Ints) -> float:
    """Count what follows the last tokens; the longest context that was seen decides."""
    guess = np.zeros_like(wanted)
    for size in range(1, ORDER):
        seen, best = most_frequent(context_ids(train, size), answers)
        contexts = context_ids(test, size)
        at = np.searchsorted(seen, contexts).clip(max=len(seen) - 1)
        guess = np.where(seen[at] == contexts, best[at], guess)
    return float(np.mean(guess == wanted))


def measure(seed: int) -> dict[str, float]:
    """Return the values of one run; accuracies are in percent."""
    rng = np.random.default_rng(seed)
    values: dict[str, float] = {"chance": 100 / (VOCABULARY - 1), "steps": STEPS}
    for width in WIDTHS:
        values |= saturation(rng, width)

    layer, read = Layer(rng, n_heads=1, n_answers=1), []
    for _ in range(STEPS):
        tokens, answers = recall(rng, BATCH, CONTEXT)
        layer.step(tokens, answers)
        read.append((tokens, answers[:, 0]))
    train, train_answers = (np.concatenate(part) for part in zip(*read, strict=True))
    values["sequences"] = len(train)
    for distance in DISTANCES:
        parts = list(chunks(rng, distance))
        right = np.concatenate([layer.right(*part) for part in parts])
        values[f"trained_{distance}"] = 100 * float(right.mean())
        tokens = np.concatenate([tokens[:, -ORDER:] for tokens, _ in parts])
        wanted = np.concatenate([answers[:, 0] for _, answers in parts])
        accuracy = ngram_accuracy(train, train_answers, tokens, wanted)
        values[f"ngram_{distance}"] = 100 * accuracy

    for n_heads in (1, 2, 4):
        layer = Layer(rng, n_heads, n_answers=2)
        for step in range(STEPS + 1):
            if step % EVERY == 0:
                right = layer.right(*recall_two(rng, TESTS, CONTEXT))
                values[f"heads_{n_heads}_step_{step}"] = 100 * float(right.all(axis=1).mean())
                values[f"heads_{n_heads}_each"] = 100 * float(right.mean())
            layer.step(*recall_two(rng, BATCH, CONTEXT))
    return values


if __name__ == "__main__":
    record("self-attention", measure, seeds=range(5), packages=("numpy",))
