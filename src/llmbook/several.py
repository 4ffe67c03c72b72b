"""How good is the best of several answers?  The chance that one of ``k`` programs passes its tests.

Explained in the chapter "Code generation" of the part "Applications".
"""

from collections.abc import Callable, Sequence
from math import comb

from llmbook.applications import ALL
from llmbook.asking import said
from llmbook.hub import LanguageModel
from llmbook.tasks import Ask, Example


def pass_at(k: int, drawn: int, right: int) -> float:
    """Return the chance that of ``k`` answers one is right, from a larger number that was drawn.

    To count how often one of exactly ``k`` is right would waste the others; ``1 - (1 - p)**k``, with
    the share ``p`` that is right, is too small on average.

    Source: Chen et al., "Evaluating large language models trained on code", 2021, section 2.1.

    Args:
        k: How many answers one may give.
        drawn: How many were drawn, ``k`` or more.
        right: How many of them were right.

    Raises:
        ValueError: If these numbers do not go together.

    Example:
        >>> round(pass_at(1, drawn=10, right=3), 4), round(pass_at(5, drawn=10, right=3), 4)
        (0.3, 0.9167)
    """
    if not 1 <= k <= drawn or not 0 <= right <= drawn:
        raise ValueError(f"{right} right of {drawn}, and {k} of them: there is no such chance")
    return 1 - comb(drawn - right, k) / comb(drawn, k)


def count_right(
    lm: LanguageModel,
    name: str,
    examples: Sequence[Example],
    ask: Ask,
    draws: int,
    show: Callable[[str], object] = str,
) -> list[int]:
    """Draw answers to each example, and return how many of them are right.

    Args:
        lm: The model.
        name: The task, which says how answers are drawn.
        examples: What is asked.
        ask: How it is put to the model.
        draws: How many answers to draw for each.
        show: Is told what is being done.
    """
    task, rights = ALL[name], []
    for i, example in enumerate(examples):
        show(f"{name}: {draws} answers to {i + 1} of {len(examples)}")
        prompt = ask(name, example)
        seeds = range(i * draws, (i + 1) * draws)
        texts = [said(lm, task, example, prompt, seed, task.drawn) for seed in seeds]
        rights.append(sum(task.grade(example, text)["right"] for text in texts))
    return rights
