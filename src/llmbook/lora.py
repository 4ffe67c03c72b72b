"""Train a small correction in place of a whole matrix: low-rank adaptation, LoRA.

Explained in the chapter "LoRA" of the part "Training process".  A matrix ``W`` of the model stays
as it is.  Beside it stand two narrow ones, ``A`` and ``B``, whose product has the shape of ``W``
and is added to it::

    x @ W.T  +  scale * (x @ A.T) @ B.T        W [outputs, inputs], A [rank, inputs], B [outputs, rank]

Only ``A`` and ``B`` are trained.  Once that is done, :func:`merge` adds the product to ``W``, and
the model is as large and as fast as before.  :mod:`llmbook.adapters` writes them to a folder.

Source: Hu et al., "LoRA: Low-rank adaptation of large language models", 2021, section 4.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, sqrt

import torch
from torch import Tensor, nn

from llmbook._shapes import Float
from llmbook.errors import InputError
from llmbook.torch_model import TorchModel


@dataclass(frozen=True)
class Lora:
    """How large a correction is, and of what.

    Args:
        rank: How many rows ``A`` and columns ``B`` has: what the correction can express.
        alpha: How strong it is.  With the scale ``alpha / rank``, a learning rate that serves one
            rank serves others about as well.
        targets: Which matrices get one: the ends of their names in the model, ``"q_proj"`` for that
            of every layer, ``"layers.0.self_attn.q_proj"`` for one alone.
        by_root: Scale by ``alpha / sqrt(rank)`` instead, after Kalajdzievski, "A rank stabilization
            scaling factor for fine-tuning with LoRA", 2023: large ranks are not slowed down.

    Raises:
        InputError: If a value makes no sense.

    Example:
        >>> Lora(rank=4, alpha=8).scale, Lora(rank=4, alpha=8, by_root=True).scale
        (2.0, 4.0)
    """

    rank: int
    alpha: float = 16.0
    targets: tuple[str, ...] = ("q_proj", "v_proj")
    by_root: bool = False

    def __post_init__(self) -> None:
        if self.rank < 1:
            raise InputError(f"the rank must be 1 or more, not {self.rank}")
        if not (isfinite(self.alpha) and self.alpha > 0):
            raise InputError(f"alpha must be a positive number, not {self.alpha}")

    @property
    def scale(self) -> float:
        """The factor of the correction."""
        return self.alpha / (sqrt(self.rank) if self.by_root else self.rank)


class LoraLinear(nn.Module):
    """A matrix that is kept, and a correction of it that is trained.

    ``A`` starts as PyTorch starts any linear layer and ``B`` at 0, so the correction starts as none
    and yet has a gradient.  The paper draws ``A`` from a normal distribution; its own code and PEFT
    draw it from this uniform one.

    Args:
        base: The matrix.
        settings: How large the correction is.
        generator: Where ``A`` comes from.

    Example:
        >>> layer = LoraLinear(nn.Linear(6, 5, bias=False), Lora(rank=2), torch.Generator())
        >>> [(name, tuple(weight.shape)) for name, weight in layer.named_parameters()]
        [('base.weight', (5, 6)), ('lora_A.weight', (2, 6)), ('lora_B.weight', (5, 2))]
    """

    def __init__(self, base: nn.Linear, settings: Lora, generator: torch.Generator) -> None:
        super().__init__()
        self.base, self.settings = base, settings
        self.lora_A = _blank(base, base.in_features, settings.rank)
        self.lora_B = _blank(base, settings.rank, base.out_features)
        nn.init.kaiming_uniform_(self.lora_A.weight, a=sqrt(5), generator=generator)
        nn.init.zeros_(self.lora_B.weight)

    def forward(self, x: Float[Tensor, "*batch inputs"]) -> Float[Tensor, "*batch outputs"]:
        """Return what the corrected matrix makes of ``x``, without ever computing that matrix."""
        output: Tensor = self.base(x) + self.settings.scale * self.lora_B(self.lora_A(x))
        return output

    def merged(self) -> Float[Tensor, "outputs inputs"]:
        """Return the corrected matrix."""
        correction: Tensor = self.lora_B.weight @ self.lora_A.weight
        return self.base.weight + self.settings.scale * correction


def _blank(like: nn.Linear, inputs: int, outputs: int) -> nn.Linear:
    """Return a matrix without values: PyTorch would draw them from the global generator."""
    weight = like.weight
    layer = nn.Linear(inputs, outputs, bias=False, device="meta", dtype=weight.dtype)
    return layer.to_empty(device=weight.device)


def add_lora(model: TorchModel, settings: Lora, generator: torch.Generator) -> None:
    """Give matrices of a model's blocks their corrections, and let nothing else be trained.

    The model is changed in place, and computes what it did before.

    Args:
        model: A model without corrections.
        settings: How large they are, and of what.
        generator: Where their beginning comes from.

    Raises:
        InputError: If a target is in no block, or the model has corrections already.

    Example:
        >>> from llmbook.model import Config
        >>> model = TorchModel(Config(
        ...     vocab_size=11, d_model=8, n_layers=3, n_heads=4, n_kv_heads=2,
        ...     head_dim=6, d_ff=10, context=16,
        ... ))
        >>> add_lora(model, Lora(rank=2, targets=("q_proj",)), torch.Generator().manual_seed(0))
        >>> n_trained(model)  # 3 layers, rank 2, from 8 inputs to 4 heads of 6 numbers
        192
    """
    require_plain(model)
    linear = {
        name: layer
        for name, layer in model.named_modules()
        if isinstance(layer, nn.Linear) and ".layers." in name
    }
    chosen = set()
    for target in settings.targets:
        found = {name for name in linear if f".{name}".endswith(f".{target}")}
        if not found:
            ends = ", ".join(sorted({name.rpartition(".")[2] for name in linear}))
            raise InputError(f"no block has a matrix {target!r:.100}; there are {ends}")
        chosen |= found
    if not chosen:
        raise InputError("there is no target: an adapter has to change a matrix at least")
    model.requires_grad_(False)
    for name in linear:  # in the order of the model, so that a seed fixes what each one gets
        if name in chosen:
            model.set_submodule(name, LoraLinear(linear[name], settings, generator))


def merge(model: TorchModel) -> TorchModel:
    """Return a plain model with the corrections added to its matrices.

    The given one stays as it is, so nothing has to be taken out again.  The logits are equal but
    for rounding, as ``x @ (W + B @ A)`` sums in another order than ``x @ W + (x @ A) @ B``.

    Args:
        model: A model with corrections, or without.
    """
    plain = TorchModel(model.config).to(model.head.device, model.head.dtype)
    layers = dict(lora_layers(model))
    weights = {}
    with torch.no_grad():
        for name in plain.state_dict():
            layer = layers.get(name.removesuffix(".weight"))
            weights[name] = layer.merged() if layer else model.get_parameter(name)
    plain.load(weights)
    return plain


def lora_layers(model: TorchModel) -> Iterator[tuple[str, LoraLinear]]:
    """Yield the corrected matrices of a model, each with its name."""
    for name, layer in model.named_modules():
        if isinstance(layer, LoraLinear):
            yield name, layer


def require_plain(model: TorchModel) -> None:
    """Refuse a model that has corrections.

    Raises:
        InputError: If it has.
    """
    if any(lora_layers(model)):
        raise InputError("the model has an adapter already: merge it before you add another one")


def n_trained(model: nn.Module) -> int:
    """Return how many numbers of a model are trained."""
    return sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
