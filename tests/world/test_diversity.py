"""How varied a corpus is: the counts are those that one makes by hand."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from llmbook.world.diversity import abstracted, ngrams, openings, overlap, share, templates

TEXTS = st.lists(st.text("ab .\n", max_size=30), max_size=6)


def test_what_differs_in_names_nouns_numbers_and_adjectives_alone_is_one_template() -> None:
    texts = ["Anna gave Tom two red apples.", "Otto gave Mary 12 old geese.", "Eva gave up."]
    assert templates(texts) == {
        "<name> gave <name> <number> <adjective> <noun> .": 2,
        "<name> gave up .": 1,
    }


def test_words_of_a_narrator_are_kinds_too() -> None:
    assert abstracted("a velvet zebra", {"zebra": "<noun>"}) == ["a", "velvet", "<noun>"]


def test_marks_and_quotes_are_no_words_of_an_opening() -> None:
    assert openings(['"Oh no," said Ben.']) == {"oh no said": 1}
    assert openings([""]) == {"": 1}


def test_sentences_end_at_stops_behind_quotes_and_at_new_lines() -> None:
    assert templates(['"It rains." He ran.\nShe sat']).keys() == {
        '" it rains . "',
        "he ran .",
        "she sat",
    }


def test_share_counts_the_most_frequent() -> None:
    assert share(Counter(a=5, b=3, c=2), 2) == 0.8


def test_overlap_counts_each_occurrence() -> None:
    # In "a b a b c" the pairs "a b" (twice) are known; "b a" and "b c" are not.
    assert overlap(["a b", "x b"], ["a b a b c"], 2) == 0.5
    assert overlap(["a b"], ["a"], 2) == 0


@given(TEXTS)
def test_a_corpus_overlaps_itself_wholly_if_at_all(texts: list[str]) -> None:
    any_pair = any(True for text in texts for _ in ngrams(text, 2))
    assert overlap(texts, texts, 2) == (1 if any_pair else 0)
    assert openings(texts).total() == len(texts)
    assert 0 <= share(templates(texts), 10) <= 1
