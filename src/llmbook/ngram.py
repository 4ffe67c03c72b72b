"""Predict the next token by counting: an n-gram model with interpolated Kneser-Ney smoothing.

Explained in the first part of the book, "What are LLMs?".  It is the baseline that every neural
model of the book has to beat.  It needs only the standard library, and it reads any sequence of
hashable tokens: the characters of a text, its bytes, the numbers of a tokenizer, words.

Source: Chen and Goodman, "An empirical study of smoothing techniques for language modeling",
Computer Speech and Language 13, 1999, in the form with one absolute discount per order.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import chain
from math import fsum, inf, log2
from random import Random
from typing import Generic, NamedTuple, Self, TypeVar

Token = TypeVar("Token", bound=Hashable)


class NGram(Generic[Token]):
    """A model that predicts a token from the ``order - 1`` tokens before it.

    Let ``c`` be how often ``token`` followed ``context``, ``N`` the sum of such counts over all
    tokens, ``M`` how many different tokens followed, and ``D`` the discount of the order.  Then::

        p(token | context) = (max(c - D, 0) + D * M * p(token | shorter context)) / N

    Every count gives up ``D``, and the context without its oldest token says who gets it.  Below
    the empty context lies the uniform distribution, so no token of the vocabulary is impossible.
    A context that was never seen is shortened until it was.

    At the highest order ``c`` is a plain count.  Below, it is the number of *different* tokens
    seen in front of ``context + token``.  The shorter context speaks where the longer one has too
    little to say, and there a token that fits in many places is a better guess than one that is
    frequent in a single place.

    Args:
        order: Length of the longest n-grams counted: 1 ignores the context, 2 reads one token.

    Raises:
        ValueError: If ``order`` is less than 1.

    Example:
        >>> model = NGram(order=3).fit("the cat sat on the mat")
        >>> round(model.probability("e", context="th"), 3)
        0.716
    """

    def __init__(self, order: int) -> None:
        if order < 1:
            raise ValueError(f"the order of an n-gram model is at least 1, not {order}")
        self.order = order
        self.vocabulary: dict[Token, None] = {}  # a set that keeps its order: same seed, same text
        # Both lists are indexed by the length of the context, from 0 to order - 1.
        self._following: list[dict[tuple[Token, ...], Counter[Token]]] = []
        self._discounts: list[float] = []

    def fit(self, tokens: Sequence[Token], vocabulary: Iterable[Token] = ()) -> Self:
        """Count the n-grams of ``tokens``, forgetting whatever was counted before.

        Args:
            tokens: The training text.
            vocabulary: Tokens that may come although the text lacks them, such as ``range(256)``
                for bytes.  The tokens of the text are always added.

        Returns:
            The model itself.

        Raises:
            ValueError: If ``tokens`` is empty.
        """
        text = tuple(tokens)
        if not text:
            raise ValueError("an n-gram model cannot learn from an empty text")
        self.vocabulary = dict.fromkeys(chain(vocabulary, text))
        self._following = [defaultdict(Counter) for _ in range(self.order)]
        for i, token in enumerate(text):
            self._count(token, text[max(0, i - self.order + 1) : i])
        self._discounts = [_discount(level.values()) for level in self._following]
        return self

    def probability(self, token: Token, context: Sequence[Token] = ()) -> float:
        """Return the probability that ``token`` follows ``context``.

        Args:
            token: The next token.
            context: The tokens before it.  The last ``order - 1`` of them are read.

        Returns:
            A positive number for every token of the vocabulary, 0 for any other.

        Raises:
            ValueError: If the model was not fitted.
        """
        levels = self._levels(context)
        if token not in self.vocabulary:
            return 0.0
        return _interpolate(token, levels, 1 / len(self.vocabulary))

    def distribution(self, context: Sequence[Token] = ()) -> dict[Token, float]:
        """Return the probability of every token of the vocabulary after ``context``.

        Args:
            context: The tokens before.  The last ``order - 1`` of them are read.

        Raises:
            ValueError: If the model was not fitted.

        Example:
            >>> after_b = NGram(order=2).fit("abracadabra").distribution("b")
            >>> max(after_b, key=after_b.get), round(sum(after_b.values()), 9)
            ('r', 1.0)
        """
        levels = self._levels(context)
        return {t: _interpolate(t, levels, 1 / len(self.vocabulary)) for t in self.vocabulary}

    def surprisals(self, tokens: Sequence[Token], learn: bool = False) -> list[float]:
        """Return the surprise of each token in bits, given the tokens before it.

        A token of probability ``p`` costs ``log2(1 / p)`` bits: none when it was certain, one for
        the toss of a coin, infinitely many when it is not in the vocabulary.

        Args:
            tokens: The text to predict.
            learn: Count each token once it has been predicted, as programs that compress do.

        Raises:
            ValueError: If the model was not fitted.

        Example:
            >>> [round(bits, 1) for bits in NGram(order=3).fit("abracadabra").surprisals("abba")]
            [1.0, 1.4, 5.3, 1.4]
        """
        text = tuple(tokens)
        bits = []
        for i, token in enumerate(text):
            context = text[max(0, i - self.order + 1) : i]
            p = self.probability(token, context)
            bits.append(log2(1 / p) if p else inf)
            if learn:
                self.vocabulary.setdefault(token)
                self._count(token, context)
        return bits

    def bits(self, tokens: Sequence[Token], learn: bool = False) -> float:
        """Return the total surprise of ``tokens``: their size in bits, compressed with this model.

        Divided by the number of bytes in the text this is *bits per byte*, which can be compared
        between models whatever their tokens are.

        Args:
            tokens: The text to predict.
            learn: Count each token once it has been predicted, as programs that compress do.

        Raises:
            ValueError: If the model was not fitted.

        Example:
            >>> NGram(order=1).fit("ab").bits("abba")
            4.0
        """
        return fsum(self.surprisals(tokens, learn))

    def generate(self, length: int, prompt: Sequence[Token] = (), seed: int = 0) -> list[Token]:
        """Return ``length`` tokens that continue ``prompt``, each drawn from its distribution.

        Args:
            length: How many tokens to draw.
            prompt: What they continue; it is not part of the answer.
            seed: Same seed, same text.

        Raises:
            ValueError: If the model was not fitted.

        Example:
            >>> model = NGram(order=5).fit("the cat sat on the mat and the rat ate the oats")
            >>> "".join(model.generate(20, prompt="the ", seed=3))
            'cat sets tra cat sat'
        """
        generator = Random(seed)  # noqa: S311 - this draws text, not secrets
        text = list(prompt)
        for _ in range(length):
            chances = self.distribution(text)
            text += generator.choices(list(chances), weights=list(chances.values()))
        return text[len(prompt) :]

    def _count(self, token: Token, context: tuple[Token, ...]) -> None:
        """Count one n-gram, and its endings as far as they have a new token in front of them."""
        for n in reversed(range(len(context) + 1)):
            counts = self._following[n][context[len(context) - n :]]
            counts[token] += 1
            if counts[token] > 1:  # the shorter n-gram has met the token in front of it before
                break

    def _levels(self, context: Sequence[Token]) -> "list[_Level[Token]]":
        """Return what is known about the context, from its empty ending to its longest one seen."""
        if not self.vocabulary:
            raise ValueError("this n-gram model has learned nothing yet: call fit first")
        levels = []
        for n in range(min(self.order - 1, len(context)) + 1):
            counts = self._following[n].get(tuple(context[len(context) - n :]))
            if counts is None:  # never seen, and so neither was any longer one
                break
            levels.append(_Level(counts, counts.total(), self._discounts[n]))
        return levels


class _Level(NamedTuple, Generic[Token]):
    """What followed one context: the counts, their sum, and the discount of the order."""

    counts: Counter[Token]
    total: int
    discount: float


def _interpolate(token: Token, levels: Iterable[_Level[Token]], probability: float) -> float:
    """Correct a probability by what followed ever longer contexts."""
    for counts, total, discount in levels:
        kept = max(counts.get(token, 0) - discount, 0.0)
        probability = (kept + discount * len(counts) * probability) / total
    return probability


def _discount(level: Iterable[Counter[Token]]) -> float:
    """Estimate the discount from how many n-grams were counted once, and how many twice.

    In a tiny text there may be none; the estimate would be 0, 1 or undefined, so take the middle.
    """
    sizes = Counter(chain.from_iterable(counts.values() for counts in level))
    once, twice = sizes[1], sizes[2]
    return once / (once + 2 * twice) if once and twice else 0.5
