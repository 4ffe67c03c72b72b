"""Train corrections of several ranks, and the whole model, on two things: new text, and a new manner.

The new text is Python's standard library, of which the valley's model has read nothing.  The new
manner is to answer questions in a conversation; such questions it has read, about stories, and with
other marks around them.  All runs have the same steps, batches and schedule.

A run takes some ten seconds on one core.  What it measured is kept in the folder that the
environment variable ``RUNS`` names.
"""

import os
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import count, islice
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from numpy.typing import NDArray
from record import kept, record
from torch import Tensor
from torch.optim import AdamW, Muon, Optimizer

from llmbook import load, tuning
from llmbook.adapters import WEIGHTS, save_adapter
from llmbook.answers import Batch
from llmbook.instruct import conversation, encode
from llmbook.lora import Lora, add_lora, merge, n_trained
from llmbook.rows import Rows, stack
from llmbook.run_state import Checkpoints
from llmbook.torch_model import TorchModel
from llmbook.torch_optim import is_inner
from llmbook.tune_assistant import answer_loss, right_answers
from llmbook.tuning_recipes import Lesson, Tuning
from llmbook.world import documents

LM = load("valley-base")
CONTEXT = LM.config.context
STEPS = {"python": 200, "questions": 100}  # of one row each
WIDTH = 128  # tokens of a row of Python; one of questions has the whole context
RANKS = (1, 2, 4, 8, 16, 32)
MIDDLE = 8  # the rank of which several learning rates are tried
ALPHA = 16.0  # for all ranks, so that the factor falls as the rank grows
CUTS = (0, *RANKS, 64)  # to which ranks the change of a whole model is cut down

# Those of corrections and of all weights are the best of three for Python and seed 100, each four
# times the one before; the others are tried again below.  Muon's is a guess.
RATES = {"lora": 0.004, "full": 0.001, "blocks": 0.001, "muon": 0.002}
FACTORS = {"slow": 1 / 4, "fast": 4}

BEGINNING = 1_000  # characters of a module that are read
HELD_OUT = 10  # one module in ten
STORIES = 40  # held-out ones, each with its questions
VALLEY = 50  # held-out documents, which show what was forgotten

Tokens = NDArray[np.int64]
Loss = Callable[[TorchModel, int], Tensor]  # of a step


@dataclass(frozen=True)
class Job:
    """A run: what is learned, what is trained and how, corrections of which rank, and how fast.

    What is trained are all weights, the matrices of the blocks (with AdamW or with Muon), or
    corrections of these.
    """

    task: str
    how: str
    seed: int
    rank: int | None = None
    factor: float = 1.0
    alpha: float = ALPHA

    @property
    def name(self) -> str:
        """What tells this run from others."""
        return f"lora-{self.task}-{self.how}-{self.rank}-{self.alpha}-{self.factor}-{self.seed}"


# --- What is learned ------------------------------------------------------------------------------


def tokens(texts: Sequence[str]) -> Tokens:
    """Return the tokens of texts, each behind an end token."""
    end = LM.stop_ids[0]
    return np.array([*(i for text in texts for i in (end, *LM.tokenizer.encode(text))), end])


@cache
def modules() -> tuple[list[str], list[str]]:
    """Return how modules of the standard library begin: some to learn from, and others."""
    folder = Path(sysconfig.get_path("stdlib"))
    texts = [path.read_text("utf-8")[:BEGINNING] for path in sorted(folder.glob("*.py"))]
    return [text for i, text in enumerate(texts) if i % HELD_OUT], texts[::HELD_OUT]


@cache
def python(seed: int) -> Loss:
    """Return the loss on Python's own text, none of which is read twice."""
    texts, _ = modules()
    order = np.random.default_rng(seed).permutation(len(texts))
    needed = STEPS["python"] * (WIDTH + 1)
    ids = tokens([texts[i] for i in order])[:needed]
    assert len(ids) == needed, "the standard library is too short"
    rows = torch.from_numpy(ids).view(-1, WIDTH + 1)

    def loss_at(model: TorchModel, step: int) -> Tensor:
        return F.cross_entropy(model(rows[step, None, :-1])[0], rows[step, 1:])

    return loss_at


