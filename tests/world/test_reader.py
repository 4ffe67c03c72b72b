import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmbook.world import reader
from llmbook.world.draw import SPLITS, Draw
from llmbook.world.lexicon import PLACES, THINGS
from llmbook.world.plots import episode
from llmbook.world.reader import mismatches, read, split
from llmbook.world.stories import sentences, truth

# --- It understands stories that it did not write -----------------------------------------------


@pytest.mark.parametrize("name", SPLITS)
@pytest.mark.parametrize("plain", [False, True])
def test_a_story_tells_what_the_simulator_says(name, plain):
    strange = wrong = total = 0
    stories = 70
    for number in range(stories):
        draw = Draw("unseen", number, split=name)
        life = episode(draw)
        text = " ".join(part for part, _ in sentences(life, draw, plain=plain))
        reading = read(text)
        total += reading.sentences
        strange += len(reading.strange)
        wrong += bool(mismatches(text, truth(life)))
    assert strange / total < 0.01
    assert wrong / stories < 0.01


def test_the_reader_does_not_know_the_writer():
    for file in sorted(Path(reader.__file__).parent.glob("reader*.py")):
        source = file.read_text(encoding="utf-8")
        for module, names in re.findall(r"from llmbook\.world(?:\.(\w+))? import (.*)", source):
            assert module in ("", "lexicon") or module.startswith("reader_"), file
            assert module or names.startswith("reader_"), file
        assert "import llmbook" not in source


# --- It notices what is wrong -------------------------------------------------------------------

NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine"]


def mutated(kind, parts, life, draw):
    """Change one sentence that tells an event; None if no sentence can be changed so."""
    texts = [text for text, _ in parts]
    places = [place for place, (_, numbers) in enumerate(parts) if numbers]
    for place in draw.shuffled(places):
        text = texts[place]
        if kind == "removed":
            return texts[:place] + texts[place + 1 :]
        if kind == "swapped":
            if place + 1 not in places:
                continue
            texts[place : place + 2] = texts[place + 1], text
            return texts
        if kind == "name":
            here = [who.name for who in life.people if re.search(rf"\b{who.name}\b", text)]
            there = [who.name for who in life.people if who.name not in here]
            pair = (here[0], there[0]) if here and there else None
        elif kind == "place":
            here = [p for p in PLACES.values() if re.search(rf"\bthe {p.en}\b(?=[.,;]| and)", text)]
            other = [p for p in PLACES.values() if here and p.at == here[0].at and p is not here[0]]
            pair = (f"the {here[0].en}", f"the {draw.choice(other).en}") if here else None
        elif kind == "thing":
            here = [t.noun.en for t in life.things if re.search(rf"\b{t.noun.en}\b", text)]
            pair = (here[0], draw.choice([n for n in THINGS if n not in here])) if here else None
        else:
            here = re.findall(rf"\b({'|'.join(NUMBERS)})\b", text)
            pair = (here[0], draw.choice([n for n in NUMBERS if n != here[0]])) if here else None
        if pair is not None:
            texts[place] = re.sub(rf"\b{pair[0]}\b", pair[1], text)
            return texts
    return None


@pytest.mark.parametrize(
    ("kind", "alone", "with_truth"),
    # How many are noticed at least: from the text alone, and beside the truth.
    [
        ("name", 0.45, 0.95),
        ("place", 0.4, 0.97),
        ("number", 0.15, 0.97),
        ("removed", 0.2, 0.97),
        ("swapped", 0.35, 0.97),
        ("thing", 0.2, 0.95),
    ],
)
def test_a_wrong_story_is_noticed(kind, alone, with_truth):
    seen = noticed = caught = 0
    for number in range(100):
        draw = Draw("wrong", kind, number, split="samples")
        life = episode(draw)
        parts = sentences(life, draw)
        texts = mutated(kind, parts, life, draw)
        if texts is None or texts == [text for text, _ in parts]:
            continue
        reading = read(" ".join(texts))
        seen += 1
        noticed += bool(reading.contradictions or reading.strange)
        caught += bool(mismatches(" ".join(texts), truth(life)))
    assert seen >= 10
    assert noticed / seen > alone
    assert caught / seen > with_truth


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ben had a red kite. Anna gave Tom the kite.", "Anna gives away the red kite, which Ben holds"),
        ("Ben had a red kite. Anna had the red kite.", "Anna holds the red kite, but so does Ben"),
        ("A red kite lay at the mill. Anna went to the hut. Anna took the kite.",
         "Anna takes the red kite at hut, but it lies at mill"),
        ("Anna was at the mill. Anna was in the hut.", "Anna is at hut, but was at mill"),
        ("Anna was at the mill. Ben was in the hut. Anna met Ben.", "Anna is at mill, but Ben at hut"),
        ("Anna was at the mill. Anna went to the mill.", "Anna goes to mill, but is there already"),
        ("Anna was at the mill. She went to the hut. She went back to the inn.",
         "Anna goes back to inn, but has not been there"),
        ("Anna picked three plums. She gave Ben four plums.", "Anna has 3 plum, not 4"),
        ("Anna picked three plums. She ate all two plums.", "Anna has 3 plum, and all of them are not 2"),
        ("Anna picked three more plums.", "Anna has no plum yet, so these are not more"),
        ("Anna picked three plums. Anna had two plums left.", "Anna has 2 plum, but had 3"),
        ("It began to snow. Anna went to the inn because of the rain.",
         "the reason is the rain, but the weather is snow"),
        ("It began to rain. It began to rain.", "the weather turns to rain, but it has been so"),
        ("Anna broke her cup. Anna broke the cup.", "the cup breaks, but is broken already"),
        ("Anna had a red cup. She mended the cup.", "Anna mends the red cup, which is not broken"),
        ("Anna had a red cup. She wanted the cup.", "Anna wants the red cup, but holds it"),
        ("Anna was sad because Ben had stolen the red kite.",
         "nobody has told that Ben steal the red kite"),
        ("Anna had a red kite. She lost the blue kite.", "the blue kite was the red kite before"),
        ("Anna lost a red kite. Ben gave her the kite.", "Ben gives away the red kite, which is lost"),
    ],
)  # fmt: skip
def test_contradictions(text, line):
    found = read(text).contradictions
    assert any(each.startswith(line) for each in found), found


