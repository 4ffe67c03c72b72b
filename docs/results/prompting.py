"""Show a base model patterns by example, and teach it a task at once and step by step.

Each seed draws other words and other lines, and teaches other models.
"""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np
from record import record

from llmbook import load
from llmbook.chat import Message
from llmbook.evaluate import wilson
from llmbook.hub import LanguageModel
from llmbook.labels import compare
from llmbook.lineup import LENGTH, Lineup, at_once, last_name, lineup, step_by_step
from llmbook.teach import teach
from llmbook.world.draw import Draw
from llmbook.world.lexicon import ADJECTIVES, ANIMALS, GOODS, MEN, THINGS, WOMEN

SEEDS = range(1, 4)
SHOTS = (0, 1, 2, 4, 8)
PROMPTS = int(os.environ.get("PROMPTS", "40"))  # for each pattern and number of examples
STEPS = int(os.environ.get("STEPS", "100"))  # of teaching
LONG_STEPS = int(os.environ.get("LONG_STEPS", "500"))  # of teaching once more, at once
LINES = int(os.environ.get("LINES", "25"))  # for each number
TAUGHT = 6  # the highest number that is asked for in the lessons


@cache
def base() -> LanguageModel:
    """Return the base model."""
    return load("valley-base")


# --- Examples in the prompt -----------------------------------------------------------------------


def same(draw: Draw) -> tuple[str, str, str]:
    """Return a word, the same word, and another one."""
    word, other = draw.some(list(THINGS), 2)
    return word, word, other


def last(draw: Draw) -> tuple[str, str, str]:
    """Return two words, the second of them, and the first."""
    adjective, noun = draw.pair(list(ADJECTIVES), list(THINGS))
    return f"{adjective} {noun}", noun, adjective


def plural(draw: Draw) -> tuple[str, str, str]:
    """Return a word, its plural, and the word as it is."""
    noun = draw.choice([*GOODS.values(), *THINGS.values()])
    return noun.en, noun.plural, noun.en


def kind(draw: Draw) -> tuple[str, str, str]:
    """Return a person or an animal, and an arbitrary word for which of the two it is."""
    if draw.chance(0.5):
        return draw.choice([*WOMEN, *MEN]), "drum", "bell"
    return draw.choice(list(ANIMALS)), "bell", "drum"


# Each makes what is given, what is right, and what would be wrong.
PATTERNS = {"same": same, "last": last, "plural": plural, "kind": kind}


def few_shot(seed: int) -> dict[str, float]:
    """Give the base model examples of a function, and see whether it goes on as they do.

    They are written as comments of programs are in its training text, so that the form is not new.
    Counted is whether it writes a text in quotation marks, whether that is the right one, and
    whether the right one is at least more probable than a wrong one.
    """
    open_end = replace(base(), stop_ids=())  # a line ends, and not the text
    values = {}
    for name, pattern in PATTERNS.items():
        for shots in SHOTS:
            marks = []
            for number in range(PROMPTS):
                draw = Draw("shots", seed, name, number, split="samples")
                given, right, wrong = pattern(draw)
                examples: dict[str, str] = {}
                while len(examples) < shots:
                    one, answer, _ = pattern(draw)
                    if one != given:
                        examples[one] = answer
                lines = [f'# f("{one}") -> "{answer}"' for one, answer in examples.items()]
                text = "\n".join([*lines, f'# f("{given}") ->'])
                said = base().generate(text, max_tokens=8, temperature=0.0, stop="\n").strip()
                chances = compare(open_end, text, [f' "{right}"', f' "{wrong}"'])
                marks.append((
                    re.fullmatch('"[a-z A-Z]+"', said) is not None,
                    said == f'"{right}"',
                    chances[f' "{right}"'] > 0.5,
                ))  # fmt: skip
            shares = 100 * np.mean(np.array(marks), axis=0)
            for what, share in zip(("form", "right", "prefers"), shares, strict=True):
                values[f"{what}_{name}_{shots}"] = float(share)
    for shots in SHOTS:
        forms = [values[f"form_{name}_{shots}"] for name in PATTERNS]
        values[f"form_{shots}"] = float(np.mean(forms))
    return values


# --- Step by step ---------------------------------------------------------------------------------


def one_of(lesson: Callable[[Lineup], list[Message]], draw: Draw) -> list[Message]:
    """Return a line as a conversation about anybody up to the last who is taught."""
    return lesson(lineup(draw, draw.integer(1, TAUGHT)))


def steps(seed: int) -> dict[str, Any]:
    """Teach who stands where in a line, at once or step by step, and ask about new lines."""
    values: dict[str, Any] = {}
    for name, lesson, n in (
        ("at_once", at_once, STEPS),
        ("at_long", at_once, LONG_STEPS),
        ("by_steps", step_by_step, STEPS),
    ):
        taught = teach(base(), partial(one_of, lesson), steps=n, seed=seed)
        for number in range(1, LENGTH + 1):
            right = []
            for i in range(LINES):
                asked = lineup(Draw("line", 1000 + seed, number, i, split="samples"), number)
                said = taught.chat(at_once(asked)[:1], max_tokens=60, temperature=0.0)
                right.append(last_name(said) == asked.answer)
                if seed == SEEDS[0] and i == 0 and number == TAUGHT + 1:
                    values["asked"], values["answer"] = asked.question, asked.answer
                    values[f"said_{name}"] = said
            values[f"{name}_{number}"] = 100 * float(np.mean(right))
    return values


def margin(n: int) -> float:
    """Return how far a share of one half may be off, with as many examples for each seed."""
    low, high = wilson(len(SEEDS) * n / 2, len(SEEDS) * n)
    return 50 * (high - low)


def measure(seed: int) -> dict[str, Any]:
    """Return the values of one run."""
    sizes: dict[str, Any] = {"prompts": PROMPTS, "lines": LINES, "steps": STEPS, "taught": TAUGHT}
    sizes["long_steps"] = LONG_STEPS
    sizes["margin_prompts"] = margin(PROMPTS)
    return sizes | few_shot(seed) | steps(seed)


if __name__ == "__main__":
    record("prompting", measure, SEEDS, ("numpy", "torch"), long=True)
