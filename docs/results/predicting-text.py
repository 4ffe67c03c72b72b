"""What do order, smoothing, the choice of token and more text do for a model that counts?

The text is the language reference of ``pydoc_data.topics``, split as for the overview of this part:
a tenth of it is held out, by topic, and the seed says which.  A *piece* is a word with the space in
front of it, a punctuation mark, or white space, so that the pieces together are the text again.
"""

import bz2
import gzip
import lzma
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from math import log2
from random import Random

from record import record

from llmbook.ngram import NGram

ORDERS = range(1, 5)
SIZES = (4, 16, 64)  # of a text to compress, in kilobytes
PARTS = (1, 2, 4, 8, 16, 32)  # of the training text: all, half, a quarter ...
NEW = "new word"  # in a piece's place; no piece has a space inside
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, 9, mtime=0),
    "xz": lambda data: lzma.compress(data, preset=9 | lzma.PRESET_EXTREME),
    "bz2": lambda data: bz2.compress(data, 9),
}


class Absolute(NGram[str]):
    """Discounts as its parent does, but counts plainly at every order."""

    def _count(self, token: str, context: tuple[str, ...]) -> None:
        for n in range(len(context) + 1):
            self._following[n][context[len(context) - n :]][token] += 1


def pieces(text: str) -> list[str]:
    """Return the pieces of a text."""
    return re.findall(r" ?\w+| ?[^\w\s]|\s", text)


def ngrams(tokens: Sequence[str], n: int) -> list[tuple[str, ...]]:
    """Return all sequences of ``n`` neighbors."""
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def added(training: Sequence[str], held_out: Sequence[str], order: int) -> Iterator[float]:
    """Yield the bits per token of models that add 1, and a hundredth, to every count."""
    seen = Counter(ngrams(training, order))
    contexts: Counter[tuple[str, ...]] = Counter()
    for gram, count in seen.items():
        contexts[gram[:-1]] += count
    size = len(set(training))
    for k in 1, 0.01:
        bits = (
            log2((contexts[gram[:-1]] + k * size) / (seen[gram] + k))
            for gram in ngrams(held_out, order)
        )
        yield sum(bits) / len(held_out)


def smoothing(training: Sequence[str], held_out: Sequence[str]) -> dict[str, float]:
    """Return bits per token for every kind of smoothing and every order."""
    values: dict[str, float] = {}
    for order in ORDERS:
        values[f"one_{order}"], values[f"hundredth_{order}"] = added(training, held_out, order)
        model = NGram[str](order).fit(training)
        values[f"kneser_ney_{order}"] = model.bits(held_out) / len(held_out)
        if order > 1:
            model = Absolute(order).fit(training)
            values[f"absolute_{order}"] = model.bits(held_out) / len(held_out)
    return values


def later_counts(paragraphs: Sequence[str]) -> dict[str, float]:
    """Count pairs in one half of a text; return how often those counted r times are in the other."""
    one, other = (
        Counter(pair for paragraph in half for pair in ngrams(pieces(paragraph), 2))
        for half in (paragraphs[::2], paragraphs[1::2])
    )
    values = {}
    for r in range(1, 9):
        pairs = [pair for pair, count in one.items() if count == r]
        values[f"later_{r}"] = sum(other[pair] for pair in pairs) / len(pairs)
    return values


def spelled(words: Iterable[str]) -> str:
    """Return the words one after another, each with an end."""
    return "".join(f"{word}\n" for word in words)


def spelling(known: set[str], training: Sequence[str], held_out: Sequence[str]) -> float:
    """Return the bits it takes to spell the pieces that a model of known pieces calls new."""
    rare = dict.fromkeys(piece for piece in training if piece not in known)
    letters = NGram[str](5).fit(spelled(rare), vocabulary=map(chr, range(0x3000)))
    return sum(letters.bits(spelled([piece])) for piece in held_out if piece not in known)


def sparsity(training: Sequence[str], held_out: Sequence[str]) -> dict[str, float]:
    """Return which share of the held-out n-grams is new, after ever more of the training text."""
    values = {}
    for n in ORDERS:
        asked = ngrams(held_out, n)
        for part in PARTS:
            known = set(ngrams(training[: len(training) // part], n))
            values[f"new_{n}_{part}"] = sum(gram not in known for gram in asked) / len(asked)
    return values


def compression(data: bytes) -> dict[str, float]:
    """Return bits per byte of the beginnings of a text, compressed by programs that know nothing."""
    values = {}
    model = NGram[int](order=6).fit(data[:1], vocabulary=range(256))
    surprisals = model.surprisals(data[: 1000 * SIZES[-1]], learn=True)
    for size in SIZES:
        start = data[: 1000 * size]
        values[f"ngram_{size}"] = sum(surprisals[: len(start)]) / len(start)
        for name, compress in COMPRESSORS.items():
            values[f"{name}_{size}"] = 8 * len(compress(start)) / len(start)
    return values


def measure(seed: int) -> dict[str, float]:
    """Return everything for one split."""
    texts = [text.decode().split("\n\n") for text in import_module("what-are-llms").split(seed)]
    for paragraphs in texts:
        Random(seed).shuffle(paragraphs)  # noqa: S311 - no secret
    training, held_out = (pieces("\n\n".join(paragraphs)) for paragraphs in texts)
    held_out = held_out[:6000]
    known = {piece for piece, count in Counter(training).items() if count > 1}
    marked = [[p if p in known else NEW for p in text] for text in (training, held_out)]
    size = len("".join(held_out).encode())
    values = {
        "training_pieces": len(training),
        "vocabulary": len(known) + 1,
        "bytes_per_piece": size / len(held_out),
        "unknown": marked[1].count(NEW) / len(held_out),
        **smoothing(*marked),
        **later_counts(texts[0]),
        **sparsity(training, held_out),
        **compression("\n\n".join(texts[0]).encode()),
    }
    values["perplexity"] = 2 ** values["kneser_ney_4"]
    values["words_alone"] = values["kneser_ney_4"] / values["bytes_per_piece"]
    values["words"] = values["words_alone"] + spelling(known, training, held_out) / size
    characters = NGram[int](6).fit("\n\n".join(texts[0]).encode(), vocabulary=range(256))
    values["bytes"] = characters.bits("".join(held_out).encode()) / size
    return values


if __name__ == "__main__":
    record("predicting-text", measure, seeds=(0, 1, 2))
