"""Does the training text have the questions already?  A search that every score stands on.

Explained in the chapter "Evaluation" of the part "Training process".  The training text is told
again from its seed, and of each document and sentence a short print is kept.  What has the same
print says the same, but for capitals and spaces.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from llmbook.applications import ALL
from llmbook.tasks import Example
from llmbook.world import documents
from llmbook.world.reader import split as sentences

TRAINING_SEED = 0  # of the texts that the book's models learn from


@dataclass
class Training:
    """Some of the training text: examples to learn from, and prints of all that it says.

    Args:
        examples: For each task, what its narrator's documents ask.
        texts: A print of each document, and of its beginning up to the end of each line.
        sentences: A print of each line and of each sentence.
    """

    examples: dict[str, list[Example]]
    texts: set[int] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)

    @classmethod
    @lru_cache(maxsize=1)  # it takes longer than the rest, and a model may be examined twice
    def read(cls, names: tuple[str, ...], n: int) -> "Training":
        """Tell the first ``n`` documents of the training text again."""
        training = cls({name: [] for name in names})
        for number, document in enumerate(documents("train", TRAINING_SEED, n)):
            training.add(document.text)
            for name in names:
                if document.narrator == ALL[name].narrator:
                    example = ALL[name].example(document, number)
                    training.examples[name] += [example] if example else []
        return training

    def add(self, text: str) -> None:
        """Remember a document."""
        start = ""
        for line in text.splitlines(keepends=True):
            start += line
            self.texts.add(_print(start))
            self.sentences.update(map(_print, _sentences(line)))

    def has(self, text: str) -> bool:
        """Say whether a document is, or begins with, this text."""
        return _print(text) in self.texts

    def says(self, text: str) -> bool:
        """Say whether each sentence of a text, or all of it as one line, stands somewhere."""
        if _print(text) in self.sentences:
            return True
        found = [_print(sentence) in self.sentences for sentence in sentences(text)]
        return bool(found) and all(found)


def _sentences(line: str) -> Iterator[str]:
    """Yield a line, what stands behind its label, such as ``Answer:``, and its sentences."""
    _, label, said = line.partition(": ")
    said = said if label else line
    yield from (line, said)
    yield from sentences(said)


def _print(text: str) -> int:
    """Return a number for a text, whatever its capitals and its spaces; no two texts share one."""
    data = " ".join(text.lower().split()).encode()
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")
