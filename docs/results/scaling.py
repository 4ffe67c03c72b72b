"""Train the base model in other sizes, fit a law to their losses, and let a larger run test it.

Every run of the law reads 20 tokens for each parameter.  Beside them, models of six sizes get the
same computation each, so that the smaller ones read more.  More than half of the work is
the largest size, which the law has not seen.

Fewer steps want a higher learning rate.  So the small sizes try three rates first, and a line through
the best ones, in logarithms, tells the rate of every run.

There are as many processes as the environment variable ``JOBS`` says, or as the machine has cores;
each takes the next run that nobody has.  What is finished stays in the folder that ``RUNS`` names,
and a run that was stopped goes on.  All of it takes about an hour of one core.
"""

import json
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache
from math import log
from multiprocessing import get_context
from pathlib import Path
from shutil import rmtree
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import numpy as np
import torch
from record import record

from llmbook.model import Config
from llmbook.packing import Batches
from llmbook.prepare import prepare, read_prepared
from llmbook.pretrain import held_out_loss, train
from llmbook.recipes import VALLEY_BASE, Recipe
from llmbook.run_state import Checkpoints, write_whole
from llmbook.scaling import band, fit_law, resample, training_flops
from llmbook.torch_model import TorchModel

RUNS = Path(os.environ.get("RUNS", Path(__file__).parents[1] / "_build" / "runs")) / "scaling"
JOBS = int(os.environ.get("JOBS", os.cpu_count() or 1))
SEEDS = (0, 1, 2)

# Width and number of layers.  Half as many tokens as the base model has, because in small models the
# table of the tokens is most of all parameters, and bends the law.
VOCABULARY = 512
FITTED = ("24x2", "32x2", "40x2", "40x3", "48x3", "56x4")
HELD_OUT = "80x4"
RATIO = 20  # tokens for each parameter
SAME, EQUAL = ("24x2", "32x2", "40x3", "48x3", "56x4", "80x4"), "40x3"  # get what that one gets
SWEPT = ("24x2", "32x2", "40x2", "40x3")  # try these learning rates, as shares of the guess
SHARES = (0.5, 1.0, 2.0)
DOCUMENTS = 52_000  # somewhat more than the longest run reads, so that no run reads any twice
UNIT = 1e12  # FLOPs: the law counts in trillions


@dataclass(frozen=True)
class Run:
    """One run.

    Args:
        seed: Of the text, the first weights and the order.
        size: Width and layers.
        steps: How long it trains.
        rate: The highest learning rate.
    """

    seed: int
    size: str
    steps: int
    rate: float = 0.02

    @property
    def recipe(self) -> Recipe:
        """The recipe of the run."""
        width, layers = map(int, self.size.split("x"))
        return replace(
            VALLEY_BASE,
            width=width,
            layers=layers,
            steps=self.steps,
            learning_rate=self.rate,
            seed=self.seed,
            vocab_size=VOCABULARY,
            documents=DOCUMENTS,
            french_first=0,
            card="",
        )

    @property
    def config(self) -> Config:
        """The sizes of the model."""
        return self.recipe.config(VOCABULARY)

    @property
    def tokens(self) -> int:
        """How many tokens it reads."""
        return self.steps * self.recipe.sequences * self.recipe.context

    @property
    def flops(self) -> int:
        """What it spends."""
        context = self.recipe.context
        return self.tokens // context * training_flops(self.config, context)


def steps_in_proportion(size: str) -> int:
    """Return how many steps read so many tokens for each parameter."""
    step = Run(0, size, 1)
    return round(RATIO * step.config.n_parameters / step.tokens)


def in_proportion(seed: int, size: str) -> Run:
    """Return the run that reads so many tokens for each parameter."""
    steps = steps_in_proportion(size)
    return Run(seed, size, steps, best_rate(steps))


