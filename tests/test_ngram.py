"""The n-gram model against its formula, computed slowly, and against the laws of probability."""

from collections.abc import Sequence
from math import inf, isclose, log2

import pytest

from llmbook.ngram import NGram

TEXT = (
    "How much wood would a woodchuck chuck, if a woodchuck could chuck wood? "
    "As much wood as a woodchuck would, if a woodchuck could chuck wood."
)
START = None  # stands in front of the text in the slow version


def slow_probability(
    text: str, order: int, token: str, context: str, vocabulary: set[str]
) -> float:
    """The formula of the class, by scanning the text again for every count."""

    def grams(length: int) -> list[tuple[str | None, ...]]:
        padded: list[str | None] = [START, *text]
        return [tuple(padded[i : i + length]) for i in range(len(padded) - length + 1)]

    def count(history: Sequence[str], word: str) -> int:
        gram = (*history, word)
        if len(gram) == order:
            return grams(order).count(gram)
        return len({g[0] for g in grams(len(gram) + 1) if g[1:] == gram})

    def discount(length: int) -> float:
        seen = {g for g in grams(length) if START not in g}
        counts = [count([c for c in g[:-1] if c], g[-1] or "") for g in seen]
        once, twice = counts.count(1), counts.count(2)
        return once / (once + 2 * twice) if once and twice else 0.5

    def p(history: Sequence[str]) -> float:
        lower = p(history[1:]) if history else 1 / len(vocabulary)
        counts = {word: c for word in vocabulary if (c := count(history, word))}
        if not counts:
            return lower
        d = discount(len(history) + 1)
        kept = max(counts.get(token, 0) - d, 0)
        return (kept + d * len(counts) * lower) / sum(counts.values())

    return p(context[len(context) - min(order - 1, len(context)) :])


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_agrees_with_the_formula_computed_slowly(order: int) -> None:
    text, vocabulary = TEXT[:72], {*TEXT, "é"}
    model = NGram[str](order).fit(text, vocabulary=sorted(vocabulary))
    for context in ["", "w", "wo", "H", "How", "chuc", "xyz", "zwo", "d?"]:
        for token in "Hodk ?é":
            fast = model.probability(token, context)
            slow = slow_probability(text, order, token, context, vocabulary)
            assert isclose(fast, slow, rel_tol=1e-12), (context, token)


@pytest.mark.parametrize("order", [1, 2, 3, 6, 200])
@pytest.mark.parametrize("context", ["", "H", "wood", "zzz", "a wood", "As much!", TEXT])
def test_probabilities_sum_to_one_and_none_is_zero(order: int, context: str) -> None:
    chances = NGram[str](order).fit(TEXT, vocabulary="éü").distribution(context)
    assert isclose(sum(chances.values()), 1, rel_tol=1e-12)
    assert min(chances.values()) > 0
    assert chances.keys() == {*TEXT, *"éü"}


def test_distribution_and_probability_are_the_same_numbers() -> None:
    model = NGram[str](4).fit(TEXT)
    assert all(model.probability(t, "woo") == p for t, p in model.distribution("woo").items())


@pytest.mark.parametrize("text", ["a", "ab", "aaaa", "abc"])
@pytest.mark.parametrize("order", [1, 2, 5])
def test_tiny_texts_give_proper_probabilities(text: str, order: int) -> None:
    model = NGram[str](order).fit(text, vocabulary="z")
    for context in ["", "a", "ab", "za"]:
        assert isclose(sum(model.distribution(context).values()), 1)
    assert model.probability("z", "a") > 0


def test_lower_orders_count_places_and_not_occurrences() -> None:
    # "n" comes twice as often as "y", but only ever after "a"; "y" follows four different letters.
    model = NGram[str](2).fit("an-an-an-an-an-an-an-an-by-cy-dy-ey-")
    assert model.probability("y", "z") > model.probability("n", "z")


def test_a_token_outside_the_vocabulary_has_no_probability_and_infinite_surprise() -> None:
    model = NGram[str](3).fit(TEXT)
    assert model.probability("é", "wo") == 0
    assert model.bits("woé") == inf
    assert NGram[str](3).fit(TEXT, vocabulary="é").bits("woé") < inf


def test_order_one_ignores_the_context() -> None:
    model = NGram[str](1).fit(TEXT)
    assert model.distribution("wood") == model.distribution("") == model.distribution("é")


def test_only_the_last_tokens_of_the_context_count() -> None:
    model = NGram[str](3).fit(TEXT)
    assert model.distribution("anything wo") == model.distribution("wo")


def test_bits_add_up_the_surprisals_and_the_probabilities() -> None:
    model = NGram[str](3).fit(TEXT)
    expected = [log2(1 / model.probability(t, "wood"[:i])) for i, t in enumerate("wood")]
    assert model.surprisals("wood") == expected
    assert isclose(model.bits("wood"), sum(expected))
    assert model.bits("") == 0


def test_more_context_predicts_a_repetitive_text_better() -> None:
    bits = [NGram[str](order).fit(TEXT).bits(TEXT) for order in range(1, 6)]
    assert bits == sorted(bits, reverse=True)


def test_characters_bytes_and_lists_are_the_same_to_it() -> None:
    letters = NGram[str](3).fit(TEXT).bits(TEXT)
    assert isclose(NGram[int](3).fit(TEXT.encode()).bits(TEXT.encode()), letters)
    assert isclose(NGram[str](3).fit(list(TEXT)).bits(list(TEXT)), letters)
    assert isclose(
        NGram[tuple[str]](3).fit([(c,) for c in TEXT]).bits([(c,) for c in TEXT]), letters
    )


def test_same_seed_same_text() -> None:
    model = NGram[str](4).fit(TEXT)
    first = model.generate(40, prompt="A woo", seed=7)
    assert first == model.generate(40, prompt="A woo", seed=7)
    assert first == NGram[str](4).fit(TEXT).generate(40, prompt="A woo", seed=7)
    assert first != model.generate(40, prompt="A woo", seed=8)
    assert len(first) == 40
    assert model.generate(0, prompt="A") == []


def test_drawn_tokens_follow_the_distribution() -> None:
    model = NGram[str](1).fit("aaab")
    drawn = model.generate(4000, seed=1)
    assert abs(drawn.count("b") / 4000 - model.probability("b")) < 0.03


def test_fitting_again_forgets_the_old_text() -> None:
    model = NGram[str](3).fit("xyxyxyxy").fit(TEXT)
    assert model.distribution("wo") == NGram[str](3).fit(TEXT).distribution("wo")


def test_learning_as_it_reads_lowers_the_surprise() -> None:
    model = NGram[str](3).fit(TEXT)
    before = model.bits("zyzzyva zyzzyva")
    assert before == inf
    model = NGram[str](3).fit(TEXT, vocabulary="zyv")
    before = model.bits("zyzzyva zyzzyva")
    assert model.bits("zyzzyva zyzzyva", learn=True) < before
    assert model.bits("zyzzyva zyzzyva") < before / 2


def test_unusable_input_is_named() -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        NGram[str](0)
    with pytest.raises(ValueError, match="empty text"):
        NGram[str](2).fit("")
    for call in (NGram[str](2).probability, NGram[str](2).bits, NGram[str](2).distribution):
        with pytest.raises(ValueError, match="call fit first"):
            call("a")
