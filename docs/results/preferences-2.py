"""Did the assistant learn more from its own right answers than from as many others?

Its third run begins with the model of the second, draws answers to requests, and keeps those that a
program finds right.  A twin of that run, with the same steps and the same lessons, learns from the
valley's own texts instead.  Here are both beside the model that they began with.

The models of the second run and of the twin lie in the folder that the environment variable ``RUNS``
names, as does what the third run kept; where one is missing it is made anew, which takes an hour for
the second run and a quarter of an hour for the twin.
"""

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import torch
from batches import Assistant
from record import RUNS, record

from llmbook import load
from llmbook.applications import APPLICATIONS
from llmbook.contamination import Training
from llmbook.evaluate import choose, wilson
from llmbook.finetune import finetune
from llmbook.hub import LanguageModel
from llmbook.instruct import ask
from llmbook.rejection import collect
from llmbook.several import pass_at
from llmbook.tuning_recipes import PRACTICE, VALLEY_CHAT_2, VALLEY_CHAT_3, Tuning

REQUESTS = {"content": 0.385, "stories": 0.91}  # the share of documents that make one, if not all
OTHERS = ("sentiment", "translation", "questions", "dialogue", "couplets")  # nobody practised
SEED = 31  # of what nobody has learned from
N = 300  # examples of each task
ASKED, DRAWS = 60, 16  # examples, and answers to each, to see how often one of several is right
SHOWN = 2


def twin(base: Path) -> Tuning:
    """Return the recipe of the twin: as many conversations of each task, but given ones."""
    lessons = tuple(
        replace(lesson, weight=lesson.weight / REQUESTS.get(lesson.task, 1.0))
        for lesson in VALLEY_CHAT_3.lessons
    )
    return replace(VALLEY_CHAT_3, base=str(base), lessons=lessons, practice=None)


def models() -> dict[str, LanguageModel]:
    """Return the model of the second run, that of the third, and its twin."""
    second, other = RUNS / "valley-chat-2", RUNS / "valley-chat-twin"
    if not second.exists():
        finetune(VALLEY_CHAT_2, second)
    if not other.exists():
        finetune(twin(second), other)
    return {"start": load(second), "own": load("valley-chat"), "given": load(other)}


def kept(lm: LanguageModel) -> dict[str, Any]:
    """Return what the third run has kept of its answers: how many, and of how many requests."""
    path, values = RUNS / "valley-chat-3.own.json", dict[str, Any]()
    if path.exists():
        own = json.loads(path.read_text("utf-8"))
    else:
        own = {task: collect(lm, task, PRACTICE, VALLEY_CHAT_3.seed) for task in PRACTICE.tasks}
    for task in PRACTICE.tasks:
        requests = {tuple(ids[: learned.index(True)]) for ids, learned in own[task]}
        values |= {
            f"kept_{task}": len(own[task]),
            f"solved_{task}": 100 * len(requests) / PRACTICE.requests,
            f"length_{task}": fmean(sum(learned) for _, learned in own[task]),
        }
    return values | {"kept": sum(len(own[task]) for task in PRACTICE.tasks)}


def examined(lm: LanguageModel, name: str) -> dict[str, Any]:
    """Return how often a model is right in a task, once and in several tries, and how much it says."""
    task, them = APPLICATIONS[name], Assistant(lm)
    examples = choose(name, lm, Training({}), N, SEED, "combinations", ask).examples
    replies = [row[0] for row in them.do(name, examples)]
    marks = [
        task.grade(one, reply.text)["right"] for one, reply in zip(examples, replies, strict=True)
    ]
    low, high = wilson(sum(marks), N)
    values: dict[str, Any] = {
        name: 100 * fmean(marks),
        f"{name}_low": 100 * low,
        f"{name}_high": 100 * high,
        f"{name}_words": fmean(len(reply.text.split()) for reply in replies),
        f"{name}_opening": 100 * opening([reply.text for reply in replies]),
    }
    if name not in PRACTICE.tasks:
        return values
    heat = PRACTICE.temperature
    drawn = them.do(name, examples[:ASKED], temperature=heat, seed=SEED, times=DRAWS)
    rights = [
        sum(task.grade(one, reply.text)["right"] for reply in row)
        for one, row in zip(examples[:ASKED], drawn, strict=True)
    ]
    for k in (1, 4, 16):
        values[f"{name}_pass_{k}"] = 100 * fmean(pass_at(k, DRAWS, right) for right in rights)
    values[f"{name}_different"] = fmean(len({reply.text for reply in row}) for row in drawn)
    if name == "content":
        for i, (example, reply) in enumerate(zip(examples[:SHOWN], replies, strict=False)):
            values[f"notes_{i}"] = "; ".join(example.facts["notes"])
            values[f"text_{i}"] = reply.text.strip()
    return values


def opening(texts: Sequence[str]) -> float:
    """Return the share of the most frequent first three words."""
    [(_, most)] = Counter(tuple(text.split()[:3]) for text in texts).most_common(1)
    return most / len(texts)


def measure(seed: int) -> dict[str, Any]:  # noqa: ARG001 - there is one of each model
    """Return everything."""
    them = models()
    values: dict[str, Any] = {
        "requests": PRACTICE.requests,
        "tries": PRACTICE.draws,
        "steps": VALLEY_CHAT_3.steps,
        "n": N,
        "asked": ASKED,
        "draws": DRAWS,
        **kept(them["start"]),
    }
    for who, lm in them.items():
        for name in (*PRACTICE.tasks, *OTHERS):
            values |= {f"{who}_{key}": value for key, value in examined(lm, name).items()}
    return values


if __name__ == "__main__":
    torch.set_num_threads(1)
    record("preferences-2", measure, packages=("torch", "numpy"), long=True)
