"""From a gradient to a step: SGD, AdamW and Muon, and how the learning rate changes.

Explained in the chapter "Learning from mistakes".  Each optimizer remembers what it needs of the
gradients so far, so every array of weights has one of its own.  ``step`` returns the new weights and
changes neither of the arrays that it is given.  The book's models are trained with PyTorch's own;
the tests compare the two.
"""

from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from llmbook._shapes import Array, Float


@dataclass
class SGD:
    """Stochastic gradient descent; with momentum, steps in a lasting direction grow longer.

    Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    Args:
        momentum: How much of one step is repeated in the next, from 0 to below 1.

    Example:
        >>> optimizer, w = SGD(momentum=0.5), np.array([1.0])
        >>> for _ in range(3):
        ...     w = optimizer.step(w, gradient=np.array([1.0]), rate=0.1)
        ...     print(w.round(3).tolist())
        [0.9]
        [0.75]
        [0.575]
    """

    momentum: float = 0.0
    _velocity: Float[Array, "*shape"] | float = field(default=0.0, init=False)

    def step(
        self, weight: Float[Array, "*shape"], gradient: Float[Array, "*shape"], rate: float
    ) -> Float[Array, "*shape"]:
        """Return the weights after one step."""
        self._velocity = self.momentum * self._velocity + gradient
        return weight - rate * self._velocity


@dataclass
class AdamW:
    """Steps of about the same size for every weight, however large or small its gradients are.

    The mean gradient is divided by the root of the mean squared gradient.  Weight decay pulls every
    weight toward zero and stays out of both means, which is what the W stands for.

    Sources: Kingma and Ba, "Adam", 2015, algorithm 1; Loshchilov and Hutter, "Decoupled Weight
    Decay Regularization", 2019, algorithm 2.

    Args:
        beta_1: How slowly the mean gradient forgets; 0.9 remembers about 10 steps.
        beta_2: The same for the mean squared gradient; 0.95 remembers about 20 steps.
        eps: Keeps the division from blowing up where gradients are all but zero.
        weight_decay: The share of each weight that a step of rate 1 would take away.

    Example:
        >>> w = AdamW().step(np.zeros(3), gradient=np.array([5.0, -0.001, 0.0]), rate=0.1)
        >>> w.round(4).tolist()
        [-0.1, 0.1, 0.0]
    """

    beta_1: float = 0.9
    beta_2: float = 0.95
    eps: float = 1e-8
    weight_decay: float = 0.0
    _mean: Float[Array, "*shape"] | float = field(default=0.0, init=False)
    _square: Float[Array, "*shape"] | float = field(default=0.0, init=False)
    _steps: int = field(default=0, init=False)

    def step(
        self, weight: Float[Array, "*shape"], gradient: Float[Array, "*shape"], rate: float
    ) -> Float[Array, "*shape"]:
        """Return the weights after one step."""
        self._steps += 1
        self._mean = self.beta_1 * self._mean + (1 - self.beta_1) * gradient
        self._square = self.beta_2 * self._square + (1 - self.beta_2) * gradient**2
        # Both means began at zero, and are too small by a known factor.
        mean = self._mean / (1 - self.beta_1**self._steps)
        square = self._square / (1 - self.beta_2**self._steps)
        step = mean / (np.sqrt(square) + self.eps)
        return weight - rate * step - rate * self.weight_decay * weight


def orthogonalize(
    matrix: Float[Array, "rows columns"], steps: int = 5, eps: float = 1e-7
) -> Float[Array, "rows columns"]:
    """Bring all singular values of a matrix near 1, and keep their directions.

    Each step applies ``3.4445 s - 4.775 s**3 + 2.0315 s**5`` to every singular
    value ``s``, by products of matrices alone.  It lifts small values fast and
    does not settle: most end between 0.7 and 1.2.

    Source: Jordan et al., "Muon: An optimizer for hidden layers in neural
    networks", 2024.

    Example:
        >>> matrix = np.diag([1.0, 0.3, 0.1, 0.05])
        >>> orthogonalize(matrix).diagonal().round(2).tolist()
        [0.75, 0.92, 0.68, 0.76]
    """
    a, b, c = 3.4445, -4.775, 2.0315
    x: Array = matrix / max(np.linalg.norm(matrix), eps)  # none above 1 now
    if tall := x.shape[0] > x.shape[1]:
        x = x.T  # the square matrix below is smaller this way
    for _ in range(steps):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x


@dataclass
class Muon:
    """Momentum whose steps are orthogonalized: every direction of a matrix moves about as far.

    It is for the matrices inside a network.  Embeddings, the last layer and everything that is no
    matrix are left to AdamW.

    Source: as for :func:`orthogonalize`.

    Args:
        momentum: How slowly the mean gradient forgets.
        weight_decay: The share of each weight that a step of rate 1 would take away.

    Example:
        >>> step = Muon().step(np.zeros((2, 2)), gradient=np.diag([100.0, 10.0]), rate=1.0)
        >>> step.diagonal().round(2).tolist()
        [-0.7, -0.71]
    """

    momentum: float = 0.95
    weight_decay: float = 0.0
    _mean: Float[Array, "rows columns"] | float = field(default=0.0, init=False)

    def step(
        self,
        weight: Float[Array, "rows columns"],
        gradient: Float[Array, "rows columns"],
        rate: float,
    ) -> Float[Array, "rows columns"]:
        """Return the weights after one step."""
        self._mean = self.momentum * self._mean + (1 - self.momentum) * gradient
        ahead = self.momentum * self._mean + (1 - self.momentum) * gradient  # Nesterov's
        rows, columns = weight.shape  # more outputs than inputs: longer steps
        step = sqrt(max(1, rows / columns)) * orthogonalize(ahead)
        return weight - rate * step - rate * self.weight_decay * weight


def warmup_stable_decay(step: int, steps: int, warmup: float = 0.05, decay: float = 0.2) -> float:
    """Return the share of the highest learning rate that a step of training takes.

    It rises in a straight line, stays, and falls in a straight line, reaching zero after the last
    step.

    Source: Hu et al., "MiniCPM", 2024, section 4, here with a straight decay.

    Args:
        step: From 0 to ``steps - 1``.
        steps: How many there will be.
        warmup: The share of them in which it rises.
        decay: The share of them in which it falls.

    Example:
        >>> [round(warmup_stable_decay(step, 10, 0.2, 0.4), 2) for step in range(10)]
        [0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.75, 0.5, 0.25]
    """
    rise = (step + 1) / (warmup * steps) if warmup else 1.0
    fall = (steps - step) / (decay * steps) if decay else 1.0
    return min(1.0, rise, fall)
