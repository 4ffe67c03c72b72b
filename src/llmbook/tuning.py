"""The loop of fine-tuning: a loss at each step, two optimizers, checkpoints, and a look from time to time.

Explained in the chapter "Fine-tuning" of the part "Training process".  As in pre-training, what a run
writes lies beside the folder that is to come, in ``NAME.checkpoint``, and a run that was stopped goes
on from there and ends with the same weights.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_
from torch.optim import AdamW, Optimizer
from tqdm import tqdm

from llmbook.checkpoint import read_json
from llmbook.errors import InputError
from llmbook.lora import Lora, add_lora
from llmbook.model import Model
from llmbook.prepare import INTERVAL
from llmbook.run_state import Checkpoints, write_whole
from llmbook.torch_model import TorchModel
from llmbook.torch_optim import make_optimizers, pack_state, schedule, set_rates, unpack_state
from llmbook.tuning_recipes import Tuning

WRITTEN = "written"  # the file which says that the model in its place is this run's

# All matrices of the blocks.  With the two of the paper alone, little is learned that is new.
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")

# Of all ranks: with the same factor at each, a higher rank wants a lower rate, and learns less at this.
ALPHA = 16.0

# What may differ when a run goes on, see :mod:`llmbook.prepare`.
_FREE = {"learning_rate", "checkpoint_seconds", "dtype", "card", "base"}


@dataclass
class Progress:
    """How far a run is: what a checkpoint says beside its tensors.

    Args:
        steps: How many steps are done.
        seconds: How long they took, the time before an interruption included.
        history: For each look what was seen, with ``"steps"``, ``"seconds"`` and ``"batch_loss"``.
    """

    steps: int = 0
    seconds: float = 0.0
    history: list[dict[str, float]] = field(default_factory=list)

    def share(self, recipe: Tuning) -> float:
        """Return which share of the run is over; 1 ends it."""
        if recipe.steps is not None:
            return self.steps / recipe.steps
        assert recipe.seconds is not None
        return self.seconds / recipe.seconds


def open_run(recipe: Tuning, base: Model, out: Path) -> Path:
    """Return the folder of a run's checkpoints, which is made if it is not there.

    Raises:
        InputError: If the model is there already, the folder belongs to another run, or it cannot
            be written.
    """
    folder = out.with_name(f"{out.name}.checkpoint")
    if out.exists() and not (folder / WRITTEN).exists():
        raise InputError(f"{out} exists: delete it, or choose another place")
    digest = hashlib.sha256()
    for name in sorted(base.weights):
        digest.update(base.weights[name].tobytes())
    run = {name: value for name, value in asdict(recipe).items() if name not in _FREE}
    run = json.loads(json.dumps({**run, "weights": digest.hexdigest()}))
    path = folder / "run.json"
    if path.exists():
        there = read_json(path)
        for name, value in run.items():
            if there.get(name) != value:
                raise InputError(
                    f"{folder} belongs to a run with other {name}: delete it, or choose another --out"
                )
        return folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot write {folder}: {error.strerror}") from None
    write_whole(path, json.dumps(run, indent=2).encode())
    return folder


def optimizers_for(recipe: Tuning, model: TorchModel) -> list[Optimizer]:
    """Return what changes the weights: all of them, or corrections, which are added to the model."""
    if recipe.lora is None:
        return make_optimizers(model, recipe.rate)
    kept = {name for name, weight in model.named_parameters() if name.startswith("score.")}
    settings = Lora(rank=recipe.lora, alpha=ALPHA, targets=TARGETS)
    add_lora(model, settings, torch.Generator().manual_seed(recipe.seed))
    for name in kept:  # a new head has nothing that could be corrected
        model.get_parameter(name).requires_grad_(True)
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    adam = AdamW(trained, lr=recipe.rate, weight_decay=0.0)
    adam.param_groups[0]["highest"] = recipe.rate
    return [adam]


def tune(
    recipe: Tuning,
    model: TorchModel,
    loss_at: Callable[[int, float], Tensor],
    look: Callable[[], dict[str, float]],
    checkpoints: Checkpoints,
) -> Progress:
    """Train a model in place, from its newest checkpoint on or from the beginning.

    Args:
        recipe: For how long, and how fast.
        model: What is trained, as the run begins.
        loss_at: The loss of a step, given its number and how far the run is.
        look: What is measured on held-out text.
        checkpoints: Where the run is kept.

    Raises:
        InputError: If the loss is not finite, a checkpoint cannot be written, or none is whole.
    """
    optimizers = optimizers_for(recipe, model)
    progress = Progress()
    if found := checkpoints.load():
        tensors, facts = found
        unpack_state(tensors, model, optimizers)
        progress = Progress(**facts)
    kept = progress.seconds, progress.steps
    start = perf_counter() - progress.seconds
    shape = "{percentage:3.0f}%|{bar:24}|{postfix}"
    done = min(1.0, progress.share(recipe))
    with tqdm(total=1.0, initial=done, bar_format=shape, mininterval=INTERVAL) as bar:
        while (share := progress.share(recipe)) < 1:
            loss = loss_at(progress.steps, share)
            loss.backward()  # type: ignore[no-untyped-call]
            norm = clip_grad_norm_(model.parameters(), recipe.clip)
            if not (loss.isfinite() and norm.isfinite()):
                raise InputError(
                    f"the loss is not a number at step {progress.steps}: start again with a "
                    f"--learning-rate below {recipe.rate}, and the run goes on from its last "
                    f"checkpoint; to begin anew, delete {checkpoints.folder}"
                )
            progress.seconds = perf_counter() - start
            number, now = _now(recipe, progress)
            highest = recipe.cooling**number
            set_rates(optimizers, highest * schedule(now, recipe.warmup, recipe.decay))
            for optimizer in optimizers:
                optimizer.step()
                optimizer.zero_grad()
            progress.steps += 1
            after = progress.share(recipe)
            left = timedelta(seconds=round(progress.seconds * max(0.0, 1 / after - 1)))
            bar.set_postfix_str(f"loss {loss.item():.3f}, {left} left", refresh=False)
            bar.update(min(1.0, after) - bar.n)
            if int(share * recipe.validations) < int(after * recipe.validations) or after >= 1:
                seen = {"steps": progress.steps, "seconds": progress.seconds}
                progress.history.append({**seen, "batch_loss": loss.item(), **look()})
            if progress.seconds - kept[0] >= recipe.checkpoint_seconds:
                checkpoints.save(progress.steps, pack_state(model, optimizers), asdict(progress))
                kept = progress.seconds, progress.steps
    if kept[1] < progress.steps:
        checkpoints.save(progress.steps, pack_state(model, optimizers), asdict(progress))
    return progress


def _now(recipe: Tuning, progress: Progress) -> tuple[int, float]:
    """Return which round it is, from 0, and how far that is in the middle of a step: neither 0 nor 1."""
    if recipe.steps is None:
        share = progress.share(recipe)
        if share >= 1:
            return recipe.rounds - 1, 1.0
        return int(share * recipe.rounds), share * recipe.rounds % 1
    steps = recipe.steps // recipe.rounds
    number, step = divmod(progress.steps, steps)
    return number, (step + 1) / (steps + 1)