def as_costly(seed: int, size: str) -> Run:
    """Return the run that spends as much as that of the middle size."""
    spent = Run(seed, EQUAL, steps_in_proportion(EQUAL)).flops
    steps = round(spent / Run(seed, size, 1).flops)
    return Run(seed, size, steps, best_rate(steps))


# --- The learning rate ---------------------------------------------------------------------------


def tries(size: str) -> list[Run]:
    """Return the runs that look for the learning rate of a size.

    They stand around 0.02 for 6,000 steps, which the base model has, and 0.16 for 245, which did best
    in single runs of the smallest size.
    """
    steps = steps_in_proportion(size)
    guess = 0.02 * (6000 / steps) ** 0.65
    return [Run(SEEDS[0], size, steps, round(share * guess, 4)) for share in SHARES]


@cache
def rate_law() -> tuple[float, float]:
    """Return the line through the best rates: its slope and its start, in logarithms."""
    steps, rates = [], []
    for size in SWEPT:
        runs = tries(size)
        logs = np.log([run.rate for run in runs])
        two, one, _ = np.polyfit(logs, [loss(run) for run in runs], 2)
        best = -one / (2 * two) if two > 0 else logs[np.argmin([loss(run) for run in runs])]
        steps.append(np.log(runs[0].steps))
        rates.append(np.clip(best, logs[0], logs[-1]))
    slope, start = np.polyfit(steps, rates, 1)
    return float(slope), float(start)


def best_rate(steps: int) -> float:
    """Return the learning rate of a run."""
    slope, start = rate_law()
    return round(float(np.exp(start + slope * np.log(steps))), 4)


# --- Training ------------------------------------------------------------------------------------


def make_text(seed: int) -> None:
    """Write the tokens of a seed, which all of its sizes read."""
    prepare(Run(seed, FITTED[0], 1).recipe, RUNS / f"text-{seed}")


def path_of(run: Run) -> Path:
    """Return where the result of a run lies."""
    return RUNS / f"{run.seed}-{run.size}-{run.steps}-{run.rate:.4f}.json"


def finish(run: Run) -> None:
    """Train, unless that is done, and write the loss down."""
    if path_of(run).exists():
        return
    torch.set_num_threads(1)
    prepared = read_prepared(RUNS / f"text-{run.seed}")
    recipe = run.recipe
    windows = Batches(prepared.training, recipe.context, recipe.sequences, run.seed).windows
    assert run.steps * recipe.sequences <= windows, f"{run} would read some text twice"
    model, folder = TorchModel(run.config), path_of(run).with_suffix(".checkpoint")
    folder.mkdir(exist_ok=True)
    train(recipe, model, prepared, Checkpoints(folder))
    nats = held_out_loss(model, prepared.validation) * (len(prepared.validation) - 1)
    result = {"recipe": asdict(recipe), "loss": nats / log(2) / prepared.validation_bytes}
    write_whole(path_of(run), json.dumps(result).encode())
    rmtree(folder)


def loss(run: Run) -> float:
    """Return the loss of a finished run, in bits a byte."""
    result = json.loads(path_of(run).read_text("utf-8"))
    assert result["recipe"] == json.loads(json.dumps(asdict(run.recipe))), f"{run} is another's"
    return float(result["loss"])


def train_all() -> None:
    """Train every run: those that look for the learning rate, and then the rest."""

    def together(runs: Iterable[Run]) -> None:
        list(pool.map(finish, sorted(runs, key=lambda run: run.flops, reverse=True)))

    RUNS.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(JOBS, mp_context=get_context("spawn")) as pool:
        list(pool.map(make_text, SEEDS))
        together(run for size in SWEPT for run in tries(size))
        runs = {in_proportion(seed, size) for seed in SEEDS for size in (*FITTED, HELD_OUT)}
        together(runs | {as_costly(seed, size) for seed in SEEDS for size in SAME})


# --- The law -------------------------------------------------------------------------------------


