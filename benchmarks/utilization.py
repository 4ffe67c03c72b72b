"""Which share of this machine's arithmetic a training run uses, for models of several sizes.

The machine's speed is that of large matrix products, the best of many: one thread, single
precision, as in training.  The FLOPs of a run are counted by llmbook.scaling, so the optimizers, the
softmax and all else takes time and counts for nothing.  That is *model FLOPs utilization*.

Run with ``python benchmarks/utilization.py`` on an idle machine; it takes about two minutes.  The
numbers go to utilization.json beside this file, where the page "Scaling" finds them.
"""

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import numpy as np
import torch
from report import write

from llmbook.corpora import character_tokenizer
from llmbook.prepare import END, Prepared
from llmbook.pretrain import train
from llmbook.recipes import VALLEY_BASE, Recipe
from llmbook.run_state import Checkpoints
from llmbook.scaling import training_flops
from llmbook.torch_model import TorchModel

VOCABULARY = 512
SHAPES = (
    (24, 2),
    (32, 2),
    (48, 3),
    (56, 4),
    (80, 4),
    (128, 6),
    (256, 6),
    (512, 6),
)  # width, layers
MATRICES = (512, 1024, 2048)
TRIES = 4  # of which the best counts: whatever disturbs only makes it slower
ENOUGH = 3e10  # FLOPs of a try, at least


def peak() -> float:
    """Return the FLOPs a second of the fastest product of square matrices."""
    best = 0.0
    for size in MATRICES:
        one, other = torch.randn(2, size, size, generator=torch.Generator().manual_seed(0))
        for _ in range(10):
            begin = perf_counter()
            torch.matmul(one, other)
            best = max(best, 2 * size**3 / (perf_counter() - begin))
    return best


def speed(recipe: Recipe, work: Path) -> float:
    """Return the FLOPs a second of training."""
    config = recipe.config(VOCABULARY)
    step = recipe.sequences * training_flops(config, recipe.context)
    steps = max(2, round(ENOUGH / step))
    recipe = replace(recipe, steps=steps, validations=1)  # and none of them on the way
    tokens = np.random.default_rng(0).integers(VOCABULARY, size=100_000, dtype=np.uint16)
    prepared = Prepared(character_tokenizer(["a"], [END]), tokens, tokens[:2], 1)
    seconds = []
    for number in range(TRIES):
        folder = work / f"{recipe.width}-{recipe.layers}-{number}"
        folder.mkdir()
        seconds.append(train(recipe, TorchModel(config), prepared, Checkpoints(folder)).seconds)
    return step * steps / min(seconds)


def main() -> None:
    """Measure, print the table, and write the numbers down in the form that docs/results has."""
    torch.set_num_threads(1)
    best = peak()
    print(f"matrix products: {best / 1e9:.1f} GFLOP/s on one thread")
    values: dict[str, float] = {"peak": best}
    with tempfile.TemporaryDirectory() as work:
        for width, layers in SHAPES:
            recipe = replace(VALLEY_BASE, width=width, layers=layers, vocab_size=VOCABULARY)
            name, reached = f"{width}x{layers}", speed(recipe, Path(work))
            values |= {
                f"parameters_{name}": recipe.config(VOCABULARY).n_parameters,
                f"speed_{name}": reached,
                f"utilization_{name}": reached / best,
            }
            print(f"{name:>6}: {reached / 1e9:6.1f} GFLOP/s, {reached / best:4.0%}", flush=True)
    write(__file__, {key: float(f"{value:.4g}") for key, value in values.items()})


if __name__ == "__main__":
    main()
