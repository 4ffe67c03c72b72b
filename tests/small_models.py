"""Small models of every kind, which the tests of both twins compare with the NumPy model."""

import numpy as np

from llmbook.layers import RopeScaling
from llmbook.model import Config, Model

# All dimensions of a configuration differ, so that no transposed matrix fits.
CONFIGS = {
    "grouped": Config(
        vocab_size=23,
        d_model=20,
        n_layers=3,
        n_heads=6,
        n_kv_heads=2,
        head_dim=8,
        d_ff=28,
        context=17,
    ),
    "one head of keys": Config(
        vocab_size=31,
        d_model=18,
        n_layers=2,
        n_heads=5,
        n_kv_heads=1,
        head_dim=4,
        d_ff=14,
        context=40,
        tied=False,
        norm_eps=1e-3,
    ),
    "all heads": Config(
        vocab_size=29,
        d_model=12,
        n_layers=1,
        n_heads=3,
        n_kv_heads=3,
        head_dim=10,
        d_ff=44,
        context=9,
        rope_theta=500.0,
    ),
    "llama3": Config(
        vocab_size=37,
        d_model=24,
        n_layers=2,
        n_heads=4,
        n_kv_heads=2,
        head_dim=14,
        d_ff=30,
        context=50,
        tied=False,
        rope_scaling=RopeScaling("llama3", factor=8, original_context=16),
    ),
    "linear": Config(
        vocab_size=41,
        d_model=16,
        n_layers=2,
        n_heads=8,
        n_kv_heads=4,
        head_dim=6,
        d_ff=26,
        context=60,
        rope_scaling=RopeScaling("linear", factor=3),
    ),
}


def learned(config: Config, seed: int = 0) -> Model:
    """Return a model whose norms are not 1 and whose attention is not even."""
    generator = np.random.default_rng(seed)
    return Model(
        config,
        {
            name: np.float32(1 if len(shape) == 1 else 0)
            + np.float32(0.3) * generator.standard_normal(shape, dtype=np.float32)
            for name, shape in config.shapes.items()
        },
    )
