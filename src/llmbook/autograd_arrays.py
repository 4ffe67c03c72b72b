"""Automatic differentiation with arrays: what :mod:`llmbook.autograd` does, a million numbers at once.

Explained in the chapter "Learning from mistakes".  The walk is the same.  What changes is the slope:
an array has one for each pair of a number in it and a number in the result, far too many to store, so
each operation keeps a function instead.  It takes the gradient at the result and returns the gradient
at the input.

Source: as for :mod:`llmbook.autograd`.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np

from llmbook._shapes import Array, Int
from llmbook.autograd import Node, Parents


class Tensor(Node):
    """An array of numbers that remembers how it was computed.

    Arithmetic broadcasts as NumPy's does, and plain numbers and arrays may stand on either side.
    ``grad`` has the shape of ``data``; :meth:`backward` *adds* to it, as in PyTorch.

    ``data`` cannot be changed in place, because the way back still needs it.  To take a step,
    replace it: ``w.data = w.data - rate * w.grad``.

    Args:
        data: The numbers.  Integers become double precision; floats keep their type.

    Example:
        >>> w, x = Tensor([[1.0, 2.0, 3.0]]), Tensor([[4.0], [5.0], [6.0]])
        >>> y = (w @ x).sum()
        >>> y.backward()
        >>> float(y.data), w.grad.tolist(), x.grad.tolist()
        (32.0, [[4.0, 5.0, 6.0]], [[1.0], [2.0], [3.0]])
    """

    __slots__ = ("_data", "grad")
    __array_ufunc__ = None  # array * tensor is the tensor's business, and not NumPy's

    def __init__(self, data: Any, _parents: Parents = ()) -> None:
        super().__init__(_parents)
        data = np.asarray(data) if _parents else np.array(data)  # an input is no one else's array
        self._data: Array = data if data.dtype.kind == "f" else data.astype(np.float64)
        self._data.setflags(write=False)
        self.grad: Array = np.zeros(data.shape, self._data.dtype)

    @property
    def data(self) -> Array:
        """The numbers, read-only."""
        return self._data

    @data.setter
    def data(self, new: Any) -> None:
        if np.shape(new) != self._data.shape:
            raise ValueError(f"data of shape {np.shape(new)} for a tensor of {self._data.shape}")
        self._data = np.array(new, self._data.dtype)
        self._data.setflags(write=False)

    def backward(self) -> None:
        """Add to the ``grad`` of every tensor behind this number how fast it grows with each entry.

        Raises:
            ValueError: If this tensor is more than one number: then there is no one gradient.
            RuntimeError: As for :meth:`llmbook.autograd.Value.backward`.
        """
        if self.data.size != 1:
            raise ValueError(f"backward starts from one number, not from shape {self.data.shape}")
        for node, parents in self._walk():
            if node is self:
                node.grad += 1
            for parent, pull in parents:
                parent.grad += _unbroadcast(np.asarray(pull(node.grad)), parent.grad.shape)

    # --- Entry by entry --------------------------------------------------------------------------

    def __add__(self, other: Any) -> Tensor:
        other = self._tensor(other)
        return Tensor(self.data + other.data, ((self, lambda g: g), (other, lambda g: g)))

    def __mul__(self, other: Any) -> Tensor:
        other = self._tensor(other)
        a, b = self.data, other.data
        return Tensor(a * b, ((self, lambda g: g * b), (other, lambda g: g * a)))

    def __pow__(self, power: float) -> Tensor:
        x = self.data
        slope = power * x ** (power - 1) if power else np.zeros_like(x)
        return Tensor(x**power, ((self, lambda g: g * slope),))

    def exp(self) -> Tensor:
        """Return e to the power of each number."""
        result = np.exp(self.data)
        return Tensor(result, ((self, lambda g: g * result),))

    def log(self) -> Tensor:
        """Return the natural logarithm of each number."""
        x = self.data
        return Tensor(np.log(x), ((self, lambda g: g / x),))

    def tanh(self) -> Tensor:
        """Return the hyperbolic tangent of each number."""
        result = np.tanh(self.data)
        return Tensor(result, ((self, lambda g: g * (1 - result**2)),))

    def relu(self) -> Tensor:
        """Return each number if it is positive, and 0 otherwise."""
        positive = self.data > 0
        return Tensor(np.maximum(self.data, 0), ((self, lambda g: g * positive),))

    # --- Matrices, sums and shapes ---------------------------------------------------------------

    def __matmul__(self, other: Any) -> Tensor:
        other = self._tensor(other)
        a, b = self.data, other.data
        if a.ndim < 2 or b.ndim < 2:
            raise ValueError("@ multiplies matrices: both sides need two axes or more")
        return Tensor(a @ b, ((self, lambda g: g @ b.mT), (other, lambda g: a.mT @ g)))

    def sum(self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Tensor:
        """Return the sum along the axes, or of all numbers."""
        shape = self.data.shape
        kept = self.data.sum(axis=axis, keepdims=True).shape

        def pull(g: Array) -> Array:
            return np.broadcast_to(g.reshape(kept), shape)

        return Tensor(self.data.sum(axis=axis, keepdims=keepdims), ((self, pull),))

    def mean(self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Tensor:
        """Return the mean along the axes, or of all numbers."""
        total = self.sum(axis, keepdims)
        return total * (total.data.size / self.data.size)

    def reshape(self, *shape: int) -> Tensor:
        """Return the same numbers in another shape."""
        old = self.data.shape
        return Tensor(self.data.reshape(shape), ((self, lambda g: g.reshape(old)),))

    def swapaxes(self, first: int, second: int) -> Tensor:
        """Return the array with two axes exchanged."""
        swapped = self.data.swapaxes(first, second)
        return Tensor(swapped, ((self, lambda g: g.swapaxes(first, second)),))

    def __getitem__(self, index: Any) -> Tensor:
        """Pick entries, such as the rows of an embedding table; one picked twice learns twice."""
        x, index = self.data, deepcopy(index)  # the caller may fill the same array again

        def pull(g: Array) -> Array:
            at_table = np.zeros_like(x)
            np.add.at(at_table, index, g)
            return at_table

        return Tensor(x[index], ((self, pull),))

    # --- What follows from them ------------------------------------------------------------------

    def __neg__(self) -> Tensor:
        return self * -1.0

    def __sub__(self, other: Any) -> Tensor:
        return self + -self._tensor(other)

    def __truediv__(self, other: Any) -> Tensor:
        return self * self._tensor(other) ** -1

    def __rsub__(self, other: Any) -> Tensor:
        return self._tensor(other) - self

    def __rtruediv__(self, other: Any) -> Tensor:
        return self._tensor(other) / self

    def __rmatmul__(self, other: Any) -> Tensor:
        return self._tensor(other) @ self

    __radd__, __rmul__ = __add__, __mul__

    def __repr__(self) -> str:
        return f"Tensor({self.data.tolist()})"

    def _tensor(self, data: Any) -> Tensor:
        """Return a plain number or array as a node of its own; a number takes this tensor's type."""
        if isinstance(data, Tensor):
            return data
        return Tensor(np.asarray(data, self.data.dtype if np.isscalar(data) else None))


