"""Instruction tuning: teach a model to answer, and to stop.

Explained in the chapter "Fine-tuning" of the part "Training process".  The model reads conversations
and learns to predict what the assistant says; what the user says it only reads.  From time to time
it is looked whether its likeliest answers to held-out conversations are right, word for word.
"""

import json
import sys
from collections.abc import Callable
from itertools import count, groupby, islice
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from torch import Tensor

from llmbook._shapes import Bool, Float, Int
from llmbook.answers import Batch
from llmbook.checkpoint import read_json
from llmbook.errors import InputError
from llmbook.hub import LanguageModel, save
from llmbook.instruct import ASSISTANT, END, USER, assistant, conversation, encode
from llmbook.lora import merge
from llmbook.rejection import Tokens, collect
from llmbook.rows import Rows, stack
from llmbook.run_state import Checkpoints, write_whole
from llmbook.torch_model import TorchModel
from llmbook.tuning import Progress, tune
from llmbook.tuning_recipes import Tuning

HELD_OUT = 24  # conversations of each task that a look reads
OWN = "own.json"  # what the model answered before the run, and was right

Write = Callable[[Path, str], None]  # into which folder, with which card


def train_assistant(
    recipe: Tuning, base: LanguageModel, checkpoints: Checkpoints
) -> tuple[Progress, Write]:
    """Train a model on conversations; return how it went, and what writes its folder.

    Raises:
        InputError: If the tokenizer has not the tokens for them, no conversation fits into the
            context, or what :func:`practised` and :func:`llmbook.tuning.tune` say.
    """
    for token in (END, USER, ASSISTANT):
        if token not in base.tokenizer.special:
            raise InputError(f"the base has no token {token}: it cannot learn conversations")
    own = practised(recipe, base, checkpoints.folder / OWN)
    model = TorchModel.from_model(base.model)
    context, seed = base.config.context, recipe.seed
    rows = Rows(base.tokenizer, recipe.lessons, context, recipe.batch, seed, own=own)
    held_out = {lesson.task: _held_out(base, lesson.task, recipe.seed) for lesson in recipe.lessons}

    def loss_at(step: int, share: float) -> Tensor:
        return answer_loss(model, rows.at(step, share), recipe.balance)

    progress = tune(recipe, model, loss_at, lambda: look(model, held_out), checkpoints)

    def write(out: Path, card: str) -> None:
        lm = assistant(merge(model).to_model(), base.tokenizer)
        save(lm, out, dtype=recipe.dtype, card=card)

    return progress, write


def practised(recipe: Tuning, base: LanguageModel, path: Path) -> dict[str, list[Tokens]]:
    """Return for each task of the practice the base's own right answers; a file keeps them.

    Raises:
        InputError: If the base is no assistant, or has no right answer to any request of a task.
    """
    if recipe.practice is None:
        return {}
    if base.chat_template is None:
        raise InputError(
            "the base is no assistant: it has to learn conversations before it practises"
        )
    kept = read_json(path) if path.exists() else {}
    own: dict[str, list[Tokens]] = {
        task: [(ids, learned) for ids, learned in talks] for task, talks in kept.items()
    }
    for task in recipe.practice.tasks:
        if task in own:
            continue
        own[task] = collect(base, task, recipe.practice, recipe.seed, _show)
        print(file=sys.stderr)
        if not own[task]:
            raise InputError(
                f"of {recipe.practice.requests} requests for {task}, the base has no right answer "
                "to any: it has to learn the task before it practises"
            )
        write_whole(path, json.dumps(own).encode())
    return own


def _show(line: str) -> None:
    """Write a line over the one before."""
    print(f"\r{line}", end="", file=sys.stderr, flush=True)


def answer_loss(model: TorchModel, batch: Batch, balance: float = 0.0) -> Float[Tensor, ""]:
    """Return the cross-entropy of the answers' tokens, in nats for each.

    Args:
        model: Predicts them.
        batch: Conversations; nothing is asked about a token that is not an answer's.
        balance: At 0 each token counts alike, so that a long answer counts more than a short one;
            at 1 each answer does.
    """
    predicted = batch.answered[:, 1:]
    vectors = model.hidden(batch.ids[:, :-1])[predicted]
    logits, wanted = F.linear(vectors, model.head), batch.ids[:, 1:][predicted]
    weights = answer_lengths(predicted).float() ** -balance
    losses: Tensor = F.cross_entropy(logits, wanted, reduction="none")
    return (weights * losses).sum() / weights.sum()


def answer_lengths(answered: Bool[Tensor, "B T"]) -> Int[Tensor, " tokens"]:
    """Return for each token of an answer how many tokens that answer has.

    Example:
        >>> answer_lengths(torch.tensor([[False, True, True], [True, False, True]])).tolist()
        [2, 2, 1, 1]
    """
    begins = answered & ~F.pad(answered, (1, 0))[:, :-1]
    numbers = begins.flatten().cumsum(0)[answered.flatten()] - 1
    lengths: Tensor = numbers.bincount()[numbers]
    return lengths


def look(model: TorchModel, held_out: dict[str, Batch]) -> dict[str, float]:
    """Return the loss on held-out conversations, and which share of the answers is right.

    An answer is right if each of its tokens is the likeliest after those before it: then the model
    says just this, if it always takes the likeliest.

    Returns:
        The ``"loss"`` and the share that is ``"right"``, as means over the tasks, and the latter for
        each task.
    """
    losses, rights = [], {}
    with torch.no_grad():
        for task, batch in held_out.items():
            losses.append(answer_loss(model, batch).item())
            marks = right_answers(model, batch)
            rights[task] = sum(marks) / len(marks)
    means = {"loss": sum(losses) / len(losses), "right": sum(rights.values()) / len(rights)}
    return means | rights


def right_answers(model: TorchModel, batch: Batch) -> list[bool]:
    """Say of each answer in a batch whether it is the likeliest, token for token."""
    predicted, wanted = batch.answered[:, 1:], batch.ids[:, 1:]
    hits = (model(batch.ids[:, :-1]).argmax(dim=-1) == wanted).tolist()
    marks = []
    for row, inside in zip(hits, predicted.tolist(), strict=True):
        for answer, places in groupby(range(len(row)), key=inside.__getitem__):
            if answer:
                marks.append(all(row[place] for place in places))
    return marks


def _held_out(base: LanguageModel, task: str, seed: int) -> Batch:
    """Return some conversations that no run learns from, one in a row."""
    talks = (conversation(task, seed, number, "samples") for number in count())
    tokens = (encode(base.tokenizer, talk.messages) for talk in islice(talks, 1000) if talk)
    fitting = (row for row in tokens if len(row[0]) <= base.config.context + 1)
    chosen = list(islice(fitting, HELD_OUT))
    if not chosen:
        raise InputError(
            f"no conversation for {task} fits into a context of {base.config.context} tokens"
        )
    return stack(chosen, max(len(ids) for ids, _ in chosen))
