"""Fewer bits for each weight: int8 and int4, and what the rounding costs.

Explained in the part "Architecture" of the book.  A number becomes a small integer times a scale
that it shares with its neighbors, so that a model takes a quarter or a sixth of the memory.  Sizes
and errors are those of a fast implementation.  The speed is not: NumPy widens small integers before
it multiplies them.

Source: the scale from the largest magnitude is the "absmax" of Dettmers et al., "LLM.int8()", 2022,
section 2.1; here each row has one, or each group of 32 numbers in a row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from llmbook._shapes import Array, Float, Int
from llmbook.errors import InputError
from llmbook.model import Config, Model

GROUP = 32  # numbers that share a scale in int4


@dataclass(frozen=True)
class Int8Matrix:
    """A matrix in which each row is a row of integers from -127 to 127 times a scale.

    Example:
        >>> small = Int8Matrix.quantize(np.array([[1.0, -2.0, 0.1], [0.0, 0.0, 0.0]]))
        >>> small.integers.tolist()
        [[64, -127, 6], [0, 0, 0]]
        >>> small.dequantize().astype(float).round(3).tolist()
        [[1.008, -2.0, 0.094], [0.0, 0.0, 0.0]]
    """

    integers: Int[Array, "rows columns"]  # int8
    scales: Float[Array, " rows"]

    @classmethod
    def quantize(cls, matrix: Float[Array, "rows columns"]) -> "Int8Matrix":
        """Round each number to the nearest multiple of its row's largest magnitude / 127."""
        integers, scales = _round(matrix, largest=127)
        return cls(integers, scales)

    def dequantize(self) -> Float[Array, "rows columns"]:
        """Return the matrix in single precision.  No number is off by more than half its scale."""
        return self.integers * self.scales[:, None]

    def __matmul__(self, vector: Float[Array, " columns"]) -> Float[Array, " rows"]:
        """Multiply by a vector: integers first, and one scale for each row afterwards."""
        return (self.integers @ vector) * self.scales

    @property
    def n_bytes(self) -> int:
        """The memory that the integers and the scales take."""
        return int(self.integers.nbytes + self.scales.nbytes)


@dataclass(frozen=True)
class Int4Matrix:
    """A matrix of integers from -7 to 7, two to a byte, with a scale for each 32 numbers of a row.

    The last group of a row is filled up with zeros.

    Example:
        >>> small = Int4Matrix.quantize(np.array([[1.2, -2.0, 0.1]]))
        >>> small.integers[0, 0, :4].tolist()  # the fourth is filling
        [4, -7, 0, 0]
        >>> small.dequantize().astype(float).round(3).tolist()
        [[1.143, -2.0, 0.0]]
        >>> small.n_bytes  # 32 halves of a byte, and a scale of four
        20
    """

    packed: Int[Array, "rows bytes"]  # uint8
    scales: Float[Array, "rows groups"]
    columns: int

    @classmethod
    def quantize(cls, matrix: Float[Array, "rows columns"]) -> "Int4Matrix":
        """Round each number to the nearest multiple of its group's largest magnitude / 7."""
        rows, columns = matrix.shape
        filled = np.pad(matrix, ((0, 0), (0, -columns % GROUP)))
        integers, scales = _round(filled.reshape(rows, -1, GROUP), largest=7)
        return cls(pack(integers.reshape(rows, -1)), scales, columns)

    @property
    def integers(self) -> Int[Array, "rows groups 32"]:
        """The integers, unpacked, the filling included."""
        return unpack(self.packed).reshape(*self.scales.shape, GROUP)

    def dequantize(self) -> Float[Array, "rows columns"]:
        """Return the matrix in single precision.  No number is off by more than half its scale."""
        filled = self.integers * self.scales[:, :, None]
        return np.ascontiguousarray(filled.reshape(len(filled), -1)[:, : self.columns])

    def __matmul__(self, vector: Float[Array, " columns"]) -> Float[Array, " rows"]:
        """Multiply by a vector: integers within each group first, then the scales of the groups."""
        groups = np.pad(vector, (0, -self.columns % GROUP)).reshape(-1, GROUP)
        within = np.einsum("rgi,gi->rg", self.integers, groups)
        return np.vecdot(within, self.scales)

    @property
    def n_bytes(self) -> int:
        """The memory that the packed integers and the scales take."""
        return int(self.packed.nbytes + self.scales.nbytes)


def pack(integers: Int[Array, "rows n"]) -> Int[Array, "rows half_n"]:
    """Pack integers from -8 to 7 two to a byte, the first of each pair in the lower half.

    Args:
        integers: An even number of columns.

    Example:
        >>> pack(np.array([[-8, 7, 0, 1]])).tolist()
        [[240, 152]]
        >>> unpack(pack(np.array([[-8, 7, 0, 1]]))).tolist()
        [[-8, 7, 0, 1]]
    """
    halves = (integers + 8).astype(np.uint8)  # from 0 to 15
    return halves[:, ::2] | halves[:, 1::2] << 4


