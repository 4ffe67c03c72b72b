"""One run on several processes: each computes the gradient of its rows, and all take the mean.

Explained in the chapter "Scaling" of the part "Training process".  ``torchrun`` starts the
processes and tells each its number.  Without it there is one, and nothing here does anything.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor
from torch import distributed as dist


@dataclass(frozen=True)
class Workers:
    """The processes that work on a run.

    Args:
        rank: The number of this one; number 0 writes.
        size: How many there are.
    """

    rank: int = 0
    size: int = 1

    @classmethod
    @contextmanager
    def join(cls) -> Iterator[Self]:
        """Work with the other processes, if ``torchrun`` started this one."""
        if "TORCHELASTIC_RUN_ID" not in os.environ:
            yield cls()
            return
        dist.init_process_group("gloo")
        try:
            yield cls(dist.get_rank(), dist.get_world_size())
        finally:
            dist.destroy_process_group()

    def wait(self) -> None:
        """Wait until all processes are here."""
        if self.size > 1:
            dist.barrier()

    def mean(self, tensors: Sequence[Tensor]) -> None:
        """Replace tensors by their mean over all processes, in one message."""
        if self.size > 1:
            flat = torch.cat([tensor.flatten() for tensor in tensors])
            dist.all_reduce(flat)
            means = torch.split(flat / self.size, [tensor.numel() for tensor in tensors])
            for tensor, mean in zip(tensors, means, strict=True):
                tensor.copy_(mean.view_as(tensor))
