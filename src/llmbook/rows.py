"""Rows of conversations: several in one, so that little of a batch is empty.

Explained in the chapter "Fine-tuning" of the part "Training process".  Conversations differ in
length, from a verdict on a review to a story.  A batch with one in each row would be filled up to the
longest, and more than half of it would be nothing.  So a batch gets as many as it has room for, the
longest first, each into the fullest row that still takes it.  In the row they stand in any order,
each of them whole, behind the token that begins a text; that nothing in front of that token matters,
a model has learned in pre-training.

A batch is a function of the seed and the step, so a run that was stopped goes on without a file.
"""

from collections.abc import Mapping, Sequence

import torch

from llmbook.answers import Batch
from llmbook.errors import InputError
from llmbook.instruct import conversation, encode
from llmbook.lessons import begin, drawn
from llmbook.rejection import Tokens
from llmbook.tokenizer import Tokenizer
from llmbook.tuning_recipes import Lesson
from llmbook.world.draw import Draw


def stack(rows: Sequence[Tokens], width: int) -> Batch:
    """Fill rows of tokens up to one width.

    Example:
        >>> stack([([0, 1, 7], [False, False, True]), ([0, 1], [False, True])], 4).ids.tolist()
        [[0, 1, 7, 0], [0, 1, 0, 0]]
    """
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    answered = torch.zeros(len(rows), width, dtype=torch.bool)
    for place, (tokens, learned) in enumerate(rows):
        ids[place, : len(tokens)] = torch.tensor(tokens)
        answered[place, : len(tokens)] = torch.tensor(learned)
    return Batch(ids, answered)


class Rows:
    """The batches of a run, each a function of the seed, the step and how far the run is.

    Args:
        tokenizer: The model's.
        lessons: What the conversations are about.
        context: How many tokens a row predicts; it has one more, to begin with.
        batch: How many rows there are in a batch.
        seed: Same seed, same rows.
        split: As for :func:`llmbook.world.tell`.
        own: The model's own answers, see :mod:`llmbook.rejection`.  A task that has some is learned
            from them alone.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        lessons: Sequence[Lesson],
        context: int,
        batch: int,
        seed: int,
        split: str = "train",
        own: Mapping[str, Sequence[Tokens]] | None = None,
    ) -> None:
        self.tokenizer, self.lessons, self.context = tokenizer, tuple(lessons), context
        self.batch, self.seed, self.split = batch, seed, split
        self.own = own or {}

    def at(self, step: int, share: float = 1.0) -> Batch:
        """Return the batch of a step.

        Args:
            step: Its number.
            share: How much of the run is over: it decides which lessons have begun.

        Raises:
            InputError: If no conversation fits into the context.
        """
        return stack(self._pack(step, share), self.context + 1)

    def filled(self, steps: int = 4) -> float:
        """Return which share of the places in some batches holds a token."""
        rows = [row for step in range(steps) for row in self._pack(step, 1.0)]
        return sum(len(ids) for ids, _ in rows) / (len(rows) * (self.context + 1))

    def _some(self, draw: Draw, step: int, share: float) -> list[Tokens]:
        """Return conversations that together have as many tokens as a batch has places."""
        room = self.batch * (self.context + 1)
        found: list[Tokens] = []
        for task, number in drawn(draw, self.lessons, self.batch, step, share):
            tokens = self._talk(task, number)
            if tokens is None or len(tokens[0]) > self.context + 1:
                continue
            ids, learned = tokens
            if len(ids) > room:
                return found
            found.append((ids, learned))
            room -= len(ids)
        if not found:
            raise InputError(f"no conversation fits into a context of {self.context} tokens")
        return found

    def _talk(self, task: str, number: int) -> Tokens | None:
        """Return a conversation of a task, or None if it has none of this number."""
        if own := self.own.get(task):
            return Draw("own", self.seed, task, number).choice(own)
        talk = conversation(task, self.seed, number, self.split)
        return encode(self.tokenizer, talk.messages) if talk else None

    def _pack(self, step: int, share: float) -> list[Tokens]:
        """Put conversations into rows; the few that find no place are left out."""
        draw = begin(self.seed, step, self.split)
        rows: list[list[Tokens]] = [[] for _ in range(self.batch)]
        room = [self.context + 1] * self.batch
        for talk in sorted(self._some(draw, step, share), key=lambda talk: -len(talk[0])):
            fitting = [place for place in range(self.batch) if room[place] >= len(talk[0])]
            if fitting:
                place = min(fitting, key=room.__getitem__)
                rows[place].append(talk)
                room[place] -= len(talk[0])
        return [_joined(draw.shuffled(row)) for row in rows]


def _joined(talks: Sequence[Tokens]) -> Tokens:
    """Return conversations as one row."""
    return [i for ids, _ in talks for i in ids], [mark for _, marks in talks for mark in marks]
