"""Tokens in a file: written once, mapped into memory, and cut into the batches of a training run.

Explained in the chapter "Data" of the part "Training process".  Documents are packed end to end,
with an end token in front of each, so that no place in a batch is empty.  The file holds nothing
but numbers, two bytes each, or four if there are more than 65,536 tokens.  A memory map lets a run
use a file that is larger than the memory, since only the pages that are read are loaded.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from llmbook._shapes import Array, Int
from llmbook.errors import InputError
from llmbook.tokenizer import Tokenizer


def write_tokens(
    path: Path, documents: Iterable[str], tokenizer: Tokenizer, end: int, *, closed: bool = True
) -> int:
    """Write the tokens of documents to a file.

    Args:
        path: The file, which must not be there yet.
        documents: Their texts.
        tokenizer: Turns them into tokens.
        end: The token that stands in front of each document.
        closed: Whether it stands after the last one as well.

    Returns:
        How many bytes the texts have, in UTF-8.
    """
    dtype = dtype_of(tokenizer.vocab_size)
    size = 0
    with path.open("xb") as file:
        for text in documents:
            size += len(text.encode())
            file.write(np.array([end, *tokenizer.encode(text)], dtype).tobytes())
        if closed:
            file.write(np.array([end], dtype).tobytes())
    return size


def map_tokens(path: Path, vocab_size: int) -> Int[Array, " n"]:
    """Map the tokens of a file into memory, to be read alone.

    Raises:
        InputError: If there are none.
    """
    dtype = dtype_of(vocab_size)
    if not path.is_file() or path.stat().st_size < dtype.itemsize:
        raise InputError(f"{path}: there are no tokens in it")
    return np.memmap(path, dtype, mode="r")


def dtype_of(vocab_size: int) -> np.dtype[np.unsignedinteger]:
    """Return the type of number that a file of tokens has."""
    return np.dtype("<u2" if vocab_size <= 2**16 else "<u4")


class Batches:
    """The batches of a run; each is a function of the seed and the step, and of nothing else.

    The tokens are cut into windows that do not overlap, and an epoch has each window once, in an
    order of its own.  Every epoch cuts at other places.

    Args:
        tokens: All tokens to learn from.
        context: How many tokens a window predicts; it has one more, to begin with.
        batch: How many windows there are in a batch.
        seed: Same seed, same batches.
        in_order: Whether the first epoch keeps the order of the tokens.

    Raises:
        InputError: If the tokens do not fill a single window.

    Example:
        >>> batches = Batches(np.arange(100), context=4, batch=3, seed=0)
        >>> batches[0].shape, batches[0].tolist() == batches[0].tolist()
        ((3, 5), True)
    """

    def __init__(
        self,
        tokens: Int[Array, " n"],
        context: int,
        batch: int,
        seed: int,
        in_order: bool = False,
    ) -> None:
        predicted = len(tokens) - 1
        if predicted < context:
            raise InputError(
                f"the text to learn from has {len(tokens)} tokens, which is too short: "
                f"a context of {context} needs {context + 1}"
            )
        self.tokens, self.context, self.batch, self.seed = tokens, context, batch, seed
        self.in_order = in_order
        self.windows = max(1, (predicted + 1) // context - 1)  # as many as fit at every cut
        self._spare = min(context - 1, predicted - self.windows * context)
        self._epoch = lru_cache(maxsize=2)(self._starts)  # a batch may lie in two

    def __getitem__(self, step: int) -> Int[Array, "batch context_and_one"]:
        """Return the batch of a step; the last ``context`` columns are what is predicted."""
        rows = []
        for number in range(step * self.batch, (step + 1) * self.batch):
            epoch, place = divmod(number, self.windows)
            start = self._epoch(epoch)[place]
            rows.append(self.tokens[start : start + self.context + 1])
        return np.stack(rows).astype(np.int64)

    def _starts(self, epoch: int) -> Int[Array, " windows"]:
        """Return where the windows of an epoch start, in its order."""
        generator = np.random.default_rng([self.seed, epoch])
        first = generator.integers(self._spare + 1)
        if self.in_order and epoch == 0:
            return first + self.context * np.arange(self.windows)
        return first + self.context * generator.permutation(self.windows)


def held_out_windows(
    tokens: Int[Array, " n"], context: int, batch: int, limit: int | None = None
) -> Iterator[Int[Array, "rows columns"]]:
    """Yield windows that predict every token but the first exactly once, as nanoGPT measures.

    They do not overlap, so the first tokens of a window are predicted from few others.  The last
    window may be shorter.

    Args:
        tokens: The held-out tokens.
        context: How many tokens a window predicts.
        batch: How many windows to yield at a time.
        limit: Yield about so many tokens at most: windows spread evenly over all.
    """
    whole = (len(tokens) - 1) // context
    chosen = np.arange(whole)
    if limit is not None and limit < whole * context:
        chosen = np.linspace(0, whole - 1, max(1, limit // context)).astype(int)
    starts = chosen * context
    for i in range(0, len(starts), batch):
        rows = [tokens[start : start + context + 1] for start in starts[i : i + batch]]
        yield np.stack(rows).astype(np.int64)
    if len(tokens) - 1 > whole * context and len(chosen) == whole:
        yield tokens[None, whole * context :].astype(np.int64)
