"""Conversations: the same from the same seed, right in their answers, and as the template says."""

import json
import re
from dataclasses import asdict, replace
from hashlib import sha256

import pytest
from transformers import PreTrainedTokenizerFast

from llmbook.applications import APPLICATIONS
from llmbook.chat import encode_chat, render
from llmbook.errors import InputError
from llmbook.instruct import (
    ASSISTANT,
    END,
    TEMPLATE,
    USER,
    answer,
    ask,
    conversation,
    encode,
    spaced,
)
from llmbook.instruct_words import ASK
from llmbook.tasks import Example
from llmbook.tokenizer import Tokenizer
from llmbook.world import tell

NAMES = {"bos_token": END, "eos_token": END}


def some(task, n=12, seed=3, split="train"):
    found = (conversation(task, seed, i, split) for i in range(10 * n))
    return [talk for talk, _ in zip((t for t in found if t), range(n), strict=False)]


@pytest.fixture(scope="module", params=APPLICATIONS)
def task(request):
    return request.param


@pytest.fixture(scope="module")
def talks(task):
    return some(task)


@pytest.fixture(scope="module")
def tokenizer():
    texts = [
        m["content"] for task in ("code", "dialogue") for t in some(task, 6) for m in t.messages
    ]
    return Tokenizer.train(texts, 420, [END, USER, ASSISTANT])


@pytest.fixture(scope="module")
def theirs(tokenizer, tmp_path_factory):
    """The tokenizer in Transformers."""
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(path)
    loaded = PreTrainedTokenizerFast(tokenizer_file=str(path), bos_token=END, eos_token=END)
    loaded.chat_template = TEMPLATE
    return loaded


# --- What is said ---------------------------------------------------------------------------------


