"""The valley: a small world whose texts come with the truth about them.

Explained in the chapter "data".  A simulator (:mod:`llmbook.world.plots`) lets things happen, and
seven narrators put what happens into words.  The same seed gives the same texts everywhere.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice

from llmbook.errors import InputError
from llmbook.world import dialogue, french, programs, questions, reviews, stories, verse
from llmbook.world.document import Document
from llmbook.world.draw import Draw

# Each narrator, and how many of a hundred documents it tells.
NARRATORS: dict[str, tuple[Callable[[Draw], Document], int]] = {
    "stories": (stories.tell, 24),
    "questions": (questions.tell, 20),
    "french": (french.tell, 16),
    "reviews": (reviews.tell, 12),
    "dialogue": (dialogue.tell, 12),
    "programs": (programs.tell, 10),
    "verse": (verse.tell, 6),
}


def tell(narrator: str, seed: int, number: int, split: str = "train") -> Document:
    """Return one document.

    Args:
        narrator: One of :data:`NARRATORS`.
        seed: Same seed, same documents.
        number: Which of the narrator's documents; there is no last one.
        split: ``"train"``; ``"samples"``, which are other documents of the same kind; or
            ``"combinations"``, which hold pairs of words that no training document holds.

    Raises:
        InputError: If there is no such narrator or split.

    Example:
        >>> print(tell("french", seed=0, number=1).text)
        English: Who lost the white boxes? Adam lost them.
        French: Qui a perdu les boîtes blanches ? Adam les a perdues.
    """
    return _narrator(narrator)[0](Draw(narrator, seed, number, split=split))


def documents(
    split: str = "train",
    seed: int = 0,
    n: int | None = None,
    narrators: Sequence[str] = tuple(NARRATORS),
) -> Iterator[Document]:
    """Yield documents of all narrators, mixed by the weights of :data:`NARRATORS`.

    Args:
        split: See :func:`tell`.
        seed: Same seed, same documents.
        n: How many; without an end if it is None.
        narrators: Only these.

    Raises:
        InputError: If there is no such narrator or split.

    Example:
        >>> sorted({document.narrator for document in documents(n=100)}) == sorted(NARRATORS)
        True
    """
    weights = [(name, _narrator(name)[1]) for name in narrators]
    mixed = Draw("narrators", seed, split=split)
    return islice((tell(mixed.weighted(weights), seed, i, split) for i in count()), n)


def _narrator(name: str) -> tuple[Callable[[Draw], Document], int]:
    """Return the function and the weight of a narrator."""
    if name not in NARRATORS:
        raise InputError(
            f"there is no narrator {name!r}: it has to be one of {', '.join(NARRATORS)}"
        )
    return NARRATORS[name]