def unpack(packed: Int[Array, "rows half_n"]) -> Int[Array, "rows n"]:
    """Undo :func:`pack`."""
    halves = np.stack((packed & 15, packed >> 4), axis=-1)
    return halves.reshape(len(packed), -1).astype(np.int8) - np.int8(8)


def _round(
    x: Float[Array, "*rows n"], largest: int
) -> tuple[Int[Array, "*rows n"], Float[Array, "*rows"]]:
    """Write each row as integers up to ``largest`` times a scale."""
    x = x.astype(np.float32)
    scales = np.abs(x).max(axis=-1) / largest
    scales[scales < np.finfo(np.float32).tiny] = 1  # nothing but zeros: any scale will do
    integers = np.rint(x / scales[..., None])
    return integers.astype(np.int8), scales


@dataclass(frozen=True)
class QuantizedWeights:
    """The weights of a model with small integers in place of its matrices.

    Args:
        config: The sizes of the model.
        arrays: A quantized matrix or, for a normalization, an array in single precision, by name.

    Example:
        >>> config = Config(
        ...     vocab_size=99, d_model=64, n_layers=1, n_heads=2, n_kv_heads=1,
        ...     head_dim=32, d_ff=96, context=8,
        ... )
        >>> model = Model.random(config, seed=0)
        >>> [quantize(model, bits).n_bytes for bits in (8, 4)], 4 * config.n_parameters
        ([40012, 23928], 148992)
        >>> round(weight_error(model, quantize(model, bits=8).dequantize()), 3)
        0.002
    """

    config: Config
    arrays: Mapping[str, Any]

    @property
    def n_bytes(self) -> int:
        """The memory that the weights take: integers, scales and normalizations."""
        return sum(
            array.nbytes if isinstance(array, np.ndarray) else array.n_bytes
            for array in self.arrays.values()
        )

    def dequantize(self) -> Model:
        """Return a model that computes in single precision with the rounded weights."""
        weights = {
            name: array if isinstance(array, np.ndarray) else array.dequantize()
            for name, array in self.arrays.items()
        }
        return Model(self.config, weights)


def quantize(model: Model, bits: int) -> QuantizedWeights:
    """Quantize the embedding and all matrices of a model; its normalizations stay as they are.

    Args:
        model: The model, which is left as it is.
        bits: 8 for one scale per row, 4 for one scale per 32 numbers.

    Raises:
        InputError: If ``bits`` is another number.
    """
    kinds: dict[int, type[Int8Matrix | Int4Matrix]] = {8: Int8Matrix, 4: Int4Matrix}
    if bits not in kinds:
        raise InputError(f"weights can be quantized to 8 or 4 bits, not to {bits}")
    return QuantizedWeights(
        model.config,
        {
            name: array if array.ndim == 1 else kinds[bits].quantize(array)
            for name, array in model.weights.items()
        },
    )


# --- What it costs -------------------------------------------------------------------------------


def weight_error(model: Model, other: Model) -> float:
    """Return how far the other model's weights are off, relative to the weights.

    The root of the sum of all squared differences, divided by that of all squared weights.
    """
    difference = sum(_squares(model.weights[n] - other.weights[n]) for n in model.weights)
    return float(np.sqrt(difference / sum(map(_squares, model.weights.values()))))


def logit_error(model: Model, other: Model, ids: Sequence[int] | Int[Array, " T"]) -> float:
    """Return how far the other model's logits on a text are off, relative to the logits.

    The mean of each token's logits is taken away first, because it changes no probability.
    """
    logits, others = (_centered(m.forward(ids)) for m in (model, other))
    return float(np.sqrt(_squares(logits - others) / _squares(logits)))


def divergence(model: Model, other: Model, ids: Sequence[int] | Int[Array, " T"]) -> float:
    """Return the bits per token that are lost when the other model predicts in place of the model.

    It is the Kullback-Leibler divergence of their next-token probabilities, averaged over the text:
    how much longer a text of the model's own becomes when it is compressed with the other one.
    """
    log_p, log_q = (_log2_softmax(m.forward(ids)) for m in (model, other))
    return float((np.exp2(log_p) * (log_p - log_q)).sum(axis=-1).mean())


def _squares(x: Float[Array, "*shape"]) -> float:
    """Return the sum of the squares, in double precision."""
    return float(np.square(x, dtype=np.float64).sum())


def _centered(logits: Float[Array, "T vocab"]) -> Float[Array, "T vocab"]:
    """Take away each row's mean, in double precision."""
    return logits - logits.mean(axis=-1, keepdims=True, dtype=np.float64)


def _log2_softmax(logits: Float[Array, "T vocab"]) -> Float[Array, "T vocab"]:
    """Return the logarithms of the probabilities in bits, in double precision."""
    shifted = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
    return (shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))) / np.log(2)
