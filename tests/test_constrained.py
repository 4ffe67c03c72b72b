"""Nothing but an allowed text is ever said, and among those the model has its choice."""

from dataclasses import replace
from itertools import product

import pytest

from llmbook import load
from llmbook.constrained import say_one_of
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.instruct import END, TEMPLATE


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    """The base model."""
    return load("valley-base")


PROMPT = "English: The cat sleeps.\nFrench:"


def test_the_likeliest_text_is_said_if_it_is_allowed(lm: LanguageModel) -> None:
    said = lm.generate(PROMPT, max_tokens=20, temperature=0.0, stop="\n")
    assert say_one_of(lm, PROMPT, [said, " Un drum.", " 17"]) == said


@pytest.mark.parametrize(
    "allowed",
    [
        [" xyzzy"],
        ["[]", "{}", '{"a": 1}'],
        [" Grüße", " été 🦉"],  # characters of several tokens
        [" a", " ab", " abc"],  # each the beginning of the next
    ],
)
def test_only_what_is_allowed_is_said(lm: LanguageModel, allowed: list[str]) -> None:
    assert say_one_of(lm, PROMPT, allowed) in allowed


def test_a_shorter_text_can_be_said_where_a_longer_one_begins_so(lm: LanguageModel) -> None:
    text = "The kite is at the mill.\n\nQuestion: Where is the kite?\nAnswer:"
    likely = lm.generate(text, max_tokens=5, temperature=0.0, stop="\n")
    longer = f"{likely} qqq"
    assert (
        say_one_of(replace(lm, stop_ids=tuple(lm.tokenizer.encode("\n"))), text, [longer, likely])
        == likely
    )
    assert say_one_of(replace(lm, stop_ids=(7,)), text, [longer]) == longer


def test_the_choice_is_greedy_token_by_token(lm: LanguageModel) -> None:
    allowed = [f" {a} {b}" for a, b in product(("Le", "La", "Un", "Une"), ("chat", "chien"))]
    said = say_one_of(lm, PROMPT, allowed)
    # The first token is the best of those that begin an allowed text, in whatever pieces.
    starts = {text[:n] for text in allowed for n in range(1, len(text) + 1)}
    logits = lm.logits(lm.encode(PROMPT))[-1]
    order = sorted(range(lm.tokenizer.vocab_size), key=lambda token: -logits[token])
    best = next(piece for token in order if (piece := lm.tokenizer.decode([token])) in starts)
    assert said.startswith(best)


def test_a_reply_has_no_space_in_front(lm: LanguageModel) -> None:
    chat = replace(lm, chat_template=TEMPLATE, names={"bos_token": END})
    messages = [{"role": "user", "content": "Positive or negative?\nI loved it."}]
    assert say_one_of(chat, messages, ["positive", "negative"]) in ("positive", "negative")


def test_nothing_to_say_is_refused(lm: LanguageModel) -> None:
    for allowed in ([], [""], ["a", ""]):
        with pytest.raises(InputError):
            say_one_of(lm, PROMPT, allowed)
