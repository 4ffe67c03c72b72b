"""The same language model in PyTorch, which can be trained: the twin of :mod:`llmbook.model`.

Explained in the chapter "Pre-training" of the part "Training process".  The modules are named so
that ``state_dict()`` has the names of a Hugging Face checkpoint, and the logits are those of the
NumPy model.  What PyTorch adds is a gradient for every weight, and an axis ``B`` for a batch of
sequences.

Source: as for :mod:`llmbook.model`.
"""

from collections.abc import Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from torch import Tensor, nn

from llmbook._shapes import Float, Int
from llmbook.layers import rope_tables
from llmbook.model import HEAD, Config, Model

_SMALL = 0.02  # where the scale of the logits starts


class Attention(nn.Module):
    """Let each token read from those before it, with grouped queries and rotated positions."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        queries, keys = config.n_heads * config.head_dim, config.n_kv_heads * config.head_dim
        self.head_dim = config.head_dim
        self.grouped = config.n_kv_heads != config.n_heads
        self.q_proj = nn.Linear(config.d_model, queries, bias=False)
        self.k_proj = nn.Linear(config.d_model, keys, bias=False)
        self.v_proj = nn.Linear(config.d_model, keys, bias=False)
        self.o_proj = nn.Linear(queries, config.d_model, bias=False)

    def forward(
        self,
        x: Float[Tensor, "B T d_model"],
        cos: Float[Tensor, "T half"],
        sin: Float[Tensor, "T half"],
    ) -> Float[Tensor, "B T d_model"]:
        """Return what each token reads."""
        query = rotate(self._heads(self.q_proj(x)), cos, sin)
        key = rotate(self._heads(self.k_proj(x)), cos, sin)
        value = self._heads(self.v_proj(x))
        read = F.scaled_dot_product_attention(
            query, key, value, is_causal=True, enable_gqa=self.grouped
        )
        output: Tensor = self.o_proj(read.transpose(1, 2).flatten(2))
        return output

    def _heads(self, x: Float[Tensor, "B T n"]) -> Float[Tensor, "B heads T head_dim"]:
        return x.reshape(*x.shape[:2], -1, self.head_dim).transpose(1, 2)


class FeedForward(nn.Module):
    """Let each token think on its own: the gated network, SwiGLU."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(config.d_model, config.d_ff, bias=False)
        self.up_proj = nn.Linear(config.d_model, config.d_ff, bias=False)
        self.down_proj = nn.Linear(config.d_ff, config.d_model, bias=False)

    def forward(self, x: Float[Tensor, "B T d_model"]) -> Float[Tensor, "B T d_model"]:
        """Return ``down(silu(gate(x)) * up(x))``."""
        output: Tensor = self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))
        return output


class Block(nn.Module):
    """Attention, then the feed-forward network; each reads a normalized ``x`` and is added to it."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.input_layernorm = nn.RMSNorm(config.d_model, config.norm_eps)
        self.self_attn = Attention(config)
        self.post_attention_layernorm = nn.RMSNorm(config.d_model, config.norm_eps)
        self.mlp = FeedForward(config)

    def forward(
        self,
        x: Float[Tensor, "B T d_model"],
        cos: Float[Tensor, "T half"],
        sin: Float[Tensor, "T half"],
    ) -> Float[Tensor, "B T d_model"]:
        """Return the tokens' vectors after this block."""
        x = x + self.self_attn(self.input_layernorm(x), cos, sin)
        return x + self.mlp(self.post_attention_layernorm(x))  # type: ignore[no-any-return]


