import itertools

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from transformers import generation

from llmbook.errors import InputError
from llmbook.model import Config, Model
from llmbook.sampling import (
    choose,
    draw,
    generate,
    greedy,
    keep_min_p,
    keep_top_k,
    keep_top_p,
    penalize_repetition,
    probabilities,
    with_temperature,
)

CONFIG = Config(
    vocab_size=19, d_model=12, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6, d_ff=14, context=24
)


@pytest.fixture(scope="module")
def model():
    return Model.random(CONFIG, seed=0)


def some_logits(seed, size=101, scale=3.0):
    return np.random.default_rng(seed).normal(scale=scale, size=size).astype(np.float32)


def with_ties(seed, size=101):
    """Multiples of a quarter: many tokens are equally likely, also where a filter cuts."""
    return (np.random.default_rng(seed).integers(-12, 12, size) / 4).astype(np.float32)


def reference(processor, logits, ids=(0,)):
    scores = processor(torch.tensor([list(ids)]), torch.from_numpy(logits.copy())[None])
    return scores[0].numpy()


# --- The filters are those of Transformers, to the last bit --------------------------------------


@pytest.mark.parametrize("make", [some_logits, with_ties])
@pytest.mark.parametrize("seed", range(8))
def test_filters_equal_transformers(make, seed):
    logits = make(seed)
    pairs = [
        (with_temperature, generation.TemperatureLogitsWarper, [0.1, 0.7, 1.0, 2.5]),
        (keep_top_k, generation.TopKLogitsWarper, [1, 2, 7, 100, 101, 500]),
        (keep_top_p, generation.TopPLogitsWarper, [0.0, 0.05, 0.3, 0.5, 0.9, 0.99, 1.0]),
        (keep_min_p, generation.MinPLogitsWarper, [0.0, 0.01, 0.1, 0.5, 1.0]),
    ]
    for ours, theirs, values in pairs:
        for value in values:
            result, expected = ours(logits, value), reference(theirs(value), logits)
            assert result.dtype == np.float32
            if ours is keep_top_p:  # which of several equal tokens is left to PyTorch's sorting
                result, expected = np.sort(result), np.sort(expected)
            np.testing.assert_array_equal(result, expected, str(value))


@pytest.mark.parametrize("penalty", [0.5, 1.0, 1.3, 2.0])
@pytest.mark.parametrize("ids", [[0], [5, 5, 7, 100, 0], list(range(101))])
def test_repetition_penalty_equals_transformers(penalty, ids):
    logits = some_logits(seed=1)
    processor = generation.RepetitionPenaltyLogitsProcessor(penalty)
    ours = penalize_repetition(logits, ids, penalty)
    np.testing.assert_array_equal(ours, reference(processor, logits, ids))


@pytest.mark.parametrize("seed", range(5))
def test_filters_in_a_row_equal_transformers(seed):
    logits = some_logits(seed)
    theirs = logits
    for processor in (
        generation.TemperatureLogitsWarper(0.8),
        generation.TopKLogitsWarper(40),
        generation.TopPLogitsWarper(0.9),
        generation.MinPLogitsWarper(0.05),
    ):
        theirs = reference(processor, theirs)
    ours = keep_min_p(keep_top_p(keep_top_k(with_temperature(logits, 0.8), 40), 0.9), 0.05)
    np.testing.assert_array_equal(ours, theirs)


def test_probabilities_equal_pytorch():
    logits = some_logits(seed=2)
    expected = torch.from_numpy(logits).softmax(-1).numpy()
    np.testing.assert_allclose(probabilities(logits), expected, rtol=1e-6)


# --- What holds for any logits -------------------------------------------------------------------

quarters = arrays(
    np.float32,
    st.integers(1, 40),
    elements=st.integers(-40, 40).map(lambda n: n / 4),
)
filters = st.one_of(
    st.floats(0, 10).map(lambda value: (with_temperature, value)),
    st.integers(1, 50).map(lambda value: (keep_top_k, value)),
    st.floats(0, 1).map(lambda value: (keep_top_p, value)),
    st.floats(0, 1).map(lambda value: (keep_min_p, value)),
)


@given(quarters, filters)
def test_the_likeliest_token_is_always_kept(logits, chosen):
    function, value = chosen
    before = logits.copy()
    kept = function(logits, value)
    np.testing.assert_array_equal(logits, before)  # filters are pure
    assert np.isfinite(kept[greedy(logits)])
    assert kept.shape == logits.shape
    assert kept.dtype == np.float32


@given(quarters, filters, st.integers(-100, 100))
def test_what_is_kept_does_not_depend_on_a_shift(logits, chosen, shift):
    function, value = chosen
    np.testing.assert_array_equal(
        np.isfinite(function(logits, value)),
        np.isfinite(function(logits + np.float32(shift), value)),
    )


@given(quarters, st.integers(1, 50))
def test_top_k_keeps_k_or_ties(logits, k):
    kept = np.isfinite(keep_top_k(logits, k))
    assert kept.sum() >= min(k, len(logits))
    assert logits[kept].min() > logits[~kept].max(initial=-np.inf)
    assert (logits > logits[kept].min()).sum() < k


@given(quarters, st.floats(0.01, 0.99))
def test_top_p_keeps_no_token_too_many(logits, p):
    likely = probabilities(logits.astype(np.float64))
    kept = np.isfinite(keep_top_p(logits, p))
    assert likely[kept].sum() >= p - 1e-5
    assert likely[kept].sum() - likely[kept].min() <= p + 1e-5


@given(quarters, st.integers(0, 2**32), st.floats(0, 1))
def test_only_kept_tokens_are_drawn(logits, seed, p):
    kept = keep_top_p(logits, p)
    assert np.isfinite(kept[draw(kept, np.random.default_rng(seed))])


