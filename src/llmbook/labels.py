"""Choose a label by comparing how probable a model finds each, and see how sure it may be.

Explained in the chapter "Language understanding" of the part "Applications".  A model that generates
may say anything; one that is asked for the probability of each label can only choose among them, and
says how sure it is.  Whether it is right as often as it is sure, its answers to examples tell.
"""

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

import numpy as np

from llmbook.chat import Message
from llmbook.errors import InputError
from llmbook.hub import LanguageModel


def log_probability(lm: LanguageModel, prompt: str | Sequence[Message], answer: str) -> float:
    """Return the logarithm of the probability that a model answers so, and then ends.

    The end counts, or "no" would be at least as probable as "nobody", of which it is a part.

    Args:
        lm: The model.
        prompt: A text that the answer continues, or messages to which it is the reply.
        answer: What is said, without the space that a chat template puts in front of it.

    Returns:
        The sum over the answer's tokens, in nats: 0 or less.

    Raises:
        InputError: If the answer is empty, or together they exceed the context of the model.
    """
    before = lm.encode(prompt)
    if isinstance(prompt, str):
        said = lm.tokenizer.encode(answer)
    else:  # as the model's own template writes a reply that has begun
        said = lm.encode([*prompt, {"role": "assistant", "content": answer}])[len(before) :]
    if not said:
        raise InputError("an answer needs at least one token")
    ids = [*before, *said, *lm.stop_ids[:1]]
    logits = lm.logits(ids[:-1])[len(before) - 1 :].astype(np.float64)
    logits -= logits.max(axis=1, keepdims=True)
    chances = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return float(chances[np.arange(len(chances)), ids[len(before) :]].sum())


def compare(
    lm: LanguageModel, prompt: str | Sequence[Message], labels: Sequence[str]
) -> dict[str, float]:
    """Return how sure a model is of each label, if it has to be one of them.

    Args:
        lm: The model.
        prompt: A text that a label continues, or messages to which it is the reply.
        labels: What may be said, each once.

    Returns:
        For each label its share of the probability that they have together.

    Raises:
        InputError: If there are no labels, or one cannot be read.
    """
    if not labels:
        raise InputError("there is nothing to choose from: give at least one label")
    logs = [log_probability(lm, prompt, label) for label in labels]
    weights = [exp(log - max(logs)) for log in logs]
    return {label: w / sum(weights) for label, w in zip(labels, weights, strict=True)}


class Bin(NamedTuple):
    """Answers of which a model was about equally sure.

    Args:
        sure: How sure it was, on average.
        right: Which share of them was right.
        n: How many they are.
    """

    sure: float
    right: float
    n: int


def reliability(sure: Sequence[float], right: Sequence[bool], edges: Sequence[float]) -> list[Bin]:
    """Compare how sure a model was with how often it was right.

    Args:
        sure: For each answer, the probability that the model gave to it.
        right: Whether it was right.
        edges: Where a new bin begins; the first one begins at 0.

    Returns:
        The bins that have an answer, from the least to the most sure.

    Example:
        >>> reliability([0.5, 0.75, 1.0], [True, True, False], edges=[0.75])
        [Bin(sure=0.5, right=1.0, n=1), Bin(sure=0.875, right=0.5, n=2)]
    """
    places = np.digitize(sure, edges)
    bins = []
    for place in sorted(set(places.tolist())):
        chosen = places == place
        mean_sure, share = np.mean(np.asarray(sure)[chosen]), np.mean(np.asarray(right)[chosen])
        bins.append(Bin(float(mean_sure), float(share), int(chosen.sum())))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return how far from each other sureness and success are, on average over all answers.

    Source: Guo et al., "On calibration of modern neural networks", 2017, equation 3.

    Example:
        >>> calibration_error([Bin(sure=0.5, right=0.5, n=10), Bin(sure=1.0, right=0.75, n=30)])
        0.1875
    """
    total = sum(group.n for group in bins)
    return sum(group.n * abs(group.sure - group.right) for group in bins) / total
