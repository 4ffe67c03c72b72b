"""A short run of training that begins with a model which can do something already.

Explained in the chapter "Preferences" of the part "Training process".  Pre-training has a loop of
its own, :mod:`llmbook.pretrain`, with all that a run of hours needs.  A run of minutes needs this.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grad_norm_

from llmbook._shapes import Float
from llmbook.errors import InputError
from llmbook.torch_optim import schedule


class Descent:
    """A short run with AdamW over whatever of a model is trained.

    The learning rate rises in the first tenth of the run, and falls to 0 in the rest.  Weights do
    not decay: they should stay near those of the model that the run began with.

    Args:
        model: What is trained.
        learning_rate: The highest one.
        steps: How many steps there will be.

    Raises:
        InputError: If a setting makes no sense, or nothing of the model is trained.
    """

    def __init__(self, model: nn.Module, learning_rate: float, steps: int) -> None:
        if steps < 1 or not 0 < learning_rate < float("inf"):
            raise InputError(f"{steps} steps at a rate of {learning_rate} make no sense")
        self.weights = [weight for weight in model.parameters() if weight.requires_grad]
        if not self.weights:
            raise InputError("nothing of the model is trained: all of it is frozen")
        self.optimizer = torch.optim.AdamW(self.weights, weight_decay=0.0)
        self.highest, self.done, self.steps = learning_rate, 0, steps

    def step(self, loss: Float[Tensor, ""]) -> None:
        """Follow the gradient of a loss.

        Raises:
            InputError: If it is not finite.
        """
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        norm = clip_grad_norm_(self.weights, 1.0)
        if not (loss.isfinite() and norm.isfinite()):
            raise InputError(
                f"the loss is not a number at step {self.done}: "
                f"take a learning rate below {self.highest}"
            )
        self.done += 1
        share = schedule(self.done / (self.steps + 1), warmup=0.1, decay=0.9)
        for group in self.optimizer.param_groups:
            group["lr"] = share * self.highest
        self.optimizer.step()


def shuffled(n: int, size: int, generator: torch.Generator) -> Iterator[list[int]]:
    """Yield batches of the numbers below ``n``, in a new order each time that all were given.

    Example:
        >>> batches = shuffled(5, 3, torch.Generator().manual_seed(0))
        >>> first = next(batches) + next(batches)
        >>> sorted(first[:5])
        [0, 1, 2, 3, 4]
    """
    order: list[int] = []
    while True:
        while len(order) < size:
            order += torch.randperm(n, generator=generator).tolist()
        yield order[:size]
        order = order[size:]
