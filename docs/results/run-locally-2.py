"""One weight, many engines: do they compute the same, and continue a text with the same words?

Each engine reads the same folder and continues the same prompts with the likeliest token.  At the
end of each prompt, and after every fifth new token, the probabilities of all tokens are compared
with those of llmbook's NumPy model: the largest difference of their natural logarithms is kept.
"""

import os
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow tells of the instructions it has

import numpy as np
from record import record

from llmbook.engines import ENGINES, Engine, llama_cpp_engine, numpy_engine
from llmbook.hub import find_folder, load
from llmbook.world import NARRATORS, documents

MODEL = "valley-base"
PROMPTS = 14  # beginnings of documents that training never saw, of each narrator in turn
BEGIN = 12  # tokens of a prompt
N, EVERY = 40, 5

KINDS: dict[str, Callable[..., Any]] = {
    name.lower().replace(".", "_"): open_engine for name, open_engine in ENGINES.items()
}
KINDS["llama_cpp_usual"] = partial(llama_cpp_engine, kind="f16", exact=False)
KINDS["llama_cpp_q8_0"] = partial(llama_cpp_engine, kind="q8_0")
KINDS["llama_cpp_q4_0"] = partial(llama_cpp_engine, kind="q4_0")


def prompts(seed: int) -> list[list[int]]:
    """Return the first tokens of some documents."""
    tokenizer = load(MODEL).tokenizer
    found = documents("combinations", seed, PROMPTS, tuple(NARRATORS))
    return [tokenizer.encode(document.text)[:BEGIN] for document in found]


def compare(engine: Engine, rows: list[tuple[list[int], list[int], Any]]) -> dict[str, float]:
    """Return in how many prompts the text is the same, and by how much a number differs."""
    worst, same = 0.0, 0
    for ids, new, expected in rows:
        same += engine.greedy(ids, N) == new
        for i, scores in expected.items():
            off = engine.log_probabilities([*ids, *new[:i]]) - scores
            worst = max(worst, float(np.abs(off).max()))
    return {"worst": worst, "same": same}


def measure(seed: int) -> dict[str, float]:
    """Return the values of one run."""
    folder = find_folder(MODEL)
    rows = []
    with numpy_engine(folder) as engine:
        for ids in prompts(seed):
            new = engine.greedy(ids, N)
            points = range(0, len(new) + 1, EVERY)
            scores = {i: engine.log_probabilities([*ids, *new[:i]]) for i in points}
            rows.append((ids, new, scores))
    values: dict[str, float] = {
        "prompts": len(rows),
        "tokens": sum(len(new) for _, new, _ in rows),
        "numbers": sum(len(scores) for _, _, scores in rows) * load(MODEL).config.vocab_size,
    }
    for name, open_engine in KINDS.items():
        with open_engine(folder) as engine:
            found = compare(engine, rows)
        values |= {f"{key}_{name}": value for key, value in found.items()}
    return values


if __name__ == "__main__":
    packages = ("numpy", "torch", "transformers", "keras", "tensorflow", "gguf", "xllamacpp")
    record("run-locally-2", measure, packages=packages, long=True)
