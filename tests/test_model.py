from dataclasses import replace
from inspect import unwrap
from itertools import accumulate

import numpy as np
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from llmbook.errors import InputError
from llmbook.layers import RopeScaling
from llmbook.model import Cache, Config, Model

CONTEXT = 61
BASE = Config(
    vocab_size=53,
    d_model=24,
    n_layers=3,
    n_heads=6,
    n_kv_heads=2,
    head_dim=10,
    d_ff=37,
    context=CONTEXT,
)
# A short original context and a small base: all three ranges of the scaling hold frequencies.
LLAMA3 = RopeScaling(
    "llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_context=16
)
GRID = {
    "base": BASE,
    "untied": replace(BASE, tied=False),
    "one layer, one head": replace(BASE, n_layers=1, n_heads=1, n_kv_heads=1),
    "a key for each query": replace(BASE, n_kv_heads=6),
    "one key for all": replace(BASE, n_kv_heads=1, tied=False, norm_eps=1e-2),
    "many layers": replace(BASE, n_layers=7, d_model=12, head_dim=2, d_ff=50),
    "wide heads": replace(BASE, d_model=30, n_heads=3, n_kv_heads=1, head_dim=16, d_ff=11),
    "small theta": replace(BASE, rope_theta=100.0),
    "large theta": replace(BASE, rope_theta=500_000.0, tied=False),
    "linear": replace(BASE, rope_scaling=RopeScaling("linear", factor=2.5)),
    "llama3": replace(BASE, rope_theta=1000.0, rope_scaling=LLAMA3),
    "llama3 untied": replace(BASE, n_heads=4, rope_theta=50.0, rope_scaling=LLAMA3, tied=False),
}


def ids(n, config=BASE, seed=0):
    return np.random.default_rng(seed).integers(config.vocab_size, size=n)


def reference(config):
    """Transformers' model with random weights, large enough that attention is far from uniform."""
    scaling = config.rope_scaling or RopeScaling()
    rope = {"rope_type": scaling.rope_type, "rope_theta": config.rope_theta}
    if scaling.rope_type != "default":
        rope["factor"] = scaling.factor
    if scaling.rope_type == "llama3":
        rope["low_freq_factor"] = scaling.low_freq_factor
        rope["high_freq_factor"] = scaling.high_freq_factor
        rope["original_max_position_embeddings"] = scaling.original_context
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=config.vocab_size,
            hidden_size=config.d_model,
            num_hidden_layers=config.n_layers,
            num_attention_heads=config.n_heads,
            num_key_value_heads=config.n_kv_heads,
            head_dim=config.head_dim,
            intermediate_size=config.d_ff,
            max_position_embeddings=config.context,
            rope_parameters=rope,
            rms_norm_eps=config.norm_eps,
            tie_word_embeddings=config.tied,
            attn_implementation="eager",
            bos_token_id=None,
            eos_token_id=None,
        )
    ).eval()
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.normal_(std=0.2, generator=generator)
            if "norm" in name:
                parameter.add_(1)
    return model


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Waiting for each other, threads need longer for such small matrices."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module", params=GRID)
def pair(request):
    config = GRID[request.param]
    theirs = reference(config)
    ours = Model(config, {name: p.detach().numpy() for name, p in theirs.named_parameters()})
    return ours, theirs


def test_logits_are_those_of_transformers(pair):
    ours, theirs = pair
    tokens = ids(CONTEXT, ours.config)
    with torch.no_grad():
        expected = theirs(torch.from_numpy(tokens)[None]).logits[0].numpy()
    actual = ours.forward(tokens)
    assert actual.dtype == np.float32
    assert np.abs(expected).max() > 1  # a difference would show
    np.testing.assert_allclose(actual, expected, rtol=0, atol=1e-4)


def test_cached_logits_are_the_uncached_ones(pair):
    ours, _ = pair
    tokens = ids(CONTEXT, ours.config, seed=2)
    whole = ours.forward(tokens)
    for parts in ([1] * CONTEXT, [20, 20, 21], [7, 1, 1, 30, 1, 2, 19]):
        cache = ours.new_cache()
        starts = [0, *accumulate(parts)]
        logits = [
            ours.forward(tokens[a : a + n], cache) for a, n in zip(starts, parts, strict=False)
        ]
        assert cache.length == CONTEXT
        np.testing.assert_allclose(np.concatenate(logits), whole, rtol=0, atol=1e-5)


