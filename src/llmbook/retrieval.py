"""Find the texts of a collection that fit a question: by their words, or by a model's vectors.

Explained in the chapter "Retrieval and tools" of the part "Applications".  A searcher gives each
text a score; the best texts come first.  :class:`Words` looks at the words that a text shares with
the question, :class:`Vectors` at how near the two are in a language model's space, and
:func:`likelihood` asks how probable the question is after the text.  :func:`fuse` joins orders.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

import numpy as np

from llmbook._shapes import Array, Float, Int
from llmbook.bag_of_words import words
from llmbook.errors import InputError
from llmbook.hub import LanguageModel


class Words:
    """A collection that is searched by words: BM25.

    A word that the question and a text share counts the more, the rarer it is in the collection.
    That it comes again in a text counts less each time, and less in a long text.

    Args:
        texts: The collection.
        k1: How slowly a repeated word stops to count; at 0 it counts once.
        b: How much the length of a text matters, from 0, not at all, to 1.

    Raises:
        InputError: If there is no text, or a setting makes no sense.

    Source: Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009,
    section 3.4.  The 1 in the logarithm, which keeps frequent words from counting against a text, is
    that of the search engine Lucene.

    Example:
        >>> found = Words(["Ben went home.", "The owl saw Ben, and Ben saw the owl."])
        >>> found.scores("Where is the owl?").round(2).tolist()
        [0.0, 0.76]
    """

    def __init__(self, texts: Sequence[str], k1: float = 1.2, b: float = 0.75) -> None:
        _require_texts(texts)
        if not (k1 >= 0 and 0 <= b <= 1):
            raise InputError(f"k1 has to be 0 or more, and b from 0 to 1, not {k1} and {b}")
        counts = [Counter(words(text)) for text in texts]
        lengths = np.array([count.total() for count in counts], dtype=float)
        slowness = k1 * (1 - b + b * lengths / max(1.0, lengths.mean()))
        self.n = len(counts)
        # For each word the texts that have it, and what it adds to their scores.
        self.index: defaultdict[str, dict[int, float]] = defaultdict(dict)
        having = Counter(word for count in counts for word in count)
        for place, count in enumerate(counts):
            for word, times in count.items():
                rarity = log(1 + (self.n - having[word] + 0.5) / (having[word] + 0.5))
                self.index[word][place] = rarity * times / (times + slowness[place])

    def scores(self, question: str) -> Float[Array, " texts"]:
        """Return the score of each text; it is 0 if they share no word."""
        scores = np.zeros(self.n)
        for word in words(question):
            for place, score in self.index.get(word, {}).items():
                scores[place] += score
        return scores


class Vectors:
    """A collection that is searched by a model's vectors: the nearest in direction come first.

    Args:
        lm: The model.
        texts: The collection.
        blocks: See :func:`vector`.

    Raises:
        InputError: If there is no text, or one has no vector.
    """

    def __init__(self, lm: LanguageModel, texts: Sequence[str], blocks: int = 0) -> None:
        _require_texts(texts)
        self.lm, self.blocks = lm, blocks
        self.rows = np.stack([_unit(vector(lm, text, blocks)) for text in texts])

    def scores(self, question: str) -> Float[Array, " texts"]:
        """Return the cosine between the question and each text, from -1 to 1."""
        return self.rows @ _unit(vector(self.lm, question, self.blocks))


def vector(lm: LanguageModel, text: str, blocks: int = 0) -> Float[Array, " d_model"]:
    """Return one vector for a whole text: the mean of those that a model has for its tokens.

    Args:
        lm: The model.
        text: As much of it is read as the context holds.
        blocks: How many blocks the tokens have passed.  In front of the first, they do not know of
            each other, and the mean is that of the words alone.

    Raises:
        InputError: If the text is empty, or the model has not so many blocks.
    """
    if not 0 <= blocks <= lm.config.n_layers:
        raise InputError(f"the model has {lm.config.n_layers} blocks, and not {blocks}")
    ids = lm.tokenizer.encode(text)[: lm.config.context]
    if not ids:
        raise InputError("a text without tokens has no vector")
    x, cache = lm.model.embedding[ids], lm.model.new_cache(len(ids))
    for i in range(blocks):
        x = lm.model.block(i, x, cache)
    mean: Float[Array, " d_model"] = x.mean(axis=0)
    return mean


def likelihood(lm: LanguageModel, text: str, question: str) -> float:
    """Return the logarithm of the probability that a model asks this question after this text.

    A text that the question fits makes the question more probable.  This reads both together, which
    no vector of either can do, and costs a pass of the model for each text: it serves to put a few
    candidates into a better order.

    Source: Sachan et al., "Improving passage retrieval with zero-shot question generation", 2022,
    section 2.2.

    Args:
        lm: A model that continues texts, such as ``valley-base``.
        text: What was told.
        question: What is asked about it.

    Returns:
        The sum over the question's tokens, in nats.

    Raises:
        InputError: If the two do not fit into the model's context.
    """
    before = [*lm.stop_ids[:1], *lm.tokenizer.encode(f"{text}\n\nQuestion:")]
    ids = [*before, *lm.tokenizer.encode(f" {question}")]
    logits = lm.logits(ids[:-1])[len(before) - 1 :].astype(np.float64)
    logits -= logits.max(axis=1, keepdims=True)
    chances = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return float(chances[np.arange(len(chances)), ids[len(before) :]].sum())


# --- Orders ---------------------------------------------------------------------------------------


def order(scores: Float[Array, " texts"]) -> Int[Array, " texts"]:
    """Return the places of all texts, the best first; of equals the one that comes first.

    Example:
        >>> order(np.array([0.1, 0.7, 0.7])).tolist()
        [1, 2, 0]
    """
    return np.argsort(-scores, kind="stable")


def fuse(orders: Sequence[Int[Array, " texts"]], k: float = 60.0) -> Int[Array, " texts"]:
    """Join several orders into one: reciprocal rank fusion.

    Scores of different searchers cannot be added, as each has its own scale.  Ranks can: a text at
    rank ``r`` of an order gets ``1 / (k + r)``.

    Source: Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms Condorcet and
    individual rank learning methods", 2009.

    Args:
        orders: Places of texts, the best first; each order has all of them.
        k: How little it matters to be the very first.

    Raises:
        InputError: If there is no order, or they are not of the same texts.

    Example:
        >>> fuse([np.array([0, 1, 2, 3]), np.array([3, 1, 0, 2])]).tolist()
        [0, 1, 3, 2]
    """
    if not orders or any(sorted(one) != sorted(orders[0]) for one in orders):
        raise InputError("give at least one order, all of them of the same texts")
    scores = np.zeros(len(orders[0]))
    for one in orders:
        scores[one] += 1 / (k + 1 + np.arange(len(one)))
    return order(scores)


def _unit(vector: Float[Array, " d_model"]) -> Float[Array, " d_model"]:
    """Return a vector of the same direction and length 1."""
    unit: Float[Array, " d_model"] = vector / np.linalg.norm(vector)
    return unit


def _require_texts(texts: Sequence[str]) -> None:
    if not texts:
        raise InputError("there is nothing to search: give at least one text")
