"""Which way to cut a text is ours, and why llmbook's int4 loses more than GGUF's: two questions.

The same tokenizer is written four times, each with another of llama.cpp's names for a way to cut.
Texts are the valley's, with French and programs among them, and the topics of Python's help.  With
the name that we write, every character of the planes of Unicode that have any is tried too, among
letters, digits, signs and spaces.

GGUF's q4_0 leaves the embedding at 8 bits.  So does the second int4 that is measured here, on the
documents of run-locally.py.
"""

import os
from pathlib import Path
from pydoc_data.topics import topics
from statistics import fmean, stdev
from tempfile import TemporaryDirectory
from unittest.mock import patch

os.environ.setdefault("OMP_NUM_THREADS", "1")

from record import record

from llmbook import llama_cpp, load
from llmbook.compress import surprisals
from llmbook.gguf_file import write_gguf
from llmbook.hub import LanguageModel
from llmbook.model import EMBEDDING
from llmbook.quantize import QuantizedWeights, quantize
from llmbook.world import NARRATORS, documents

MODEL = "valley-base"
OURS = "gpt-2"
NAMES = (OURS, "default", "llama-bpe", "qwen2")
DOCUMENTS = 210
TOPICS = 40
CHARACTERS = [*range(1, 0xD800), *range(0xE000, 0x20000), *range(0x2FA00, 0x32500)]
AT_ONCE = 2000  # characters in a text
PIECES = 500  # of the plane that has nothing but Chinese characters, every hundredth


def texts() -> list[str]:
    """Return the texts whose tokens are compared."""
    valley = documents("combinations", 0, DOCUMENTS, tuple(NARRATORS))
    return [document.text for document in valley] + [topics[n] for n in sorted(topics)[:TOPICS]]


def among(code: int) -> str:
    """Put a character among others of each kind."""
    letter = chr(code)
    return f"a{letter}b {letter}1{letter}! {letter} "


def measure(seed: int) -> dict[str, float]:
    """Return the values; nothing is drawn."""
    del seed
    lm, read = load(MODEL), texts()
    codes = [*CHARACTERS, *range(0x20000, 0x20000 + 100 * PIECES, 100)]
    parts = ["\n".join(map(among, codes[i : i + AT_ONCE])) for i in range(0, len(codes), AT_ONCE)]
    values: dict[str, float] = mixed_loss()
    values |= {"texts": len(read), "characters": sum(map(len, read)), "code_points": len(codes)}
    for name in NAMES:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "m.gguf"
            with patch("llmbook.gguf_file._cut", lambda _, name=name: name):
                write_gguf(lm, file)
            with llama_cpp.start(file) as ask:

                def differs(text: str, ask: llama_cpp.Ask = ask) -> bool:
                    found = ask("/tokenize", content=text, add_special=False)["tokens"]
                    return bool(found != lm.tokenizer.encode(text))

                key = name.replace("-", "_")
                values[f"texts_{key}"] = sum(map(differs, read))
                if name == OURS:
                    values["parts"] = sum(map(differs, parts))
    return values


def mixed_loss() -> dict[str, float]:
    """Return how many percent int4 with an embedding of 8 bits loses: the mean and the spread."""
    lm = load(MODEL)
    small, fine = (dict(quantize(lm.model, bits).arrays) for bits in (4, 8))
    weights = QuantizedWeights(lm.config, small | {EMBEDDING: fine[EMBEDDING]})
    other = LanguageModel(weights.dequantize(), lm.tokenizer, stop_ids=lm.stop_ids)
    losses = []
    for seed in range(3):
        found = documents("combinations", seed, 28, tuple(NARRATORS))
        ids = [[0, *lm.tokenizer.encode(document.text), 0] for document in found]
        read = [i for i in ids if len(i) <= lm.config.context]
        paid = [sum(float(surprisals(m, i).sum()) for i in read) for m in (other, lm)]
        losses.append(100 * (paid[0] / paid[1] - 1))
    return {"loss_mixed": fmean(losses), "loss_mixed_spread": stdev(losses)}


if __name__ == "__main__":
    record("run-locally-3", measure, packages=("gguf", "xllamacpp"), long=True)
