import subprocess
import sys
from collections import Counter
from itertools import product

import pytest

from llmbook.errors import InputError
from llmbook.world.draw import SPLITS, Draw, held_out
from llmbook.world.lexicon import ADJECTIVES, THINGS


def test_the_same_key_gives_the_same_choices_in_another_process() -> None:
    code = (
        "from llmbook.world.draw import Draw; d = Draw('a', 1, split='samples'); "
        "print([d.integer(0, 999) for _ in range(5)], d.shuffled('abcdefg'), d.chance(0.5))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True,
            env={"PYTHONHASHSEED": str(seed)},
        ).stdout
        for seed in (1, 2)
    }  # fmt: skip
    # Written down once: a change of any of these numbers changes every text of the book.
    assert runs == {"[16, 243, 353, 681, 656] ['a', 'c', 'd', 'f', 'g', 'b', 'e'] False\n"}


@pytest.mark.parametrize("other", [("a", 2), ("b", 1), ("a", 1, 1), ("a", "11")])
def test_another_key_gives_other_choices(other: tuple[object, ...]) -> None:
    def numbers(*key: object) -> list[int]:
        draw = Draw(*key)
        return [draw.integer(0, 10**6) for _ in range(3)]

    assert numbers("a", 1) != numbers(*other)


def test_choices_are_as_likely_as_they_say() -> None:
    draw = Draw("likely")
    n = 20_000
    rolls = Counter(draw.integer(1, 6) for _ in range(n))
    assert set(rolls) == set(range(1, 7))
    assert all(abs(count / n - 1 / 6) < 0.015 for count in rolls.values())
    assert abs(sum(draw.chance(0.3) for _ in range(n)) / n - 0.3) < 0.015
    chosen = Counter(draw.weighted([("x", 1), ("y", 3), ("never", 0)]) for _ in range(n))
    assert abs(chosen["y"] / n - 0.75) < 0.015
    assert "never" not in chosen
    orders = Counter(tuple(draw.shuffled("abc")) for _ in range(n))
    assert len(orders) == 6
    assert all(abs(count / n - 1 / 6) < 0.015 for count in orders.values())


def test_some_are_different_and_no_more_than_there_are() -> None:
    draw = Draw("some")
    assert all(len(set(draw.some(range(5), 3))) == 3 for _ in range(50))
    assert sorted(draw.some(range(5), 9)) == [0, 1, 2, 3, 4]


def test_about_one_combination_in_sixteen_is_held_out_and_each_noun_has_some_that_are_not() -> None:
    pairs = list(product(ADJECTIVES, THINGS))
    share = sum(held_out(*pair) for pair in pairs) / len(pairs)
    assert 0.04 < share < 0.09
    for noun in THINGS:
        assert sum(not held_out(adjective, noun) for adjective in ADJECTIVES) > 15


def test_only_the_split_of_combinations_has_pairs_that_are_held_out() -> None:
    adjectives, nouns = list(ADJECTIVES.values()), list(THINGS.values())
    for split in SPLITS:
        draw = Draw("pairs", split=split)
        drawn = [draw.pair(adjectives, nouns) for _ in range(300)]
        assert {held_out(*pair) for pair in drawn} == {split == "combinations"}
        assert len(set(drawn)) > 50


def test_words_without_a_fitting_pair() -> None:
    lonely = next(noun for noun in THINGS if held_out("red", noun))
    with pytest.raises(InputError, match="held out"):
        Draw("none").pair(["red"], [lonely])
    free = next(noun for noun in THINGS if not held_out("red", noun))
    assert Draw("none", split="combinations").pair(["red"], [free]) == ("red", free)


def test_a_split_that_there_is_not() -> None:
    with pytest.raises(InputError, match="no split 'test'"):
        Draw("x", split="test")
