"""Two processes against one: the mean of their gradients is the gradient of the whole batch."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from llmbook.model import Config
from llmbook.pretrain import _gradients
from llmbook.torch_model import TorchModel
from llmbook.workers import Workers

CONFIG = Config(
    vocab_size=23, d_model=12, n_layers=2, n_heads=6, n_kv_heads=2, head_dim=4, d_ff=17, context=10
)
# What each process runs.  Both know the whole batch, and each takes every second row of it.
SCRIPT = """
import sys
from safetensors.torch import save_file
from test_workers import gradients
from llmbook.workers import Workers

with Workers.join() as workers:
    own = gradients(workers.rank, workers.size)
    shared = {name: tensor.clone() for name, tensor in own.items()}
    workers.mean(list(shared.values()))
    save_file(own, f"{sys.argv[1]}/own-{workers.rank}.safetensors")
    save_file(shared, f"{sys.argv[1]}/shared-{workers.rank}.safetensors")
"""


def gradients(rank: int, size: int) -> dict[str, torch.Tensor]:
    """Return the loss and every gradient, for one of so many shares of a batch."""
    torch.set_num_threads(1)
    rows = np.random.default_rng(1).integers(CONFIG.vocab_size, size=(6, CONFIG.context + 1))
    model = TorchModel(CONFIG).initialize(torch.Generator().manual_seed(0))
    with torch.no_grad():  # where training starts, some matrices are 0, and so are gradients
        for weight in model.parameters():
            weight += 0.1 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(2))
    loss = _gradients(model, rows[rank::size])
    found = {name: weight.grad for name, weight in model.named_parameters()}
    return {name: grad for name, grad in found.items() if grad is not None} | {"loss": loss}


def test_two_processes_have_the_gradients_of_one(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, "utf-8")
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, str(script), str(tmp_path)], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    one = gradients(0, 1)
    own, shared = (
        [load_file(tmp_path / f"{kind}-{rank}.safetensors") for rank in range(2)]
        for kind in ("own", "shared")
    )
    assert one.keys() == shared[0].keys() and len(one) == 2 * 9 + 2 + 1
    for name, whole in one.items():
        assert whole.abs().max() > 0, name
        assert torch.equal(shared[0][name], shared[1][name]), name
        # Sums in another order round differently: single precision has 7 digits, and a sum loses some.
        assert (shared[0][name] - whole).norm() <= 1e-5 * whole.norm(), name
        assert (own[0][name] - whole).norm() > 1e-3 * whole.norm(), name  # alone, it has another


def test_one_process_has_nobody_to_share_with() -> None:
    tensor = torch.arange(5.0)
    with Workers.join() as workers:
        workers.wait()
        workers.mean([tensor])
    assert (workers.rank, workers.size) == (0, 1)
    assert tensor.tolist() == [0, 1, 2, 3, 4]
