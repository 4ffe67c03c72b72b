import numpy as np
import pytest
import torch
from torch.nn import functional
from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import (
    LlamaMLP,
    LlamaRotaryEmbedding,
    apply_rotary_pos_emb,
)

from llmbook import layers
from llmbook.errors import InputError
from llmbook.layers import RopeScaling


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape, dtype=np.float32)


def torch_of(*arrays):
    return [torch.from_numpy(array) for array in arrays]


def close(actual, expected, tolerance=1e-5):
    assert actual.dtype == np.float32
    np.testing.assert_allclose(actual, expected.detach().numpy(), rtol=tolerance, atol=tolerance)


def test_softmax_is_pytorchs():
    x = 30 * normal(3, 7)
    close(layers.softmax(x), functional.softmax(torch.from_numpy(x), dim=-1))


def test_softmax_of_huge_and_of_impossible_scores():
    x = np.array([[1e38, -1e38, -np.inf], [-3e38, -3e38, -np.inf]], dtype=np.float32)
    assert layers.softmax(x).tolist() == [[1, 0, 0], [0.5, 0.5, 0]]


def test_silu_is_pytorchs_and_never_overflows():
    x = np.concatenate((normal(50), np.float32([-3e38, -1e4, -100, -80, -20, 0, 20, 3e38])))
    close(layers.silu(x), functional.silu(torch.from_numpy(x)))


def test_rms_norm_is_pytorchs():
    x, weight = normal(5, 7), normal(7, seed=1)
    for scale, eps in ((1, 1e-5), (1e-3, 1e-6), (1e3, 0.3)):
        expected = functional.rms_norm(*torch_of(scale * x), (7,), *torch_of(weight), eps)
        close(layers.rms_norm(scale * x, weight, eps), expected)


def test_layer_norm_is_pytorchs():
    x, weight, bias = normal(5, 7), normal(7, seed=1), normal(7, seed=2)
    for scale, eps in ((1, 1e-5), (1e-3, 1e-6), (1e3, 0.3)):
        expected = functional.layer_norm(*torch_of(scale * x), (7,), *torch_of(weight, bias), eps)
        close(layers.layer_norm(scale * x, weight, bias, eps), expected)


def test_a_vector_of_zeros_stays_one():
    zeros, ones = np.zeros((2, 7), dtype=np.float32), np.ones(7, dtype=np.float32)
    assert not layers.rms_norm(zeros, ones).any()
    assert not layers.layer_norm(zeros, ones, zeros[0]).any()


def test_swiglu_is_the_feed_forward_network_of_llama():
    mlp = LlamaMLP(LlamaConfig(hidden_size=6, intermediate_size=11, num_attention_heads=1))
    gate, up, down = normal(11, 6), normal(11, 6, seed=1), normal(6, 11, seed=2)
    for linear, weight in ((mlp.gate_proj, gate), (mlp.up_proj, up), (mlp.down_proj, down)):
        linear.weight.data = torch.from_numpy(weight)
    x = normal(5, 6, seed=3)
    close(layers.swiglu(x, gate, up, down), mlp(torch.from_numpy(x)))


SCALINGS = {
    "default": (None, {"rope_type": "default"}),
    "by name": (RopeScaling("default"), {"rope_type": "default"}),
    "linear": (RopeScaling("linear", factor=3.0), {"rope_type": "linear", "factor": 3.0}),
    "llama3": (
        RopeScaling("llama3", 8.0, 1.5, 5.0, 24),
        {
            "rope_type": "llama3",
            "factor": 8.0,
            "low_freq_factor": 1.5,
            "high_freq_factor": 5.0,
            "original_max_position_embeddings": 24,
        },
    ),
}


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("theta", [50.0, 10_000.0, 500_000.0])
def test_rotations_are_those_of_llama(scaling, theta):
    ours, theirs = SCALINGS[scaling]
    config = LlamaConfig(
        hidden_size=60,
        num_attention_heads=5,
        head_dim=12,
        max_position_embeddings=96,
        rope_parameters={**theirs, "rope_theta": theta},
    )
    rope = LlamaRotaryEmbedding(config)
    close(layers.rope_frequencies(12, theta, ours), rope.inv_freq, 1e-6)

    query, key = normal(5, 96, 12), normal(2, 96, 12, seed=1)
    cos, sin = layers.rope_tables(96, 12, theta, ours)
    tables = rope(torch.zeros(1), torch.arange(96)[None])
    expected = apply_rotary_pos_emb(*(x[None] for x in torch_of(query, key)), *tables)
    for x, y in zip((query, key), expected, strict=True):
        close(layers.rotate(x, cos, sin), y[0], 5e-5)


