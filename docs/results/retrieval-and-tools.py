"""Search a collection of stories for the one that a question is about, and run errands with tools.

Each seed tells other stories, asks other questions, teaches another model and sends it on other
errands.  A question is searched in collections of several sizes, each of which has its story.
"""

import os
from functools import cache
from itertools import count, islice
from typing import Any

import numpy as np
from record import record

from llmbook import load
from llmbook.agent import run
from llmbook.chat import Message
from llmbook.errands import Errand, errand, in_the_head, tools, voice, with_tools
from llmbook.evaluate import wilson
from llmbook.hub import LanguageModel
from llmbook.retrieval import Vectors, Words, fuse, likelihood, order
from llmbook.teach import teach
from llmbook.world import tell
from llmbook.world.draw import Draw

SEEDS = range(1, 4)
SIZES = (10, 30, 100, 300)  # stories of a collection
ASKED = int(os.environ.get("ASKED", "100"))  # questions
KS = (1, 3, 10)
CANDIDATES = 5  # that the model puts into a better order
STEPS = int(os.environ.get("STEPS", "120"))  # of teaching
HEAD_STEPS = int(os.environ.get("HEAD_STEPS", "600"))  # of teaching without tools
MOST = 3  # people of an errand, in the lessons
ERRANDS = int(os.environ.get("ERRANDS", "25"))  # for each number of people
PEOPLE = range(1, MOST + 3)


@cache
def base() -> LanguageModel:
    """Return the base model."""
    return load("valley-base")


def told(seed: int) -> tuple[list[str], list[tuple[int, dict[str, Any]]]]:
    """Return stories, and questions that they answer, each with the place of its story."""
    documents = (tell("questions", 2000 + seed, number, "samples").truth for number in count())
    asked: list[tuple[int, dict[str, Any]]] = []
    stories: list[str] = []
    for truth in islice(documents, max(SIZES)):
        found = [entry for entry in truth["questions"] if entry["answer"] != "not said"]
        if found:
            asked.append((len(stories), found[0]))
        stories.append(truth["story"]["text"])
    return stories, asked[:: max(1, len(asked) // ASKED)][:ASKED]


def search(stories: list[str], asked: list[tuple[int, dict[str, Any]]]) -> dict[str, Any]:
    """Return how often a question's story is among the first ones found."""
    values: dict[str, Any] = {}
    probable: dict[tuple[int, int], float] = {}
    n_layers = base().config.n_layers
    for size in SIZES:
        groups = [range(start, start + size) for start in range(0, len(stories), size)]
        searchers: dict[range, dict[str, Words | Vectors]] = {}
        ranks: dict[str, list[int]] = {}
        for number, (place, entry) in enumerate(asked):
            group, question = groups[place // size], entry["question"]
            if group not in searchers:
                texts = [stories[i] for i in group]
                searchers[group] = {
                    "words": Words(texts),
                    "vectors": Vectors(base(), texts),
                    "last": Vectors(base(), texts, n_layers),
                }
            orders = {name: order(s.scores(question)) for name, s in searchers[group].items()}
            orders["fused"] = fuse([orders["words"], orders["vectors"]])
            best = orders["words"][:CANDIDATES]
            for i in best:
                key = group[i], number
                if key not in probable:
                    probable[key] = likelihood(base(), stories[group[i]], question)
            again = best[order(np.array([probable[group[i], number] for i in best]))]
            orders["model"] = np.concatenate([again, orders["words"][CANDIDATES:]])
            orders["fused_model"] = fuse([orders["words"], orders["model"]])
            for name, found in orders.items():
                ranks.setdefault(name, []).append(int(np.argmax(found == group.index(place))))
        for name, found_at in ranks.items():
            for k in KS:
                values[f"recall_{name}_{size}_at_{k}"] = 100 * float(
                    np.mean(np.array(found_at) < k)
                )
    return values


def errands(seed: int) -> dict[str, Any]:
    """Teach errands, with tools and in the head, and send both models on new ones."""

    def lesson(draw: Draw) -> list[Message]:
        return with_tools(errand(draw, draw.integer(1, MOST)))

    def lesson_without(draw: Draw) -> list[Message]:
        return in_the_head(errand(draw, draw.integer(1, MOST)))

    with_loop = teach(base(), lesson, steps=STEPS, seed=seed)
    alone = teach(base(), lesson_without, steps=HEAD_STEPS, seed=seed)
    values: dict[str, Any] = {}
    steps_right = steps_made = 0
    for people in PEOPLE:
        done: list[bool] = []
        added: list[bool] = []
        head: list[bool] = []
        for number in range(ERRANDS):
            asked = errand(Draw("errand", 1000 + seed, people, number, split="samples"), people)
            shown = with_tools(asked)
            went = run(voice(with_loop), tools(asked.table), asked.question, steps=people + 4)
            done.append(went.answer == asked.answer)
            added.append(sum(call.startswith("look") for call in went.calls) == people)
            if people <= MOST:
                right = steps_before_a_fault(went.messages, shown)
                steps_right += right
                steps_made += min(right + 1, len(shown) // 2)
            told_all = in_the_head(asked)
            head.append(voice(alone)(told_all[:1]) == asked.answer)
            if seed == SEEDS[0] and number == 0 and people in (3, MOST + 1):
                values[f"talk_{people}"] = [message["content"] for message in went.messages]
                values[f"talk_{people}_right"] = asked.answer
        values[f"loop_{people}"] = 100 * float(np.mean(done))
        values[f"asked_all_{people}"] = 100 * float(np.mean(added))
        values[f"head_{people}"] = 100 * float(np.mean(head))
    step = steps_right / steps_made
    values["step"] = 100 * step
    for people in PEOPLE:
        values[f"power_{people}"] = 100 * step ** n_steps(people)
    return values


def n_steps(people: int) -> int:
    """Return how often the model has to say the right thing."""
    return len(with_tools(Errand("figs", {str(i): i for i in range(people)}))) // 2


def steps_before_a_fault(messages: Any, lesson: Any) -> int:
    """Return how many things the model said as the lesson has them, until one was another."""
    both = zip(messages[1::2], lesson[1::2], strict=False)
    return next((n for n, (said, right) in enumerate(both) if said != right), len(lesson) // 2)


def margin(n: int) -> float:
    """Return how far a share of one half may be off, with as many examples for each seed."""
    low, high = wilson(len(SEEDS) * n / 2, len(SEEDS) * n)
    return 50 * (high - low)


def measure(seed: int) -> dict[str, Any]:
    """Return the values of one run."""
    stories, asked = told(seed)
    sizes: dict[str, Any] = {"asked": len(asked), "errands": ERRANDS, "steps": STEPS, "most": MOST}
    sizes["head_steps"] = HEAD_STEPS
    sizes |= {"margin_asked": margin(len(asked)), "margin_errands": margin(ERRANDS)}
    return sizes | search(stories, asked) | errands(seed)


if __name__ == "__main__":
    record("retrieval-and-tools", measure, SEEDS, ("numpy", "torch"), long=True)