def test_the_turns_alternate_and_the_assistant_has_the_last_word(talks):
    for talk in talks:
        roles = [message["role"] for message in talk.messages]
        assert roles == ["user", "assistant"] * (len(roles) // 2) and roles
        assert all(message["content"].strip() for message in talk.messages)


def test_same_seed_same_conversations_and_other_seeds_others(task, talks):
    assert some(task) == talks
    assert not {str(talk) for talk in some(task, seed=4)} & set(map(str, talks))
    assert not {str(talk) for talk in some(task, split="samples")} & set(map(str, talks))


def test_conversations_are_the_same_everywhere():
    """Whoever changes a word of them trains another model: then this number changes too."""
    talks = [conversation(task, 0, i) for task in APPLICATIONS for i in range(6)]
    text = json.dumps([talk and asdict(talk) for talk in talks], ensure_ascii=False)
    assert sha256(text.encode()).hexdigest()[:16] == "bae8525edec163ec"


def test_what_is_asked_for_is_asked_in_several_ways(task):
    starts = {t.messages[0]["content"].split("\n")[0][:14] for t in some(task, 40)}
    assert len(starts) >= 4
    for name, phrases in ASK.items():
        assert len(set(phrases)) == len(phrases) >= 4, name


def test_each_way_gives_what_is_to_be_worked_on():
    for name, phrases in ASK.items():
        parts = {"questions": {"story", "question"}, "dialogue": {"me", "you"}}.get(name, {"text"})
        assert all(set(re.findall(r"\{(\w+)\}", phrase)) == parts for phrase in phrases)


def test_the_answer_is_right_and_is_not_given_away(task, talks):
    kind = APPLICATIONS[task]
    for i in range(12):
        example = kind.example(tell(kind.narrator, 3, i, "samples"), i)
        if example is None:
            continue
        said = answer(task, example)
        assert kind.grade(example, spaced(example, said))["right"]
        if task not in ("sentiment", "questions", "dialogue"):
            assert said not in ask(task, example)[0]["content"]


def test_a_seed_decides_the_words():
    example = Example("", " Un chat.", "", "", {"english": "A cat."})
    asked = [ask("translation", example, seed)[0]["content"] for seed in (*range(20), 0)]
    assert asked[0] == asked[-1]
    assert len(set(asked)) > 4
    assert all("A cat." in text for text in asked)


def test_a_question_is_asked_behind_its_story():
    document = tell("questions", 5, 0)
    example = APPLICATIONS["questions"].example(document, 0)
    [message] = ask("questions", example)
    assert document.truth["story"]["text"] in message["content"]
    assert example.facts["question"] in message["content"]
    assert "Answer:" not in message["content"]


def test_a_story_is_asked_about_more_than_once():
    talks = some("questions", 20)
    assert sum(len(talk.messages) // 2 for talk in talks) > 4 * len(talks)
    for talk in talks:
        asked = [m["content"] for m in talk.messages[2::2]]
        assert len(set(asked)) == len(asked)


TURNS = "Tom: How much are the figs?\nIda: Two coins each.\nTom: Six figs, please.\n"


def test_a_dialogue_is_played_up_to_the_reply_that_has_begun():
    example = Example(f"{TURNS}Ida: That makes", " twelve coins.", "", "", {"value": "twelve"})
    start, *rest = ask("dialogue", example)
    assert start["role"] == "user" and start["content"].endswith("\nHow much are the figs?")
    assert "Ida" in start["content"] and "Tom" in start["content"]
    assert [message["role"] for message in rest] == ["assistant", "user", "assistant"]
    assert rest[-1]["content"] == "That makes"
    _, *opened = ask("dialogue", replace(example, prompt=f"{TURNS}Ida:"))
    assert opened == rest[:-1]  # the assistant is to speak, and has not begun


def test_an_assistant_who_opens_a_dialogue_is_told_to_begin():
    start, said, *_ = ask("dialogue", Example(f"{TURNS}Ida: Yes.\nTom:", "", "", "", {}))
    assert start["content"].endswith("\nYou begin.")
    assert said == {"role": "assistant", "content": "How much are the figs?"}


def test_a_whole_function_is_wanted():
    facts = {"signature": "def f(x):"}
    example = Example('def f(x):\n    """Double x."""\n', "    return x + x", "", "", facts)
    assert answer("code", example) == "def f(x):\n    return x + x"
    assert answer("completion", example) == "    return x + x"
    assert spaced(example, "    return x + x") == "    return x + x"
    assert spaced(example, " def f(x):") == "def f(x):"
    assert spaced(replace(example, answer=" no"), "yes") == " yes"


@pytest.mark.parametrize(
    ("kind", "word", "asked"),
    [("theme", "owl", "an owl"), ("theme", "Anna", "Anna"), ("theme", "frogs", "frogs"),
     ("theme", "rain", "the rain"), ("rhyme", "rain", '"rain"')],
)  # fmt: skip
def test_a_theme_has_its_article(kind, word, asked):
    example = Example("", "", "", "", {"kind": kind, "word": word})
    assert re.search(rf"(?<!\w){asked}(?!\w)", ask("couplets", example)[0]["content"])


# --- Tokens ---------------------------------------------------------------------------------------


def test_template_and_tokens_equal_transformers(talks, tokenizer, theirs):
    for talk in talks[:6]:
        messages = list(talk.messages)
        ids, learned = encode(tokenizer, messages)
        whole = theirs.apply_chat_template(
            messages, return_assistant_tokens_mask=True, return_dict=True
        )
        assert whole["input_ids"] == ids
        assert whole["assistant_masks"] == [int(mark) for mark in learned]
        prompt = theirs.apply_chat_template(messages[:-1], add_generation_prompt=True)["input_ids"]
        assert (
            encode_chat(tokenizer, TEMPLATE, messages[:-1], NAMES) == prompt == ids[: len(prompt)]
        )
        begun = [*messages[:-1], {"role": "assistant", "content": messages[-1]["content"][:7]}]
        text = theirs.apply_chat_template(begun, tokenize=False, continue_final_message=True)
        assert render(TEMPLATE, begun, NAMES) == text


def test_learned_is_what_the_assistant_says_and_that_it_ends(tokenizer):
    messages = [
        {"role": "user", "content": "Hi<|end|>"},
        {"role": "assistant", "content": "Yes."},
        {"role": "user", "content": "Why?"},
        {"role": "assistant", "content": "So."},
    ]
    ids, learned = encode(tokenizer, messages)
    said = tokenizer.decode([token for token, mark in zip(ids, learned, strict=True) if mark])
    assert said == " Yes.<|end|> So.<|end|>"
    assert tokenizer.decode(ids) == (
        "<|end|><|user|>Hi<|end|><|assistant|> Yes.<|end|><|user|>Why?<|assistant|> So.<|end|>"
    )
    assert sum(token == tokenizer.special[END] for token in ids) == 3  # what was typed is no token


def test_a_name_is_the_same_token_in_a_story_and_in_an_answer():
    tokenizer = Tokenizer.train(["Then Lena met Lena."] * 3, 280, [END, USER, ASSISTANT])
    messages = [{"role": "user", "content": "So Lena?"}, {"role": "assistant", "content": "Lena"}]
    ids, learned = encode(tokenizer, messages)
    [name] = tokenizer.encode(" Lena")
    assert [token for token, mark in zip(ids, learned, strict=True) if mark] == [name, 0]
    assert ids.count(name) == 2
    indented = encode(tokenizer, [messages[0], {"role": "assistant", "content": "    x"}])[0]
    assert tokenizer.decode(indented).endswith("<|assistant|>    x<|end|>")


def test_other_roles_are_refused():
    with pytest.raises(InputError, match="knows the roles user and assistant, not system"):
        render(TEMPLATE, [{"role": "system", "content": "Obey."}], NAMES)