def softmax(logits: Tensor) -> Tensor:
    """Turn scores into probabilities along the last axis.

    Example:
        >>> softmax(Tensor([[0.0, 0.0, -np.inf]])).data.tolist()
        [[0.5, 0.5, 0.0]]
    """
    powers = (logits - logits.data.max(axis=-1, keepdims=True)).exp()
    return powers / powers.sum(axis=-1, keepdims=True)


def cross_entropy(logits: Tensor, targets: Int[Array, " *batch"]) -> Tensor:
    """Return the mean surprise at the right answers, in nats; divide by ``log(2)`` for bits.

    The gradient at the logits is the softmax minus one for the answer, divided by the number of
    answers.

    Args:
        logits: Scores ``[*batch, n]``.
        targets: The right answers, each from 0 to ``n - 1``.

    Raises:
        ValueError: If the shapes do not fit, or a target is none of the ``n``.

    Example:
        >>> z = Tensor([[2.0, -1.0, 0.5]])
        >>> loss = cross_entropy(z, np.array([0]))
        >>> loss.backward()
        >>> round(float(loss.data), 3), z.grad.round(3).tolist()
        (0.241, [[-0.214, 0.039, 0.175]])
    """
    scores = logits.data.reshape(-1, logits.data.shape[-1])
    if targets.shape != logits.data.shape[:-1]:
        raise ValueError(f"targets {targets.shape} do not fit logits {logits.data.shape}")
    if targets.size == 0 or targets.min() < 0 or targets.max() >= scores.shape[-1]:
        raise ValueError(f"targets have to be from 0 to {scores.shape[-1] - 1}, and one at least")
    answer = np.arange(targets.size), targets.flatten()
    shifted = scores - scores.max(axis=-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))

    def pull(g: Array) -> Array:
        error = np.exp(log_p)
        error[answer] -= 1
        return (g / targets.size * error).reshape(logits.data.shape)

    return Tensor(-log_p[answer].mean(), ((logits, pull),))


def _unbroadcast(g: Array, shape: tuple[int, ...]) -> Array:
    """Sum a gradient over the axes along which one number was used many times."""
    if g.shape == shape:
        return g
    extra = g.ndim - len(shape)
    axes = (*range(extra), *(extra + i for i, n in enumerate(shape) if n == 1))
    return g.sum(axis=axes, keepdims=True).reshape(shape)  # an array, even of no axes
