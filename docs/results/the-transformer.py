"""Do our logits equal those of Transformers, what does an untrained model say, where are the parameters?

The configurations and the reference are those of ``tests/test_model.py``, so page and test speak of
the same grid.
"""

import runpy
from math import log, prod
from pathlib import Path
from typing import Any

import numpy as np
import torch
from record import record

from llmbook.layers import softmax
from llmbook.model import Config, Model

TESTS = Path(__file__).parents[2] / "tests"
VOCABULARIES = (64, 512, 4096)
TOKENS = 512

# V, d, layers, heads, kv heads, head size, feed-forward, tied: from each model's config.json, and for
# the first from doc/stories260K.md of karpathy/llama2.c, whose code rounds the feed-forward to 172.
MODELS = {
    "stories260k": (512, 64, 5, 8, 4, 8, 172, True),
    "smollm2_135m": (49_152, 576, 30, 9, 3, 64, 1536, True),
    "llama_3_2_1b": (128_256, 2048, 16, 32, 8, 64, 8192, True),
    "llama_3_1_8b": (128_256, 4096, 32, 32, 8, 128, 14_336, False),
    "llama_3_1_70b": (128_256, 8192, 80, 64, 8, 128, 28_672, False),
    "llama_3_1_405b": (128_256, 16_384, 126, 128, 8, 128, 53_248, False),
}


def parity(seed: int) -> dict[str, float]:
    """Return how far our logits are from the reference's, at most, over the grid of the tests."""
    tests = runpy.run_path(str(TESTS / "test_model.py"))
    differences, sizes = [], []
    for config in tests["GRID"].values():
        theirs = tests["reference"](config)
        ours = Model(config, {name: p.detach().numpy() for name, p in theirs.named_parameters()})
        tokens = tests["ids"](tests["CONTEXT"], config, seed)
        with torch.no_grad():
            expected = theirs(torch.from_numpy(tokens)[None]).logits[0].numpy()
        differences.append(float(np.abs(ours.forward(tokens) - expected).max()))
        sizes.append(float(np.abs(expected).max()))
    return {
        "configurations": len(sizes),
        "tokens": int(tests["CONTEXT"]),
        "largest_difference": max(differences),
        "smallest_largest_logit": min(sizes),
        "largest_logit": max(sizes),
    }


def untrained(seed: int) -> dict[str, float]:
    """Return what random models lose on random tokens, beyond the logarithm of the vocabulary."""
    values = {}
    for vocab_size in VOCABULARIES:
        config = Config(
            vocab_size=vocab_size,
            d_model=192,
            n_layers=4,
            n_heads=6,
            n_kv_heads=2,
            head_dim=32,
            d_ff=512,
            context=TOKENS,
            tied=False,
        )
        ids = np.random.default_rng(seed).integers(vocab_size, size=TOKENS + 1).tolist()
        probabilities = np.asarray(softmax(Model.random(config, seed).forward(ids[:-1])))
        loss = -np.log(probabilities[np.arange(TOKENS), ids[1:]]).mean()
        values[f"beyond_log_{vocab_size}"] = float(loss) - log(vocab_size)
    return values


def part_of(array: str) -> str:
    """Return which part of the model an array of weights belongs to, by its name."""
    for key, part in {
        "self_attn": "attention",
        "mlp": "feed_forward",
        "norm": "normalizations",
    }.items():
        if key in array:
            return part
    return "embeddings"


def shares() -> dict[str, float]:
    """Return the share of the embeddings, attention and feed-forward networks, in percent."""
    values: dict[str, float] = {}
    for name, (vocab, d, layers, heads, kv_heads, head_dim, d_ff, tied) in MODELS.items():
        config = Config(
            vocab_size=vocab,
            d_model=d,
            n_layers=layers,
            n_heads=heads,
            n_kv_heads=kv_heads,
            head_dim=head_dim,
            d_ff=d_ff,
            context=1,
            tied=tied,
        )
        counts = dict.fromkeys(("embeddings", "attention", "feed_forward", "normalizations"), 0)
        for array, shape in config.shapes.items():
            counts[part_of(array)] += prod(shape)
        values[f"{name}_parameters"] = config.n_parameters
        values |= {f"{name}_{k}": 100 * n / config.n_parameters for k, n in counts.items()}
    return values


def measure(seed: int) -> dict[str, Any]:
    """Return everything of one seed."""
    torch.set_num_threads(1)
    return parity(seed) | untrained(seed) | shares()


if __name__ == "__main__":
    record("the-transformer", measure, seeds=(0, 1, 2), packages=("numpy", "torch", "transformers"))