def test_greedy_continuations_are_those_of_transformers(pair):
    ours, theirs = pair
    prompt = ids(5, ours.config, seed=3).tolist()
    with torch.no_grad():
        expected = theirs.generate(
            torch.tensor([prompt]),
            max_new_tokens=40,
            min_new_tokens=40,
            do_sample=False,
            pad_token_id=0,
        )
    cache, tokens, new = ours.new_cache(), list(prompt), prompt
    for _ in range(40):
        new = [int(ours.forward(new, cache)[-1].argmax())]
        tokens += new
    assert tokens == expected[0].tolist()


def test_parameters_are_counted_by_a_formula(pair):
    ours, theirs = pair
    count = sum(p.numel() for p in theirs.parameters())
    assert ours.config.n_parameters == count == sum(w.size for w in ours.weights.values())


def test_the_future_changes_nothing():
    model = Model.random(BASE, seed=0)
    tokens = ids(30)
    changed = tokens.copy()
    changed[20:] = (changed[20:] + 1) % BASE.vocab_size
    first, second = model.forward(tokens), model.forward(changed)
    np.testing.assert_allclose(first[:20], second[:20], rtol=0, atol=1e-6)
    assert (np.abs(first[20:] - second[20:]).max(axis=-1) > 1e-3).all()


@pytest.mark.parametrize("name", ["linear", "llama3", "llama3 untied"])
def test_the_scaling_matters(name):
    model = Model.random(GRID[name], seed=0)
    arrays = {n: a if a.ndim == 1 else 10 * a for n, a in model.weights.items()}
    unscaled = Model(replace(model.config, rope_scaling=None), arrays).forward(ids(30))
    scaled = Model(model.config, arrays).forward(ids(30))
    assert np.abs(scaled - unscaled).max() > 0.02


def test_a_cache_can_forget():
    model = Model.random(BASE, seed=0)
    cache = model.new_cache()
    model.forward(ids(12), cache)
    cache.length = 7
    actual = model.forward(ids(4, seed=1), cache)
    expected = model.forward(np.concatenate((ids(12)[:7], ids(4, seed=1))))[7:]
    np.testing.assert_allclose(actual, expected, rtol=0, atol=1e-6)


def test_two_caches_do_not_meet():
    model = Model.random(BASE, seed=0)
    caches = model.new_cache(), model.new_cache(capacity=9)
    for start in range(0, 9, 3):
        for cache, seed in zip(caches, (1, 2), strict=True):
            logits = model.forward(ids(9, seed=seed)[start : start + 3], cache)
            whole = model.forward(ids(9, seed=seed))
            np.testing.assert_allclose(logits, whole[start : start + 3], rtol=0, atol=1e-5)


def test_hidden_vectors_give_the_logits():
    model = Model.random(replace(BASE, tied=False), seed=0)
    np.testing.assert_array_equal(model.hidden(ids(5)) @ model.head.T, model.forward(ids(5)))


def test_same_seed_same_model():
    first, second, other = (Model.random(BASE, seed).forward(ids(5)) for seed in (4, 4, 5))
    assert np.array_equal(first, second) and not np.allclose(first, other)


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        ([], "there are no token ids"),
        ([3, -1], "token id -1 is not in the vocabulary: ids go from 0 to 52"),
        ([53], "token id 53 is not in the vocabulary"),
        ([0] * (CONTEXT + 1), "62 tokens do not fit into the context of 61 tokens"),
    ],
)
def test_ids_that_cannot_be_read(tokens, message):
    model = Model.random(BASE, seed=0)
    with pytest.raises(InputError, match=message):
        model.forward(tokens)
    with pytest.raises(ValueError, match=message):
        model.forward(np.array(tokens, dtype=np.int64), model.new_cache())


def test_ids_of_another_kind():
    model = Model.random(BASE, seed=0)
    unchecked = unwrap(Model._checked_ids)  # the tests' own check of types would come first
    for tokens in ([0.5], [True], [[1, 2], [3, 4]], "text"):
        with pytest.raises(InputError, match="one sequence of whole numbers"):
            unchecked(model, tokens, None)


