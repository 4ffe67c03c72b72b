"""Errands are asked for and done in the same words, and their tools refuse nonsense."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from llmbook import load
from llmbook.agent import run
from llmbook.chat import Message
from llmbook.errands import Errand, errand, in_the_head, tools, voice, with_tools
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.instruct import END, TEMPLATE, encode
from llmbook.world.draw import Draw


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    """The base model, which has read no conversation."""
    return load("valley-base")


def line(lines: Sequence[str], messages: Sequence[Message]) -> str:
    """Return the line that an assistant who knows its lines says next."""
    return lines[len(messages) // 2]


def test_who_says_the_lesson_does_the_errand() -> None:
    for number in range(50):
        asked = errand(Draw("test", number), people=1 + number % 5)
        lesson = with_tools(asked)
        lines = [m["content"] for m in lesson if m["role"] == "assistant"]
        done = run(partial(line, lines), tools(asked.table), asked.question)
        assert done.messages == lesson and done.answer == asked.answer
        assert len(done.calls) == (1 if len(asked.table) == 1 else len(asked.table) + 1)


def test_the_question_names_everybody_and_no_number() -> None:
    asked = Errand("figs", {"Ida": 20, "Ben": 3, "Olga": 4})
    assert asked.question == "How many figs do Ida, Ben and Olga have together?"
    assert asked.answer == "27" and Errand("figs", {"Ida": 5}).answer == "5"


def test_in_the_head_all_numbers_are_told() -> None:
    told, answer = in_the_head(Errand("figs", {"Ida": 20, "Ben": 3}))
    assert told["content"].split("\n")[:2] == ["Ida: 20", "Ben: 3"] and answer["content"] == "23"


def test_the_same_draw_is_the_same_errand() -> None:
    assert errand(Draw("x", 1), 3) == errand(Draw("x", 1), 3) != errand(Draw("x", 2), 3)


@pytest.mark.parametrize(
    ("tool", "argument"),
    [("look", "Otto"), ("add", ""), ("add", "1, x"), ("add", "1,2"), ("add", "-1")],
)
def test_tools_refuse_what_makes_no_sense(tool: str, argument: str) -> None:
    with pytest.raises(InputError):
        tools({"Ida": 1})[tool](argument)


def test_names_and_numbers_are_the_same_tokens_wherever_they_stand(lm: LanguageModel) -> None:
    # Or the model would have to learn to spell what it should copy.
    ids, _ = encode(lm.tokenizer, with_tools(Errand("figs", {"Paula": 37, "Ida": 5})))
    for text in (" Ida", " 37"):
        piece = lm.tokenizer.encode(text)
        places = [i for i in range(len(ids)) if ids[i : i + len(piece)] == piece]
        assert len(places) >= 2


def test_a_voice_says_what_is_likeliest(lm: LanguageModel) -> None:
    chat = replace(lm, chat_template=TEMPLATE, names={"bos_token": END})
    messages = with_tools(Errand("figs", {"Ida": 5}))[:1]
    assert voice(chat)(messages) == chat.chat(messages, max_tokens=40, temperature=0.0, seed=3)
