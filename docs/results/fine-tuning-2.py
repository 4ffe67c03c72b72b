"""Fine-tune an assistant in short runs: how fast it may learn, and what it then forgets.

A run takes a minute on one core.  What it found stays in the folder that the environment variable
``RUNS`` names, and is not measured again while it is there.
"""

import os
import shutil
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import torch
from record import kept, record

from llmbook import load, tune_assistant
from llmbook.answers import Batch
from llmbook.compress import bits_per_byte
from llmbook.instruct import END
from llmbook.rows import Rows, stack
from llmbook.run_state import Checkpoints
from llmbook.torch_model import TorchModel
from llmbook.tuning_recipes import VALLEY_CHAT, Tuning
from llmbook.world import documents

LESSONS = tuple(lesson for lesson in VALLEY_CHAT.lessons if lesson.begins == 0)
RATES = (0.001, 0.004, 0.016)  # of Muon
STEPS, ROWS = 150, 4
OLD = 100  # held-out documents of the kind that the base was trained on
OLD_SEED, REHEARSED_SEED = 10, 20


@cache
def old() -> list[str]:
    """Return documents that no run has read."""
    return [document.text for document in documents("samples", OLD_SEED, OLD)]


class Rehearsing(Rows):
    """Batches whose last row is what the base was trained on: documents, end to end."""

    def at(self, step: int, share: float = 1.0) -> Batch:
        """Return the batch of a step."""
        new, ids = super().at(step, share), self.documents(step)
        row = stack([(ids, [True] * len(ids))], self.context + 1)
        return Batch(
            torch.cat([new.ids[:-1], row.ids]), torch.cat([new.answered[:-1], row.answered])
        )

    def documents(self, step: int) -> list[int]:
        """Return as many tokens of documents as a row has places."""
        ids: list[int] = []
        seed = (REHEARSED_SEED + self.seed) * STEPS + step
        for document in documents("train", seed):
            ids += [self.tokenizer.special[END], *self.tokenizer.encode(document.text)]
            if len(ids) > self.context:
                break
        return ids[: self.context + 1]


def before(seed: int, folder: Path) -> dict[str, float]:  # noqa: ARG001
    """Return the losses of the base: on answers, in nats a token, and on documents, in bits a byte."""
    base = load("valley-base")
    held_out = {one.task: tune_assistant._held_out(base, one.task, seed) for one in LESSONS}
    seen = tune_assistant.look(TorchModel.from_model(base.model), held_out)
    return {"answers": seen["loss"], "old": bits_per_byte(base, old())}


def after(rate: float, seed: int, rows: type[Rows], folder: Path) -> dict[str, float]:
    """Return the same losses after a short run."""
    recipe = Tuning(
        base="valley-base",
        lessons=LESSONS,
        balance=VALLEY_CHAT.balance,
        learning_rate=rate,
        seed=seed,
        steps=STEPS,
        batch=ROWS,
        validations=1,
        checkpoint_seconds=20.0,
    )
    with patch.object(tune_assistant, "Rows", rows):
        progress, write = tune_assistant.train_assistant(
            recipe, load("valley-base"), Checkpoints(folder)
        )
    shutil.rmtree(folder / "model", ignore_errors=True)
    write(folder / "model", "")
    bits = bits_per_byte(load(folder / "model"), old())
    return {"answers": progress.history[-1]["loss"], "old": bits}


def runs(seed: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield the losses of each run by its name."""
    yield "before", kept(f"fine-tuning-2/before-{seed}", partial(before, seed))
    for rate in RATES:
        yield f"{rate}", kept(f"fine-tuning-2/{rate}-{seed}", partial(after, rate, seed, Rows))
    rehearsed = partial(after, RATES[1], seed, Rehearsing)
    yield "rehearsed", kept(f"fine-tuning-2/rehearsed-{seed}", rehearsed)


def measure(seed: int) -> dict[str, float]:
    """Return everything."""
    values: dict[str, float] = {"steps": STEPS, "rows": ROWS, "documents": OLD}
    for name, losses in runs(seed):
        values |= {f"{what}_{name}": loss for what, loss in losses.items()}
    return values


if __name__ == "__main__":
    torch.set_num_threads(1)
    record("fine-tuning-2", measure, seeds=(0, 1, 2), packages=("torch", "numpy"), long=True)
