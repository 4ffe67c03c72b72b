"""Pre-training on a CPU: llmbook against nanoGPT, on the same text, one after the other.

nanoGPT follows the recipe that its README gives for a computer without a GPU: 2,000 steps of a
model with 4 layers, 4 heads and width 128, which reads 64 characters.  llmbook trains a model of
that shape and not more parameters with its defaults, for a third of nanoGPT's time and for all of
it.  Time is that of the whole command, on both sides: starting, reading the text, training and
looking at held-out text are in it.  So llmbook gets fewer seconds to train than that, by what its
command takes for a single step.

The loss is measured in one way for both: nats a character over the whole held-out text, the last
tenth, in windows of 64 characters that do not overlap.

Run with ``python benchmarks/nanogpt.py PATH_TO_NANOGPT --text FILE``; the text is nanoGPT's own
input.txt by default.  It takes about four minutes on two idle cores.  The numbers go to nanogpt.json
beside this file, where the page "Pre-training" finds them.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from report import write

from llmbook import load

CONTEXT = 64
DATA = Path("data") / "shakespeare_char"
RECIPE = (
    "config/train_shakespeare_char.py --device=cpu --compile=False --eval_iters=20 "
    "--log_interval=1 --block_size=64 --batch_size=12 --n_layer=4 --n_head=4 --n_embd=128 "
    "--max_iters=2000 --lr_decay_iters=2000 --dropout=0.0"
)
SHAPE = "--chars --layers 4 --heads 4 --width 128 --context 64"

# Runs nanoGPT's train.py as it is, and then measures the model that it leaves behind.
MEASURE = """
import json, runpy, sys, time
import numpy as np, torch

begin = time.perf_counter()
sys.argv[0] = "train.py"
sys.path.insert(0, ".")
model = runpy.run_path("train.py", run_name="__main__")["raw_model"].eval()
seconds = time.perf_counter() - begin
ids = torch.from_numpy(np.fromfile("data/shakespeare_char/val.bin", dtype=np.uint16).astype(int))
total, context = 0.0, model.config.block_size
with torch.no_grad():
    for start in range(0, len(ids) - 1, context):
        x, y = ids[None, start:-1][:, :context], ids[None, start + 1 :][:, :context]
        total += model(x, y)[1].item() * y.numel()
parameters = sum(weight.numel() for weight in model.parameters())
print(json.dumps({"loss": total / (len(ids) - 1), "seconds": seconds, "parameters": parameters}))
"""


def nanogpt(folder: Path, text: Path, work: Path) -> dict[str, float]:
    """Train nanoGPT in a copy of its folder; return loss, seconds and parameters."""
    copy = work / "nanoGPT"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".git", "*.bin", "*.pkl", "*.pt"))
    shutil.copy(text, copy / DATA / "input.txt")
    run([sys.executable, str(DATA / "prepare.py")], copy)
    output = run([sys.executable, "-W", "ignore", "-c", MEASURE, *RECIPE.split()], copy)
    result: dict[str, float] = json.loads(output.splitlines()[-1])
    return result


def llmbook(text: Path, work: Path, limit: str) -> dict[str, float]:
    """Train with llmbook; return loss, seconds, steps and parameters."""
    out = work / "llmbook"
    shutil.rmtree(out, ignore_errors=True)
    begin = perf_counter()
    command = [sys.executable, "-m", "llmbook", "pretrain", "--out", str(out), "--text", str(text)]
    output = run([*command, *SHAPE.split(), *limit.split()], work)
    seconds = perf_counter() - begin
    loss, _, steps, _ = map(float, re.findall(r"[\d.]+(?= )", output))
    parameters = load(out).config.n_parameters
    return {"loss": loss, "seconds": seconds, "steps": steps, "parameters": parameters}


def run(command: list[str], folder: Path) -> str:
    """Run a command and return what it prints; what it says on standard error passes."""
    done = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return done.stdout


def main() -> None:
    """Run both sides and print the table."""
    parser = argparse.ArgumentParser(description="Train on a CPU, llmbook against nanoGPT.")
    parser.add_argument("nanogpt", type=Path, help="a copy of nanoGPT's repository")
    parser.add_argument("--text", type=Path, help="a text of about 1 MB in ASCII")
    options = parser.parse_args()
    text = (options.text or options.nanogpt / DATA / "input.txt").resolve()

    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        print(f"{os.cpu_count()} cores; {text.name}, {text.stat().st_size:,} bytes", flush=True)
        around = llmbook(text, work, "--steps 1")["seconds"]
        theirs = nanogpt(options.nanogpt, text, work)
        third = llmbook(text, work, f"--seconds {theirs['seconds'] / 3 - around}")
        equal = llmbook(text, work, f"--seconds {theirs['seconds'] - around}")

    print("held-out loss in nats a character; seconds of the whole command\n")
    print(f"{'':24}{'loss':>8}{'seconds':>9}{'steps':>7}{'parameters':>12}")
    rows = {
        "nanoGPT, 2,000 steps": {**theirs, "steps": 2000},
        "llmbook, a third of it": third,
        "llmbook, as long": equal,
    }
    for title, row in rows.items():
        print(
            f"{title:24}{row['loss']:8.3f}{row['seconds']:9.1f}{row['steps']:7,.0f}"
            f"{row['parameters']:12,.0f}"
        )
    print()
    for title, goal, holds in (
        ("its loss in a third of its time", "yes", third["loss"] <= theirs["loss"]),
        ("nats better in equal time", "0.2", theirs["loss"] - equal["loss"] >= 0.2),
        ("not more parameters", "yes", equal["parameters"] <= theirs["parameters"]),
    ):
        print(f"{title} (goal: {goal}): {'holds' if holds else 'does not hold'}")
    print(f"nats better: {theirs['loss'] - equal['loss']:.3f}")
    runs = {"nanogpt": rows["nanoGPT, 2,000 steps"], "third": third, "equal": equal}
    write(
        __file__,
        {f"{run}_{key}": round(n, 4) for run, row in runs.items() for key, n in row.items()},
    )


if __name__ == "__main__":
    main()
