"""Choices from a seed, and the three splits: what may be combined in which text.

Explained in the chapter "data".  Every narrator of the valley chooses through a :class:`Draw`.  It
uses nothing of :mod:`random` but the sequence of ``random()``, which Python promises to keep, so the
same seed gives the same text on every platform and in every version.

A *pair* is two words that a text combines, such as an adjective and a noun.  About one pair in
sixteen is held out: no text of the split ``train`` contains it.  Texts of the split ``samples`` have
the same pairs as those of ``train`` and other seeds; those of ``combinations`` are made of held-out
pairs, so what a model says about them it cannot have memorized.
"""

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar
from zlib import crc32

from llmbook.errors import InputError

SPLITS = ("train", "samples", "combinations")
HELD_OUT_ONE_IN = 16

T = TypeVar("T")
U = TypeVar("U")


def held_out(left: object, right: object) -> bool:
    """Say whether two words are never combined in training.

    Example:
        >>> nouns = ("bell", "book", "bottle", "brush", "cup", "drum", "flute", "key", "kite", "ladder")
        >>> [noun for noun in nouns if held_out("red", noun)]
        ['bottle', 'brush', 'ladder']
    """
    return crc32(f"{left}|{right}".encode()) % HELD_OUT_ONE_IN == 0


class Draw:
    """A sequence of choices that a key decides.

    Args:
        key: What the choices depend on, such as the name of a narrator, a seed and a number.
        split: One of :data:`SPLITS`; it is a part of the key.

    Raises:
        InputError: If there is no such split.

    Example:
        >>> draw = Draw("story", 0, 17)
        >>> draw.choice("abcdef"), draw.integer(1, 6), draw.chance(0.5)
        ('d', 1, True)
        >>> held_out(*Draw(0, split="combinations").pair(["red", "blue"], range(100)))
        True
    """

    def __init__(self, *key: object, split: str = "train") -> None:
        if split not in SPLITS:
            raise InputError(
                f"there is no split {split!r}: it has to be one of {', '.join(SPLITS)}"
            )
        self.split = split
        self._random = Random("/".join(map(str, (split, *key)))).random  # noqa: S311 (no secret)

    def integer(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        """Return True as often as ``probability`` says."""
        return self._random() < probability

    def choice(self, options: Sequence[T]) -> T:
        """Return one of the options, all equally likely."""
        return options[int(self._random() * len(options))]

    def weighted(self, options: Iterable[tuple[T, float]]) -> T:
        """Return one of the options, each as likely as the number beside it says."""
        pairs = list(options)
        place = self._random() * sum(weight for _, weight in pairs)
        for option, weight in pairs:
            place -= weight
            if place < 0:
                return option
        return pairs[-1][0]  # rounding may leave a last sliver

    def shuffled(self, options: Iterable[T]) -> list[T]:
        """Return the options in another order, all orders equally likely."""
        keyed = [(self._random(), place, option) for place, option in enumerate(options)]
        return [option for *_, option in sorted(keyed, key=lambda item: item[:2])]

    def some(self, options: Iterable[T], n: int) -> list[T]:
        """Return ``n`` different ones of the options, or all if there are fewer."""
        return self.shuffled(options)[:n]

    def pair(self, lefts: Sequence[T], rights: Sequence[U]) -> tuple[T, U]:
        """Return one of ``lefts`` and one of ``rights`` that this split may combine.

        Training gets none that is held out.  The split ``combinations`` gets only those that are,
        unless these options have none.
        """
        wanted = self.split == "combinations"
        for left in self.shuffled(lefts):
            if fitting := [right for right in rights if held_out(left, right) == wanted]:
                return left, self.choice(fitting)
        if wanted:
            return self.choice(lefts), self.choice(rights)
        raise InputError("every combination of these words is held out: give more of them")
