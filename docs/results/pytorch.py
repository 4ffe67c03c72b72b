"""Train with the script of the page, as it is and with Muon for the matrices; and time one step.

The text is the valley's, as ``python -m llmbook corpus valley --n 3000`` prints it.  A run takes about
a minute on one core; what it measured is kept in the folder that the environment variable
``RUNS`` names.
"""

import os
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from time import perf_counter, process_time
from types import ModuleType
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import torch
from record import kept, record
from torch.nn.functional import cross_entropy

from llmbook import train_lm, world
from llmbook.train_lm import LM, RUN, Llama

DOCUMENTS = 3_000
STEPS = 150
TRIES = 8  # steps that are timed, of which the best counts

# What the third exercise changes.
ONE = """    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.95), weight_decay=0)
"""
TWO = """    inner = [w for name, w in model.model["layers"].named_parameters() if w.ndim == 2]
    outer = [w for w in model.parameters() if all(w is not other for other in inner)]
    muon = torch.optim.Muon(inner, weight_decay=0)
    optimizer = torch.optim.AdamW(outer, betas=(0.9, 0.95), weight_decay=0)
"""
STEP = """        optimizer.step()
        optimizer.zero_grad()
"""
BOTH = """        muon.param_groups[0]["lr"] = 2 * optimizer.param_groups[0]["lr"]
        for each in (optimizer, muon):
            each.step()
            each.zero_grad()
"""


def script(name: str) -> ModuleType:
    """Return the script of the page, or what the third exercise makes of it."""
    if name == "adamw":
        return train_lm
    source = Path(train_lm.__file__).read_text("utf-8")
    for old, new in ((ONE, TWO), (STEP, BOTH)):
        assert source.count(old) == 1, "the script has changed"
        source = source.replace(old, new)
    module = ModuleType(name)
    exec(compile(source, name, "exec"), module.__dict__)  # noqa: S102 - our own, and all of it
    return module


def run(name: str, seed: int, folder: Path) -> dict[str, float]:
    """Train, and return how far each look at the held-out text has come."""
    text = folder / "text.txt"
    text.write_text("\n\n".join(d.text for d in world.documents("train", 0, DOCUMENTS)), "utf-8")
    printed = StringIO()
    start = process_time()  # of this process alone, whatever else the machine does
    with redirect_stdout(printed):
        options = ["--steps", str(STEPS), "--seed", str(seed)]
        script(name).main([str(text), str(folder / "model"), *options])
    found: dict[str, float] = {"seconds": process_time() - start}
    looks = [line.split() for line in printed.getvalue().splitlines() if line.startswith("step ")]
    for _, step, bits, *_ in looks:
        found[f"bits_{step.rstrip(':')}"] = float(bits)
    return found


def step_seconds(how: str, _: Path) -> dict[str, float]:
    """Return how long a step takes: plain, with bfloat16, or compiled; and how long the first one."""
    model = Llama(LM)
    if how == "compiled":
        model.compile()
    rows = torch.randint(LM["vocab_size"], (RUN["batch"], LM["max_position_embeddings"] + 1))
    seconds: list[float] = []
    begin, first = perf_counter(), 0.0
    for _try in range(TRIES):
        start = process_time()
        with torch.autocast("cpu", torch.bfloat16, enabled=how == "half"):
            logits = model(rows[:, :-1]).flatten(0, 1)
        loss = cross_entropy(logits.float(), rows[:, 1:].flatten())
        loss.backward()  # type: ignore[no-untyped-call]
        seconds.append(process_time() - start)
        first = first or perf_counter() - begin
    return {"milliseconds": 1000 * min(seconds), "first": first}


def measure(seed: int) -> dict[str, Any]:
    """Return all of it for one seed."""
    values: dict[str, Any] = {"steps": STEPS, "documents": DOCUMENTS}
    values["parameters"] = sum(weight.numel() for weight in Llama(LM).parameters())
    for name in ("adamw", "muon"):
        found = kept(f"pytorch-{name}-{seed}", partial(run, name, seed))
        values |= {f"{name}_{key}": number for key, number in found.items()}
    for how in ("plain", "half", "compiled"):
        found = kept(f"pytorch-step-{how}", partial(step_seconds, how))
        values |= {f"{how}_{key}": number for key, number in found.items()}
    return values


if __name__ == "__main__":
    torch.set_num_threads(1)
    record("pytorch", measure, seeds=(0, 1, 2), packages=("torch", "tokenizers"), long=True)
