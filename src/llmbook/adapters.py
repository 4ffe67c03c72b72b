"""Write the corrections of LoRA to a folder, and read them: the format of PEFT.

Explained in the chapter "LoRA" of the part "Training process".  ``adapter_config.json`` says how
large the corrections are, and ``adapter_model.safetensors`` holds ``A`` and ``B`` of each matrix.
The model itself is not in the folder, so an adapter takes few bytes, and one model can have many.
What :func:`save_adapter` writes, PEFT loads, and the other way round.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save as to_safetensors

from llmbook.checkpoint import read_json, write_json
from llmbook.errors import InputError
from llmbook.folders import whole_folder
from llmbook.lora import Lora, add_lora, lora_layers, require_plain
from llmbook.tensors import read_header
from llmbook.torch_model import TorchModel

CONFIG = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"

_PREFIX = "base_model.model."  # PEFT wraps the model twice, and so begins every name

# What the logits do not depend on, or what the tensors' names and shapes say again.
_NO_MATTER = {
    "auto_mapping",
    "base_model_name_or_path",
    "exclude_modules",
    "inference_mode",
    "layers_pattern",
    "layers_to_transform",
    "lora_dropout",  # acts in training alone
    "megatron_core",
    "peft_version",
    "qalora_group_size",  # used with use_qalora alone
    "revision",
    "target_modules",
    "task_type",
}
_READ = {"peft_type", "r", "lora_alpha", "use_rslora"}
# With other starts than these, PEFT changes the model's own matrices too.
_STARTS = (True, False, "gaussian")


def save_adapter(
    model: TorchModel, folder: str | Path, *, base: str | None = None, card: str | None = None
) -> None:
    """Write the corrections of a model to a folder, which appears whole or not at all.

    Args:
        model: A model with corrections.
        folder: Where to write; it may not be there yet, and folders above it are made.
        base: The name or folder of the model that the corrections are for.
        card: The text of ``README.md``, which tells people about the adapter.

    Raises:
        InputError: If there are no corrections, a number in them is not finite, or the folder
            exists or cannot be written.
    """
    layers = dict(lora_layers(model))
    if not layers:
        raise InputError("the model has no adapter that could be saved")
    settings = next(iter(layers.values())).settings
    tensors = {
        f"{_PREFIX}{name}.{part}": weight.detach().cpu().contiguous()
        for name, layer in layers.items()
        for part, weight in layer.state_dict().items()
        if part.startswith("lora_")
    }
    for name, tensor in tensors.items():
        if not tensor.isfinite().all():
            raise InputError(f"{name} holds numbers that are not finite: not saved")
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base,
        "r": settings.rank,
        "lora_alpha": settings.alpha,
        "use_rslora": settings.by_root,
        "target_modules": list(settings.targets),
        "lora_dropout": 0.0,
        "bias": "none",
        "inference_mode": True,
    }
    with whole_folder(Path(folder)) as new:
        write_json(new / CONFIG, config)
        (new / WEIGHTS).write_bytes(to_safetensors(tensors, {"format": "pt"}))
        if card is not None:
            (new / "README.md").write_text(card, "utf-8", newline="\n")


def load_adapter(model: TorchModel, folder: str | Path) -> None:
    """Give a model the corrections that a folder holds; they can be trained further, or merged.

    The model is changed in place, or not at all.

    Args:
        model: A model without corrections, the one that these were trained for.
        folder: What :func:`save_adapter` or PEFT wrote.

    Raises:
        InputError: If a file is missing or damaged, the adapter is for a model of another shape or
            does more than LoRA, or the model has corrections already.
    """
    require_plain(model)
    folder = Path(folder)
    rank, alpha, by_root = _parse(read_json(folder / CONFIG), folder / CONFIG)
    path = folder / WEIGHTS
    stored = read_header(path)
    names = {_matrix(name) for name in stored if ".lora_" in name}
    expected = {f"{_PREFIX}{name}.lora_{part}.weight" for name in names for part in "AB"}
    if missing := expected - stored.keys():
        raise InputError(f"{path}: tensor {min(missing)!r:.100} is missing")
    if unknown := stored.keys() - expected:
        raise InputError(f"{path}: tensor {min(unknown)!r:.100} belongs to no correction")
    if not names:
        raise InputError(f"{path}: there are no tensors in it")
    matrices = dict(model.named_parameters())
    weights = {}
    for name, tensor in stored.items():
        matrix = matrices.get(f"{_matrix(name)}.weight")
        if matrix is None or matrix.ndim != 2:
            raise InputError(f"{path}: the model has no matrix {_matrix(name)!r:.100}")
        outputs, inputs = matrix.shape
        shape = (rank, inputs) if name.endswith("A.weight") else (outputs, rank)
        if tensor.shape != shape:
            raise InputError(
                f"{path}: {name} has the shape {tensor.shape}, "
                f"and rank {rank} on this model needs {shape}"
            )
        array = tensor.read()
        if not np.isfinite(array).all():
            raise InputError(f"{path}: {name} holds numbers that are not finite")
        weights[name.removeprefix(_PREFIX)] = torch.from_numpy(array)
    order = tuple(name for name, _ in model.named_modules() if name in names)
    add_lora(model, Lora(rank, alpha, order, by_root), torch.Generator())
    model.load_state_dict(weights, strict=False)


def _matrix(name: str) -> str:
    """Return the name of the matrix that a tensor of an adapter corrects."""
    return name.removeprefix(_PREFIX).rpartition(".lora_")[0]


def _parse(settings: dict[str, Any], path: Path) -> tuple[int, float, bool]:
    """Return rank, alpha, and what divides; refuse what would change the logits in another way."""
    kind = settings.get("peft_type")
    if kind != "LORA":
        raise InputError(f"{path}: an adapter of the kind {kind!r:.50} is not supported, only LORA")
    start = settings.get("init_lora_weights", True)
    if start not in _STARTS:
        raise InputError(f"{path}: init_lora_weights {start!r:.50} is not supported")
    for name, value in settings.items():
        known = name in _NO_MATTER | _READ or name == "init_lora_weights"
        # Whatever else there is, today or in a later PEFT, is off while it has no value.
        if not known and value and not (name == "bias" and value == "none"):
            raise InputError(f"{path}: {name} {value!r:.50} is not supported")
    rank, alpha = settings.get("r"), settings.get("lora_alpha")
    by_root = settings.get("use_rslora", False)
    if type(rank) is not int or rank < 1:
        raise InputError(f"{path}: r has to be a whole number from 1 on, not {rank!r:.50}")
    if isinstance(alpha, bool) or not isinstance(alpha, int | float) or not 0 < alpha < 1e30:
        raise InputError(f"{path}: lora_alpha has to be a positive number, not {alpha!r:.50}")
    if type(by_root) is not bool:
        raise InputError(f"{path}: use_rslora has to be true or false, not {by_root!r:.50}")
    return rank, float(alpha), by_root
