"""Train the base model of the book three times, and compare it with what counts and what compresses.

A run takes forty minutes on one core.  It stays in the folder that the environment variable ``RUNS``
names, with its history and an early checkpoint beside it, and is not trained again while it is there.

All are given the same text before they are asked: that of the run.
"""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any
from unittest.mock import patch

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import numpy as np
import torch
from costs import compare
from numpy.typing import NDArray
from record import record
from safetensors import safe_open
from torch import Tensor

from llmbook import load, pretrain
from llmbook.corpora import valley
from llmbook.hub import LanguageModel
from llmbook.recipes import VALLEY_BASE, Recipe
from llmbook.run_state import Checkpoints
from llmbook.torch_model import TorchModel
from llmbook.world import documents

RUNS = Path(os.environ.get("RUNS", Path(__file__).parents[1] / "_build" / "runs"))
EARLY = 1_199  # steps: the first checkpoint from then on is kept
HELD = VALLEY_BASE.documents // 50  # documents of a split; the run looks at as many
PROMPT = "In the morning,"


# --- Runs ----------------------------------------------------------------------------------------


class Keeping(Checkpoints):
    """Checkpoints of which an early one stays when the run is over."""

    def save(self, step: int, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
        """Write a checkpoint."""
        super().save(step, tensors, facts)
        early = self.folder.with_suffix(".early.safetensors")
        if step >= EARLY and not early.exists():
            shutil.copy(self.paths()[0], early)


def finished(name: str, recipe: Recipe) -> tuple[LanguageModel, dict[str, Any]]:
    """Return the model of a run and its history; train it if it is not there."""
    out, history = RUNS / name, RUNS / f"{name}.history.json"
    if not (out.exists() and history.exists()):
        RUNS.mkdir(parents=True, exist_ok=True)
        with patch.object(pretrain, "Checkpoints", Keeping):
            result = pretrain.pretrain(recipe, out)
        kept = {key: getattr(result, key) for key in ("steps", "seconds", "history")}
        history.write_text(json.dumps(kept), "utf-8")
    facts = json.loads(history.read_text("utf-8"))
    assert facts["steps"] == recipe.steps, f"{history} is not that of the whole run"
    return load(out), facts


def packed(lm: LanguageModel, texts: Sequence[str]) -> NDArray[np.int64]:
    """Return the tokens of texts, each behind an end token, as a run reads them."""
    end = lm.stop_ids[0]
    return np.array([*(i for text in texts for i in (end, *lm.tokenizer.encode(text))), end])


def run(name: str, recipe: Recipe, held_out: Sequence[str]) -> dict[str, Any]:
    """Return what a run took, and its losses by step in nats a token."""
    lm, facts = finished(name, recipe)
    ids = packed(lm, held_out)
    tokens, size = len(ids) - 1, sum(len(text.encode()) for text in held_out)
    read = recipe.steps * recipe.sequences * recipe.context if recipe.steps else 0
    new = TorchModel(lm.config).initialize(torch.Generator().manual_seed(recipe.seed))
    last = TorchModel.from_model(lm.model)
    loss = pretrain.held_out_loss(last, ids)
    values = {
        "parameters": lm.config.n_parameters,
        "steps": facts["steps"],
        "tokens": read,
        "seconds": facts["seconds"],
        "tokens_per_second": read / facts["seconds"],
        "held_out_tokens": tokens,
        "held_out_bytes": size,
        "bits_per_nat": tokens / size / log(2),  # nats a token -> bits a byte
        "loss": loss,
        "windows": loss * tokens / size / log(2),  # bits a byte, read as the run reads
        "loss_0": pretrain.held_out_loss(new, ids, pretrain.QUICK),
        f"loss_{recipe.steps}": pretrain.held_out_loss(last, ids, pretrain.QUICK),
    }
    for step, _, batch, held in facts["history"]:
        values |= {f"loss_{step:.0f}": held, f"batch_{step:.0f}": batch}
    return values


def written(name: str, recipe: Recipe) -> dict[str, Any]:
    """Return how models of the run continue a prompt: new, after a tenth of it, and at the end."""
    lm, _ = finished(name, recipe)
    early = TorchModel(lm.config)
    with safe_open(RUNS / f"{name}.early.safetensors", framework="pt") as file:
        facts = json.loads(file.metadata()["facts"])
        early.load({n: file.get_tensor(f"weight.{n}") for n, _ in early.named_parameters()})
    new = TorchModel(lm.config).initialize(torch.Generator().manual_seed(recipe.seed))
    values = {
        "early_step": str(facts["steps"]),  # of the first seed, as the texts
        "checkpoint_bytes": (RUNS / f"{name}.early.safetensors").stat().st_size,
    }
    for key, model in (("new", new), ("early", early), ("last", TorchModel.from_model(lm.model))):
        text = replace(lm, model=model.to_model()).generate(
            PROMPT, max_tokens=60, temperature=0.8, seed=recipe.seed
        )
        values[f"text_{key}"] = PROMPT + "".join(c if c.isprintable() else " " for c in text)
    return values


# --- All of it -----------------------------------------------------------------------------------


def measure(seed: int) -> dict[str, Any]:
    """Return all of it for one seed of the base model."""
    name, recipe = f"base-{seed}", replace(VALLEY_BASE, seed=seed)
    splits = {
        split: [(d.narrator, d.text) for d in documents(split, seed, HELD)]
        for split in ("samples", "combinations")
    }
    samples = [text for _, text in splits["samples"]]
    lm, _ = finished(name, recipe)
    primer = list(valley(seed, recipe.documents, recipe.french_first).training())
    known = set(primer)
    lengths = [len(lm.tokenizer.encode(text)) + 1 for text in samples]
    values = run(name, recipe, samples) | written(name, recipe) | compare(lm, primer, splits)
    read = packed(lm, primer[-HELD:])
    values |= {
        "loss_read": pretrain.held_out_loss(TorchModel.from_model(lm.model), read),
        "held_out_documents": HELD,
        "french_first": recipe.french_first,
        "primer_documents": len(primer),
        "primer_bytes": sum(len(text.encode()) for text in primer),
        "known": 100 * sum(text in known for text in samples) / HELD,
        "long": 100 * sum(length > recipe.context for length in lengths) / HELD,
    }
    return values


if __name__ == "__main__":
    torch.set_num_threads(1)
    record("pre-training", measure, seeds=(0, 1, 2), packages=("torch", "numpy"), long=True)
