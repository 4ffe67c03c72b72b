"""Train a model from nothing: a recipe in, a folder with a language model out.

Explained in the chapter "Pre-training" of the part "Training process".  A run predicts each token
of a batch, follows the gradient, and from time to time writes down how far it is.  What it writes
lies beside the folder that is to come, in ``NAME.checkpoint``: a run that was killed goes on from
there, and ends with the very weights that it would have had.
"""

from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from math import isfinite, log
from pathlib import Path
from shutil import rmtree
from time import perf_counter
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from torch import Tensor
from torch.nn.utils import clip_grad_norm_
from tqdm import tqdm

from llmbook._shapes import Array, Float, Int
from llmbook.errors import InputError
from llmbook.hub import LanguageModel, save
from llmbook.packing import Batches, held_out_windows
from llmbook.prepare import END, INTERVAL, Prepared, prepare, read_prepared
from llmbook.recipes import Recipe
from llmbook.run_state import Checkpoints, write_whole
from llmbook.torch_model import TorchModel
from llmbook.torch_optim import make_optimizers, pack_state, schedule, set_rates, unpack_state
from llmbook.workers import Workers

QUICK = 8192  # held-out tokens that a look during the run reads
_AT_ONCE = 8192  # tokens in memory at a time, where nothing is learned


@dataclass
class Progress:
    """How far a run is: what a checkpoint says beside its tensors.

    Args:
        steps: How many steps are done.
        seconds: How long they took, the time before an interruption included.
        history: For each look at the held-out text: steps, seconds, loss of the batch, loss there.
    """

    steps: int = 0
    seconds: float = 0.0
    history: list[list[float]] = field(default_factory=list)

    def share(self, recipe: Recipe) -> float:
        """Return which share of the run is over; 1 ends it."""
        if recipe.steps is not None:
            return self.steps / recipe.steps
        assert recipe.seconds is not None
        return self.seconds / recipe.seconds


@dataclass(frozen=True)
class Result:
    """What a run has reached.

    Args:
        loss: Nats a token, on the whole held-out text.
        bits_per_byte: The same in bits for each byte of that text, so that tokenizers compare.
        steps: How many steps it took.
        seconds: How long it trained.
        history: As for :class:`Progress`.
    """

    loss: float
    bits_per_byte: float
    steps: int
    seconds: float
    history: list[list[float]]

    def __str__(self) -> str:
        return (
            f"validation loss {self.loss:.4f} nats/token, {self.bits_per_byte:.4f} bits/byte, "
            f"{self.steps} steps, {self.seconds:.1f} s"
        )


def pretrain(recipe: Recipe, out: Path) -> Result:
    """Train a model and write its folder, which appears whole or not at all.

    Args:
        recipe: What to train on what, and for how long.
        out: The folder of the model.

    Raises:
        InputError: If the folder is there already, the text is missing or too short, a file cannot
            be written, the loss is not finite, or what an earlier run left belongs to another one.
    """
    folder = out.with_name(f"{out.name}.checkpoint")
    written = folder / "written"  # says that the model is this run's, if there is one
    if out.exists() and not written.exists():
        raise InputError(f"{out} exists: delete it, or choose another place")
    with Workers.join() as workers:
        if workers.rank == 0:
            prepare(recipe, folder)
        workers.wait()
        prepared = read_prepared(folder)
        model = TorchModel(recipe.config(prepared.tokenizer.vocab_size))
        progress = train(recipe, model, prepared, Checkpoints(folder), workers)
        loss = held_out_loss(model, prepared.validation)
        bits = loss * (len(prepared.validation) - 1) / log(2)
        result = Result(loss, bits / prepared.validation_bytes, **asdict(progress))
        if workers.rank == 0:
            if not out.exists():
                write_whole(written, b"")
                lm = LanguageModel(
                    model.to_model(),
                    prepared.tokenizer,
                    names={"bos_token": END, "eos_token": END},
                    stop_ids=(prepared.tokenizer.special[END],),
                )
                card = recipe.card + _table(recipe, model, prepared, result)
                save(lm, out, dtype=recipe.dtype, card=card)
            rmtree(folder, ignore_errors=True)
        return result


def train(
    recipe: Recipe,
    model: TorchModel,
    prepared: Prepared,
    checkpoints: Checkpoints,
    workers: Workers = Workers(),  # noqa: B008 - it cannot change
) -> Progress:
    """Train a model in place, from its newest checkpoint on or from the beginning.

    Raises:
        InputError: If the loss is not finite, a checkpoint cannot be written, or none is whole.
    """
    if recipe.sequences % workers.size:
        raise InputError(
            f"{recipe.sequences} sequences cannot be shared by {workers.size} processes: "
            "give a --batch that can"
        )
    model.initialize(torch.Generator().manual_seed(recipe.seed))
    optimizers = make_optimizers(model, recipe.learning_rate)
    progress = Progress()
    if found := checkpoints.load():
        tensors, facts = found
        unpack_state(tensors, model, optimizers)
        progress = Progress(**facts)
    kept = progress.steps, progress.seconds  # how far the newest checkpoint is
    batches = Batches(
        prepared.training, recipe.context, recipe.sequences, recipe.seed, prepared.in_order
    )
    start = perf_counter() - progress.seconds
    with _Bar(recipe, progress, silent=workers.rank > 0) as bar:
        while (share := progress.share(recipe)) < 1:
            loss = _gradients(model, batches[progress.steps][workers.rank :: workers.size])
            clock = torch.tensor(perf_counter() - start)
            gradients = [weight.grad for weight in model.parameters() if weight.grad is not None]
            workers.mean([*gradients, loss, clock])
            norm = clip_grad_norm_(model.parameters(), recipe.clip)
            if not (isfinite(loss) and isfinite(norm)):
                raise InputError(
                    f"the loss is not a number at step {progress.steps}: start again with a "
                    f"--learning-rate below {recipe.learning_rate}, and the run goes on from its "
                    f"last checkpoint; to begin anew, delete {checkpoints.folder}"
                )
            progress.seconds = clock.item()
            set_rates(optimizers, schedule(_now(recipe, progress), recipe.warmup, recipe.decay))
            for optimizer in optimizers:
                optimizer.step()
                optimizer.zero_grad()
            progress.steps += 1
            bar.show(progress, loss.item())
            if workers.rank == 0:
                looks = [int(s * recipe.validations) for s in (share, progress.share(recipe))]
                if looks[0] < looks[1] < recipe.validations:
                    held_out = held_out_loss(model, prepared.validation, QUICK)
                    row = [progress.steps, progress.seconds, loss.item(), held_out]
                    progress.history.append(row)
                if progress.seconds - kept[1] >= recipe.checkpoint_seconds:
                    checkpoints.save(
                        progress.steps, pack_state(model, optimizers), asdict(progress)
                    )
                    kept = progress.steps, progress.seconds
    if workers.rank == 0 and kept[0] < progress.steps:
        checkpoints.save(progress.steps, pack_state(model, optimizers), asdict(progress))
    return progress