def points(runs: Iterable[Run]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return what runs spent, in trillions of FLOPs, and what they reached."""
    pairs = [(run.flops / UNIT, loss(run)) for run in runs]
    spent, reached = np.array(pairs).T
    return spent, reached


@cache
def law() -> dict[str, Any]:
    """Return the law of all seeds, how far to trust it, and what it says of the held-out size."""
    x, y = points(in_proportion(seed, size) for seed in SEEDS for size in FITTED)
    found = fit_law(x, y)
    at = np.array([in_proportion(0, HELD_OUT).flops / UNIT])
    low, high = band(x, y, at)
    others, _ = resample(x, y, 1000, seed=0)
    slope, start = np.polyfit(np.log(x), np.log(y), 1)  # what a law without a floor would say
    _, truth = points(in_proportion(seed, HELD_OUT) for seed in SEEDS)
    line = np.geomspace(x.min() / 1.5, at[0] * 1.5, 40)
    below, above = band(x, y, line)
    values: dict[str, Any] = {
        "floor": found.floor,
        "scale": found.scale,
        "exponent": found.exponent,
        "predicted": float(found(at)[0]),
        "predicted_low": float(low[0]),
        "predicted_high": float(high[0]),
        "straight": float(np.exp(start + slope * np.log(at[0]))),
        "inside": int(((low[0] <= truth) & (truth <= high[0])).sum()),
        "halving": 2 ** (1 / found.exponent),  # times the computation for half of what can go
        "tenfold": float(found(at)[0] - found(10 * at)[0]),
        "beyond": at[0] / x.max(),
    }
    for name in ("floor", "scale", "exponent"):
        ends = np.quantile([getattr(other, name) for other in others], [0.025, 0.975])
        values |= {f"{name}_{end}": float(v) for end, v in zip(("low", "high"), ends, strict=True)}
    for name, numbers in (("x", line), ("low", below), ("high", above)):
        values[f"band_{name}"] = [round(float(number), 6) for number in numbers]
    return values


def best_ratio(seed: int) -> float:
    """Return the tokens for each parameter that are best when the computation is given.

    It is the lowest point of a parabola through the losses against the logarithm of the ratio.
    """
    runs = [as_costly(seed, size) for size in SAME]
    ratios = np.log([run.tokens / run.config.n_parameters for run in runs])
    two, one, _ = np.polyfit(ratios, [loss(run) for run in runs], 2)
    return float(np.exp(np.clip(-one / (2 * two), ratios.min(), ratios.max())))


def measure(seed: int) -> dict[str, Any]:
    """Return all of it for one seed, and the law of all."""
    values: dict[str, Any] = {
        "ratio": RATIO,
        "vocabulary": VOCABULARY,
        "best_ratio": best_ratio(seed),
    }
    for size in (*FITTED, HELD_OUT):
        run = in_proportion(seed, size)
        values |= {
            f"parameters_{size}": run.config.n_parameters,
            f"table_{size}": 100 * VOCABULARY * run.config.d_model / run.config.n_parameters,
            f"steps_{size}": run.steps,
            f"tokens_{size}": run.tokens,
            f"flops_{size}": run.flops,
            f"rule_{size}": 6 * run.config.n_parameters * run.tokens,
            f"rate_{size}": run.rate,
            f"loss_{size}": loss(run),
        }
    for size in SWEPT:
        for share, run in zip(SHARES, tries(size), strict=True):
            values[f"swept_{size}_{share:g}".replace(".", "_")] = loss(run)
    for size in SAME:
        run = as_costly(seed, size)
        values |= {
            f"same_ratio_{size}": run.tokens / run.config.n_parameters,
            f"same_flops_{size}": run.flops,
            f"same_loss_{size}": loss(run),
        }
    return values | law()


if __name__ == "__main__":
    train_all()
    record("scaling", measure, seeds=SEEDS, packages=("torch", "numpy"), long=True)
