"""Answers of a model's own, to learn from: requests, what is kept, and rows of it."""

from dataclasses import replace

import pytest
import torch

from llmbook import load, rejection, tune_assistant
from llmbook.errors import InputError
from llmbook.finetune import finetune
from llmbook.instruct import ASSISTANT
from llmbook.rejection import collect, is_right, requests
from llmbook.rows import Rows
from llmbook.tune_assistant import practised
from llmbook.tuning_recipes import Lesson, Practice, Tuning
from llmbook.world import prosody

FEW = Practice(("verse",), requests=10, draws=4)


@pytest.fixture(scope="module")
def chat():
    return load("valley-chat")


@pytest.fixture(scope="module")
def own(chat):
    return collect(chat, "verse", FEW, seed=5)


def test_what_is_kept_is_right(chat, own):
    assert own
    assert len(own) <= FEW.kept * FEW.requests
    for ids, learned in own:
        place = learned.index(True)
        assert ids[place - 1] == chat.tokenizer.special[ASSISTANT]
        assert not any(learned[:place])
        assert all(learned[place:])
        assert ids[-1] in chat.stop_ids
        poem = chat.tokenizer.decode(ids[1 : place - 1])
        line = chat.tokenizer.decode(ids[place:-1])
        last = poem.strip().split("\n")[-1]
        ends = prosody.words(last)[-1], prosody.words(line)[-1]
        assert prosody.rhymes(*ends), (poem, line)


def test_the_same_seed_keeps_the_same(chat, own):
    assert collect(chat, "verse", FEW, seed=5) == own
    assert collect(chat, "verse", FEW, seed=6) != own


def test_the_longest_right_answers_are_kept(chat, monkeypatch):
    monkeypatch.setattr(rejection, "is_right", lambda *_: True)
    shown = []
    kept = collect(chat, "verse", replace(FEW, kept=1, temperature=1.5), 5, shown.append)
    assert len(kept) == FEW.requests
    assert shown[-1] == "verse: 10 of 10 requests have a right answer"
    monkeypatch.undo()
    lengths = [sum(learned) for _, learned in kept]
    both = collect(chat, "verse", replace(FEW, temperature=1.5), 5)
    by_request = {}
    for ids, learned in both:
        by_request.setdefault(tuple(ids[: learned.index(True)]), []).append(sum(learned))
    assert all(found == sorted(found, reverse=True) for found in by_request.values())
    assert max(lengths) >= max(map(max, by_request.values()))


def test_requests_come_from_the_training_text_and_fit(chat):
    asked = list(requests(chat, "content", 6, seed=3))
    assert len({tuple(ids) for _, ids in asked}) == 6
    assert asked == list(requests(chat, "content", 6, seed=3))
    for example, ids in asked:
        assert len(ids) + len(chat.tokenizer.encode(example.answer)) < chat.config.context


def test_an_answer_that_does_not_end_or_goes_on_behind_its_end_is_wrong(chat):
    example, _ = next(requests(chat, "code", 1, seed=3))
    good = chat.tokenizer.encode(f" {example.facts['signature']}\n{example.answer}")
    end = chat.stop_ids[0]
    assert is_right(chat, "code", example, [*good, end])
    assert not is_right(chat, "code", example, good)
    assert not is_right(chat, "code", example, [*good, *chat.tokenizer.encode("\n\npass"), end])
    assert not is_right(chat, "code", example, [end])


def test_rows_take_the_models_own_answers(chat, own):
    lessons = (Lesson("verse", 1.0), Lesson("sentiment", 1.0))
    rows = Rows(chat.tokenizer, lessons, 256, 2, 0, own={"verse": own})
    known, seen = {tuple(ids) for ids, _ in own}, 0
    for row in rows.at(3).ids.tolist():
        text = tuple(row)
        seen += sum(text[i : i + len(one)] == one for one in known for i in range(len(text)))
    assert seen > 2
    other = Rows(chat.tokenizer, lessons, 256, 2, 0)
    assert torch.equal(rows.at(3).ids, rows.at(3).ids)
    assert not torch.equal(rows.at(3).ids, other.at(3).ids)


def tuning(**changes):
    lessons = (Lesson("verse", 1.0), Lesson("sentiment", 1.0))
    recipe = Tuning(base="valley-chat", lessons=lessons, practice=FEW, steps=1, batch=1, seed=5)
    return replace(recipe, **changes)


def test_a_run_that_goes_on_does_not_practise_again(chat, own, tmp_path, monkeypatch, capsys):
    path = tmp_path / "own.json"
    assert practised(tuning(), chat, path)["verse"] == own
    assert "verse: " in capsys.readouterr().err
    monkeypatch.setattr(tune_assistant, "collect", lambda *_: pytest.fail("it practised again"))
    assert practised(tuning(), chat, path)["verse"] == own
    assert practised(tuning(practice=None), chat, tmp_path / "none.json") == {}


def test_a_run_with_practice_makes_a_model(tmp_path, monkeypatch):
    monkeypatch.setattr(tune_assistant, "HELD_OUT", 2)
    finetune(tuning(), tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert load(tmp_path / "new").chat_template


def test_who_cannot_practise(chat, tmp_path, monkeypatch):
    with pytest.raises(InputError, match="the base is no assistant"):
        practised(tuning(), load("valley-base"), tmp_path / "own.json")
    monkeypatch.setattr(tune_assistant, "collect", lambda *_: [])
    with pytest.raises(InputError, match="of 10 requests for verse, the base has no right answer"):
        practised(tuning(), chat, tmp_path / "own.json")
    (tmp_path / "bad.json").write_text("[", "utf-8")
    with pytest.raises(InputError, match=r"bad\.json"):
        practised(tuning(), chat, tmp_path / "bad.json")


@pytest.mark.parametrize(
    "settings",
    [{"tasks": ("sums",)}, {"requests": 0}, {"draws": 0}, {"kept": 0}, {"temperature": 0.0}],
)
def test_a_practice_that_makes_no_sense(settings):
    with pytest.raises(InputError, match=r"there is no task|make no sense"):
        Practice(**{"tasks": ("verse",), **settings})
