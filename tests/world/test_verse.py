"""Verse: what the grammar writes passes a rule that did not write it, and that rule can say no."""

from collections import Counter
from itertools import pairwise

import pytest

from llmbook.world.document import Document
from llmbook.world.draw import SPLITS, Draw, held_out
from llmbook.world.prosody import check, meter, scan, words
from llmbook.world.pronunciations import ARTICLES, LIGHT, stresses
from llmbook.world.verse import tell
from llmbook.world.verse_grammar import ADJECTIVES, ENDS

NOUNS = {word for words in ENDS.values() for word in words}
ALL_ADJECTIVES = {word for words in ADJECTIVES.values() for word in words}


def poems(split: str, n: int = 400) -> list[Document]:
    return [tell(Draw("test", number, split=split)) for number in range(n)]


@pytest.fixture(scope="module")
def written() -> dict[str, list[Document]]:
    return {split: poems(split) for split in SPLITS}


def test_every_poem_rhymes_and_scans_in_the_meter_that_it_names(written) -> None:
    for document in (document for split in SPLITS for document in written[split]):
        assert check(document.text) == [], document.text
        lines = document.text.split("\n")
        assert {meter(scan(line) or "") for line in lines} == {document.truth["meter"]}
        ends = [words(line)[-1] for line in lines]
        assert [word.lower() for pair in document.truth["rhymes"] for word in pair] == ends


def test_same_key_same_poem() -> None:
    assert tell(Draw("k", 3)) == tell(Draw("k", 3)) != tell(Draw("k", 4))
