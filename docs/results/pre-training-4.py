"""Train the recipe of the base model on the standard library, and compare it as the base model is.

The run takes forty minutes on one core, and stays in the folder that the environment variable
``RUNS`` names.  What it reads, and what it is asked about, depends on the version of Python.
"""

import hashlib
import os
from dataclasses import replace
from importlib import import_module
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import torch
from costs import compare
from record import record

from llmbook.compress import COMPRESSORS, compressed
from llmbook.corpora import HELD_OUT, _sources, stdlib
from llmbook.recipes import VALLEY_BASE

finished = import_module("pre-training").finished

RECIPE = replace(VALLEY_BASE, corpus="stdlib", french_first=0, card="")


def measure(seed: int) -> dict[str, Any]:
    """Return bits a byte of the files held out, and how many there are."""
    lm, facts = finished(f"stdlib-{seed}", replace(RECIPE, seed=seed))
    texts = [
        ("encodings" if name.startswith("encodings/") else "rest", read())
        for name, read in sorted(_sources().items())
        if hashlib.sha256(name.encode()).digest()[0] % HELD_OUT == 0
    ]
    corpus = stdlib(seed, 0)
    assert [text for _, text in texts] == list(corpus.validation())
    primer = list(corpus.training())
    values: dict[str, Any] = compare(lm, primer, {"all": texts})
    # Tables of code pages resemble each other, and a look at the rest alone leaves them out.
    rest = [text for kind, text in texts if kind == "rest"]
    for name in COMPRESSORS:
        values[f"rest_{name}"] = compressed(name, rest)
        values[f"rest_{name}_primed"] = compressed(name, rest, primer)
    read = facts["steps"] * RECIPE.sequences * RECIPE.context
    return values | {
        "files": len(texts),
        "held_out_bytes": sum(len(text.encode()) for text in rest),
        "bytes": sum(len(text.encode()) for text in primer),
        "epochs": read / values["primer_tokens"],
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    record("pre-training-4", measure, seeds=(0,), packages=("torch", "numpy"), long=True)
