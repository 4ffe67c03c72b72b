"""Fine-tune a model: an assistant that does what it is asked, or a classifier of reviews.

Explained in the chapter "Fine-tuning" of the part "Training process".  What differs from
pre-training is what the model reads, and what it learns from: the answers alone in
:mod:`llmbook.tune_assistant`, a verdict on a whole text in :mod:`llmbook.tune_classifier`.
"""

from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from llmbook.hub import load
from llmbook.run_state import Checkpoints, write_whole
from llmbook.tune_assistant import train_assistant
from llmbook.tune_classifier import train_classifier
from llmbook.tuning import WRITTEN, Progress, open_run
from llmbook.tuning_recipes import Tuning


@dataclass(frozen=True)
class Result:
    """What a run has reached.

    Args:
        seen: What the last look saw: the ``"loss"``, in nats for each token of an answer or for
            each verdict, and which share was ``"right"``.
        progress: How long it took.
    """

    seen: dict[str, float]
    progress: Progress

    def __str__(self) -> str:
        return (
            f"held-out loss {self.seen['loss']:.4f} nats, {self.seen['right']:.1%} right, "
            f"{self.progress.steps} steps, {self.progress.seconds:.1f} s"
        )


def finetune(recipe: Tuning, out: Path) -> Result:
    """Fine-tune a model and write its folder, which appears whole or not at all.

    Args:
        recipe: What to make of which model.
        out: The folder of the new model.

    Raises:
        InputError: If the folder is there already, the base cannot be read or has no tokens for
            conversations, a file cannot be written, or the loss is not finite.
    """
    base = load(recipe.base)
    train = train_assistant if recipe.lessons else train_classifier
    folder = open_run(recipe, base.model, out)
    progress, write = train(recipe, base, Checkpoints(folder))
    result = Result(progress.history[-1], progress)
    if not out.exists():
        write_whole(folder / WRITTEN, b"")
        write(out, recipe.card + _table(recipe, result))
    rmtree(folder, ignore_errors=True)
    return result


def _table(recipe: Tuning, result: Result) -> str:
    """Return what a model card says of a run, in Markdown."""
    progress, seen = result.progress, dict(result.seen)
    what = "rows" if recipe.lessons else "reviews"
    rows = {
        "trained": "everything" if recipe.lora is None else f"corrections of rank {recipe.lora}",
        "steps": f"{progress.steps:,} of {recipe.batch} {what}, {progress.seconds:,.0f} s",
        "seed": str(recipe.seed),
        "held-out loss": f"{seen.pop('loss'):.4f} nats",
    }
    for name in ("steps", "seconds", "batch_loss"):
        del seen[name]
    rows |= {f"held-out answers, word for word: {name}": f"{n:.1%}" for name, n in seen.items()}
    lines = [f"| {name} | {value} |" for name, value in rows.items()]
    return "\n".join(["", "| | |", "| --- | --- |", *lines, ""])
