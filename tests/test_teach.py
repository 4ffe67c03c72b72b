"""A lesson makes what was shown likelier, repeats bit for bit, and leaves the given model alone."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from llmbook import load
from llmbook.chat import Message
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.labels import log_probability
from llmbook.teach import teach
from llmbook.world.draw import Draw

NAMES = ("Ida", "Ben", "Olga", "Paula")


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    """The base model, which has read no conversation."""
    return load("valley-base")


def lesson(draw: Draw) -> Sequence[Message]:
    """Return a conversation: a name is said back."""
    name = draw.choice(NAMES)
    return [{"role": "user", "content": f"Say {name}."}, {"role": "assistant", "content": name}]


def test_it_learns_and_the_base_stays_as_it_was(lm: LanguageModel) -> None:
    before = {name: weights.copy() for name, weights in lm.model.weights.items()}
    taught, again, other = (teach(lm, lesson, steps=3, seed=seed) for seed in (4, 4, 5))
    assert all(np.array_equal(before[name], lm.model.weights[name]) for name in before)
    assert all(np.array_equal(taught.model.weights[k], again.model.weights[k]) for k in before)
    assert not all(np.array_equal(taught.model.weights[k], other.model.weights[k]) for k in before)
    untaught = replace(taught, model=lm.model)
    question, answer = lesson(Draw("new"))
    chances = [log_probability(m, [question], answer["content"]) for m in (untaught, taught)]
    assert chances[0] < chances[1]


def test_what_makes_no_sense_is_refused(lm: LanguageModel) -> None:
    with pytest.raises(InputError, match="at least one step"):
        teach(lm, lesson, steps=0)
    long = [{"role": "user", "content": "owl " * 300}, {"role": "assistant", "content": "owl"}]
    with pytest.raises(InputError, match="does not fit"):
        teach(lm, lambda draw: long, steps=1)
