"""Time our tokenizer beside the Hugging Face ``tokenizers`` library, on the same text.

The text is about 10 MB that every Python has: the source of its standard library and the topics of
``pydoc``.  Both learn 1,000 merges from it, and encode it.  Run it where nothing else runs:

    python benchmarks/tokenizer.py
"""

import json
import os
import platform
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # read on import: one core for each side

from pydoc_data.topics import topics

from tokenizers import Tokenizer as Library
from tokenizers import decoders, models, pre_tokenizers, trainers

from llmbook.tokenizer import Tokenizer

MEGABYTES, MERGES = 10, 1000


def texts() -> Iterator[str]:
    """Yield the topics and then one file after another, until there is enough."""
    size = 0
    library = Path(sysconfig.get_path("stdlib"))
    sources = (path.read_text("utf-8", "replace") for path in sorted(library.rglob("*.py")))
    for text in ("\n".join(topics.values()), *sources):
        if size < MEGABYTES * 1_000_000:
            size += len(text.encode())
            yield text


def train_with_the_library(corpus: list[str]) -> Library:
    """Do what :meth:`llmbook.tokenizer.Tokenizer.train` does."""
    tokenizer = Library(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=256 + MERGES,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus, trainer)
    return tokenizer


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    """Return what an action returns, and the seconds that it took."""
    start = time.perf_counter()
    return action(), time.perf_counter() - start


def main() -> None:
    """Print the table, once it is certain that both sides did the same."""
    corpus = list(texts())
    size = sum(len(text.encode()) for text in corpus) / 1e6
    ours, our_training = timed(lambda: Tokenizer.train(corpus, 256 + MERGES))
    theirs, their_training = timed(lambda: train_with_the_library(corpus))
    our_ids, our_encoding = timed(lambda: [ours.encode(text) for text in corpus])
    their_ids, their_encoding = timed(lambda: theirs.encode_batch_fast(corpus))
    with tempfile.TemporaryDirectory() as folder:
        ours.save(Path(folder) / "tokenizer.json")
        saved = json.loads((Path(folder) / "tokenizer.json").read_text("utf-8"))
    assert saved["model"] == json.loads(theirs.to_str())["model"], "the merges differ"
    assert our_ids == [encoded.ids for encoded in their_ids], "the numbers differ"

    print(f"{size:.1f} MB in {len(corpus)} texts, {sum(map(len, our_ids)):,} tokens, one core")
    print(f"Python {platform.python_version()}, tokenizers {version('tokenizers')}\n")
    print(f"{'':24}{'llmbook':>12}{'tokenizers':>12}")
    print(f"{f'learn {MERGES:,} merges':24}{our_training:10.1f} s{their_training:10.1f} s")
    print(f"{'encode':24}{our_encoding:10.1f} s{their_encoding:10.1f} s")
    print(f"{'encoded in a second':24}{size / our_encoding:9.1f} MB{size / their_encoding:9.1f} MB")


if __name__ == "__main__":
    main()