def test_llama3_keeps_fast_rotations_blends_and_slows_the_others():
    plain = layers.rope_frequencies(12, 50.0)
    ratio = plain / layers.rope_frequencies(12, 50.0, SCALINGS["llama3"][0])
    turns = 24 * plain / (2 * np.pi)
    assert (turns > 5).sum() < (ratio < 1.001).sum() + 1
    assert np.allclose(ratio[turns < 1.5], 8)
    blended = ratio[(turns > 1.5) & (turns < 5)]
    assert len(blended) and ((blended > 1) & (blended < 8)).all()


def test_rotated_queries_and_keys_see_only_their_distance():
    cos, sin = layers.rope_tables(40, 6)
    query, key = np.tile(normal(6), (40, 1)), np.tile(normal(6, seed=1), (40, 1))
    scores = layers.rotate(query, cos, sin) @ layers.rotate(key, cos, sin).T
    for distance in (0, 1, 9):
        along = np.diagonal(scores, -distance)
        np.testing.assert_allclose(along, along[0], atol=1e-5)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rope_type": "yarn"}, "'yarn' is not supported"),
        ({"rope_type": "linear", "factor": 0}, "factor has to be a positive number, not 0"),
        ({"rope_type": "llama3", "factor": float("nan")}, "factor has to be"),
        ({"rope_type": "llama3", "original_context": -1}, "original_context has to be"),
        ({"rope_type": "llama3", "low_freq_factor": 4.0}, "low_freq_factor has to be less"),
    ],
)
def test_a_scaling_that_makes_no_sense_is_refused(fields, message):
    scaling = object.__new__(RopeScaling)  # the tests' own check of types would come first
    vars(scaling).update(fields)
    with pytest.raises(InputError, match=message):
        scaling.__post_init__()


@pytest.mark.parametrize(("n_heads", "n_kv_heads"), [(1, 1), (6, 6), (6, 3), (6, 2), (6, 1)])
@pytest.mark.parametrize(("t", "s"), [(1, 1), (1, 9), (7, 7), (4, 9)])
def test_attention_is_pytorchs(n_heads, n_kv_heads, t, s):
    query = normal(n_heads, t, 8)
    key, value = normal(n_kv_heads, s, 8, seed=1), normal(n_kv_heads, s, 8, seed=2)
    expected = functional.scaled_dot_product_attention(
        *torch_of(query, key, value),
        attn_mask=torch.ones(t, s, dtype=torch.bool).tril(s - t),
        enable_gqa=True,
    )
    close(layers.attention(query, key, value), expected)


def test_attention_weights_are_probabilities_of_what_came_before():
    weights = layers.attention_weights(normal(6, 5, 8), normal(2, 9, 8, seed=1))
    np.testing.assert_allclose(weights.sum(axis=-1), 1, rtol=1e-6)
    assert not weights[:, ~np.tri(5, 9, 4, dtype=bool)].any()
    assert (weights[:, np.tri(5, 9, 4, dtype=bool)] > 0).all()


def test_shapes_are_checked_while_the_tests_run():
    with pytest.raises(TypeError, match="rms_norm"):
        layers.rms_norm(normal(5, 7), normal(5))
