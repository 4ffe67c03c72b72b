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

from llmbook import sampling
from llmbook.baselines import BASELINES
from llmbook.chat import Message
from llmbook.contamination import Training
from llmbook.errors import InputError
from llmbook.hub import LanguageModel, until
from llmbook.tasks import TASKS, Ask, Example, Marks, Task, complete
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
    task = TASKS[name]
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
        elif _length(lm, example, ask(name, example)) > lm.config.context:
            long += 1
        else:
            examples.append(example)
    raise AssertionError("count has no end")


def say(lm: LanguageModel, task: Task, prompt: str | Sequence[Message], seed: int) -> str:
    """Return what a model says to a prompt: a text to continue, or messages to reply to."""
    tokens = sampling.generate(
        lm.model,
        _prompt(lm, prompt),
        max_tokens=task.max_tokens,
        seed=seed,
        stop_ids=lm.stop_ids,
        **task.settings,
    )
    known = (token for token in tokens if token < lm.tokenizer.vocab_size)
    return "".join(until(lm.tokenizer.decode_stream(known), task.stop))


def _length(lm: LanguageModel, example: Example, prompt: str | Sequence[Message]) -> int:
    """Return how many tokens a prompt and its answer have."""
    return len(_prompt(lm, prompt)) + len(lm.tokenizer.encode(example.answer))


def _prompt(lm: LanguageModel, prompt: str | Sequence[Message]) -> list[int]:
    """Return a prompt's tokens; in front of a text that is to be continued, a new one begins."""
    ids = lm.encode(prompt)
    first = lm.tokenizer.special.get(lm.names.get("bos_token", ""))
    if first is None or not isinstance(prompt, str) or ids[:1] == [first]:
        return ids
    return [first, *ids]


def evaluate(
    lm: LanguageModel,
    names: Iterable[str] = tuple(TASKS),
    *,
    n: int = 100,
    seed: int = 0,
    split: str = "combinations",
    searched: int = DOCUMENTS,
    ask: Ask = complete,
    show: Callable[[str], object] = str,
) -> dict[str, dict[str, Any]]:
    """Examine a model.

    Args:
        lm: The model.
        names: Some of :data:`llmbook.tasks.TASKS`.
        n: How many examples of each.
        seed: Same seed, same examples and same score.
        split: Of which documents: ``"samples"`` are new ones of the kind that is trained on,
            ``"combinations"`` have pairs of words that are never combined in training.
        searched: How many documents of the training text to learn baselines from and to search.
        ask: How to put an example to the model.
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
    names = tuple(dict.fromkeys(names))
    for name in names:
        if name not in TASKS:
            raise InputError(f"there is no task {name!r}: it has to be one of {', '.join(TASKS)}")
    for value, option in ((n, "n"), (searched, "documents")):
        if value < 1:
            raise InputError(f"--{option} has to be at least 1, not {value}")
    if split == "train":
        raise InputError("a model is not examined on its training text: take another --split")
    if seed < 0:
        raise InputError(f"--seed has to be 0 or more, not {seed}")
    show(f"reading {searched:,} documents of the training text")
    training = Training.read(names, searched)
    report = {}
    for name in names:
        task = TASKS[name]
        chosen = choose(name, lm, training, n, seed, split, ask)
        title, learn = BASELINES[name]
        show(f"{name}: learning the baseline, {title}")
        answer = learn(task, training.examples[name], lm)
        marks, beside = [], []
        for i, example in enumerate(chosen.examples):
            show(f"{name}: {i + 1} of {n}")
            marks.append(task.grade(example, say(lm, task, ask(name, example), seed=i)))
            beside.append(task.grade(example, answer(example, i)))
        said = sum(training.says(example.statement) for example in chosen.examples)
        report[name] = {
            **_score(marks),
            "baseline": {"name": title, **_score(beside)},
            "parts": _parts(marks),
            "known": chosen.known / (chosen.known + n),
            "said": said / n,
            "long": chosen.long,
        }
    return report


def _score(marks: Sequence[Marks], part: str = "right") -> dict[str, Any]:
    """Return the share of what is right, with its interval."""
    found = [mark[part] for mark in marks if part in mark]
    low, high = wilson(sum(found), len(found))
    return {"score": sum(found) / len(found), "low": low, "high": high, "n": len(found)}


def _parts(marks: Sequence[Marks]) -> dict[str, dict[str, Any]]:
    """Return the scores of all that is marked beside "right"."""
    names = sorted({name for mark in marks for name in mark} - {"right"})
    return {name: _score(marks, name) for name in names}


def table(report: dict[str, dict[str, Any]], searched: int = DOCUMENTS) -> str:
    """Return a report as text."""
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
    lines += ["", f"Looked for in {searched:,} documents of the training text:"]
    for name, task in report.items():
        line = f"{name}: {task['known']:.1%} of the examples were there, and were left out; "
        line += f"of those graded, {task['said']:.1%} have an answer that is there"
        line += f"; {task['long']} did not fit in the context" if task["long"] else ""
        lines.append(line)
    return "\n".join(lines)


def _row(name: str, score: dict[str, Any]) -> tuple[str, str, str, str]:
    interval = f"{score['low']:.1%} to {score['high']:.1%}"
    return name, f"{score['score']:.1%}", interval, str(score["n"])