# --- It reads more than the stories' own sentences ----------------------------------------------


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Anna strolled over to the old mill.", ["go Anna mill"]),
        ("Ben, the baker, was at the inn. The baker ate.", []),
        ("Ben the baker met a fox. The baker followed it.", ["meet Ben the fox", "follow Ben the fox"]),
        ("Anna and Ben met on the bridge.", ["meet Anna Ben"]),
        ("The red kite was stolen from Anna by a fox.", ["steal the fox the red kite Anna"]),
        ("Anna handed the red kite to Ben, and he broke it.",
         ["give Anna the red kite Ben", "break Ben the red kite"]),
        ('"May I have your red kite?" Anna asked Ben. "No," said Ben.',
         ["ask Anna the red kite Ben", "refuse Ben the red kite Anna"]),
        ("My name is Anna. I picked two plums and ate one of them.",
         ["gather Anna 2 plum", "eat Anna 1 plum"]),
        ("Rose was at the mill. The wind rose.", ["weather wind"]),
        ("Anna saw Ben and waved. She took the saw.", ["meet Anna Ben", "take Anna the saw"]),
        ("Because Anna had lost her red kite, she was sad.",
         ["lose Anna the red kite", "feel Anna sad"]),
        ("After greeting Ben, Anna went to the square.", ["meet Anna Ben", "go Anna square"]),
        ("“Hello, Ben!” Anna called.", ["meet Anna Ben"]),
    ],
)  # fmt: skip
def test_events(text, events):
    assert read(text).events == events


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna glorped to the mill.",
        "The zebra went to the mill.",
        "Anna the the of kite plums.",
        "Xqz.",
        "Anna put the plums.",
        "Anna gave the red kite.",
        "Anna took the drum.",  # which drum?
    ],
)
def test_what_is_not_understood_is_counted(sentence):
    reading = read(f"Anna went to the hut. {sentence} Anna was happy.")
    assert reading.strange == [sentence]
    assert reading.understood == pytest.approx(2 / 3)
    assert reading.events[0] == "go Anna hut"
    assert reading.events[-1] == "feel Anna happy"


def test_an_empty_text_is_understood():
    assert read("").understood == 1.0
    assert read("").events == []


def test_speech_stays_with_the_one_who_speaks():
    text = 'Anna turned to Ben. "May I?" "No," he said. She said, "Oh." He left. "Hello!" The day went.'
    assert list(split(text)) == [
        "Anna turned to Ben.", '"May I?"', '"No," he said.', 'She said, "Oh."', "He left.", '"Hello!"',
        "The day went.",
    ]  # fmt: skip


WORDS = (
    "Anna Ben the a fox baker kite red mill to at in went took gave had been lost because "
    'so and "Hello" , . ? ! it she '
    "her his three plums all of them both more rain was not made happy that "
    "which where after having I me my rest up"
)
VOCABULARY = WORDS.split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY), max_size=40))
def test_no_text_of_its_words_makes_it_fail(words):
    reading = read(" ".join(words))
    assert 0 <= reading.understood <= 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_at_all_makes_it_fail(text):
    reading = read(text)
    assert len(reading.strange) <= reading.sentences


def test_a_thing_that_nobody_named_in_speech_does_not_make_it_fail():
    assert read('white accordion," she left.').strange
