"""What a GGUF file of each kind weighs, and what it costs llama.cpp in bits per byte of new text.

Each document of the valley, in combinations that training never saw, is read token by token by
llama.cpp, which gives the probability of each next one.  Beside it stand llmbook's own model, and
the same model after llmbook.quantize rounded its weights to 8 and 4 bits.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from record import record

from llmbook import llama_cpp, load
from llmbook.compress import surprisals
from llmbook.gguf_file import KINDS, write_gguf
from llmbook.hub import LanguageModel
from llmbook.quantize import quantize
from llmbook.world import NARRATORS, documents

MODEL = "valley-base"
DOCUMENTS = 28  # of each seed; those that fit into the context are read
SPLIT = "combinations"


def texts(lm: LanguageModel, seed: int) -> list[tuple[list[int], int]]:
    """Return the tokens of each document, with the one that begins and ends it, and its bytes."""
    end = list(lm.stop_ids[:1])
    found = []
    for document in documents(SPLIT, seed, DOCUMENTS, tuple(NARRATORS)):
        ids = [*end, *lm.tokenizer.encode(document.text), *end]
        if len(ids) <= lm.config.context:
            found.append((ids, len(document.text.encode())))
    return found


def log_probability(ask: llama_cpp.Ask, lm: LanguageModel, ids: list[int], i: int) -> float:
    """Return the logarithm of the probability that llama.cpp gives to a token of a text.

    It is made to draw that token, and then reports it, unless it ends the text or is a part of a
    character.
    """
    bias = [[ids[i], 1e6]]
    options = {"n_predict": 1, "n_probs": 1, "logit_bias": bias, "cache_prompt": True}
    answer = ask("/completion", prompt=ids[:i], **options)
    for drawn in answer.get("completion_probabilities", []):
        if drawn["id"] == ids[i]:
            return float(drawn["logprob"])
    return float(llama_cpp.log_probabilities(ask, lm, ids[:i])[ids[i]])


def measure(seed: int) -> dict[str, float]:
    """Return the values of one run."""
    lm = load(MODEL)
    read = texts(lm, seed)
    size = sum(n_bytes for _, n_bytes in read)
    values: dict[str, float] = {
        "documents": len(read),
        "tokens": sum(len(ids) - 1 for ids, _ in read),
        "parameters": lm.config.n_parameters,
    }
    models = {"numpy": lm.model}
    for bits in (8, 4):
        small = quantize(lm.model, bits)
        values[f"mb_int{bits}"] = small.n_bytes / 1e6
        models[f"int{bits}"] = small.dequantize()
    for name, model in models.items():
        other = LanguageModel(model, lm.tokenizer, stop_ids=lm.stop_ids)
        bits_paid = sum(float(surprisals(other, ids).sum()) for ids, _ in read)
        values[f"bpb_{name}"] = bits_paid / size
    with TemporaryDirectory() as folder:
        for kind in KINDS:
            file = Path(folder) / f"{kind}.gguf"
            write_gguf(lm, file, kind)
            values[f"mb_{kind}"] = file.stat().st_size / 1e6
            with llama_cpp.start(file) as ask:
                paid = 0.0
                for ids, _ in read:
                    paid -= sum(log_probability(ask, lm, ids, i) for i in range(1, len(ids)))
            values[f"bpb_{kind}"] = paid / np.log(2) / size
    for name in (*KINDS, "int8", "int4"):  # percent more than the weights as they are
        values[f"loss_{name}"] = 100 * (values[f"bpb_{name}"] / values["bpb_numpy"] - 1)
    return values


if __name__ == "__main__":
    packages = ("numpy", "gguf", "xllamacpp")
    record("run-locally", measure, seeds=range(3), packages=packages, long=True)
