"""What changes a model's answer although its weights are the same: padding, masks, and shorter numbers?

Transformers continues the beginnings of held-out stories with valley-base, greedily and in batches of
eight.  Each continuation is compared with the one of that prompt alone, in float32.

(The page is called "transformers"; a script of that name would hide the library from itself.)
"""

import logging
from typing import Any

import torch
from record import record
from transformers import AutoModelForCausalLM, AutoTokenizer

from llmbook.hub import find_folder
from llmbook.world import tell

PROMPTS = 32  # for each seed
BATCH = 8
TOKENS = 24
LENGTHS = range(4, 16)  # of a prompt, in tokens: in every batch, most have to be filled up

FOLDER = find_folder("valley-base")


def load(dtype: torch.dtype) -> Any:
    """Return the model with its numbers in this type."""
    return AutoModelForCausalLM.from_pretrained(FOLDER, dtype=dtype)


def continuations(model: Any, rows: list[list[int]], side: str, masked: bool) -> list[list[int]]:
    """Return what follows each prompt of a batch, up to the token that ends a text."""
    tokenizer = AutoTokenizer.from_pretrained(FOLDER, padding_side=side)
    tokenizer.pad_token = tokenizer.eos_token
    batch = tokenizer.pad({"input_ids": rows}, return_tensors="pt")
    if not masked:
        batch["attention_mask"] = torch.ones_like(batch["attention_mask"])
    written = model.generate(**batch, max_new_tokens=TOKENS, do_sample=False)
    found = []
    for row in written[:, batch["input_ids"].shape[1] :].tolist():
        end = tokenizer.eos_token_id
        found.append(row[: row.index(end)] if end in row else row)
    return found


def last_logits(model: Any, row: list[int]) -> torch.Tensor:
    """Return the logits of the token that follows a prompt."""
    with torch.no_grad():
        logits: torch.Tensor = model(torch.tensor([row])).logits[0, -1].float()
    return logits


def measure(seed: int) -> dict[str, float]:
    """Return the percentage of unchanged continuations, and the largest change of a logit."""
    tokenizer = AutoTokenizer.from_pretrained(FOLDER)
    stories = [tell("stories", seed, i, "samples").text for i in range(PROMPTS)]
    prompts = [
        ids[: LENGTHS[i % len(LENGTHS)]] for i, ids in enumerate(tokenizer(stories)["input_ids"])
    ]
    exact = load(torch.float32)
    alone = [continuations(exact, [row], "left", masked=True)[0] for row in prompts]
    models = {"float16": load(torch.float16), "bfloat16": load(torch.bfloat16)}
    ways = {
        "left": (exact, "left", True),
        "right": (exact, "right", True),
        "unmasked": (exact, "left", False),
        **{name: (model, "left", True) for name, model in models.items()},
    }
    values: dict[str, float] = {"prompts": PROMPTS}
    for name, (model, side, masked) in ways.items():
        together = [
            text
            for i in range(0, PROMPTS, BATCH)
            for text in continuations(model, prompts[i : i + BATCH], side, masked)
        ]
        same = sum(one == other for one, other in zip(alone, together, strict=True))
        values[name] = 100 * same / PROMPTS
    for name, model in models.items():
        values[f"{name}_logits"] = max(
            float((last_logits(model, row) - last_logits(exact, row)).abs().max())
            for row in prompts
        )
    return values


if __name__ == "__main__":
    torch.set_num_threads(1)
    # It warns of padding on the right, which is what is measured here.
    logging.getLogger("transformers").setLevel(logging.ERROR)
    record("transformers-2", measure, seeds=(0, 1, 2), packages=("torch", "transformers"))
