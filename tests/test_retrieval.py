"""Words are scored as BM25 says, vectors by their angle, and orders are joined by ranks."""

from collections import Counter
from math import exp, log

import numpy as np
import pytest

from llmbook import load
from llmbook.bag_of_words import words
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.inside import trace
from llmbook.layers import softmax
from llmbook.retrieval import Vectors, Words, fuse, likelihood, order, vector

TEXTS = [
    "Anna had a red kite.",
    "The kite, the kite! Ben saw the kite at the mill, and Anna did not.",
    "It rained.",
    "An owl sat on the mill. The owl slept, and the mill stood still all day long.",
    "Anna went to the mill.",
]


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    """The base model."""
    return load("valley-base")


def bm25(texts: list[str], question: str, k1: float, b: float) -> list[float]:
    """Return the scores as the formula is written, word by word and text by text."""
    counts = [Counter(words(text)) for text in texts]
    average = sum(sum(count.values()) for count in counts) / len(texts)
    scores = []
    for count in counts:
        score = 0.0
        for word in words(question):
            n = sum(word in other for other in counts)
            tf, length = count[word], sum(count.values())
            idf = log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            score += idf * tf / (tf + k1 * (1 - b + b * length / average))
        scores.append(score)
    return scores


@pytest.mark.parametrize(("k1", "b"), [(1.2, 0.75), (2.0, 0.0), (1.5, 1.0)])
def test_the_index_scores_as_the_formula_does(k1: float, b: float) -> None:
    for question in ("Where is the kite?", "Who saw the owl at the mill?", "kite kite", "x y z"):
        found = Words(TEXTS, k1, b).scores(question)
        assert found.tolist() == pytest.approx(bm25(TEXTS, question, k1, b))


def test_without_k1_a_word_counts_once() -> None:
    scores = Words(TEXTS, k1=0).scores("kite")
    assert scores[0] == scores[1] == pytest.approx(log(1 + 3.5 / 2.5))


def test_one_score_computed_by_hand() -> None:
    # "kite" is in 2 of 5 texts; the lengths are 5, 15, 2, 17 and 5 words, 8.8 on average.
    expected = log(1 + 3.5 / 2.5) * 3 / (3 + 1.2 * (0.25 + 0.75 * 15 / 8.8))
    assert Words(TEXTS).scores("kite")[1] == pytest.approx(expected)


def test_rarer_shorter_and_more_is_better() -> None:
    found = Words(["a kite", "a kite " + "b " * 9, "a kite kite", "a", "a"])
    short, long, twice, *_ = found.scores("kite")
    assert twice > short > long > 0
    assert found.scores("kite")[0] > found.scores("a")[0] > 0  # even what each text has


def test_what_is_in_no_text_and_an_empty_question_have_no_score() -> None:
    found = Words(TEXTS)
    assert not found.scores("zebra").any() and not found.scores("").any()
    assert not found.scores("zebra").any()  # asking for a word does not put it into the index
    assert "zebra" not in found.index


def test_texts_without_words_are_found_never() -> None:
    assert Words(["", "..."]).scores("kite").tolist() == [0, 0]


@pytest.mark.parametrize("blocks", [0, 2])
def test_a_text_is_nearest_to_itself(lm: LanguageModel, blocks: int) -> None:
    found = Vectors(lm, TEXTS, blocks)
    for place, text in enumerate(TEXTS):
        scores = found.scores(text)
        assert scores.argmax() == place and scores[place] == pytest.approx(1, abs=1e-5)
        assert scores.min() >= -1


def test_a_vector_is_a_mean_of_the_residual_stream(lm: LanguageModel) -> None:
    ids = lm.tokenizer.encode(TEXTS[1])
    stream = trace(lm.model, ids).stream
    for blocks in (0, 3, lm.config.n_layers):
        assert np.allclose(vector(lm, TEXTS[1], blocks), stream[blocks].mean(axis=0), atol=1e-4)


def test_words_in_another_order_have_the_same_vector_before_the_first_block(
    lm: LanguageModel,
) -> None:
    one, two = " the owl saw Ben", " Ben saw the owl"
    assert np.allclose(vector(lm, one), vector(lm, two), atol=1e-6)
    assert not np.allclose(vector(lm, one, 1), vector(lm, two, 1), atol=1e-2)


def test_a_long_text_is_cut(lm: LanguageModel) -> None:
    long = " The owl slept." * 200
    ids = lm.tokenizer.encode(long)[: lm.config.context]
    assert np.allclose(vector(lm, long), lm.model.embedding[ids].mean(axis=0), atol=1e-5)


def test_no_vector_of_nothing_or_behind_blocks_that_are_not_there(lm: LanguageModel) -> None:
    for text, blocks in (("", 0), ("owl", -1), ("owl", lm.config.n_layers + 1)):
        with pytest.raises(InputError):
            vector(lm, text, blocks)


def test_a_likelihood_is_the_product_of_the_chances_of_the_tokens(lm: LanguageModel) -> None:
    ids = [*lm.stop_ids, *lm.tokenizer.encode(f"{TEXTS[3]}\n\nQuestion:")]
    product = 1.0
    for token in lm.tokenizer.encode(" Where is the owl?"):
        product *= float(softmax(lm.logits(ids)[-1])[token])
        ids.append(token)
    assert exp(likelihood(lm, TEXTS[3], "Where is the owl?")) == pytest.approx(product, rel=1e-3)


def test_a_question_is_likelier_after_its_own_story(lm: LanguageModel) -> None:
    right = likelihood(lm, "Ida had a blue drum. She went to the mill.", "Where is the blue drum?")
    wrong = likelihood(lm, "Otto had a red kite. He went to the mill.", "Where is the blue drum?")
    assert right > wrong + 2


def test_orders_are_stable_and_joined_by_ranks() -> None:
    assert order(np.array([0.5, 2.0, 0.5, 3.0])).tolist() == [3, 1, 0, 2]
    one, two = np.array([2, 0, 1, 3]), np.array([0, 3, 2, 1])
    sums = {p: 1 / (61 + [*one].index(p)) + 1 / (61 + [*two].index(p)) for p in range(4)}
    assert fuse([one, two]).tolist() == sorted(sums, key=lambda p: -sums[p])
    assert fuse([one]).tolist() == one.tolist()


def test_with_a_small_k_the_first_ranks_decide() -> None:
    orders = [np.array([0, 1, 2, 3]), np.array([2, 1, 3, 0]), np.array([3, 1, 0, 2])]
    assert fuse(orders, k=60)[0] == 1  # second everywhere
    assert fuse(orders, k=0)[0] == 0  # first once, and never quite last


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Words([]),
        lambda: Words(TEXTS, k1=-1),
        lambda: Words(TEXTS, b=1.5),
        lambda: Words(TEXTS, k1=float("nan")),
        lambda: fuse([]),
        lambda: fuse([np.array([0, 1]), np.array([0, 2])]),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: object) -> None:
    with pytest.raises(InputError):
        wrong()  # type: ignore[operator]