def test_a_full_cache_is_left_as_it_was():
    model = Model.random(BASE, seed=0)
    cache = model.new_cache()
    logits = [model.forward(ids(n, seed=1), cache) for n in (CONTEXT - 1,)]
    with pytest.raises(InputError, match="62 tokens do not fit"):
        model.forward([1, 2], cache)
    assert cache.length == CONTEXT - 1
    assert model.forward([1], cache).shape == logits[0][-1:].shape
    with pytest.raises(InputError, match="5 tokens do not fit into the context of 4 tokens"):
        model.forward(ids(5), model.new_cache(capacity=4))
    with pytest.raises(InputError, match="do not fit into the context of 61"):
        model.forward([1, 2], full_cache(BASE, capacity=99))


def full_cache(config, capacity):
    cache = Cache(config, capacity)
    cache.length = config.context - 1
    return cache


def weights(**changes):
    """Weights of a model, some of them changed: ``None`` takes one away."""
    arrays = dict(Model.random(BASE, seed=0).weights)
    names = {"norm": "model.norm.weight", "query": "model.layers.1.self_attn.q_proj.weight"}
    for name, array in changes.items():
        arrays[names.get(name, name)] = array
    return {name: array for name, array in arrays.items() if array is not None}


NAN = np.full(24, np.nan, dtype=np.float32)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"norm": None}, "weights: model.norm.weight is missing"),
        ({"query": None}, "weights: model.layers.1.self_attn.q_proj.weight is missing"),
        ({"bias": NAN}, "weights: bias has no place in a model of this configuration"),
        ({"lm_head.weight": np.ones((53, 24))}, "weights: lm_head.weight has no place"),
        ({"norm": np.ones(23)}, r"model.norm.weight has the shape \(23,\) instead of \(24,\)"),
        (
            {"query": np.ones((24, 60))},
            r"q_proj.weight has the shape \(24, 60\) instead of \(60, 24\)",
        ),
        ({"norm": NAN}, "weights: model.norm.weight holds numbers that are not finite"),
        (
            {"norm": np.full(24, 1e300)},
            "weights: model.norm.weight holds numbers that are not finite",
        ),
        (
            {"norm": np.ones(24, dtype=int)},
            "model.norm.weight holds int64 instead of floating-point",
        ),
    ],
)
def test_weights_that_do_not_fit(changes, message):
    with pytest.raises(InputError, match=message):
        Model(BASE, weights(**changes))


def test_a_tied_head_may_be_there_twice():
    arrays = weights()
    arrays["lm_head.weight"] = arrays["model.embed_tokens.weight"].copy()
    assert "lm_head.weight" not in Model(BASE, arrays).weights


def test_weights_are_stored_once():
    arrays = weights(norm=np.ones(24, dtype=np.float16))
    model = Model(BASE, arrays)
    assert model.weights["model.norm.weight"].dtype == np.float32
    name = "model.layers.2.mlp.up_proj.weight"
    assert model.blocks[2]["mlp.up_proj"] is model.weights[name]
    assert np.shares_memory(model.weights[name], arrays[name])
    assert model.head is model.embedding


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"d_model": 0}, "d_model has to be a positive whole number, not 0"),
        ({"n_layers": 2.5}, "n_layers has to be a positive whole number, not 2.5"),
        ({"vocab_size": True}, "vocab_size has to be a positive whole number, not True"),
        ({"context": "256"}, "context has to be a positive whole number, not '256'"),
        ({"rope_theta": float("inf")}, "rope_theta has to be a positive number, not inf"),
        ({"norm_eps": None}, "norm_eps has to be a positive number, not None"),
        ({"rope_scaling": {"factor": 8}}, "rope_scaling is not a RopeScaling"),
        ({"tied": 1}, "tied has to be True or False, not 1"),
        ({"n_kv_heads": 4}, "n_kv_heads has to divide n_heads, and 4 does not divide 6"),
        ({"head_dim": 7}, "head_dim has to be even, not 7"),
    ],
)
def test_a_configuration_that_makes_no_sense_is_refused(changes, message):
    config = object.__new__(Config)  # the tests' own check of types would come first
    vars(config).update(vars(BASE) | changes)
    with pytest.raises(InputError, match=message):
        config.__post_init__()
