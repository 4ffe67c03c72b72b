"""Answer questions without a story, with the right one, with a wrong one, and with the first one found.

The search is the one by words of ``retrieval-and-tools.py``, in collections of several sizes; each
seed has other stories and other questions.
"""

from itertools import count, islice
from typing import Any

import numpy as np
from record import record

from llmbook import load
from llmbook.applications import APPLICATIONS
from llmbook.evaluate import wilson
from llmbook.retrieval import Words
from llmbook.tasks import Example
from llmbook.world import tell

SEEDS = range(1, 4)
SIZES = (10, 30, 100, 300)  # stories of a collection
ASKED = 100  # questions


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


def first_found(stories: list[str], place: int, question: str, size: int) -> str:
    """Return the first story that a search finds in the collection in which the right one is."""
    start = place // size * size
    group = stories[start : start + size]
    return group[int(Words(group).scores(question).argmax())]


def measure(seed: int) -> dict[str, float]:
    """Return what becomes of the questions of one seed, for each kind of prompt."""
    chat = load("valley-chat")
    stories, asked = told(seed)
    said: dict[tuple[str, str], str] = {}
    marks: dict[str, list[tuple[bool, bool]]] = {}
    for place, entry in asked:
        question = entry["question"]
        given = {
            "none": "",
            "right": stories[place],
            "wrong": stories[(place + len(stories) // 2) % len(stories)],
        } | {f"found_{size}": first_found(stories, place, question, size) for size in SIZES}
        for name, story in given.items():
            if (story, question) not in said:
                text = f"{story}\n\n{question}" if story else question
                messages = [{"role": "user", "content": text}]
                reply = chat.chat(messages, max_tokens=30, temperature=0.0, stop="\n")
                said[story, question] = reply
            reply = said[story, question]
            example = Example("", f" {entry['answer']}", "", "", entry)
            good = APPLICATIONS["questions"].grade(example, reply)["right"]
            refused = reply.strip().removesuffix(".").lower() == "not said"
            marks.setdefault(name, []).append((good, refused))
    low, high = wilson(len(SEEDS) * len(asked) / 2, len(SEEDS) * len(asked))
    values: dict[str, float] = {"asked": len(asked), "margin": 50 * (high - low)}
    for name, pairs in marks.items():
        shares = 100 * np.mean(np.array(pairs), axis=0)
        values[f"right_{name}"], values[f"refused_{name}"] = map(float, shares)
        values[f"invented_{name}"] = 100 - float(shares.sum())
    return values


if __name__ == "__main__":
    record("retrieval-and-tools-2", measure, SEEDS, ("numpy",), long=True)