def held_out_loss(model: TorchModel, tokens: Int[Array, " n"], limit: int | None = None) -> float:
    """Return the mean loss, in nats a token, over windows of the model's context.

    The windows do not overlap, and together they predict every token but the first; this is what
    nanoGPT estimates from a sample.  The first tokens of a window are predicted from few others, so
    a model does better in use than here.

    Args:
        model: What is measured.
        tokens: The held-out tokens.
        limit: Read about so many of them at most.
    """
    context = model.config.context
    total, count = 0.0, 0
    with torch.no_grad():
        for rows in held_out_windows(tokens, context, max(1, _AT_ONCE // context), limit):
            total += _loss(model, rows, "sum").item()
            count += rows[:, 1:].size
    return total / count


def _gradients(model: TorchModel, rows: Int[Array, "B T_and_one"]) -> Float[Tensor, ""]:
    """Compute the gradient of every weight, and return the mean loss."""
    loss = _loss(model, rows, "mean")
    loss.backward()  # type: ignore[no-untyped-call]
    return loss.detach()


def _loss(model: TorchModel, rows: Int[Array, "B T_and_one"], how: str) -> Float[Tensor, ""]:
    """Return the cross-entropy of each window's tokens, given those before them in the window."""
    ids = torch.from_numpy(rows)
    logits = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction=how)


def _now(recipe: Recipe, progress: Progress) -> float:
    """Return how far the run is in the middle of a step, for the schedule: neither 0 nor 1."""
    if recipe.steps is None:
        return progress.share(recipe)
    return (progress.steps + 1) / (recipe.steps + 1)


class _Bar:
    """The progress bar: how much is done, the loss, tokens a second, and the time left."""

    def __init__(self, recipe: Recipe, progress: Progress, silent: bool) -> None:
        self.recipe = recipe
        self.first = replace(progress)  # where this process began
        self.loss: float | None = None
        self.bar = tqdm(
            total=1.0,
            initial=min(1.0, progress.share(recipe)),
            bar_format="{percentage:3.0f}%|{bar:24}|{postfix}",
            mininterval=INTERVAL,
            disable=silent,
        )

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *error: object) -> None:
        self.bar.close()

    def show(self, progress: Progress, loss: float) -> None:
        """Show how far the run is, after a step with this loss."""
        self.loss = loss if self.loss is None else 0.95 * self.loss + 0.05 * loss
        share, seconds = progress.share(self.recipe), progress.seconds - self.first.seconds
        done = share - self.first.share(self.recipe)
        tokens = (progress.steps - self.first.steps) * self.recipe.sequences * self.recipe.context
        left = timedelta(seconds=round(seconds / done * max(0.0, 1 - share)))
        self.bar.set_postfix_str(
            f"loss {self.loss:.3f}, {tokens / seconds:,.0f} tokens/s, {left} left", refresh=False
        )
        self.bar.update(min(1.0, share) - self.bar.n)


def _table(recipe: Recipe, model: TorchModel, prepared: Prepared, result: Result) -> str:
    """Return what a model card says of a run, in Markdown."""
    source = recipe.corpus or "a text file"
    rows: dict[str, Any] = {
        "architecture": "Llama",
        "parameters": f"{model.config.n_parameters:,}",
        "layers, heads, key-value heads": f"{recipe.layers}, {recipe.heads}, "
        f"{model.config.n_kv_heads}",
        "width, feed-forward width": f"{recipe.width}, {model.config.d_ff}",
        "context": f"{recipe.context} tokens",
        "vocabulary": f"{model.config.vocab_size:,} tokens"
        + (", one for each character" if recipe.chars else ""),
        "training text": f"{source}, {len(prepared.training):,} tokens",
        "held-out text": f"{len(prepared.validation):,} tokens, "
        f"{prepared.validation_bytes:,} bytes",
        "steps": f"{result.steps:,} of {recipe.sequences} × {recipe.context} tokens, "
        f"{result.seconds:,.0f} s",
        "seed": recipe.seed,
        "validation loss": f"{result.loss:.4f} nats a token, "
        f"{result.bits_per_byte:.4f} bits a byte",
    }
    lines = [f"| {name} | {value} |" for name, value in rows.items()]
    return "\n".join(["", "| | |", "| --- | --- |", *lines, ""])
