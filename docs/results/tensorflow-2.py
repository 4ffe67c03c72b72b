"""How far the book's model in Keras is from the one in NumPy, and how fast it learns and reads.

Keras runs on TensorFlow; beside it stands the book's model in plain PyTorch.  Each has a process of its
own and one thread.  Seconds are those that this process computes, so whatever else the machine does
counts for nothing; the best of several tries counts.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Any

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # it would say much
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["TF_NUM_INTRAOP_THREADS"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["TF_NUM_INTEROP_THREADS"] = "1"

import numpy as np
from record import kept, record

from llmbook import load

BACKENDS = {"plain": "torch", "tensorflow": "tensorflow"}
BATCH, STEPS, TRIES = 8, 2, 3
PROMPTS = (
    "The cat went to the mill, and",
    "Question: Where is Ruth?\nAnswer:",
    "Il était une fois",
)


def keras_steps() -> Any:
    """Return what learns from rows, and what reads them, in Keras."""
    import keras

    from llmbook.keras_model import to_keras

    model = to_keras(load("valley-base").model)
    model.compile(
        keras.optimizers.AdamW(1e-4),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )

    def learn(rows: Any) -> None:
        model.fit(rows[:, :-1], rows[:, 1:], batch_size=BATCH, verbose=0)

    return learn, model.predict_on_batch


def torch_steps() -> Any:
    """Return the same in plain PyTorch."""
    import torch

    from llmbook.torch_model import TorchModel

    torch.set_num_threads(1)
    model = TorchModel.from_model(load("valley-base").model)
    optimizer = torch.optim.AdamW(model.parameters(), 1e-4)

    def learn(rows: Any) -> None:
        for i in range(0, len(rows), BATCH):
            batch = torch.from_numpy(rows[i : i + BATCH])
            logits = model(batch[:, :-1]).flatten(0, 1)
            loss = torch.nn.functional.cross_entropy(logits, batch[:, 1:].flatten())
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            optimizer.zero_grad()

    def read(rows: Any) -> Any:
        with torch.no_grad():
            return model(torch.from_numpy(rows)).numpy()

    return learn, read


def run(engine: str) -> dict[str, float]:
    """Return what is measured of one engine, in this process."""
    begin = process_time()
    learn, read = torch_steps() if engine == "plain" else keras_steps()
    values = {"start": process_time() - begin}
    lm = load("valley-base")
    distances = []
    for prompt in PROMPTS:
        ids = lm.tokenizer.encode(prompt)
        distances.append(float(np.abs(read(np.array([ids]))[0] - lm.logits(ids)).max()))
    values["difference"] = max(distances)
    context = lm.config.context
    shape = (STEPS * BATCH, context + 1)
    rows = np.random.default_rng(0).integers(lm.config.vocab_size, size=shape)
    begin = process_time()
    learn(rows[:BATCH])
    values["first"] = process_time() - begin
    for name, step, given in (("learn", learn, rows), ("read", read, rows[:BATCH, :-1])):
        seconds = []
        for _ in range(TRIES):
            start = process_time()
            step(given)
            seconds.append(process_time() - start)
        values[name] = len(given) * context / min(seconds)
    return values


def alone(engine: str, _: Path) -> dict[str, float]:
    """Measure one engine, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(run, engine).result()


def measure(_: int) -> dict[str, Any]:
    """Return all of it."""
    values: dict[str, Any] = {}
    for engine, backend in BACKENDS.items():
        os.environ["KERAS_BACKEND"] = backend
        found = kept(f"tensorflow-2-{engine}", partial(alone, engine))
        values |= {f"{engine}_{key}": value for key, value in found.items()}
    return values


if __name__ == "__main__":
    packages = ("keras", "tensorflow", "torch", "numpy")
    record("tensorflow-2", measure, packages=packages, long=True)
