from functools import cache

import numpy as np
import pytest

from llmbook.engines import ENGINES, llama_cpp_engine, log_softmax
from llmbook.hub import find_folder, load

NEEDS = {
    "NumPy": "numpy",
    "PyTorch": "torch",
    "Transformers": "transformers",
    "Keras": "keras",
    "llama.cpp": "xllamacpp",
}
PROMPTS = [
    "Once upon a time",
    "The dog went to the mill, and",
    "Il pleut et",
    "def count(",
    "Mary: Where are you going?",
]
TOLERANCE = 1e-4  # of a log-probability
N = 30


@cache
def reference():
    """Return what NumPy makes of each prompt: the tokens, the continuation, the probabilities."""
    folder = find_folder("valley-base")
    tokenizer = load(folder).tokenizer
    rows = []
    with ENGINES["NumPy"](folder) as engine:
        for prompt in PROMPTS:
            ids = tokenizer.encode(prompt)
            new = engine.greedy(ids, N)
            texts = [ids[:1], ids, [*ids, *new[: len(new) // 2]], [*ids, *new]]
            rows.append((ids, new, [(text, engine.log_probabilities(text)) for text in texts]))
    return rows


def test_every_engine_is_examined():
    assert ENGINES.keys() == NEEDS.keys()


def test_the_prompts_are_continued_in_several_ways():
    assert len({tuple(new) for _, new, _ in reference()}) == len(PROMPTS)
    assert min(len(new) for _, new, _ in reference()) > 3


@pytest.mark.parametrize("name", ENGINES)
def test_one_weight_many_engines(name):
    pytest.importorskip(NEEDS[name], reason=f"{name} is not installed")
    with ENGINES[name](find_folder("valley-base")) as engine:
        for ids, new, points in reference():
            assert engine.greedy(ids, N) == new
            for text, expected in points:
                found = engine.log_probabilities(text)
                assert np.exp(found).sum() == pytest.approx(1, abs=1e-5)
                np.testing.assert_allclose(found, expected, atol=TOLERANCE, rtol=0)


def test_sixteen_bit_memory_of_llama_cpp_is_seen():
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed")
    with llama_cpp_engine(find_folder("valley-base"), exact=False) as engine:
        text, expected = reference()[0][2][1]
        off = np.abs(engine.log_probabilities(text) - expected).max()
    assert TOLERANCE < off < 0.05


def test_log_softmax_leaves_its_argument_alone():
    logits = np.array([1.0, 2.0, 4.0])
    assert np.exp(log_softmax(logits)).sum() == pytest.approx(1)
    assert logits.tolist() == [1.0, 2.0, 4.0]
