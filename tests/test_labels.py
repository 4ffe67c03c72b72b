"""Labels are compared by their probabilities, and a model's sureness with its success."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest

from llmbook import load
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.instruct import TEMPLATE, encode
from llmbook.labels import Bin, calibration_error, compare, log_probability, reliability
from llmbook.layers import softmax

PROMPT = "Where is the kite?"
MESSAGES = [{"role": "user", "content": PROMPT}]


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    """The base model; its tokenizer has the tokens of a conversation already."""
    return load("valley-base")


@pytest.fixture(scope="module")
def chat(lm: LanguageModel) -> LanguageModel:
    """The same with a chat template, as if it had been instructed."""
    return replace(lm, chat_template=TEMPLATE)


def test_it_is_the_product_of_the_chances_of_the_tokens_and_of_the_end(lm: LanguageModel) -> None:
    ids = lm.tokenizer.encode(PROMPT)
    product = 1.0
    for token in (*lm.tokenizer.encode(" at the mill"), lm.stop_ids[0]):
        product *= float(softmax(lm.logits(ids)[-1])[token])
        ids.append(token)
    assert exp(log_probability(lm, PROMPT, " at the mill")) == pytest.approx(product, rel=1e-3)


def test_a_reply_has_the_tokens_that_are_trained(chat: LanguageModel) -> None:
    messages = [*MESSAGES, {"role": "assistant", "content": "at the mill"}]
    ids, learned = encode(chat.tokenizer, messages)
    logits = chat.logits(ids)
    wanted = sum(
        float(np.log(softmax(logits[i - 1])[ids[i]])) for i in range(len(ids)) if learned[i]
    )
    assert log_probability(chat, MESSAGES, "at the mill") == pytest.approx(wanted, abs=1e-3)


def test_the_chances_of_all_continuations_of_one_token_add_up(lm: LanguageModel) -> None:
    alone = replace(lm, stop_ids=())
    words = [lm.tokenizer.decode([token]) for token in range(lm.tokenizer.vocab_size)]
    single = [word for word in words if len(lm.tokenizer.encode(word)) == 1]
    total = sum(exp(log_probability(alone, "The kite is", word)) for word in single[::40])
    chances = softmax(lm.logits(lm.tokenizer.encode("The kite is"))[-1])
    ids = [lm.tokenizer.encode(word)[0] for word in single[::40]]
    assert total == pytest.approx(float(chances[ids].sum()), rel=1e-3)


def test_labels_share_all(chat: LanguageModel) -> None:
    shares = compare(chat, MESSAGES, ["at the mill", "not said", "yes"])
    assert list(shares) == ["at the mill", "not said", "yes"]
    assert sum(shares.values()) == pytest.approx(1)
    logs = [log_probability(chat, MESSAGES, label) for label in shares]
    ratio = shares["yes"] / shares["not said"]
    assert ratio == pytest.approx(exp(logs[2] - logs[1]))


def test_very_improbable_labels_are_compared_too(chat: LanguageModel) -> None:
    long = ["zx qj " * 20, "zx qj " * 19]
    assert log_probability(chat, MESSAGES, long[0]) < -400
    assert sum(compare(chat, MESSAGES, long).values()) == pytest.approx(1)


def test_what_cannot_be_compared_is_refused(chat: LanguageModel) -> None:
    with pytest.raises(InputError, match="nothing to choose from"):
        compare(chat, MESSAGES, [])
    with pytest.raises(InputError, match="at least one token"):
        log_probability(chat, PROMPT, "")
    with pytest.raises(InputError, match="context"):
        log_probability(chat, MESSAGES, "word " * 300)


def test_a_model_that_is_right_as_often_as_it_is_sure_has_no_error() -> None:
    sure = [0.75] * 4 + [0.95] * 20
    right = [True, True, True, False] + [True] * 19 + [False]
    bins = reliability(sure, right, edges=[0.8, 0.9])
    assert [group.n for group in bins] == [4, 20]
    assert calibration_error(bins) == pytest.approx(0)


def test_the_error_counts_answers_and_not_bins() -> None:
    assert calibration_error([Bin(1.0, 0.5, 1), Bin(0.9, 0.9, 9)]) == pytest.approx(0.05)


def test_an_edge_begins_a_bin() -> None:
    bins = reliability([0.5, 0.4], [True, True], edges=[0.5])
    assert [group.sure for group in bins] == [0.4, 0.5]