@cache
def questions(seed: int) -> Loss:
    """Return the loss on answers in conversations."""
    rows = Rows(LM.tokenizer, (Lesson("questions", 1),), CONTEXT, 1, seed)
    batch = cache(rows.at)
    return lambda model, step: answer_loss(model, batch(step))


TASKS = {"python": python, "questions": questions}


# --- What is measured -----------------------------------------------------------------------------


@cache
def held_out(kind: str) -> tuple[Tokens, float]:
    """Return tokens that no run reads, and how many bits a byte one nat a token is."""
    texts = modules()[1] if kind == "python" else [d.text for d in documents("samples", 0, VALLEY)]
    ids = tokens(texts)
    return ids, (len(ids) - 1) / sum(len(text.encode()) for text in texts) / log(2)


@cache
def asked() -> Batch:
    """Return conversations of which no run learns, one in a row."""
    talks = (conversation("questions", 0, number, "combinations") for number in count())
    rows = (encode(LM.tokenizer, talk.messages) for talk in talks if talk)
    fitting = list(islice((row for row in rows if len(row[0]) <= CONTEXT + 1), STORIES))
    return stack(fitting, max(len(ids) for ids, _ in fitting))


def read(model: TorchModel, kind: str) -> tuple[float, float]:
    """Return what a byte of held-out text costs, and how many percent of its tokens are guessed."""
    ids, scale = held_out(kind)
    whole = ids[: (len(ids) - 1) // WIDTH * WIDTH + 1]
    rows = torch.from_numpy(whole).unfold(0, WIDTH + 1, WIDTH)
    with torch.no_grad():
        logits, wanted = model(rows[:, :-1]).flatten(0, 1), rows[:, 1:].flatten()
    hits = logits.argmax(dim=-1) == wanted
    return scale * F.cross_entropy(logits, wanted).item(), 100 * hits.float().mean().item()


def scores(model: TorchModel, task: str) -> dict[str, float]:
    """Return how well a model does what it was to learn, and what it does no longer."""
    values = {"valley": read(model, "valley")[0]}
    if task == "python":
        cost, right = read(model, "python")
        return values | {"bits": cost, "right": right}
    marks = right_answers(model, asked())
    with torch.no_grad():
        loss = answer_loss(model, asked()).item()
    return values | {"loss": loss, "right": 100 * sum(marks) / len(marks)}


# --- Runs ----------------------------------------------------------------------------------------


def optimizer(job: Job, recipe: Tuning, model: TorchModel) -> list[Optimizer]:
    """Choose what of a model is trained, and return what does it."""
    if job.how == "lora":
        assert job.rank is not None
        settings = Lora(job.rank, job.alpha, tuning.TARGETS)
        add_lora(model, settings, torch.Generator().manual_seed(job.seed))
    elif job.how != "full":
        for name, weight in model.named_parameters():
            weight.requires_grad_(is_inner(name, weight))
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    chosen: Optimizer
    if job.how == "muon":
        chosen = Muon(weights, lr=recipe.rate, momentum=0.95, weight_decay=0.0)
    else:
        chosen = AdamW(weights, lr=recipe.rate, weight_decay=0.0)
    chosen.param_groups[0]["highest"] = recipe.rate
    return [chosen]


def trained(job: Job, folder: Path) -> TorchModel:
    """Return the model of a run, whose checkpoints are in a folder."""
    recipe = Tuning(
        base="valley-base",
        steps=STEPS[job.task],
        seed=job.seed,
        learning_rate=RATES[job.how] * job.factor,
        validations=1,
    )
    model, loss = TorchModel.from_model(LM.model), TASKS[job.task](job.seed)
    with patch.object(tuning, "optimizers_for", partial(optimizer, job)):
        tuning.tune(recipe, model, lambda step, _: loss(model, step), dict, Checkpoints(folder))
    return model


def change(model: TorchModel) -> dict[str, Any]:
    """Return of which rank the change of each matrix is, and what it is worth when it is cut down."""
    before = dict(TorchModel.from_model(LM.model).named_parameters())
    after = {name: weight.detach() for name, weight in model.named_parameters()}
    inner = [name for name in after if is_inner(name, after[name])]
    parts = {name: torch.linalg.svd(after[name] - before[name].detach(), False) for name in inner}
    values: dict[str, Any] = shares([sizes for _, sizes, _ in parts.values()])
    for rank in CUTS:
        cut = TorchModel(LM.config)
        weights = dict(after)
        for name, (left, sizes, right) in parts.items():
            weights[name] = before[name].detach() + (left[:, :rank] * sizes[:rank]) @ right[:rank]
        cut.load(weights)
        values[f"cut_{rank}"] = read(cut, "python")[0]
    return values


def shares(all_sizes: Sequence[Tensor]) -> dict[str, Any]:
    """Return which share of a change its first directions have, and how many make nine tenths.

    Args:
        all_sizes: The singular values of each matrix, in falling order.
    """
    sums = [(sizes**2).cumsum(0) / (sizes**2).sum() for sizes in all_sizes]
    curve = torch.stack([each[:64] for each in sums]).mean(0)  # the smallest matrices have 64
    needed = [int((each < 0.9).sum()) + 1 for each in sums]
    values = {f"share_{rank}": 100 * curve[rank - 1].item() for rank in CUTS[1:]}
    return values | {"nine_tenths": sum(needed) / len(needed)}


def chance() -> dict[str, Any]:
    """Return the same for matrices of random numbers."""
    generator = torch.Generator().manual_seed(0)
    weights = dict(TorchModel.from_model(LM.model).named_parameters())
    inner = [weight for name, weight in weights.items() if is_inner(name, weight)]
    drawn = [torch.randn(weight.shape, generator=generator) for weight in inner]
    return shares([torch.linalg.svdvals(matrix) for matrix in drawn])


def result(job: Job, folder: Path) -> dict[str, Any]:
    """Train the model of a run, and return what it measured."""
    model = trained(job, folder)
    values: dict[str, Any] = {"trained": n_trained(model)}
    if job.rank:
        with TemporaryDirectory() as new:
            save_adapter(model, Path(new) / "adapter")
            values["bytes"] = (Path(new) / "adapter" / WEIGHTS).stat().st_size
    plain = merge(model)
    values |= scores(plain, job.task)
    if job.how in ("blocks", "muon"):
        values |= change(plain)
    return values


# --- All of it -----------------------------------------------------------------------------------


def jobs(seed: int) -> dict[str, Job]:
    """Return the runs of one seed, by the beginning of their values' names."""
    found: dict[str, Job] = {}
    for task, ranks in (("python", RANKS), ("questions", (1, MIDDLE, 32))):
        found |= {f"{task}_{rank}": Job(task, "lora", seed, rank) for rank in ranks}
        found[f"{task}_full"] = Job(task, "full", seed)
    found |= {f"python_{how}": Job("python", how, seed) for how in ("blocks", "muon")}
    found["questions_full_slow"] = Job("questions", "full", seed, None, FACTORS["slow"])
    found[f"questions_{MIDDLE}_slow"] = Job("questions", "lora", seed, MIDDLE, FACTORS["slow"])
    for speed, factor in FACTORS.items():
        found[f"python_{MIDDLE}_{speed}"] = Job("python", "lora", seed, MIDDLE, factor)
        found[f"python_full_{speed}"] = Job("python", "full", seed, None, factor)
    most = max(RANKS)  # as strong for each of its directions as the middle one is
    found[f"python_{most}_strong"] = Job("python", "lora", seed, most, alpha=ALPHA * most / MIDDLE)
    return found


def measure(seed: int) -> dict[str, Any]:
    """Return all of it for one seed."""
    base = TorchModel.from_model(LM.model)
    values: dict[str, Any] = {
        "parameters": LM.config.n_parameters,
        "python_steps": STEPS["python"],
        "questions_steps": STEPS["questions"],
        "modules": len(modules()[1]),
        "questions": len(right_answers(base, asked())),
    }
    values |= {f"rate_{how}": rate for how, rate in RATES.items()}
    values |= {f"chance_{key}": number for key, number in chance().items()}
    for task in TASKS:
        values |= {f"{task}_base_{key}": number for key, number in scores(base, task).items()}
    for start, job in jobs(seed).items():
        found = kept(job.name, partial(result, job))
        values |= {f"{start}_{key}": number for key, number in found.items()}
    return values


if __name__ == "__main__":
    torch.set_num_threads(1)
    record("lora", measure, seeds=(0, 1, 2), packages=("torch", "numpy"), long=True)
