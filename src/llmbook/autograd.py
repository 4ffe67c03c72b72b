"""Automatic differentiation: every operation knows its own slope, and the chain rule joins them.

Explained in the chapter "Learning from mistakes".  A :class:`Value` is a number that remembers what
it was computed from.  :meth:`Value.backward` walks from a result to its inputs, once, and leaves in
each ``grad`` how fast the result grows when that number grows.  :mod:`llmbook.autograd_arrays`
does the same with arrays.

Source: reverse mode, as in Baydin et al., "Automatic Differentiation in Machine Learning: a Survey",
2018, section 3.2.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

Parents: TypeAlias = tuple[tuple[Any, Any], ...]  # nodes, and the slope along the way to each


class Node:
    """One place in a computation: which nodes it was computed from, and its slope along each.

    An input has no parents.  A result gives up its own when it has been walked through, which
    frees the memory of the computation and makes it impossible to count it twice.
    """

    __slots__ = ("_parents",)

    def __init__(self, parents: Parents = ()) -> None:
        self._parents: Parents | None = parents

    def _walk(self) -> Iterator[tuple[Any, Parents]]:
        """Yield every node with its parents, after all that was computed from it.

        Only then is its gradient complete and may be passed on.  There is no
        recursion, so a computation can be as long as memory allows.

        Raises:
            RuntimeError: If a part of it was walked before; before any yield.
        """
        uses: Counter[Node] = Counter()
        to_visit = [self]
        while to_visit:
            for parent, _ in to_visit.pop()._known_parents():
                if not uses[parent]:  # met for the first time
                    to_visit.append(parent)
                uses[parent] += 1
        ready = [self]
        while ready:
            node = ready.pop()
            parents = node._known_parents()
            yield node, parents
            if parents:
                node._parents = None  # walked, and taken apart
            for parent, _ in parents:
                uses[parent] -= 1
                if not uses[parent]:  # all have reported
                    ready.append(parent)

    def _known_parents(self) -> Parents:
        """Return the parents, unless they were given up."""
        if self._parents is None:
            raise RuntimeError(
                "backward has been through this computation before: "
                "compute it again, or add up the results first"
            )
        return self._parents


class Value(Node):
    """A number that remembers how it was computed.

    Arithmetic works as with numbers, which may stand on either side.  ``grad`` begins at zero, and
    every call of :meth:`backward` *adds* to the inputs' gradients, so that the gradients of several
    results can be summed.  Set it to zero between two steps of training.

    Args:
        data: The number.

    Example:
        >>> x, y = Value(3.0), Value(2.0)
        >>> z = x * y + x**2
        >>> z.backward()
        >>> z, x.grad, y.grad  # the slopes are y + 2 x and x
        (Value(15.0), 8.0, 3.0)
    """

    __slots__ = ("data", "grad")

    def __init__(self, data: float, _parents: Parents = ()) -> None:
        super().__init__(_parents)
        self.data = float(data)
        self.grad = 0.0

    def backward(self) -> None:
        """Add this result's slope along each number behind it to their ``grad``.

        Raises:
            RuntimeError: If this result, or a part of what it was computed from,
                has been through ``backward`` before.  No gradient has changed.
        """
        for node, parents in self._walk():
            if node is self:
                node.grad += 1.0
            for parent, slope in parents:
                parent.grad += slope * node.grad

    # --- Every operation: its result, and its slope along each input -----------------------------

    def __add__(self, other: Number) -> Value:
        other = _value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other: Number) -> Value:
        other = _value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, power: float) -> Value:
        slope = power * math.pow(self.data, power - 1) if power else 0.0
        return Value(math.pow(self.data, power), ((self, slope),))

    def exp(self) -> Value:
        """Return e to the power of this number; it is its own slope."""
        result = math.exp(self.data)
        return Value(result, ((self, result),))

    def log(self) -> Value:
        """Return the natural logarithm."""
        return Value(math.log(self.data), ((self, 1 / self.data),))

    def tanh(self) -> Value:
        """Return the hyperbolic tangent, which squeezes any number between -1 and 1."""
        result = math.tanh(self.data)
        return Value(result, ((self, 1 - result**2),))

    def relu(self) -> Value:
        """Return the number if it is positive, and 0 otherwise; at 0 the slope is taken to be 0."""
        return Value(max(self.data, 0.0), ((self, float(self.data > 0)),))

    # --- What follows from them ------------------------------------------------------------------

    def __neg__(self) -> Value:
        return self * -1.0

    def __sub__(self, other: Number) -> Value:
        return self + -_value(other)

    def __truediv__(self, other: Number) -> Value:
        return self * _value(other) ** -1

    def __rsub__(self, other: float) -> Value:
        return _value(other) - self

    def __rtruediv__(self, other: float) -> Value:
        return _value(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def __repr__(self) -> str:
        return f"Value({self.data})"


Number: TypeAlias = Value | float


def _value(number: Number) -> Value:
    """Return a plain number as a node of its own."""
    return number if isinstance(number, Value) else Value(number)
