"""Measure how far back a model can look: counting n-grams against one attention look-up.

The task is recall.  Somewhere in a sequence of random tokens a key stands before its value; the
last token is the key again, and the answer is the value.  No training text can tell it: every
sequence draws a new pair.
"""

import numpy as np
from numpy.typing import NDArray
from record import record

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

VOCABULARY = 32
CONTEXT = 1024  # tokens in a sequence, unless the number of tokens is what varies
DISTANCES = (2, 3, 4, 5, 8, 16, 32, 64, 128, 256, 512, 1000)
LENGTHS = (8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)
WIDTHS = (16, 32, 64)  # numbers in an embedding vector
ORDERS = (3, 5)  # an n-gram of order n predicts from the last n - 1 tokens
TRAINING_SEQUENCES = 200_000
TEST_SEQUENCES = 200


def sequences(rng: np.random.Generator, n: int, length: int, distance: int) -> tuple[Ints, Ints]:
    """Draw ``n`` sequences whose last token, the key, also stands ``distance`` tokens before.

    Args:
        rng: Source of chance.
        n: Number of sequences.
        length: Tokens in each, the final key included.
        distance: How far back the earlier key stands; what lies before the sequence is cut off.

    Returns:
        The sequences ``[n, length]`` and their answers ``[n]``.
    """
    key = rng.integers(VOCABULARY, size=n)
    # A shift of 1 .. V-1 can never give the key itself, so the key stands in two places only.
    tokens = (key[:, None] + rng.integers(1, VOCABULARY, size=(n, length))) % VOCABULARY
    answer = (key + rng.integers(1, VOCABULARY, size=n)) % VOCABULARY
    tokens[:, -1] = key
    if distance < length:
        tokens[:, -1 - distance] = key
    if distance <= length:
        tokens[:, -distance] = answer
    return tokens, answer


def context_ids(tokens: Ints, size: int) -> Ints:
    """Give each different ending of ``size`` tokens a number of its own."""
    powers = VOCABULARY ** np.arange(size, dtype=np.int64)
    return tokens[:, -size:] @ powers


def most_frequent(contexts: Ints, answers: Ints) -> tuple[Ints, Ints]:
    """Return the contexts that occur, sorted, and the answer seen most often after each."""
    pairs, counts = np.unique(contexts * VOCABULARY + answers, return_counts=True)
    order = np.lexsort((-counts, pairs // VOCABULARY))
    found, first = np.unique(pairs[order] // VOCABULARY, return_index=True)
    return found, pairs[order][first] % VOCABULARY


def ngram_accuracy(rng: np.random.Generator, order: int, distance: int) -> float:
    """Count n-grams on sequences of this very distance and score them on new ones.

    A context that was never seen is shortened until one is found, down to a single token.
    """
    window = max(ORDERS)  # a longer history would change nothing: no order looks further back
    train, train_answers = sequences(rng, TRAINING_SEQUENCES, window, distance)
    test, answers = sequences(rng, 10 * TEST_SEQUENCES, window, distance)
    guess = np.zeros_like(answers)
    for size in range(1, order):  # longer contexts overrule shorter ones
        seen, best = most_frequent(context_ids(train, size), train_answers)
        wanted = context_ids(test, size)
        at = np.searchsorted(seen, wanted).clip(max=len(seen) - 1)
        guess = np.where(seen[at] == wanted, best[at], guess)
    return float(np.mean(guess == answers))


def attention_accuracy(rng: np.random.Generator, width: int, length: int, distance: int) -> float:
    """Score one causal attention look-up with random embeddings and weights set by hand.

    At every position the query is the token itself, the key is the token before and the value is
    the token itself, as in an induction head (Olsson et al. 2022).  Nothing is trained.
    """
    right = 0
    for _ in range(TEST_SEQUENCES):
        embedding: Floats = rng.standard_normal((VOCABULARY, width))
        tokens, answers = sequences(rng, 1, length, distance)
        x = embedding[tokens[0]]  # [T, width]
        query, key, value = x[-1], x[:-1], x[1:]
        scores = key @ query / np.sqrt(width)
        weights = np.exp(scores - scores.max())
        weights /= weights.sum()
        guess = np.argmax(embedding @ (weights @ value))
        right += int(guess == answers[0])
    return right / TEST_SEQUENCES


def measure(seed: int) -> dict[str, float]:
    """Return the accuracies of one run, in percent."""
    rng = np.random.default_rng(seed)
    values: dict[str, float] = {
        "vocabulary": VOCABULARY,
        "context": CONTEXT,
        "training_sequences": TRAINING_SEQUENCES,
        "test_sequences": TEST_SEQUENCES,
        "chance": 100 / (VOCABULARY - 1),
    }
    for distance in DISTANCES:
        for order in ORDERS:
            accuracy = ngram_accuracy(rng, order, distance)
            values[f"ngram_{order}_distance_{distance}"] = 100 * accuracy
        for width in WIDTHS:
            accuracy = attention_accuracy(rng, width, CONTEXT, distance)
            values[f"attention_{width}_distance_{distance}"] = 100 * accuracy
    for length in LENGTHS:
        for width in WIDTHS:
            accuracy = attention_accuracy(rng, width, length, length - 1)
            values[f"attention_{width}_tokens_{length}"] = 100 * accuracy
    return values


if __name__ == "__main__":
    record("architecture", measure, seeds=range(5), packages=("numpy",))