class Body(nn.Module):
    """All of the model but the scores: embedding, blocks, last normalization."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(config.vocab_size, config.d_model)
        self.layers = nn.ModuleList(Block(config) for _ in range(config.n_layers))
        self.norm = nn.RMSNorm(config.d_model, config.norm_eps)
        cos, sin = rope_tables(
            config.context, config.head_dim, config.rope_theta, config.rope_scaling
        )
        # Computed, not learned: they move with the model, and no checkpoint stores them.
        self.cos: Tensor
        self.sin: Tensor
        self.register_buffer("cos", torch.from_numpy(cos), persistent=False)
        self.register_buffer("sin", torch.from_numpy(sin), persistent=False)

    def forward(self, ids: Int[Tensor, "B T"]) -> Float[Tensor, "B T d_model"]:
        """Return the vector of each token after the last normalization."""
        x = self.embed_tokens(ids)
        cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
        for block in self.layers:
            x = block(x, cos, sin)
        return self.norm(x)  # type: ignore[no-any-return]


class TorchModel(nn.Module):
    """A language model that can be trained: ids of tokens in, scores for each next token out.

    Its weights are as PyTorch makes them until :meth:`initialize` or :meth:`from_model` sets them.

    Args:
        config: The sizes, as for :class:`llmbook.model.Model`.

    Example:
        >>> config = Config(
        ...     vocab_size=11, d_model=8, n_layers=2, n_heads=4, n_kv_heads=2,
        ...     head_dim=6, d_ff=10, context=16,
        ... )
        >>> model = Model.random(config, seed=0)
        >>> twin = TorchModel.from_model(model)
        >>> ids = [3, 1, 4, 1, 5]
        >>> logits = twin(torch.tensor([ids]))
        >>> tuple(logits.shape), "model.layers.0.self_attn.q_proj.weight" in twin.state_dict()
        ((1, 5, 11), True)
        >>> bool((logits[0] - torch.from_numpy(model.forward(ids))).abs().max() < 1e-4)
        True
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.model = Body(config)
        if not config.tied:
            self.lm_head = nn.Linear(config.d_model, config.vocab_size, bias=False)

    @property
    def head(self) -> Float[Tensor, "vocab_size d_model"]:
        """The matrix that scores the next token: the embedding itself, if they are tied."""
        return self.model.embed_tokens.weight if self.config.tied else self.lm_head.weight

    def forward(self, ids: Int[Tensor, "B T"]) -> Float[Tensor, "B T vocab_size"]:
        """Return the logits of the token that follows each given one."""
        return F.linear(self.hidden(ids), self.head)

    def hidden(self, ids: Int[Tensor, "B T"]) -> Float[Tensor, "B T d_model"]:
        """Return the vector of each token after the last normalization, before the logits."""
        vectors: Tensor = self.model(ids)
        return vectors

    def initialize(self, generator: torch.Generator) -> "TorchModel":
        """Set the weights that training starts from, and return the model.

        Matrices are normal with a deviation of ``1 / sqrt(inputs)``, so that vectors keep their
        length.  The matrices that write to the residual stream are 0: each block starts as doing
        nothing, and learns what to add.

        The embedding starts at 1, as large as what the blocks will add to it: beside that, the
        usual 0.02 would say too softly which of many similar tokens was read.  Whatever gives the
        logits makes up for that, so that the first guesses are nearly uniform: the last
        normalization if the embedding is tied, or else the head.
        """
        small = "model.norm.weight" if self.config.tied else HEAD
        for name, weight in self.named_parameters():
            with torch.no_grad():
                if weight.ndim == 1:
                    weight.fill_(_SMALL if name == small else 1)
                elif name.endswith(("o_proj.weight", "down_proj.weight")):
                    weight.zero_()
                elif name.endswith("embed_tokens.weight"):
                    weight.normal_(0, 1, generator=generator)
                else:
                    deviation = _SMALL if name == small else weight.shape[1] ** -0.5
                    weight.normal_(0, deviation, generator=generator)
        return self

    @classmethod
    def from_model(cls, model: Model) -> "TorchModel":
        """Return the twin of a NumPy model; the weights are copied."""
        twin = cls(model.config)
        twin.load({name: torch.tensor(array) for name, array in model.weights.items()})
        return twin

    def to_model(self) -> Model:
        """Return this model in NumPy; the weights are copied.

        Raises:
            InputError: If a weight is not finite.
        """
        weights = {k: v.detach().cpu().float().numpy().copy() for k, v in self.state_dict().items()}
        return Model(self.config, weights)

    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Take weights by their names; each must be there, and no other."""
        self.load_state_dict(dict(weights), strict=True)


def rotate(
    x: Float[Tensor, "*heads T head_dim"],
    cos: Float[Tensor, "T half"],
    sin: Float[Tensor, "T half"],
) -> Float[Tensor, "*heads T head_dim"]:
    """Rotate queries or keys by their positions, as :func:`llmbook.layers.rotate` does."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1)
