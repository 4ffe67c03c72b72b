"""Replies of an assistant to many prompts at once, how likely it finds them, and what it has read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import exp

import torch

from llmbook.answers import batch, log_probabilities
from llmbook.applications import ALL, APPLICATIONS
from llmbook.chat import Message
from llmbook.contamination import TRAINING_SEED
from llmbook.hub import LanguageModel, until
from llmbook.instruct import ask, spaced
from llmbook.lessons import read_by
from llmbook.recipes import VALLEY_BASE
from llmbook.tasks import Example
from llmbook.torch_model import TorchModel
from llmbook.torch_sampling import sample
from llmbook.tuning_recipes import CHAT
from llmbook.world import NARRATORS, tell
from llmbook.world.document import Document
from llmbook.world.draw import Draw

ROWS = 120  # in a batch
CERTAIN = 8  # conversations of a step of fine-tuning that one knows to be read


def learned(narrator: str, n: int | None = None) -> Iterator[Document]:
    """Yield a narrator's documents that ``valley-chat`` may have read: nearly all.

    They are those of pre-training, and of fine-tuning the first of each step.
    """
    weights = [(name, weight) for name, (_, weight) in NARRATORS.items()]
    mixed = Draw("narrators", TRAINING_SEED, split="train")
    chosen = (mixed.weighted(weights) == narrator for _ in range(VALLEY_BASE.documents))
    told = [(TRAINING_SEED, number) for number, mine in enumerate(chosen) if mine]
    tasks = {name for name, task in APPLICATIONS.items() if task.narrator == narrator}
    for recipe in CHAT:
        assert recipe.steps is not None
        talks = read_by(recipe, CERTAIN * recipe.steps)
        told += [(recipe.seed, number) for task, number in talks if task in tasks]
    for seed, number in islice(dict.fromkeys(told), n):
        yield tell(narrator, seed, number)


@dataclass(frozen=True)
class Reply:
    """What an assistant said.

    Args:
        text: What it said, in the form that the task's grade reads.
        ended: Whether it came to an end by itself.
        chance: How probable the whole of it was at temperature 1.
    """

    text: str
    ended: bool
    chance: float


class Assistant:
    """A model that is asked many things at once.

    Args:
        lm: The model, with its chat template.
    """

    def __init__(self, lm: LanguageModel) -> None:
        self.lm = lm
        self.twin = TorchModel.from_model(lm.model)

    def tell(
        self,
        messages: Sequence[Sequence[Message]],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> list[Reply]:
        """Return a reply to each conversation, drawn at a temperature; 0 takes the likeliest."""
        generator = torch.Generator().manual_seed(seed)
        prompts = [self.lm.encode(said) for said in messages]
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        replies: dict[int, Reply] = {}
        for first in range(0, len(order), ROWS):
            rows = order[first : first + ROWS]
            asked = [prompts[i] for i in rows]
            drawn = sample(
                self.twin,
                asked,
                max_tokens=max_tokens,
                generator=generator,
                stop_ids=self.lm.stop_ids,
                temperature=temperature,
            )
            with torch.no_grad():
                logs = log_probabilities(self.twin, batch(asked, drawn, self.lm.config)).tolist()
            for i, ids, log in zip(rows, drawn, logs, strict=True):
                known = [token for token in ids if token not in self.lm.stop_ids]
                pieces = self.lm.tokenizer.decode_stream(iter(known))
                whole = self.lm.tokenizer.decode(known)
                text = "".join(until(pieces, stop))
                replies[i] = Reply(text, len(known) < len(ids) or text != whole, exp(log))
        return [replies[i] for i in range(len(prompts))]

    def do(
        self,
        name: str,
        examples: Sequence[Example],
        *,
        temperature: float = 0.0,
        seed: int = 0,
        times: int = 1,
    ) -> list[list[Reply]]:
        """Return so many replies to each example of a task."""
        task = ALL[name]
        messages = [ask(name, example) for example in examples for _ in range(times)]
        found = self.tell(
            messages,
            max_tokens=task.max_tokens,
            temperature=temperature,
            seed=seed,
            stop=task.stop,
        )
        rows = [found[i : i + times] for i in range(0, len(found), times)]
        return [
            [Reply(spaced(example, r.text), r.ended, r.chance) for r in row]
            for example, row in zip(examples, rows, strict=True)
        ]
