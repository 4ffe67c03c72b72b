"""The valley's conversations: who remembers what, and a reader that notices who does not."""

import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from llmbook.world.dialogue import tell
from llmbook.world.dialogue_check import check
from llmbook.world.dialogue_words import DAYS, DISHES, DRINKS, MANNERS, NUMBERS, TIMES
from llmbook.world.document import Document
from llmbook.world.draw import Draw, held_out
from llmbook.world.lexicon import ADJECTIVES, GOODS, MEN, PLACES, THINGS, WOMEN

NAMES = (*WOMEN, *MEN)
KINDS = {
    "day": DAYS, "hour": TIMES, "place": list(PLACES), "near": list(PLACES), "dish": DISHES, "drink": DRINKS,
    "look": list(ADJECTIVES), "who": NAMES, "name": NAMES, "row": [f"row {n}" for n in NUMBERS[1:13]],
    "first": ["left", "right"], "second": ["left", "right"], "turn": ["left", "right"],
}  # fmt: skip


@cache
def documents(split: str = "train", number: int = 450) -> list[Document]:
    return [tell(Draw("dialogue", 0, i, split=split)) for i in range(number)]


def lines(document: Document) -> list[str]:
    return document.text.splitlines()


def test_the_layout_is_one_line_a_turn_and_two_take_turns():
    for document in documents():
        turns = document.truth["turns"]
        assert document.text == "\n".join(f"{turn['speaker']}: {turn['text']}" for turn in turns)
        assert len({turn["speaker"] for turn in turns}) == 2
        speakers = [turn["speaker"] for turn in turns]
        assert all(one != other for one, other in pairwise(speakers))
        assert 40 <= len(document.text) <= 760 and len(turns) >= 3
        assert json.loads(json.dumps(document.truth)) == document.truth


def test_sentences_begin_with_a_capital_and_end():
    for document in documents():
        for turn in document.truth["turns"]:
            text = turn["text"]
            assert re.match(r'"?[A-Z]', text) and re.search(r'[.!?]"?$', text), text
            assert "  " not in text and "{" not in text and "|" not in text, text
            assert not re.search(r'[.!?] "?[a-z]|\b[Aa] [aeio]|\ban? an? |,,|\.\.', text), text


def test_formal_people_do_not_shorten():
    seen = 0
    for document in documents():
        for turn in document.truth["turns"]:
            if document.truth["manners"][turn["speaker"]] == "formal":
                seen += 1
                assert not re.search(
                    r"\b(?:n't|'ll|I'm|it's|that's|I've|can't|won't)\b", turn["text"]
                ), turn
    assert seen > 400


def test_a_slot_has_the_value_that_was_agreed():
    slotted = 0
    for document in documents():
        for turn in document.truth["turns"]:
            assert (turn["slot"] is None) == (turn["value"] is None)
            if turn["slot"]:
                slotted += 1
                assert document.truth["slots"][turn["slot"]] == turn["value"]
                assert turn["value"].lower() in turn["text"].lower()
    assert slotted > len(documents())


def test_the_reader_finds_no_fault():
    for split in ("train", "combinations"):
        for document in documents(split, 450 if split == "train" else 150):
            assert check(document.text) == [], document.text


def other(draw: Draw, slot: str, value: str) -> str:
    """Return a wrong value for a slot."""
    if value.startswith('"'):
        return value.replace('"la ', '"LE ').replace('"le ', '"la ').replace("LE", "le")
    return draw.choice([option for option in KINDS.get(slot, NUMBERS[1:60]) if option != value])


