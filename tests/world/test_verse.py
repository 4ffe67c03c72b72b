"""Verse: what the grammar writes passes a rule that did not write it, and that rule can say no."""

import random
import re
from itertools import pairwise

import pytest

from llmbook.world.diversity import openings, share
from llmbook.world.document import Document
from llmbook.world.draw import SPLITS, Draw, held_out
from llmbook.world.pronunciations import ARTICLES, LIGHT, STRESSES, rhyme, stresses
from llmbook.world.prosody import check, meter, rhymes, scan, words
from llmbook.world.verse import tell
from llmbook.world.verse_grammar import ADJECTIVES, ENDS, GRAMMAR, SUBJECTS

N = {"train": 500, "samples": 50, "combinations": 150}
ALL_ADJECTIVES = frozenset(word for words in ADJECTIVES.values() for word in words)
NOUNS = frozenset(word for table in (ENDS, SUBJECTS) for words in table.values() for word in words)
# Which groups of nouns the grammar combines with which adjectives, as in "+food *food".
COMBINED = re.findall(r"\+(\w+) (?:\*([\w.]*\w)|(~))", "\n".join(GRAMMAR.values()))


@pytest.fixture(scope="module")
def poems() -> dict[str, list[Document]]:
    return {
        split: [tell(Draw("test", n, split=split)) for n in range(N[split])] for split in SPLITS
    }


def test_every_poem_rhymes_and_scans_in_the_meter_that_it_names(poems) -> None:
    for poem in (poem for split in SPLITS for poem in poems[split]):
        assert check(poem.text) == [], poem.text
        lines = poem.text.split("\n")
        assert {meter(scan(line) or "") for line in lines} == {poem.truth["meter"]}
        ends = [words(line)[-1] for line in lines]
        assert [word.lower() for pair in poem.truth["rhymes"] for word in pair] == ends


def test_same_key_same_poem() -> None:
    assert tell(Draw("k", 3)) == tell(Draw("k", 3)) != tell(Draw("k", 4))


def test_rhymes_held_out_are_those_of_the_split_for_combinations_alone(poems) -> None:
    for split in SPLITS:
        pairs = [sorted(pair) for poem in poems[split] for pair in poem.truth["rhymes"]]
        assert {held_out(*pair) for pair in pairs} == {split == "combinations"}
        assert len({tuple(pair) for pair in pairs}) > (20 if split == "combinations" else 50)


def test_no_training_text_has_a_pair_of_adjective_and_noun_that_is_held_out(poems) -> None:
    kinds = {"beast": ("beast", "pet", "bird", "few")}
    pairs = {
        (adjective, noun.lower())
        for name, group, _ in COMBINED
        for nouns in ([ENDS[group]] if group else [SUBJECTS[k] for k in kinds.get(name, (name,))])
        for noun in nouns
        for adjective in ADJECTIVES[name]
    }

    def combined(split: str) -> list[tuple[str, str]]:
        lines = (words(line) for poem in poems[split] for line in poem.text.split("\n"))
        return [pair for line in lines for pair in pairwise(line) if pair in pairs]

    for split in ("train", "samples"):
        assert [pair for pair in combined(split) if held_out(*pair)] == []
    assert sum(held_out(*pair) for pair in combined("combinations")) > N["combinations"] / 10


def test_openings_lines_and_rhymes_are_many(poems) -> None:
    nouns = {word.lower(): "<noun>" for words in SUBJECTS.values() for word in words}
    marks = nouns | dict.fromkeys(ALL_ADJECTIVES, "<adjective>")
    # 5 % of many; of so few it may be a little more.
    first = openings((poem.text for poem in poems["train"]), marks)
    assert share(first) <= 0.06 and len(first) > N["train"] / 3
    families = {
        rhyme(word) for poem in poems["train"] for pair in poem.truth["rhymes"] for word in pair
    }
    assert len({family for family, _ in filter(None, families)}) > 60
    assert len({poem.truth["meter"] for poem in poems["train"]}) == 4


def test_every_word_of_the_grammar_has_its_pronunciation_and_no_other_has() -> None:
    items = [item.strip(',.;:!?"') for rows in GRAMMAR.values() for item in rows.split()]
    used = {item for item in items if item and item[0] not in "<*+~{" and "<" not in item}
    used |= NOUNS | ALL_ADJECTIVES
    assert [word for word in sorted(used) if stresses(word) is None] == []
    known = set(" ".join(STRESSES.values()).split())
    pronouns = {"sister", "brother", "uncle", "auntie"}
    assert known <= {word.lower() for word in used} | pronouns


# --- The rule can say no: texts made wrong, and the share of them that it finds ---------------------


def mutated(text: str, how: str, random_: random.Random) -> str:
    """Spoil one line of a poem."""
    lines = text.split("\n")
    place = random_.randrange(len(lines))
    row = lines[place].rstrip(".?!").split(" ")
    table = sorted(set(" ".join(STRESSES.values()).split()) | LIGHT | ARTICLES)
    spot = random_.randrange(len(row))
    if how == "delete":
        del row[spot]
    elif how == "double":
        row.insert(spot, row[spot])
    elif how == "swap":
        other = random_.choice([n for n in range(len(row)) if n != spot])
        row[spot], row[other] = row[other], row[spot]
    elif how == "replace":
        row[spot] = random_.choice(table)
    elif how == "end":
        row[-1] = random_.choice(table)
    elif how == "same":  # a word does not rhyme with itself
        row[-1] = lines[place ^ 1].rstrip(".,?!").split(" ")[-1]
    lines[place] = " ".join(row)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("how", "share"),
    [("delete", 1), ("double", 1), ("same", 1), ("end", 0.98), ("swap", 0.6), ("replace", 0.6)],
)
def test_wrong_verse_is_found_out(poems, how: str, share: float) -> None:
    generator = random.Random(0)
    pairs = [(poem.text, mutated(poem.text, how, generator)) for poem in poems["train"]]
    changed = [wrong for right, wrong in pairs if right.rstrip(".?!") != wrong.rstrip(".?!")]
    found = sum(bool(check(text)) for text in changed) / len(changed)
    assert found >= share


def test_an_unknown_word_an_odd_line_and_another_meter_are_named() -> None:
    good = "The rain came down upon the hill,\nand all the world was dark and still."
    assert check(good) == []
    assert check(good.replace("world", "zebra")) == ["line 2: no pronunciation of 'zebra'"]
    assert check(good + "\nThe rain came down.")[0] == "the last line has no partner"
    assert "not of one meter" in check(
        good + "\nThe moon was on the wall,\nand all the stars were small."
    )
    assert rhymes("hill", "still") and not rhymes("hill", "hill") and not rhymes("zebra", "zebra")
    assert check("") != []
