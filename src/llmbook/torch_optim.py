"""Which optimizer changes which weight, and how the learning rate rises and falls.

Explained in the chapter "Learning from mistakes" of the part "Training process".  Muon turns the
change of a matrix into one that is about equally large in all directions; it changes the matrices
inside the blocks.  AdamW changes everything else: the embedding, the output layer and the
normalizations.  Both are PyTorch's own.

Sources: Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024; Loshchilov
and Hutter, "Decoupled Weight Decay Regularization", 2019.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.optim import AdamW, Muon, Optimizer

from llmbook.torch_model import TorchModel

# The highest rates of AdamW, as shares of Muon's.  The embedding starts at 1 and so needs larger
# steps than the rest, for which 0.5 did a little worse in single runs on Shakespeare.
ADAM_SHARE = 0.2
EMBEDDING_SHARE = 0.6


def make_optimizers(model: TorchModel, muon_rate: float) -> list[Optimizer]:
    """Return the optimizers of a model, each with the weights that it changes.

    Args:
        model: What is trained.
        muon_rate: The highest learning rate of the matrices in the blocks; that of the embedding
            is :data:`EMBEDDING_SHARE` of it, and that of everything else :data:`ADAM_SHARE`.
    """
    embedding = model.model.embed_tokens.weight
    inner = [w for name, w in model.named_parameters() if is_inner(name, w)]
    outer = [w for n, w in model.named_parameters() if not is_inner(n, w) and w is not embedding]
    muon = Muon(inner, lr=muon_rate, momentum=0.95, weight_decay=0.1)
    groups = [
        {"params": [embedding], "lr": EMBEDDING_SHARE * muon_rate},
        {"params": outer, "lr": ADAM_SHARE * muon_rate},
    ]
    adam = AdamW(groups, betas=(0.9, 0.95), eps=1e-10, weight_decay=0.0)
    for optimizer in (muon, adam):
        for group in optimizer.param_groups:
            group["highest"] = group["lr"]
    return [muon, adam]


def is_inner(name: str, weight: Tensor) -> bool:
    """Tell whether a weight is a matrix inside a block."""
    return weight.ndim == 2 and ".layers." in name


def schedule(progress: float, warmup: float, decay: float) -> float:
    """Return which share of the highest learning rate to use.

    It rises in a straight line, stays, and falls in a straight line to 0.

    Args:
        progress: Which share of the run is over, from 0 to 1.
        warmup: The share of the run in which the rate rises.
        decay: The share of the run in which it falls.

    Example:
        >>> [schedule(i / 8, warmup=0.25, decay=0.5) for i in range(9)]
        [0.0, 0.5, 1.0, 1.0, 1.0, 0.75, 0.5, 0.25, 0.0]
    """
    rise = progress / warmup if warmup else 1.0
    fall = (1 - progress) / decay if decay else 1.0
    return max(0.0, min(1.0, rise, fall))


def set_rates(optimizers: Sequence[Optimizer], share: float) -> None:
    """Set each learning rate to a share of its highest."""
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = share * group["highest"]


# --- What a checkpoint has to keep ---------------------------------------------------------------


def pack_state(model: TorchModel, optimizers: Sequence[Optimizer]) -> dict[str, Tensor]:
    """Return all tensors of a run by name: the weights, and what the optimizers remember."""
    tensors = {f"weight.{name}": weight.detach() for name, weight in model.named_parameters()}
    for name, weight in model.named_parameters():
        for optimizer in optimizers:
            for key, value in optimizer.state.get(weight, {}).items():
                tensors[f"{key}.{name}"] = value
    return tensors


def unpack_state(
    tensors: dict[str, Tensor], model: TorchModel, optimizers: Sequence[Optimizer]
) -> None:
    """Put the tensors of :func:`pack_state` back into a model and new optimizers."""
    names = dict(model.named_parameters())
    owners = {
        id(weight): optimizer
        for optimizer in optimizers
        for group in optimizer.param_groups
        for weight in group["params"]
    }
    with torch.no_grad():
        for key_and_name, tensor in tensors.items():
            key, name = key_and_name.split(".", 1)
            if key == "weight":
                names[name].copy_(tensor)
            else:
                owners[id(names[name])].state[names[name]][key] = tensor.clone()
