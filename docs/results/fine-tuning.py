"""What fine-tuning made of the base: the run of the assistant, what it forgot, and who judges reviews.

The assistant and the classifier are those of the package.  The histories of their runs, and what the
assistant was after its first and its second, lie in the folder that the environment variable ``RUNS``
names; where one is missing, the model is trained anew, which takes three hours on one core for the
first run, one for the second, and half an hour for the classifier.
"""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean
from typing import Any
from unittest.mock import patch

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import torch
from record import RUNS, record
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from llmbook import classify, load, tune_assistant
from llmbook.applications import APPLICATIONS
from llmbook.bag_of_words import words
from llmbook.compress import surprisals
from llmbook.finetune import finetune
from llmbook.hub import LanguageModel
from llmbook.instruct import ask
from llmbook.rows import Rows, stack
from llmbook.torch_model import TorchModel
from llmbook.torch_sampling import sample
from llmbook.tune_assistant import answer_loss
from llmbook.tuning_recipes import LESSONS, TUNINGS, Tuning
from llmbook.world import NARRATORS, tell
from llmbook.world.document import Document

WHILE = 2_100  # steps: six looks
TASKS = tuple(dict.fromkeys(lesson.task for lesson in LESSONS))
BATCHES = 8  # of rows
HELD_OUT = 100  # conversations of each task, before and after
OLD = 40  # documents of each narrator
LABELS = 10_000  # reviews that logistic regression learns from, as many as in fine-tuning-3
JUDGED = 2_000  # reviews that are judged
SEED = 11  # of what nobody has learned from


# --- The run -------------------------------------------------------------------------------------


def history(name: str, recipe: Tuning, base: str | None = None) -> list[dict[str, float]]:
    """Return what the looks of a run saw; train the model if that is not known."""
    path = RUNS / f"{name}.history.json"
    if not path.exists():
        RUNS.mkdir(parents=True, exist_ok=True)
        progress = finetune(replace(recipe, base=base or recipe.base), RUNS / name).progress
        kept = {key: getattr(progress, key) for key in ("steps", "seconds", "history")}
        path.write_text(json.dumps(kept), "utf-8")
    facts = json.loads(path.read_text("utf-8"))
    assert facts["steps"] == recipe.steps, f"{path} is not that of the whole run"
    found: list[dict[str, float]] = facts["history"]
    return found


def share_of(task: str, share: float) -> float:
    """Return which percentage of the conversations is about a task, when so much of the run is over."""
    lessons = [lesson for lesson in LESSONS if lesson.lasts(share)]
    mine = sum(lesson.weight for lesson in lessons if lesson.task == task)
    return 100 * mine / sum(lesson.weight for lesson in lessons)


def drills(steps: Sequence[float], curves: dict[str, list[float]]) -> dict[str, float]:
    """Return what a task's first drill changed: how often it is right before, and soon after."""
    values: dict[str, float] = {}
    for place, lesson in enumerate(LESSONS):
        if lesson.task in {earlier.task for earlier in LESSONS[:place]}:
            start, name = lesson.begins * steps[-1], f"drill_{lesson.task}"
            if name in values:
                continue
            looks = list(zip(steps, curves[lesson.task], strict=True))
            before = [share for step, share in looks if start - WHILE < step <= start]
            after = [share for step, share in looks if WHILE / 2 < step - start <= WHILE]
            values |= {
                name: start,
                f"{name}_share_before": share_of(lesson.task, lesson.begins - 1e-6),
                f"{name}_share": share_of(lesson.task, lesson.begins),
                f"{name}_before": fmean(before),
                f"{name}_after": fmean(after),
            }
    return values


