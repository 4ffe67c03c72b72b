"""Does the training text have the questions already?  A search that every score stands on.

Explained in the chapter "Evaluation" of the part "Training process".  The training text is told
again from its seed, for an assistant the conversations too, and of each document and sentence a short
print is kept.  What has the same print says the same, but for capitals and spaces.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from llmbook.applications import ALL
from llmbook.instruct import source
from llmbook.lessons import read_by
from llmbook.tasks import Example
from llmbook.tuning_recipes import CHAT
from llmbook.world import documents
from llmbook.world.reader import split as sentences

TRAINING_SEED = 0  # of the texts that the book's models learn from


@dataclass
class Training:
    """Some of the training text: examples to learn from, and prints of all that it says.

    Args:
        examples: For each task, what its narrator's documents ask.
        texts: A print of each document, and of its beginning up to the end of each line; so for a
            function that has a comment in front.
        sentences: A print of each line and of each sentence.
    """

    examples: dict[str, list[Example]]
    texts: set[int] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)

    @classmethod
    @lru_cache(maxsize=1)  # it takes longer than the rest, and a model may be examined twice
    def read(cls, names: tuple[str, ...], n: int, assistant: bool = False) -> "Training":
        """Tell the first ``n`` documents of the training text again.

        Args:
            names: The tasks to learn from them.
            n: How many.
            assistant: Whether to tell as many again of those that fine-tuning has asked about.
        """
        training = cls({name: [] for name in names})
        for number, document in enumerate(documents("train", TRAINING_SEED, n)):
            training.add(document.text)
            for name in names:
                if document.narrator == ALL[name].narrator:
                    example = ALL[name].example(document, number)
                    training.examples[name] += [example] if example else []
        if assistant:
            for text in asked_about(n):
                training.add(text)
        return training

    def add(self, text: str) -> None:
        """Remember a document."""
        starts = [""]
        for line in text.splitlines(keepends=True):
            if line.startswith("def "):
                starts.append("")
            starts = [start + line for start in starts]
            self.texts.update(map(_print, starts))
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


def asked_about(n: int) -> Iterator[str]:
    """Yield about ``n`` of the documents that fine-tuning has asked about, from all of its runs."""
    steps = [recipe.steps or 0 for recipe in CHAT]
    for recipe, mine in zip(CHAT, steps, strict=True):
        for task, number in read_by(recipe, n * mine // sum(steps)):
            yield source(task, recipe.seed, number)


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
