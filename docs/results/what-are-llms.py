"""How well does an n-gram model predict real text as it sees more context, and more text?

The text is the language reference that every Python carries in ``pydoc_data.topics``, read as
bytes.  A tenth of it is held out, topic by topic; the seed says which.  Topics quote each other, so
no paragraph that is held out is trained on, and none is counted twice.  Everything is in bits per
byte.

The compressors read the training text first: what counts is how much longer their output gets when
the held-out text follows it.  (gzip forgets what is more than 32 KiB back.)  They go on learning
from the held-out text while they read it, so beside them stands a model that does the same.
"""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pydoc_data.topics import topics
from random import Random

from record import record

from llmbook.ngram import NGram

ORDERS = range(1, 9)
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, 9, mtime=0),
    "xz": lambda data: lzma.compress(data, preset=9 | lzma.PRESET_EXTREME),
    "bz2": lambda data: bz2.compress(data, 9),
}


def split(seed: int) -> tuple[bytes, bytes]:
    """Return the training text and the held-out text."""
    names = sorted(topics)
    Random(seed).shuffle(names)  # noqa: S311 - no secret
    tenth = sum(map(len, topics.values())) / 10
    held_out: dict[str, None] = {}  # the paragraphs, in order, each once
    while sum(map(len, held_out)) < tenth:
        held_out |= dict.fromkeys(topics[names.pop()].split("\n\n"))
    training = dict.fromkeys(p for name in names for p in topics[name].split("\n\n"))
    fresh = (paragraph for paragraph in training if paragraph not in held_out)
    return "\n\n".join(fresh).encode(), "\n\n".join(held_out).encode()


def share_of_new(training: bytes, held_out: bytes, length: int) -> float:
    """Return which share of the pieces of the held-out text is not in the training text."""
    known = {training[i : i + length] for i in range(len(training))}
    pieces = [held_out[i : i + length] for i in range(len(held_out) - length)]
    return sum(piece not in known for piece in pieces) / len(pieces)


def measure(seed: int) -> dict[str, float]:
    """Return the bits per byte of one split, and the sizes of its two texts."""
    training, held_out = split(seed)
    a_tenth, seen = training[: len(training) // 10], training[:20_000]
    values: dict[str, float] = {
        "training_kilobytes": len(training) / 1000,
        "held_out_kilobytes": len(held_out) / 1000,
        "new_contexts": share_of_new(training, held_out, length=ORDERS[-1] - 1),
    }
    for order in ORDERS:
        model = NGram[int](order).fit(a_tenth, vocabulary=range(256))
        values[f"tenth_{order}"] = model.bits(held_out) / len(held_out)
        model = NGram[int](order).fit(training, vocabulary=range(256))
        values[f"seen_{order}"] = model.bits(seen) / len(seen)
        values[f"held_out_{order}"] = model.bits(held_out) / len(held_out)
    values["learning"] = model.bits(held_out, learn=True) / len(held_out)
    for name, compress in COMPRESSORS.items():
        longer = len(compress(training + held_out)) - len(compress(training))
        values[name] = 8 * longer / len(held_out)
        values[f"{name}_alone"] = 8 * len(compress(held_out)) / len(held_out)
    return values


if __name__ == "__main__":
    record("what-are-llms", measure, seeds=(0, 1, 2))