def test_the_reader_notices_a_wrong_slot():
    tried, unnoticed = Counter(), []
    for i, document in enumerate(documents()):
        said = lines(document)
        for place, turn in enumerate(document.truth["turns"]):
            if turn["slot"] is None:
                continue
            wrong = other(Draw("wrong", i, place), turn["slot"], turn["value"])
            pattern = re.escape(turn["value"])
            pattern = (
                rf"(?<=at ){pattern}"
                if turn["slot"] == "hour"
                else rf"(?<![\w-]){pattern}(?![\w-])"
            )
            found = list(re.finditer(pattern, turn["text"], re.I))
            if not found:  # "At noon" with a capital
                continue
            start, end = found[-1].span()
            new = (
                turn["text"][:start] + (wrong if start else wrong.capitalize()) + turn["text"][end:]
            )
            tried[document.truth["scene"]] += 1
            text = "\n".join([*said[:place], f"{turn['speaker']}: {new}", *said[place + 1 :]])
            if not check(text):
                unnoticed.append(text)
    assert len(tried) == 12 and min(tried.values()) > 10, tried
    assert len(unnoticed) <= 0.01 * sum(tried.values()), "\n".join(unnoticed)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Ida: That makes twelve coins.", "Ida: That makes eleven coins."),
        ("Ida: Six figs make twelve coins.", "Ida: Five figs make ten coins."),
        ("Ida: Twelve coins in all, Tom.", "Ida: Twelve coins in all, Leo."),
        ("Ida: That comes to twelve coins.", "Tom: That comes to twelve coins."),
        ("Ida: Thank you, Tom.", "Ida: Thank you, Ida."),
        ("Ida: I get twelve coins, please.", "Ida, I get twelve coins."),
    ],
)
def test_the_reader_on_a_purchase(right, wrong):
    start = "Tom: How much are the figs?\nIda: Two coins each.\nTom: Six figs, please.\n"
    assert check(f"{start}{right}\n") == []
    assert check(f"{start}{wrong}\n") != []


def test_the_reader_on_a_date():
    start = "Eva: Shall we sing in the barn on Monday?\nBen: On Monday I can't.\n"
    start += "Eva: And on Friday?\nBen: On Friday I'm free.\n"
    assert check(f"{start}Eva: Until Friday, in the barn!\n") == []
    assert check(f"{start}Eva: Until Monday, in the barn!\n") != []
    assert check(f"{start}Eva: Until Friday, in the mill!\n") != []
    assert check(f"{start}Eva: Until Friday, Hugo!\n") != []


def test_after_a_correction_the_right_thing_is_meant():
    start = "Eva: Do you have a red kite?\nBen: A blue kite?\nEva: No, the red one.\n"
    assert check(f"{start}Ben: Here is the red one.\n") == []
    assert check(f"{start}Ben: Here is the blue one.\n") != []


def test_training_holds_no_pair_that_is_held_out():
    looks = re.compile(rf"\b({'|'.join(ADJECTIVES)}) ({'|'.join(THINGS)})\b")
    plurals = {noun.plural: noun.en for noun in GOODS.values()}
    amounts = re.compile(rf"\b({'|'.join(NUMBERS[2:10])}) ({'|'.join(plurals)})\b")
    seen = 0
    for document in documents():
        assert not any(held_out(*pair) for pair in document.truth["pairs"])
        for look, thing in looks.findall(document.text):
            seen += 1
            assert not held_out(look, thing), document.text
        for number, goods in amounts.findall(document.text.lower()):
            assert not held_out(NUMBERS.index(number), plurals[goods]), document.text
        for way, place in re.findall(r"\b(left|right) at the (\w+)", document.text.lower()):
            assert not held_out(way, place), document.text
    assert seen > 300


def test_combinations_are_made_of_pairs_that_are_held_out():
    made = [d for d in documents("combinations", 300) if d.truth["pairs"]]
    assert sum(any(held_out(*pair) for pair in d.truth["pairs"]) for d in made) > 0.85 * len(made)


def test_the_same_key_gives_the_same_text():
    for i in (0, 7, 99):
        assert tell(Draw("dialogue", 0, i)).text == documents()[i].text


def test_conversations_are_diverse():
    names = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")
    openings = Counter(
        " ".join(names.sub("N", document.text.partition(": ")[2]).split()[:3])
        for document in documents()
    )
    assert openings.most_common(1)[0][1] < 0.05 * len(documents()), openings.most_common(3)
    assert {manner for d in documents() for manner in d.truth["manners"].values()} == set(MANNERS)
    assert len({document.text for document in documents()}) == len(documents())
