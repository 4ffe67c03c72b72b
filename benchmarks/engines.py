"""Tokens a second of the book's model in several engines, and in llama.cpp from files of each kind.

Each continues the same text with the likeliest token, alone, with one thread.  They take turns, and
the fastest turn of each counts.  What is counted are seconds of the processor, as the system gives
them to this process: on an idle machine they are those of the clock, and on a busy one the others
do not disturb.  Loading is not counted.

Run with ``python benchmarks/engines.py``; it takes about a minute.  The numbers go to engines.json
beside this file, where the page "Run it locally" finds them.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from time import process_time
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import torch
from report import write

from llmbook.engines import ENGINES, llama_cpp_engine
from llmbook.gguf_file import KINDS
from llmbook.hub import find_folder, load

MODEL = "valley-base"
PROMPT = "Once upon a time"
N = 40
TURNS = 9
ENOUGH = 1.5  # seconds in all; a slow engine has fewer turns

CONTESTANTS: dict[str, Callable[..., Any]] = {
    name.lower().replace(".", "_"): engine
    for name, engine in ENGINES.items()
    if name != "llama.cpp"
} | {f"llama_cpp_{kind}": partial(llama_cpp_engine, kind=kind, exact=False) for kind in KINDS}


def main() -> None:
    """Measure, print, and write the numbers down."""
    torch.set_num_threads(1)
    folder = find_folder(MODEL)
    ids = load(MODEL).tokenizer.encode(PROMPT)
    seconds: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    with ExitStack() as stack:
        engines = {name: stack.enter_context(f(folder)) for name, f in CONTESTANTS.items()}
        n_tokens = {len(engine.greedy(ids, N)) for engine in engines.values()}  # and warm up
        if n_tokens != {N}:
            raise SystemExit("the text ends too early for a measurement")
        for _ in range(TURNS):
            for name, engine in engines.items():
                if sum(seconds[name]) < ENOUGH:
                    begin = process_time()
                    engine.greedy(ids, N)
                    seconds[name].append(process_time() - begin)
    best = {name: N / min(turns) for name, turns in seconds.items()}
    for name, speed in best.items():
        print(f"{name:<16} {speed:7.0f} tokens a second")
    values = {f"speed_{name}": float(f"{speed:.2g}") for name, speed in best.items()}
    write(__file__, values, ("numpy", "torch", "transformers", "keras", "tensorflow", "xllamacpp"))


if __name__ == "__main__":
    main()
