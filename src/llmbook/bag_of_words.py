"""Two baselines that count words and forget their order: logistic regression, and the nearest text.

Explained in the chapter "Evaluation" of the part "Training process".  The regression learns for each
word how much it speaks for one of two classes.  The nearest text is the one of the training text
that shares most words, where a rare word weighs more; its answer is repeated.
"""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log, sqrt

import numpy as np

from llmbook._shapes import Array, Float
from llmbook.hub import LanguageModel
from llmbook.tasks import Example, Task

STEPS = 1000  # of the descent; more change no verdict


def regression(
    task: Task,  # noqa: ARG001
    training: Sequence[Example],
    lm: LanguageModel,  # noqa: ARG001
) -> Callable[[Example, int], str]:
    """Learn from its words which of two answers a text has."""
    answers = sorted({example.answer for example in training})
    if len(answers) < 2:
        return lambda example, seed: answers[0] if answers else ""  # noqa: ARG005
    places: dict[str, int] = {}
    for example in training:
        for word in words(example.prompt):
            places.setdefault(word, len(places))
    seen = np.stack([_presence(example, places) for example in training])
    signs = np.array([1 if example.answer == answers[1] else -1 for example in training])
    weights = logistic(seen, signs.astype(np.float64))

    def answer(example: Example, seed: int) -> str:  # noqa: ARG001
        return answers[int(_presence(example, places) @ weights > 0)]

    return answer


def _presence(example: Example, places: dict[str, int]) -> Float[Array, " words_and_one"]:
    """Return 1 for each word that is in a text, and for the constant at the end."""
    row = np.zeros(len(places) + 1)
    row[[places[word] for word in words(example.prompt) if word in places]] = 1
    row[-1] = 1
    return row


def logistic(
    rows: Float[Array, "examples features"], signs: Float[Array, " examples"]
) -> Float[Array, " features"]:
    """Return the weights with the least logistic loss, and half their square beside it.

    This is what scikit-learn's ``LogisticRegression`` minimizes by default, but for the constant,
    which counts here as a weight like any other.  The descent is Nesterov's; its step is the largest
    that is safe.

    Args:
        rows: What is known of each example.
        signs: 1 for one class, and -1 for the other.

    Example:
        >>> weights = logistic(np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([1.0, -1.0]))
        >>> weights.round(2).tolist()
        [0.41, -0.07]
    """
    step = 1 / (1 + np.square(rows).sum() / 4)  # the sum is no less than the largest eigenvalue
    step = max(step, 1 / (1 + np.linalg.norm(rows, 2) ** 2 / 4))
    weights = ahead = np.zeros(rows.shape[1])
    for i in range(STEPS):
        margins = signs * (rows @ ahead)
        gradient = ahead - rows.T @ (signs / (1 + np.exp(margins)))
        before, weights = weights, ahead - step * gradient
        ahead = weights + i / (i + 3) * (weights - before)
    return weights


def nearest(
    task: Task,  # noqa: ARG001
    training: Sequence[Example],
    lm: LanguageModel,  # noqa: ARG001
) -> Callable[[Example, int], str]:
    """Answer as for the program with the most similar words, its arguments renamed.

    Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988.
    """
    counts = [Counter(words(example.prompt)) for example in training]
    texts = Counter(word for count in counts for word in count)
    rarity = {word: log(len(training) / n) for word, n in texts.items()}
    index: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, count in enumerate(counts):
        weights = {word: n * rarity[word] for word, n in count.items()}
        length = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        for word, weight in weights.items():
            index[word].append((i, weight / length))

    def answer(example: Example, seed: int) -> str:  # noqa: ARG001
        scores = [0.0] * len(training)
        for word, n in Counter(words(example.prompt)).items():
            for i, weight in index.get(word, ()):
                scores[i] += n * rarity[word] * weight
        found = training[max(range(len(training)), key=scores.__getitem__)]
        if "What it does" in example.prompt:
            return found.answer
        begun = example.prompt.count("\n") - 2  # lines of the body that are given
        body = "\n".join(str(found.facts["body"]).split("\n")[begun:])
        names = dict(zip(_arguments(found), _arguments(example), strict=False))
        return re.sub(r"\w+", lambda match: names.get(match[0], match[0]), body)

    return answer


def _arguments(example: Example) -> list[str]:
    """Return the names of a function's arguments."""
    [function] = ast.parse(f"{example.facts['signature']} pass").body
    assert isinstance(function, ast.FunctionDef)
    return [argument.arg for argument in function.args.args]


def words(text: str) -> list[str]:
    """Return the words of a text, without their capitals; a name in code is several.

    Example:
        >>> words("def red_hens(n): return n > 12")
        ['def', 'red', 'hens', 'n', 'return', 'n', '12']
    """
    return re.findall(r"[a-z]+(?:'[a-z]+)?|\d+", text.lower())
