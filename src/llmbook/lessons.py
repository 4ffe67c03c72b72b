"""What a step of fine-tuning reads: which conversations of which tasks.

Explained in the chapter "Fine-tuning" of the part "Training process".  That is a function of the
seed and the step, so it can be told again: to go on with a run, or to search in what it has read.
"""

from collections.abc import Iterator, Sequence
from itertools import count, islice

from llmbook.tuning_recipes import Lesson, Tuning
from llmbook.world.draw import Draw

NUMBERS = 1000  # documents that a batch may look at, for each row
_OF_A_STEP = 8  # of a step's first documents, which are certainly read if they can be


def begin(seed: int, step: int, split: str = "train") -> Draw:
    """Return what decides a batch: first its tasks, then the order in its rows."""
    return Draw("batch", seed, step, split=split)


def drawn(
    draw: Draw, lessons: Sequence[Lesson], batch: int, step: int, share: float = 1.0
) -> Iterator[tuple[str, int]]:
    """Yield the task and the number of the conversations of a step, more than it has room for.

    Args:
        draw: Decides the tasks, see :func:`begin`.
        lessons: Which tasks there are.
        batch: How many rows a batch has.
        step: Which step it is.
        share: How much of the run is over: it decides which lessons there are.
    """
    weights = [(one.task, one.weight) for one in lessons if one.lasts(share)]
    first = step * batch * NUMBERS
    for number in range(first, first + batch * NUMBERS):
        yield draw.weighted(weights), number


def read_by(recipe: Tuning, n: int) -> Iterator[tuple[str, int]]:
    """Yield the task and the number of ``n`` conversations that a run reads, from its beginning on.

    What a practice asks about comes first.

    Args:
        recipe: That of the run, which has a number of steps.
        n: How many.

    Example:
        >>> from llmbook.tuning_recipes import VALLEY_CHAT
        >>> [number for _, number in read_by(VALLEY_CHAT, 10)]
        [0, 1, 2, 3, 4, 5, 6, 7, 8000, 8001]
    """
    whole, practice = recipe.steps, recipe.practice
    assert whole is not None, "what a run of some seconds reads depends on the machine"

    def all_of_them() -> Iterator[tuple[str, int]]:
        if practice:
            yield from ((task, i) for i in range(practice.requests) for task in practice.tasks)
        for step in count():
            draw = begin(recipe.seed, step)
            talks = drawn(draw, recipe.lessons, recipe.batch, step, step / whole)
            for task, number in islice(talks, _OF_A_STEP):
                if practice is None or task not in practice.tasks:
                    yield task, number

    return islice(all_of_them(), n)
