"""Ask the assistant in other words and in another order, let its answers vote, and constrain them.

Each seed has other reviews and other questions, all of held-out combinations.
"""

import json
from collections import Counter
from functools import cache
from itertools import count, islice
from typing import Any

import numpy as np
from record import record

from llmbook import load
from llmbook.applications import APPLICATIONS
from llmbook.constrained import say_one_of
from llmbook.evaluate import wilson
from llmbook.hub import LanguageModel
from llmbook.instruct_words import ASK
from llmbook.tasks import Example
from llmbook.world import tell
from llmbook.world.draw import Draw
from llmbook.world.lexicon import MEN, PLACES, WOMEN

SEEDS = range(1, 4)
REVIEWS = 60
QUESTIONS = 60
FORMS = 30
VOTES = (1, 3, 9)
VERDICTS = ("positive", "negative")
# Words that the assistant never read as an instruction.
# codespell:ignore-begin (one of them has errors)
NEW_WORDS = {
    "near": "Would you call this review positive or negative?\n{text}",
    "typing": "is this reveiw positiv or negativ??\n{text}",
    "far": "Thumbs up or thumbs down?\n{text}",
    "none": "{text}",
}
# codespell:ignore-end


@cache
def base() -> LanguageModel:
    """Return the base model."""
    return load("valley-base")


@cache
def chat() -> LanguageModel:
    """Return the assistant."""
    return load("valley-chat")


def reply(text: str, temperature: float = 0.0, seed: int = 0) -> str:
    """Return what the assistant says to one message."""
    messages = [{"role": "user", "content": text}]
    return chat().chat(messages, max_tokens=30, temperature=temperature, seed=seed, stop="\n")


# --- The same request in other words --------------------------------------------------------------


def words(seed: int) -> dict[str, Any]:
    """Ask for a verdict on the same reviews in known and in new words, freely and constrained."""
    reviews = [tell("reviews", 3000 + seed, n, "combinations") for n in range(REVIEWS)]
    wordings = {f"known_{i}": text for i, text in enumerate(ASK["sentiment"])} | {
        f"new_{name}": text for name, text in NEW_WORDS.items()
    }
    values: dict[str, Any] = {}
    for name, wording in wordings.items():
        free, valid, forced = [], [], []
        for review in reviews:
            text, truth = wording.format(text=review.text), review.truth["sentiment"]
            said = reply(text).removesuffix(".").lower()
            free.append(said == truth)
            valid.append(said in VERDICTS)
            if name.startswith("new") or name == "known_0":
                messages = [{"role": "user", "content": text}]
                forced.append(say_one_of(chat(), messages, VERDICTS) == truth)
        values[f"words_{name}"] = 100 * float(np.mean(free))
        values[f"valid_{name}"] = 100 * float(np.mean(valid))
        if forced:
            values[f"forced_{name}"] = 100 * float(np.mean(forced))
    known = [values[f"words_known_{i}"] for i in range(len(ASK["sentiment"]))]
    valid_known = [values[f"valid_known_{i}"] for i in range(len(ASK["sentiment"]))]
    values["valid_known"] = float(np.mean(valid_known))
    values |= {
        "known_lowest": min(known),
        "known_highest": max(known),
        "known": float(np.mean(known)),
    }
    french = (reply(ASK["translation"][0].format(text=review.text)) for review in reviews)
    verdicts = [said.removesuffix(".").lower() in VERDICTS for said in french]
    values["verdict_for_french"] = 100 * float(np.mean(verdicts))
    right, said_so = [], []
    for review in reviews:  # a model that was never asked for a verdict
        text = f"Review: {review.text}\nSentiment:"
        forced_word = say_one_of(base(), text, [f" {v}" for v in VERDICTS]).strip()
        free_word = base().generate(text, max_tokens=8, temperature=0.0, stop="\n").strip()
        right.append(forced_word == review.truth["sentiment"])
        said_so.append(free_word in VERDICTS)
    values["base_forced"] = 100 * float(np.mean(right))
    values["base_valid"] = 100 * float(np.mean(said_so))
    return values


def as_json(seed: int) -> dict[str, float]:
    """Ask for JSON, which the assistant never wrote, freely and constrained."""
    people = [*WOMEN, *MEN]
    forms = [json.dumps({"who": who, "where": where}) for who in people for where in PLACES]
    marks = []
    for number in range(FORMS):
        draw = Draw("json", seed, number, split="samples")
        who, where = draw.choice(people), draw.choice(list(PLACES))
        text = f"{who} went to the {where}.\n\nWhere is {who}? Answer in JSON."
        said = json.loads(say_one_of(chat(), [{"role": "user", "content": text}], forms))
        marks.append((reply(text).startswith("{"), said["who"] == who, said["where"] == where))
    shares = 100 * np.mean(np.array(marks), axis=0)
    names = ("json_valid", "json_who", "json_where")
    return dict(zip(names, map(float, shares), strict=True)) | {"forms": len(forms)}


# --- Order, and several answers -------------------------------------------------------------------


def asked(seed: int) -> list[tuple[str, dict[str, Any]]]:
    """Return stories, each with a question that it answers."""
    truths = (tell("questions", 3000 + seed, n, "combinations").truth for n in count())
    found = ((t["story"]["text"], t["questions"][-1]) for t in truths if t["questions"])
    return list(islice(found, QUESTIONS))


def is_right(entry: dict[str, Any], said: str) -> bool:
    """Say whether an answer is accepted."""
    example = Example("", f" {entry['answer']}", "", "", entry)
    return APPLICATIONS["questions"].grade(example, said)["right"]


def order_and_votes(seed: int) -> dict[str, float]:
    """Put the question behind the story or in front of it; let several answers vote."""
    marks: dict[str, list[bool]] = {}

    def mark(name: str, right: bool) -> None:
        marks.setdefault(name, []).append(right)

    for number, (story, entry) in enumerate(asked(seed)):
        text = f"{story}\n\n{entry['question']}"
        mark("story_first", is_right(entry, reply(text)))
        mark("question_first", is_right(entry, reply(f"{entry['question']}\n\n{story}")))
        drawn = [
            reply(text, temperature=1.0, seed=100 * number + i).strip() for i in range(max(VOTES))
        ]
        for votes in VOTES:
            mark(f"votes_{votes}", is_right(entry, Counter(drawn[:votes]).most_common(1)[0][0]))
        agree = Counter(drawn).most_common(1)[0][1] == max(VOTES)
        mark("agree", agree)
        if agree:
            mark("agree_right", is_right(entry, drawn[0]))
    return {name: 100 * float(np.mean(right)) for name, right in marks.items()}


def measure(seed: int) -> dict[str, Any]:
    """Return the values of one run."""
    low, high = wilson(len(SEEDS) * REVIEWS / 2, len(SEEDS) * REVIEWS)
    sizes: dict[str, Any] = {
        "reviews": REVIEWS,
        "questions": QUESTIONS,
        "margin": 50 * (high - low),
    }
    return sizes | words(seed) | as_json(seed) | order_and_votes(seed)


if __name__ == "__main__":
    record("prompting-2", measure, SEEDS, ("numpy",), long=True)
