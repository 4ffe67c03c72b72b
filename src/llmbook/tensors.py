"""Read safetensors files, the format in which models are shared, and trust nothing in them.

Explained in the chapter "The Transformer" of the part "Architecture".  A file has three parts::

    8 bytes      the length of the header, an unsigned integer, least significant byte first
    the header   JSON: for every tensor "dtype", "shape", and "data_offsets": [begin, end]
    the data     the tensors' numbers, end to end; offsets count from here

There is nothing in it that could run, unlike in a pickle, so a file from a stranger can do no worse
than lie.  Every number of the header is therefore checked against the file before it is used.

Source: the description of the format in the repository of safetensors.
"""

import json
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from llmbook._shapes import Array, Float
from llmbook.errors import InputError

# How each type lies in the file.  A bfloat16, which NumPy does not know, is read as 16 plain bits.
STORED_AS: dict[str, np.dtype[Any]] = {
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "BF16": np.dtype("<u2"),
}

LARGEST_HEADER = 100_000_000  # bytes; the limit of the reference library


@dataclass(frozen=True)
class StoredTensor:
    """A tensor in a file: what the header says about it, once that has been checked."""

    path: Path
    name: str
    dtype: str
    shape: tuple[int, ...]
    begin: int  # bytes, from the beginning of the file
    end: int

    def read(self) -> Float[Array, "..."]:
        """Read the numbers, as float32 whatever their type in the file.

        Raises:
            InputError: If the file has changed since its header was read.
        """
        with self.path.open("rb") as file:
            file.seek(self.begin)
            numbers = np.fromfile(file, STORED_AS[self.dtype], prod(self.shape))
        if numbers.size != prod(self.shape):
            raise InputError(f"{self.path}: the file became shorter while it was read")
        if self.dtype == "BF16":  # the upper half of a float32
            numbers = (numbers.astype(np.uint32) << 16).view(np.float32)
        return numbers.astype(np.float32, copy=False).reshape(self.shape)


def read_header(path: Path) -> dict[str, StoredTensor]:
    """Read what a safetensors file holds, without its numbers.

    Args:
        path: The file.

    Returns:
        The tensors by name.

    Raises:
        InputError: If the file is missing, truncated, or contradicts itself.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if size < 8 or length > size - 8:
                raise InputError(f"{path}: the file ends within its header: it is truncated")
            if length > LARGEST_HEADER:
                raise InputError(f"{path}: a header of {length} bytes is too large")
            header = file.read(length)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    tensors = [
        _entry(path, name, value, start=8 + length)
        for name, value in parse_json(header, path).items()
        if name != "__metadata__"
    ]
    _check_layout(path, tensors, start=8 + length, size=size)
    return {tensor.name: tensor for tensor in tensors}


def _entry(path: Path, name: str, value: Any, start: int) -> StoredTensor:
    """Check what the header says about one tensor."""
    where = f"{path}: tensor {name[:100]!r}"
    if not isinstance(value, dict) or not {"dtype", "shape", "data_offsets"} <= value.keys():
        raise InputError(f"{where} lacks its dtype, shape or data_offsets")
    dtype, shape, offsets = value["dtype"], value["shape"], value["data_offsets"]
    if not isinstance(dtype, str) or dtype not in STORED_AS:
        raise InputError(f"{where} is of type {str(dtype)[:20]!r}; read are {', '.join(STORED_AS)}")
    if not _are_sizes(shape) or len(shape) > 8:
        raise InputError(f"{where} has a shape that is not a list of sizes")
    if not _are_sizes(offsets) or len(offsets) != 2 or offsets[0] > offsets[1]:
        raise InputError(f"{where} has data_offsets that are not a begin and an end")
    expected = prod(shape) * STORED_AS[dtype].itemsize
    if expected != offsets[1] - offsets[0]:
        raise InputError(
            f"{where} of type {dtype} and shape {shape} takes {expected} bytes, "
            f"but its data_offsets {offsets} say {offsets[1] - offsets[0]}"
        )
    return StoredTensor(path, name, dtype, tuple(shape), start + offsets[0], start + offsets[1])


def _are_sizes(value: Any) -> bool:
    """Tell whether a value is a list of integers that could be sizes."""
    # type(n), as a bool is an int to isinstance
    return isinstance(value, list) and all(type(n) is int and 0 <= n < 2**63 for n in value)


def _check_layout(path: Path, tensors: list[StoredTensor], start: int, size: int) -> None:
    """Check that the tensors fill the file: no overlap, no gap, nothing past the end."""
    position = start
    for tensor in sorted(tensors, key=lambda t: (t.begin, t.end)):
        if tensor.begin != position:
            problem = "overlaps the one before it" if tensor.begin < position else "follows a gap"
            raise InputError(f"{path}: the data of tensor {tensor.name[:100]!r} {problem}")
        position = tensor.end
    if position > size:
        raise InputError(
            f"{path}: the file has {size} bytes, and its tensors end at {position}: it is truncated"
        )
    if position < size:
        raise InputError(f"{path}: {size - position} bytes behind the last tensor belong to none")


def parse_json(data: bytes, path: Path) -> dict[str, Any]:
    """Read a JSON object, and accept no name twice: readers would differ in which value counts.

    Args:
        data: The text, in UTF-8.
        path: Where it comes from, for the message.

    Raises:
        InputError: If the data is anything else.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        for (name, _), (following, _) in pairwise(sorted(pairs, key=itemgetter(0))):
            if name == following:
                raise InputError(f"{path}: the name {name[:100]!r} occurs twice")
        return dict(pairs)

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except InputError:
        raise
    except UnicodeDecodeError:
        raise InputError(f"{path}: this is not text in UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: this is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise InputError(f"{path}: a JSON object is expected, not a {type(value).__name__}")
    return value