def curves() -> dict[str, Any]:
    """Return the share that is right, by task and step."""
    seen = history("valley-chat-1", TUNINGS["chat"])
    steps = [row["steps"] for row in seen]
    by_task = {task: [100 * row[task] for row in seen] for task in TASKS}
    found = drills(steps, by_task)
    reviews = list(zip(steps, by_task["sentiment"], strict=True))
    plateau = [share for step, share in reviews if step <= found["drill_sentiment"]]
    return {
        "steps": steps[-1],
        "rounds": TUNINGS["chat"].rounds,
        "minutes": seen[-1]["seconds"] / 60,
        "loss_first": seen[0]["loss"],
        "loss_highest": max(row["loss"] for row in seen),
        "loss_last": seen[-1]["loss"],
        "plateau": fmean(plateau),
        "plateau_low": min(plateau),
        "plateau_high": max(plateau),
        **found,
        "curve_steps": steps,
        "curve_loss": [round(row["loss"], 4) for row in seen],
        **{f"curve_{task}": [round(share, 1) for share in by_task[task]] for task in TASKS},
    }


def later_runs() -> dict[str, float]:
    """Return how long the second and the third run of the assistant took, and all three."""
    values: dict[str, float] = {}
    for number in (2, 3):
        name, base = f"valley-chat-{number}", str(RUNS / f"valley-chat-{number - 1}")
        seen = history(name, TUNINGS[f"chat-{number}"], base)
        values[f"steps_{number}"] = seen[-1]["steps"]
        values[f"minutes_{number}"] = seen[-1]["seconds"] / 60
    return values


def answers(base: LanguageModel, chat: LanguageModel) -> dict[str, float]:
    """Return the loss on answers and how many are right, before and after each run, by task."""
    values: dict[str, float] = {"held_out": HELD_OUT}
    first, second = (load(RUNS / f"valley-chat-{number}") for number in (1, 2))
    with patch.object(tune_assistant, "HELD_OUT", HELD_OUT):
        held_out = {task: tune_assistant._held_out(base, task, SEED) for task in TASKS}
    for name, lm in (("before", base), ("first", first), ("second", second), ("after", chat)):
        model = TorchModel.from_model(lm.model)
        for task, batch in held_out.items():
            seen = tune_assistant.look(model, {task: batch})
            values |= {f"{name}_{task}": 100 * seen["right"], f"{name}_{task}_loss": seen["loss"]}
    return values


def in_rows(chat: LanguageModel) -> dict[str, float]:
    """Return how full rows are, and the loss of conversations in them and of the same ones alone."""
    model, end = TorchModel.from_model(chat.model), chat.stop_ids[0]
    rows = Rows(chat.tokenizer, LESSONS, chat.config.context, batch=8, seed=SEED, split="samples")
    learned = beside = alone = 0.0
    for step in range(BATCHES):
        batch, talks = rows.at(step), []
        for ids, mine in zip(batch.ids.tolist(), batch.answered.tolist(), strict=True):
            begins = [i for i, token in enumerate(ids) if token == end and not mine[i]]
            for i, j in pairwise([*begins, len(ids)]):
                if j - i > 1:  # what fills a row up is the same token
                    talks.append((ids[i:j], mine[i:j]))
        n = batch.answered.sum().item()
        learned += n
        with torch.no_grad():
            beside += n * answer_loss(model, batch).item()
            apart = stack(talks, max(len(ids) for ids, _ in talks))
            alone += n * answer_loss(model, apart).item()
    places = BATCHES * batch.ids.numel()
    return {
        "filled": 100 * rows.filled(BATCHES),
        "filled_alone": 100 * sum(len(ids) for ids, _ in talks) / apart.ids.numel(),
        "learned": 100 * learned / places,
        "loss_beside": beside / learned,
        "loss_alone": alone / learned,
    }


# --- What is forgotten ----------------------------------------------------------------------------


def forgotten(base: LanguageModel, chat: LanguageModel) -> dict[str, float]:
    """Return the bits a byte of documents as the base read them, by narrator, and those of a first token."""
    values: dict[str, float] = {"documents": OLD}
    for name, lm in (("base", base), ("chat", chat)):
        totals: defaultdict[str, float] = defaultdict(float)
        first, end = [], lm.stop_ids[0]
        for narrator in NARRATORS:
            for number in range(OLD):
                text = tell(narrator, SEED, number, "samples").text
                costs = surprisals(lm, [end, *lm.tokenizer.encode(text), end])
                first.append(float(costs[0]))
                for kind in (narrator, "all"):
                    totals[f"{kind} bits"] += float(costs.sum())
                    totals[f"{kind} rest"] += float(costs[1:].sum())
                    totals[f"{kind} bytes"] += len(text.encode())
        for kind in (*NARRATORS, "all"):
            values[f"{name}_{kind}"] = totals[f"{kind} bits"] / totals[f"{kind} bytes"]
            values[f"{name}_{kind}_rest"] = totals[f"{kind} rest"] / totals[f"{kind} bytes"]
        values[f"{name}_first"] = fmean(first)
    return values


