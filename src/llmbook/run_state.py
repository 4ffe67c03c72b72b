"""Checkpoints: what a run needs to go on as if it had never stopped.

Explained in the chapter "Pre-training" of the part "Training process".  A checkpoint is one
safetensors file with the weights and the memory of the optimizers, and in its header, as JSON, how
far the run was.  It is written beside its place and takes its name once it is on the disk, and the
one before it stays until then.  A digest in the header tells whether the file is still whole.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from llmbook.errors import InputError
from llmbook.folders import sync

KEPT = 2  # the newest checkpoint, and the one before it


class Checkpoints:
    """The checkpoints of one run.

    Args:
        folder: Where they lie; it has to be there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def paths(self) -> list[Path]:
        """Return the files, the newest first."""
        return sorted(self.folder.glob("step-*.safetensors"), reverse=True)

    def save(self, step: int, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
        """Write a checkpoint, and remove those that are older than the one before it.

        Args:
            step: How many steps the run has done.
            tensors: The state of the model and of its optimizers.
            facts: What else to keep, as JSON.

        Raises:
            InputError: If it cannot be written, or a number in it is not finite.  The checkpoints
                that are there stay as they are.
        """
        tensors = {name: tensor.contiguous() for name, tensor in tensors.items()}
        for name, tensor in tensors.items():
            if not tensor.isfinite().all():
                raise InputError(f"{name} holds numbers that are not finite: not kept")
        text = json.dumps(dict(facts))
        data = save(tensors, {"facts": text, "sha256": _digest(tensors, text)})
        path = self.folder / f"step-{step:09}.safetensors"
        write_whole(path, data)
        for old in self.paths()[KEPT:]:
            old.unlink(missing_ok=True)

    def load(self) -> tuple[dict[str, Tensor], dict[str, Any]] | None:
        """Read the newest checkpoint that is whole; a damaged one is named, and passed over.

        Returns:
            Tensors and facts as they were saved, or None if there are no checkpoints yet.

        Raises:
            InputError: If there are checkpoints, but none is whole.
        """
        paths = self.paths()
        for path in paths:
            if found := _read(path):
                return found
            print(f"llmbook: {path} is damaged: passed over", file=sys.stderr)
        if paths:
            raise InputError(
                f"no checkpoint in {self.folder} is whole: delete that folder to start again"
            )
        return None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears whole or not at all, even if the power fails.

    Raises:
        InputError: If that is not possible.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(data)
        sync(unfinished)
        unfinished.replace(path)
        sync(path.parent)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise InputError(
            f"cannot write {path}: {error.strerror}; what was written before is kept"
        ) from None


def _read(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]] | None:
    """Return what a checkpoint holds, or None if it is damaged."""
    try:
        with safe_open(path, framework="pt") as file:
            header = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        if header["sha256"] != _digest(tensors, header["facts"]):
            return None
        return tensors, json.loads(header["facts"])
    except (SafetensorError, OSError, KeyError, ValueError):
        return None


def _digest(tensors: Mapping[str, Tensor], facts: str) -> str:
    """Return a digest of everything that a checkpoint holds."""
    digest = hashlib.sha256(facts.encode())
    for name, tensor in sorted(tensors.items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(tensor.numpy().tobytes())
    return digest.hexdigest()
