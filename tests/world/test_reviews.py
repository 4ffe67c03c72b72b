"""Reviews: every label follows from the words by a second reading, and no count of words gives it away."""

import re
from collections import Counter
from math import log

import pytest

from llmbook.world.draw import Draw, held_out
from llmbook.world.reviews import tell
from llmbook.world.reviews_phrases import VERDICTS
from llmbook.world.reviews_words import DISHES, KINDS


def reviews(n, split="train", seed="test"):
    return [tell(Draw("review", seed, i, split=split)) for i in range(n)]


TRAIN = reviews(2500)


def test_the_same_key_gives_the_same_review():
    assert tell(Draw("review", 1, 2)) == tell(Draw("review", 1, 2))
    assert tell(Draw("review", 1, 2)).text != tell(Draw("review", 1, 3)).text


def test_a_review_is_one_to_four_clean_sentences():
    for document in TRAIN:
        text = document.text
        assert re.fullmatch(r"[A-Z][A-Za-z,.:;?!' ]+[.!?]", text), text
        assert not re.search(
            r"[{}\[\]|_]|  | [.,;:?!]|\.\.|!\.|\?\.|\ba [aeio]|\bfor (she|he|they)\b", text
        ), text
        assert 1 <= len(re.findall(r"[.!?](?= |$)", text)) <= 5, text
        assert 20 <= len(text) <= 350, text


def test_the_topic_is_named():
    for document in TRAIN:
        assert re.search(rf"\b{document.truth['topic']}\b", document.text), document


def test_both_classes_are_equally_frequent():
    share = sum(d.truth["sentiment"] == "positive" for d in TRAIN) / len(TRAIN)
    assert abs(share - 0.5) < 0.03


def test_no_training_text_holds_a_pair_that_is_held_out():
    for document in TRAIN:
        kind, topic = KINDS[document.truth["kind"]], document.truth["topic"]
        for word in kind.words:  # wherever it stands in the text, and whatever it is said of
            if held_out(word, topic) and re.search(rf"\b{word}\b", document.text):
                raise AssertionError((word, topic, document.text))


def test_every_text_of_the_combinations_holds_one():
    for document in reviews(400, "combinations"):
        assert any(held_out(word, document.truth["topic"]) for word in document.truth["pairs"]), (
            document
        )


def straight(document):
    """Return whether the review is a plain claim without negation, which can be judged by its words."""
    return document.truth["devices"] == ["plain"]


def test_without_any_device_the_words_mean_what_they_mean():
    checked = 0
    for document in TRAIN:
        if straight(document):
            kind, good = KINDS[document.truth["kind"]], document.truth["sentiment"] == "positive"
            praise = {w for a in kind.aspects for w in a.good} | {
                d.base for d in kind.deeds if d.good
            }
            blame = {w for a in kind.aspects for w in a.bad} | {
                d.base for d in kind.deeds if not d.good
            }
            assert set(document.truth["pairs"]) <= (praise if good else blame), document
            checked += 1
    assert checked > 200


def test_verdicts_are_read_back_from_the_text():
    """The last sentence of a mixed review decides: find its template among the verdicts."""
    checked = 0
    for document in TRAIN:
        if "mixed" in document.truth["devices"] and "denial" not in document.truth["devices"]:
            tail = re.split(r"(?<=[.!?]) ", document.text)[-1]
            wanted = document.truth["sentiment"] == "positive"
            found = {
                good
                for v in VERDICTS
                for good, t in ((True, v.good), (False, v.bad))
                if fits(t, tail)
            }
            assert found == {wanted}, document
            checked += 1
    assert checked > 80


def test_a_review_with_the_contrary_verdict_would_be_noticed():
    praise, blame = "all in all, I am more than content.", "all in all, I am less than content."
    assert [v.good for v in VERDICTS if fits(v.good, praise)] == ["I am more than content"]
    assert not [v.good for v in VERDICTS if fits(v.good, blame)]
    assert [v.bad for v in VERDICTS if fits(v.bad, blame)] == ["I am less than content"]


AGAIN = "|".join(
    form.replace("{obj}", r"[\w' ]+") for kind in KINDS.values() for form in kind.again
)


def fits(template, tail):
    """Say whether a sentence ends with a verdict."""
    slots = {
        "again": f"(?:{AGAIN})",
        "met": r"\w+",
        "better": r"(?:a )?better [\w ]+",
        "worse": r"(?:a )?worse [\w ]+",
    }
    pattern = re.sub(
        r"\\\{(\w+)\\\}", lambda slot: slots.get(slot[1], r"[\w' ]+"), re.escape(template)
    )
    return re.search(rf"(?:, |: |that |, but ){pattern}\.$", tail) is not None


@pytest.mark.parametrize("word", ["not", "nobody", "but", "never"])
def test_negation_and_contrast_tell_nothing_alone(word):
    classes = Counter(
        d.truth["sentiment"] for d in TRAIN if re.search(rf"\b{word}\b", d.text.lower())
    )
    assert 0.35 < classes["positive"] / sum(classes.values()) < 0.65, classes


def test_counting_words_often_fails():
    """A naive Bayes on the words of 2,500 reviews: better than chance, far from a reader."""
    counts = {"positive": Counter(), "negative": Counter()}
    for document in TRAIN:
        counts[document.truth["sentiment"]].update(set(document.text.lower().split()))
    right = 0
    held = reviews(600, "samples", "other")
    for document in held:
        score = sum(
            log(counts["positive"][w] + 1) - log(counts["negative"][w] + 1)
            for w in set(document.text.lower().split())
        )
        right += (score > 0) == (document.truth["sentiment"] == "positive")
    assert 0.55 < right / len(held) < 0.8


def test_no_opening_is_frequent():
    openings = Counter()
    for document in TRAIN:
        first = document.text.split()[:3]
        openings[" ".join(first)] += 1
    assert openings.most_common(1)[0][1] / len(TRAIN) < 0.05


def test_every_dish_is_a_meal():
    assert set(DISHES) == set(KINDS["meal"].nouns)
