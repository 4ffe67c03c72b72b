"""Learn from one's own answers: let a model try, and keep what is right.

Explained in the chapter "Preferences" of the part "Training process".  There are many right programs
for a specification and many texts that say the same facts, but an example shows one, in words that
the model might never choose.  Where a program can check an answer, the model can be shown its own
instead: it answers requests several times, wrong answers are thrown away, and what is left are more
examples to learn from.  That is called rejection sampling.

Sources: Zelikman et al., "STaR: Bootstrapping reasoning with reasoning", 2022; Yuan et al., "Scaling
relationship on learning mathematical reasoning with large language models", 2023.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

import torch

from llmbook.applications import APPLICATIONS
from llmbook.hub import LanguageModel
from llmbook.instruct import ask, spaced
from llmbook.tasks import Example
from llmbook.torch_model import TorchModel
from llmbook.torch_sampling import sample
from llmbook.tuning_recipes import Practice
from llmbook.world import tell

Tokens = tuple[list[int], list[bool]]  # those of a conversation, and which of them are learned

_AT_ONCE = 8  # requests that are answered together


def collect(
    lm: LanguageModel,
    name: str,
    practice: Practice,
    seed: int,
    show: Callable[[str], object] = str,
) -> list[Tokens]:
    """Return requests of a task with the model's own right answers, as conversations.

    To each request the longest of the right answers are kept: what is short is right more easily,
    and a model that learns that says less and less.

    Args:
        lm: The assistant that tries.
        name: The task, one of :data:`llmbook.applications.APPLICATIONS`.
        practice: How many requests, how many answers, and how they are drawn.
        seed: Same seed, same requests; same machine, same answers.
        show: Is told how it goes.
    """
    model = TorchModel.from_model(lm.model)
    generator = torch.Generator().manual_seed(seed)
    # Requests of about one length are answered together, so that little of a batch is filled up.
    asked = sorted(requests(lm, name, practice.requests, seed), key=lambda request: len(request[1]))
    kept: list[Tokens] = []
    solved = 0
    for first in range(0, len(asked), _AT_ONCE):
        some = asked[first : first + _AT_ONCE]
        answers = sample(
            model,
            [ids for _, ids in some for _ in range(practice.draws)],
            max_tokens=APPLICATIONS[name].max_tokens,
            generator=generator,
            stop_ids=lm.stop_ids,
            temperature=practice.temperature,
        )
        for place, (example, ids) in enumerate(some):
            drawn = answers[place * practice.draws : (place + 1) * practice.draws]
            right = {tuple(one) for one in drawn if is_right(lm, name, example, one)}
            longest = sorted(right, key=lambda one: (-len(one), one))[: practice.kept]
            kept += [([*ids, *one], [False] * len(ids) + [True] * len(one)) for one in longest]
            solved += bool(right)
        show(f"{name}: {solved} of {first + len(some)} requests have a right answer")
    return kept


def requests(
    lm: LanguageModel, name: str, n: int, seed: int
) -> Iterator[tuple[Example, list[int]]]:
    """Yield what is asked of the training text, as an example and as tokens, if there is room for it."""
    task = APPLICATIONS[name]
    found = 0
    for number in count():
        if found == n:
            return
        example = task.example(tell(task.narrator, seed, number), number)
        if example is None:
            continue
        ids = lm.encode(ask(name, example, seed))
        if len(ids) + len(lm.tokenizer.encode(example.answer)) < lm.config.context:
            found += 1
            yield example, ids


def is_right(lm: LanguageModel, name: str, example: Example, ids: Sequence[int]) -> bool:
    """Say whether an answer has come to its end, and is right."""
    task = APPLICATIONS[name]
    *said, end = ids
    if end not in lm.stop_ids or any(token >= lm.tokenizer.vocab_size for token in said):
        return False
    text = lm.tokenizer.decode(said)
    if any(stop in text for stop in task.stop):
        return False
    return task.grade(example, spaced(example, text))["right"]
