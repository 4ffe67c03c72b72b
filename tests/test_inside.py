from dataclasses import replace

import numpy as np
import pytest

from llmbook import inside
from llmbook.errors import InputError
from llmbook.inside import put, trace, without
from llmbook.layers import RopeScaling
from llmbook.model import Config, Model

CONFIG = Config(
    vocab_size=23, d_model=14, n_layers=3, n_heads=6, n_kv_heads=2, head_dim=4, d_ff=17, context=19
)
IDS = [3, 1, 4, 1, 5, 9, 2]


def model(seed=1, scale=8, **sizes):
    """Return a random model whose weights are large enough for its parts to matter."""
    small = Model.random(replace(CONFIG, **sizes), seed)
    weights = {k: v if v.ndim == 1 else np.float32(scale) * v for k, v in small.weights.items()}
    return Model(small.config, weights)


def equal(one, other):
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    "sizes",
    [
        {},
        {"n_kv_heads": 6},
        {"n_kv_heads": 1, "tied": False},
        {"rope_scaling": RopeScaling("linear", 2.0), "norm_eps": 0.1, "rope_theta": 50.0},
    ],
)
@pytest.mark.parametrize("length", [1, 7, 19])
def test_the_logits_are_those_of_the_model(sizes, length):
    lm = model(**sizes)
    ids = np.random.default_rng(length).integers(23, size=length)
    equal(trace(lm, ids).logits, lm.forward(ids))


def test_the_streams_are_those_between_the_blocks():
    lm = model()
    seen, x = trace(lm, IDS), lm.embedding[IDS]
    for i in range(3):
        equal(seen.stream[i], x)
        x = lm.block(i, x, lm.new_cache())
    equal(seen.stream[3], x)
    equal(inside.lens(lm, seen.stream[3]), seen.logits)


def test_the_parts_add_up_to_the_stream():
    lm = model()
    seen = trace(lm, IDS)
    for i, w in enumerate(lm.blocks):
        read = seen.heads[i].transpose(1, 0, 2).reshape(7, 24) @ w["self_attn.o_proj"].T
        total = seen.stream[i] + read + seen.mlp[i]
        np.testing.assert_allclose(seen.stream[i + 1], total, atol=1e-5)


def test_the_weights_are_causal_and_explain_what_the_heads_read():
    lm = model()
    seen = trace(lm, IDS)
    assert seen.weights.shape == (3, 6, 7, 7)
    np.testing.assert_allclose(seen.weights.sum(axis=-1), 1, atol=1e-5)
    assert (seen.weights[..., ~np.tri(7, dtype=bool)] == 0).all()
    values = seen.heads[:, :, 0]  # the first token reads nothing but its own value
    equal(values[:, :3], np.repeat(values[:, :1], 3, axis=1))  # heads 0 to 2 share one of them
    assert not np.allclose(values[:, 0], values[:, 3])


def test_edits_that_change_nothing_change_nothing():
    lm = model()
    before = trace(lm, IDS)
    same = {("stream", i): put(range(7), before.stream[i]) for i in range(4)}
    same |= {(place, i): np.copy for place in ("weights", "heads", "mlp") for i in range(3)}
    after = trace(lm, IDS, same)
    for place in (*inside.PLACES, "logits"):
        equal(getattr(before, place), getattr(after, place))


def test_a_head_is_removed_like_its_columns_of_the_output_matrix():
    lm = model()
    cut = {k: v.copy() for k, v in lm.weights.items()}
    cut["model.layers.1.self_attn.o_proj.weight"][:, 4 * 4 : 5 * 4] = 0
    expected = Model(lm.config, cut).forward(IDS)
    seen = trace(lm, IDS, {("heads", 1): without(4)})
    np.testing.assert_allclose(seen.logits, expected, atol=1e-4)
    assert not np.allclose(seen.logits, lm.forward(IDS), atol=1e-2)
    assert (seen.heads[1, 4] == 0).all() and seen.heads[1, [0, 1, 2, 3, 5]].all()


def test_a_network_is_removed_like_its_last_matrix():
    lm = model()
    cut = dict(lm.weights) | {"model.layers.2.mlp.down_proj.weight": np.zeros((14, 17), "f4")}
    seen = trace(lm, IDS, {("mlp", 2): without()})
    equal(seen.logits, Model(lm.config, cut).forward(IDS))


def test_a_patch_of_all_tokens_makes_one_run_of_the_other():
    lm, other = model(), [8, 6, 7, 5, 3, 0, 11]
    source = trace(lm, other)
    for layer in range(4):
        seen = trace(lm, IDS, {("stream", layer): put(range(7), source.stream[layer])})
        equal(seen.logits, source.logits)


def test_a_patch_reaches_no_token_before_it():
    lm = model()
    before, new = trace(lm, IDS), np.full(14, 2, dtype="f4")
    after = trace(lm, IDS, {("stream", 1): put(3, new)})
    equal(after.logits[:3], before.logits[:3])
    assert not np.isclose(after.logits[3:], before.logits[3:]).all(axis=1).any()
    equal(after.stream[0], before.stream[0])


def test_attention_can_be_redirected():
    lm = model()
    aside = np.zeros((7, 7), dtype="f4")
    aside[:, 0] = 1
    seen = trace(lm, IDS, {("weights", 0): put(2, aside)})
    np.testing.assert_allclose(seen.heads[0, 2], np.repeat(seen.heads[0, 2, :1], 7, axis=0))


def test_an_edit_leaves_the_model_and_its_argument_alone():
    lm = model()
    before, array = lm.forward(IDS), np.ones((3, 2))
    trace(lm, IDS, {("heads", 0): without(1), ("stream", 0): put(0, 9)})
    equal(lm.forward(IDS), before)
    put(1, 5)(array)
    without(2)(array)
    assert (array == 1).all()


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ({("head", 0): np.copy}, "there is no place 'head': it has to be stream, weights, heads"),
        ({("heads", 3): np.copy}, "'heads' has layers from 0 to 2, and no layer 3"),
        ({("stream", 4): np.copy}, "'stream' has layers from 0 to 3, and no layer 4"),
        ({("mlp", -1): np.copy}, "'mlp' has layers from 0 to 2, and no layer -1"),
    ],
)
def test_an_edit_that_would_never_be_applied_is_refused(edits, message):
    with pytest.raises(InputError, match=message):
        trace(model(), IDS, edits)


@pytest.mark.parametrize("ids", [[], [23], [-1], [0] * 20])
def test_tokens_that_are_not_the_models_are_refused(ids):
    with pytest.raises(InputError):
        trace(model(), ids)