# --- Who judges reviews ---------------------------------------------------------------------------


def said(lm: LanguageModel, reviews: Sequence[Document]) -> list[str]:
    """Return the verdicts of an assistant that is asked in words."""
    model, task = TorchModel.from_model(lm.model), APPLICATIONS["sentiment"]
    prompts = []
    for number, review in enumerate(reviews):
        example = task.example(review, number)
        assert example is not None
        prompts.append(lm.encode(ask("sentiment", example, SEED)))
    found = [""] * len(reviews)
    order = sorted(range(len(reviews)), key=lambda place: len(prompts[place]))
    generator = torch.Generator().manual_seed(SEED)
    for first in range(0, len(order), 100):
        places = order[first : first + 100]
        replies = sample(
            model,
            [prompts[place] for place in places],
            max_tokens=task.max_tokens,
            generator=generator,
            stop_ids=lm.stop_ids,
            temperature=0.0,
        )
        for place, reply in zip(places, replies, strict=True):
            found[place] = lm.tokenizer.decode(i for i in reply if i not in lm.stop_ids).strip()
    return found


def counted(reviews: Sequence[Document], longest: int) -> list[str]:
    """Return the verdicts of a logistic regression on words, or on runs of some words too."""
    training = [tell("reviews", SEED, number) for number in range(LABELS)]
    counter = CountVectorizer(
        tokenizer=words, token_pattern=None, ngram_range=(1, longest), binary=True
    )
    model = make_pipeline(counter, LogisticRegression(max_iter=1000))
    model.fit([r.text for r in training], [r.truth["sentiment"] for r in training])
    return [str(verdict) for verdict in model.predict([r.text for r in reviews])]


def judged(chat: LanguageModel) -> dict[str, Any]:
    """Return who is right how often: on all held-out reviews, and by what carries the verdict."""
    judge = classify.load("valley-sentiment")
    judges: dict[str, Callable[[Sequence[Document]], list[str]]] = {
        "head": lambda reviews: [judge.label(review.text) for review in reviews],
        "asked": lambda reviews: said(chat, reviews),
        "words": lambda reviews: counted(reviews, 1),
        "runs": lambda reviews: counted(reviews, 3),
    }
    values: dict[str, Any] = {"judged": JUDGED}
    reviews = [tell("reviews", SEED, number, "combinations") for number in range(JUDGED)]
    for name, verdicts in judges.items():
        marks: defaultdict[str, list[bool]] = defaultdict(list)
        for review, verdict in zip(reviews, verdicts(reviews), strict=True):
            for kind in ("all", review.truth["devices"][0]):
                marks[kind].append(verdict == review.truth["sentiment"])
        values |= {f"{name}_{kind}": 100 * fmean(found) for kind, found in marks.items()}
    seen = history("valley-sentiment", TUNINGS["sentiment"])
    values |= {"head_steps": seen[-1]["steps"], "head_minutes": seen[-1]["seconds"] / 60}
    values["head_labels"] = values["head_steps"] * TUNINGS["sentiment"].batch
    values |= {
        "head_curve_steps": [row["steps"] for row in seen],
        "head_curve": [round(100 * row["right"], 1) for row in seen],
    }
    return values


def measure(seed: int) -> dict[str, Any]:  # noqa: ARG001 - there is one of each model
    """Return everything."""
    base, chat = load("valley-base"), load("valley-chat")
    return {
        **curves(),
        **later_runs(),
        **answers(base, chat),
        **in_rows(chat),
        **forgotten(base, chat),
        **judged(chat),
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    record("fine-tuning", measure, packages=("torch", "numpy", "scikit-learn"), long=True)
