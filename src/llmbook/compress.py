"""How many bits does a byte of text cost?  A model beside n-grams, gzip and xz, all asked alike.

Explained in the chapter "Evaluation" of the part "Training process".  What predicts, compresses: a
token of probability ``p`` can be written in ``log2(1 / p)`` bits.  So a model can be compared with
the programs that compress files.

To be fair, everyone pays for the same: the bytes of the texts, and to say where each text ends.
And everyone may read the same training text before: programs get it as a *primer*, text that is
compressed in front of the others and whose size is then subtracted.  Compare with a primer what a
trained model does, and without one what a model does that learns as it reads.  The model's own
size, which a file that unpacks itself would have to hold, is not counted, and neither is theirs.
"""

import gzip
import lzma
from collections.abc import Callable, Iterable, Sequence
from math import log

import numpy as np

from llmbook._shapes import Array, Float
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.ngram import NGram
from llmbook.tokenizer import Tokenizer

SEPARATOR = b"\0"  # ends each text, for what reads bytes
NGRAM_ORDER = 6

COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, 9, mtime=0),  # looks back 32 kB at most
    "xz": lambda data: lzma.compress(data, preset=9 | lzma.PRESET_EXTREME),  # looks back 64 MB
}


def bits_per_byte(lm: LanguageModel, texts: Iterable[str], overlap: float = 0.5) -> float:
    """Return what a byte costs a model.

    Args:
        lm: The model.  Each text is read on its own, behind the token that begins a document, and
            the model pays for that token once more at the end, if it knows one.
        texts: What to read.
        overlap: A text that is longer than the context is read in windows, which share this much.
            More of it takes longer, and gives each token more to be predicted from.

    Raises:
        InputError: If there is no text.
    """
    end = list(lm.stop_ids[:1])
    bits, size = 0.0, 0
    for text in texts:
        ids = [*(end or lm.tokenizer.prefix), *lm.tokenizer.encode(text), *end]
        bits += float(surprisals(lm, ids, overlap).sum())
        size += len(text.encode())
    return bits / _checked(size)


def surprisals(lm: LanguageModel, ids: Sequence[int], overlap: float = 0.5) -> Float[Array, " n"]:
    """Return the bits that each token costs but the first, which is given.

    Arguments: see :func:`bits_per_byte`.

    Raises:
        InputError: If the windows would overlap entirely.
    """
    if not 0 <= overlap < 1:
        raise InputError(f"windows overlap by 0 or more, and less than 1, not {overlap}")
    context, predicted = lm.config.context, len(ids) - 1
    step = max(1, round(context * (1 - overlap)))
    found = np.empty(max(0, predicted), dtype=np.float32)
    done = 0
    while done < predicted:
        start = 0 if done == 0 else max(0, min(done + step, predicted) - context)
        stop = min(start + context, predicted)
        logits = lm.logits(ids[start:stop])[done - start :]
        top = logits.max(axis=-1, keepdims=True)
        total = np.log(np.exp(logits - top).sum(axis=-1)) + top[:, 0]
        right = logits[np.arange(len(logits)), list(ids[done + 1 : stop + 1])]
        found[done:stop] = (total - right) / log(2)
        done = stop
    return found


def ngram_bits_per_byte(
    texts: Sequence[str], primer: Iterable[str], tokenizer: Tokenizer, order: int = NGRAM_ORDER
) -> float:
    """Return what a byte costs an n-gram model of a tokenizer's tokens that has read a primer.

    Arguments and errors: see :func:`compressed`.
    """
    end = tokenizer.vocab_size

    def tokens(documents: Iterable[str]) -> list[int]:
        return [end, *(i for text in documents for i in (*tokenizer.encode(text), end))]

    model = NGram[int](order).fit(tokens(primer), vocabulary=range(end + 1))
    bits = sum(model.surprisals(tokens(texts))[1:])
    return bits / _checked(sum(len(text.encode()) for text in texts))


def compressed(name: str, texts: Sequence[str], primer: Iterable[str] = ()) -> float:
    """Return what a byte costs a program that compresses files.

    Args:
        name: One of :data:`COMPRESSORS`.
        texts: What to compress, all together.
        primer: Texts that it may read before.

    Raises:
        InputError: If there is no text.

    Example:
        >>> texts = ["a cat", "a dog"] * 20
        >>> compressed("xz", texts, primer=texts) < compressed("xz", texts)
        True
    """
    shrink = COMPRESSORS[name]
    before, data = (b"".join(t.encode() + SEPARATOR for t in part) for part in (primer, texts))
    size = _checked(sum(len(text.encode()) for text in texts))
    return 8 * (len(shrink(before + data)) - len(shrink(before))) / size


def _checked(size: int) -> int:
    """Refuse to divide by the size of an empty text."""
    if size == 0:
        raise InputError("there is no text to be measured")
    return size