# --- Chance --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    "settings",
    [{}, {"temperature": 0.6}, {"top_k": 5}, {"top_p": 0.8}, {"min_p": 0.2, "temperature": 1.5}],
    ids=str,
)
def test_tokens_come_as_often_as_they_should(seed, settings):
    logits = some_logits(seed=7, size=9, scale=1.0)
    expected = logits
    if "temperature" in settings:
        expected = with_temperature(expected, settings["temperature"])
    for name, function in (("top_k", keep_top_k), ("top_p", keep_top_p), ("min_p", keep_min_p)):
        if name in settings:
            expected = function(expected, settings[name])
    generator = np.random.default_rng(seed)
    n = 1000
    counts = np.bincount([choose(logits, (), generator, **settings) for _ in range(n)], minlength=9)
    likely = probabilities(expected) * n
    assert counts[likely == 0].sum() == 0
    kept = likely > 0
    chi_square = ((counts[kept] - likely[kept]) ** 2 / likely[kept]).sum()
    assert chi_square < 26.1  # one in a thousand exceeds it, with eight degrees of freedom


def test_a_random_number_at_either_end_draws_a_kept_token():
    class Extreme:
        def __init__(self, number):
            self.number = number

        def random(self):
            return self.number

    logits = np.array([-np.inf, 0.1, 0.2, 0.3, -np.inf], dtype=np.float32)
    draw_from = getattr(draw, "__wrapped__", draw)  # without the check of types
    assert draw_from(logits, Extreme(0.0)) == 1
    assert draw_from(logits, Extreme(np.nextafter(1.0, 0.0))) == 3


@pytest.mark.parametrize("temperature", [0.0, 1e-7, 1e-300])
def test_temperature_zero_is_greedy(temperature):
    logits = np.array([1.0, 3.0, 3.0, 2.0], dtype=np.float32)
    for seed in range(20):
        generator = np.random.default_rng(seed)
        assert choose(logits, (), generator, temperature=temperature) == 1 == greedy(logits)


# --- The loop ------------------------------------------------------------------------------------


def test_same_seed_same_text(model):
    def run(seed):
        return list(generate(model, [1, 2, 3], max_tokens=12, seed=seed))

    assert run(5) == run(5)
    assert len({tuple(run(seed)) for seed in range(8)}) > 1


def test_greedy_is_the_likeliest_token_without_a_cache(model):
    text = [3, 1, 4]
    for token in generate(model, text, max_tokens=10, temperature=0.0):
        assert token == greedy(model.forward(text)[-1])
        text.append(token)


def test_the_penalty_counts_prompt_and_answer(model):
    text = [3, 1, 4]
    settings = {"temperature": 0.0, "repetition_penalty": 2.0}
    for token in generate(model, text, max_tokens=10, **settings):
        assert token == greedy(penalize_repetition(model.forward(text)[-1], text, 2.0))
        text.append(token)


def test_the_stream_is_lazy():
    class Counting(Model):
        read = 0

        def hidden(self, ids, cache=None):
            self.read += len(ids)
            return super().hidden(ids, cache)

    model = Counting.random(CONFIG, seed=0)
    stream = generate(model, [1, 2, 3], max_tokens=10)
    assert model.read == 0
    list(itertools.islice(stream, 4))
    assert model.read == 3 + 3  # the prompt, and every token but the last: each once


def test_a_stop_token_ends_the_text_and_is_not_in_it(model):
    tokens = list(generate(model, [1], max_tokens=20, seed=3))
    stop = tokens[4]
    first = tokens.index(stop)
    assert list(generate(model, [1], max_tokens=20, seed=3, stop_ids=[stop])) == tokens[:first]


def test_the_text_ends_where_the_context_is_full(model):
    prompt = [1] * 20
    tokens = list(generate(model, prompt, max_tokens=100))
    assert len(prompt) + len(tokens) == CONFIG.context + 1
    assert len(list(generate(model, [1] * CONFIG.context, max_tokens=100))) == 1


def test_no_tokens_are_no_text(model):
    assert list(generate(model, [1], max_tokens=0)) == []


# --- Bad input: one clear line, at the call ------------------------------------------------------

NAN = float("nan")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("temperature", -0.1),
        ("temperature", NAN),
        ("temperature", float("inf")),
        ("top_k", 0),
        ("top_k", -3),
        ("top_p", -0.1),
        ("top_p", 1.1),
        ("top_p", NAN),
        ("min_p", -0.1),
        ("min_p", 1.1),
        ("min_p", NAN),
        ("repetition_penalty", 0.0),
        ("repetition_penalty", -1.0),
        ("repetition_penalty", NAN),
        ("repetition_penalty", float("inf")),
        ("max_tokens", -1),
        ("seed", -1),
    ],
)
def test_a_wrong_setting_is_named(model, name, value):
    with pytest.raises(InputError, match=rf"^{name} must be .*, not {value}$"):
        generate(model, [1], **({"max_tokens": 5} | {name: value}))


def test_a_prompt_that_is_empty_or_too_long_is_refused(model):
    with pytest.raises(InputError, match=r"^the prompt is empty"):
        generate(model, [], max_tokens=5)
    with pytest.raises(InputError, match=r"^the prompt has 25 tokens, and .* context is 24$"):
        generate(model, [1] * 25, max_tokens=5)


@pytest.mark.parametrize("bad", [NAN, float("inf")])
def test_logits_that_are_no_numbers_are_refused(bad):
    logits = np.array([1.0, bad], dtype=np.float32)
    with pytest.raises(InputError, match="weights are damaged"):
        choose(logits, (), np.random.default_rng(0))
