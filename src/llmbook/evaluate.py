"""How good is a model?  Its score on each task, how sure that is, and what it has to be beside.

Explained in the chapter "Evaluation" of the part "Training process".  Examples come from documents
that the training text does not have: by default such as combine what it never combines.  Before an
example counts, it is looked for in the training text; beside the model stands a baseline.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from math import sqrt
from typing import Any

from llmbook.applications import ALL, APPLICATIONS
from llmbook.asking import length, said
from llmbook.baselines import BASELINES
from llmbook.contamination import Training
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.instruct import ask as instruct
from llmbook.several import count_right, pass_at
from llmbook.tasks import TASKS, Ask, Example, Marks, complete
from llmbook.world import tell

DOCUMENTS = 20_000  # of the training text: what baselines learn from, and what is searched
Z = 1.959964  # a normal number is less than this far from its mean in 95 of 100 cases
_TRIES = 20  # documents looked at for each example that is wanted


def wilson(right: float, n: int, z: float = Z) -> tuple[float, float]:
    """Return the interval in which a success rate lies, at a confidence of 95 % by default.

    Args:
        right: How many of the examples were right.
        n: How many there were.
        z: How many standard errors to go to either side.

    Raises:
        ValueError: If there were none, or more were right.

    Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.

    Example:
        >>> [round(limit, 3) for limit in wilson(9, 10)]
        [0.596, 0.982]
    """
    if n < 1 or not 0 <= right <= n:
        raise ValueError(f"{right} right of {n}: there is no such score")
    rate, spread = right / n, z * z / n
    center = (rate + spread / 2) / (1 + spread)
    half = z * sqrt(rate * (1 - rate) / n + spread / (4 * n)) / (1 + spread)
    low, high = center - half, center + half
    return max(0.0, low) if right else 0.0, min(1.0, high) if right < n else 1.0


# --- The examination ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chosen:
    """The examples of a task, and what was left out to get them.

    Args:
        examples: Those to be graded.
        known: How many documents were left out because the training text has them.
        long: How many did not fit in the model's context.
    """

    examples: list[Example]
    known: int
    long: int


def choose(
    name: str, lm: LanguageModel, training: Training, n: int, seed: int, split: str, ask: Ask
) -> Chosen:
    """Choose examples that the model has room for and the training text has not.

    Raises:
        InputError: If there are not enough.
    """
    task = ALL[name]
    examples: list[Example] = []
    known = long = 0
    for number in count():
        if len(examples) == n:
            return Chosen(examples, known, long)
        if number == _TRIES * n + 100:
            raise InputError(
                f"only {len(examples)} of {number} examples can be used: {known} are in the "
                f"training text, and {long} do not fit in a context of {lm.config.context} tokens"
            )
        example = task.example(tell(task.narrator, seed, number, split), number)
        if example is None:
            continue
        if training.has(example.known_by):
            known += 1
        elif length(lm, name, example, ask(name, example)) > lm.config.context:
            long += 1
        else:
            examples.append(example)
    raise AssertionError("count has no end")


def evaluate(
    lm: LanguageModel,
    names: Iterable[str] | None = None,
    *,
    n: int = 100,
    seed: int = 0,
    split: str = "combinations",
    searched: int = DOCUMENTS,
    ask: Ask | None = None,
    draws: int = 0,
    show: Callable[[str], object] = str,
) -> dict[str, dict[str, Any]]:
    """Examine a model.

    Args:
        lm: The model.
        names: Some of :data:`llmbook.applications.ALL`.  By default an assistant, which has a chat
            template, is examined on all applications, and another model on the five of
            :data:`llmbook.tasks.TASKS`, for which no instruction is needed.
        n: How many examples of each.
        seed: Same seed, same examples and same score.
        split: Of which documents: ``"samples"`` are new ones of the kind that is trained on,
            ``"combinations"`` have pairs of words that are never combined in training.
        searched: How many documents of the training text to learn baselines from and to search.
        ask: How to put an example to the model.  By default an assistant is given an instruction,
            and another model a text to continue.
        draws: How many answers to draw for each example of a task that counts how often one of
            several is right, see :func:`pass_at`.
        show: Is told what is being done.

    Returns:
        For each task its ``score``, the ``low`` and ``high`` end of its interval, ``n``, the same
        for the ``baseline``; ``parts``, scores of what else is marked; ``known``, which share of
        the examples was left out because the training text has them; ``said``, the share of those
        graded whose answer the training text has, in this or another context; and ``long``, how
        many were left out because the model's context is too short.

    Raises:
        InputError: If there is no such task, or too few examples.
    """
    assistant = lm.chat_template is not None
    names = tuple(dict.fromkeys(names or (APPLICATIONS if assistant else TASKS)))
    ask = ask or (instruct if assistant else complete)
    for name in names:
        if name not in ALL:
            raise InputError(f"there is no task {name!r}: it has to be one of {', '.join(ALL)}")
    for value, option in ((n, "n"), (searched, "documents")):
        if value < 1:
            raise InputError(f"--{option} has to be at least 1, not {value}")
    if split == "train":
        raise InputError("a model is not examined on its training text: take another --split")
    for value, option in ((seed, "seed"), (draws, "draws")):
        if value < 0:
            raise InputError(f"--{option} has to be 0 or more, not {value}")
    show(f"reading {searched:,} documents of the training text")
    training = Training.read(names, searched, assistant)
    report = {}
    for name in names:
        task = (APPLICATIONS if assistant else ALL)[name]
        chosen = choose(name, lm, training, n, seed, split, ask)
        title, learn = BASELINES[name]
        show(f"{name}: learning the baseline, {title}")
        answer = learn(task, training.examples[name], lm)
        marks, beside = [], []
        for i, example in enumerate(chosen.examples):
            show(f"{name}: {i + 1} of {n}")
            marks.append(task.grade(example, said(lm, task, example, ask(name, example), i)))
            beside.append(task.grade(example, answer(example, i)))
        parts = _parts(marks)
        if draws and task.drawn:
            rights = count_right(lm, name, chosen.examples, ask, draws, show)
            for k in sorted({1, min(10, draws)}):
                parts[f"pass@{k}"] = _mean([pass_at(k, draws, right) for right in rights])
        known = sum(training.says(example.statement) for example in chosen.examples)
        report[name] = {
            **_score(marks),
            "baseline": {"name": title, **_score(beside)},
            "parts": parts,
            "known": chosen.known / (chosen.known + n),
            "said": known / n,
            "long": chosen.long,
        }
    return report


def _score(marks: Sequence[Marks], part: str = "right") -> dict[str, Any]:
    """Return the share of what is right, with its interval."""
    found = [mark[part] for mark in marks if part in mark]
    return _mean(found)


def _mean(found: Sequence[float]) -> dict[str, Any]:
    """Return the mean of numbers from 0 to 1, with its interval."""
    low, high = wilson(sum(found), len(found))
    return {"score": sum(found) / len(found), "low": low, "high": high, "n": len(found)}


def _parts(marks: Sequence[Marks]) -> dict[str, dict[str, Any]]:
    """Return the scores of all that is marked beside "right"."""
    names = sorted({name for mark in marks for name in mark} - {"right"})
    return {name: _score(marks, name) for name in names}


def table(
    report: dict[str, dict[str, Any]], searched: int = DOCUMENTS, assistant: bool = False
) -> str:
    """Return a report as text.

    Args:
        report: What :func:`evaluate` returned.
        searched: How many documents of the training text were searched.
        assistant: Whether as many of those that fine-tuning has asked about were searched too.
    """
    rows = [("task", "score", "95 % interval", "n", "baseline")]
    for name, task in report.items():
        beside = task["baseline"]
        rows.append((*_row(name, task), f"{beside['score']:6.1%}  {beside['name']}"))
        rows += [(*_row(f"  {part}", score), "") for part, score in task["parts"].items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *rest, last in rows:
        middle = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=False)]
        lines.append("  ".join([first.ljust(widths[0]), *middle, last]).rstrip())
    asked = f", and in {searched:,} that fine-tuning has asked about" if assistant else ""
    lines += ["", f"Looked for in {searched:,} documents of the training text{asked}:"]
    for name, task in report.items():
        line = f"{name}: {task['known']:.1%} of the examples were there, and were left out; "
        line += f"of those graded, {task['said']:.1%} have an answer that is there"
        line += f"; {task['long']} did not fit in the context" if task["long"] else ""
        lines.append(line)
    return "\n".join(lines)


def _row(name: str, score: dict[str, Any]) -> tuple[str, str, str, str]:
    interval = f"{score['low']:.1%} to {score['high']:.1%}"
    return name, f"{score['score']:.1%}", interval, str(score["n"])
