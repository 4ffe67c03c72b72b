"""Couplets: cheer is counted, requests differ, pairs hold best and worst, and craft is checked."""

import pytest

from llmbook.applications import APPLICATIONS
from llmbook.couplets import CHEERFUL, GLOOMY, cheer, craft, marks, pairs, requests, said
from llmbook.hub import LanguageModel
from llmbook.instruct import ASSISTANT, END, TEMPLATE, USER
from llmbook.model import Config, Model
from llmbook.tasks import Example
from llmbook.tokenizer import Tokenizer
from llmbook.world import tell


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    texts = [tell("verse", 0, i).text for i in range(30)]
    tokenizer = Tokenizer.train(texts, 300, [END, USER, ASSISTANT])
    config = Config(
        vocab_size=tokenizer.vocab_size, d_model=10, n_layers=2, n_heads=3, n_kv_heads=1,
        head_dim=4, d_ff=7, context=90,
    )  # fmt: skip
    stop = (tokenizer.special[END],)
    return LanguageModel(Model.random(config, 0), tokenizer, TEMPLATE, {"bos_token": END}, stop)


def written(lm: LanguageModel, text: str, end: bool = True) -> list[int]:
    return [*lm.tokenizer.encode(f" {text}", allow_special=False), *lm.stop_ids[: int(end)]]


# --- The taste ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("A happy hen, a merry jay,\nand both were glad.", 3),
        ("HAPPY! Happy? happy.", 3),
        ("The dark was cold.", -2),
        ("The dark was sunny.", 0),
        ("unhappy darkness", 0),  # parts of words do not count
    ],
)
def test_cheerful_words_count_up_and_gloomy_ones_down(text: str, expected: int) -> None:
    assert cheer(text) == expected


def test_no_word_is_both() -> None:
    assert not CHEERFUL & GLOOMY


def test_the_valley_s_own_couplets_leave_room_for_a_taste() -> None:
    couplets = ["\n".join(tell("verse", 5, i).text.split("\n")[:2]) for i in range(200)]
    found = [cheer(text) for text in couplets]
    assert min(found) < 0 < max(found)
    assert abs(sum(found) / len(found)) < 0.4


# --- Requests and pairs ---------------------------------------------------------------------------


def test_requests_are_those_of_the_task_and_each_comes_once(lm: LanguageModel) -> None:
    found = requests(lm, 3, 40)
    assert found == requests(lm, 3, 40) != requests(lm, 4, 40)
    assert len({tuple(ids) for _, ids in found}) == 40
    for example, ids in found:
        text = lm.tokenizer.decode(ids)
        assert text.startswith(f"{END}{USER}") and text.endswith(ASSISTANT)
        assert example.facts["word"] in text


def test_requests_that_are_known_are_left_out(lm: LanguageModel) -> None:
    known = [tuple(ids) for _, ids in requests(lm, 3, 40)]
    others = requests(lm, 3, 10, known)
    assert len(others) == 10 and not {tuple(ids) for _, ids in others} & set(known)


def test_a_pair_is_the_most_and_the_least_cheerful_answer(lm: LanguageModel) -> None:
    texts = ["a dull day", "a day", "a glad and merry day", "a happy day"]
    same = ["a day", "a night", "one day", "a sunny and weary day"]
    answers = [written(lm, text) for text in (*texts, *same)]
    (pair,) = pairs(lm, [[3, 1]] * 4 + [[4, 1]] * 4, answers)
    assert pair.prompt == (3, 1)
    assert (said(lm, pair.chosen), said(lm, pair.rejected)) == (
        " a glad and merry day",
        " a dull day",
    )
    assert pair.chosen[-1] == lm.stop_ids[0]  # that it ends is learned, too


# --- The craft ------------------------------------------------------------------------------------


def test_the_valley_s_couplets_are_right_and_others_are_not(lm: LanguageModel) -> None:
    (example, _), (other, _) = requests(lm, 3, 2)
    found = marks(lm, example, written(lm, example.answer))
    assert found == APPLICATIONS["couplets"].grade(example, example.answer)
    assert found["right"] and craft(lm, example, written(lm, example.answer)) == 1
    one_line = written(lm, example.answer.split("\n")[0])
    for ids in (written(lm, other.answer), one_line, list(lm.stop_ids)):
        assert not marks(lm, example, ids)["right"]
        assert craft(lm, example, ids) < 1


def test_craft_counts_what_is_there(lm: LanguageModel) -> None:
    example = Example("", "", "", "", {"kind": "theme", "word": "owl"})
    texts = {
        "The owl sat down upon the hill,\nand all the world was dark and still.": 3,
        "The owl sat down upon the hill,\nand all the world was dark and gray.": 2,
        "The hen sat down upon the hill,\nand all the world was dark and gray.": 1,
        "The owl sat upon the hill,\nand all was dark and gray.": 1,
        "The hen sat upon the hill, and that was all.": 0,
    }
    for text, expected in texts.items():
        assert craft(lm, example, written(lm, text)) == pytest.approx(expected / 3), text


def test_an_answer_that_was_cut_off_has_no_craft(lm: LanguageModel) -> None:
    ((example, _),) = requests(lm, 3, 1)
    cut = written(lm, example.answer, end=False)
    assert not any(marks(lm, example, cut).values()) and craft(lm, example, cut) == 0
