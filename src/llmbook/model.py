"""A language model of the Llama family in NumPy: numbers of tokens in, scores for the next out.

Explained in the part "Architecture" of the book.  The model is what :mod:`llmbook.layers` joins
together; its weights keep the names and the shapes that they have in a Hugging Face checkpoint, and
its scores are those of ``LlamaForCausalLM``.

Everything is single precision.  One sequence is read at a time: there is no axis for a batch.

Source: Touvron et al., "LLaMA", 2023, section 2.2, with the grouped heads and the scaled rotations
of Llama 3.1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from llmbook._shapes import Array, Float, Int
from llmbook.errors import InputError
from llmbook.layers import RopeScaling, attention, rms_norm, rope_tables, rotate, swiglu

EMBEDDING = "model.embed_tokens.weight"
NORM = "model.norm.weight"
HEAD = "lm_head.weight"


@dataclass(frozen=True, kw_only=True)
class Config:
    """The sizes of a model and the few choices that its weights do not show.

    Args:
        vocab_size: How many tokens there are.
        d_model: Width of the residual stream, the vector that stands for a token.
        n_layers: How many blocks follow each other.
        n_heads: Heads of queries in each block.
        n_kv_heads: Heads of keys and values; it divides ``n_heads``.
        head_dim: Size of one query, key or value; an even number.
        d_ff: Inner width of the feed-forward network.
        context: The most tokens that the model reads.
        rope_theta: Base of the rotations' frequencies.
        rope_scaling: How the rotations are slowed down, if they are.
        norm_eps: Added to the mean square in each normalization.
        tied: Whether the embedding of the tokens also scores the next one.

    Raises:
        InputError: If one of them makes no sense.

    Example:
        >>> config = Config(
        ...     vocab_size=1000, d_model=192, n_layers=4, n_heads=6, n_kv_heads=2,
        ...     head_dim=32, d_ff=512, context=256,
        ... )
        >>> config.n_parameters
        1766592
    """

    vocab_size: int
    d_model: int
    n_layers: int
    n_heads: int
    n_kv_heads: int
    head_dim: int
    d_ff: int
    context: int
    rope_theta: float = 10_000.0
    rope_scaling: RopeScaling | None = None
    norm_eps: float = 1e-5
    tied: bool = True

    def __post_init__(self) -> None:
        sizes = ("vocab_size", "d_model", "n_layers", "n_heads", "n_kv_heads", "head_dim", "d_ff")
        for name in (*sizes, "context"):
            value = getattr(self, name)
            if type(value) is not int or value < 1:
                raise InputError(f"config: {name} has to be a positive whole number, not {value!r}")
        for name in ("rope_theta", "norm_eps"):
            value = getattr(self, name)
            if type(value) not in (int, float) or not isfinite(value) or value <= 0:
                raise InputError(f"config: {name} has to be a positive number, not {value!r}")
        if not isinstance(self.rope_scaling, RopeScaling | None):
            raise InputError(f"config: rope_scaling is not a RopeScaling: {self.rope_scaling!r}")
        if type(self.tied) is not bool:
            raise InputError(f"config: tied has to be True or False, not {self.tied!r}")
        if self.n_heads % self.n_kv_heads:
            raise InputError(
                f"config: n_kv_heads has to divide n_heads, and {self.n_kv_heads} "
                f"does not divide {self.n_heads}"
            )
        if self.head_dim % 2:
            raise InputError(f"config: head_dim has to be even, not {self.head_dim}")

    @property
    def n_parameters(self) -> int:
        """How many numbers the training sets; a tied embedding counts once."""
        block = (
            2 * self.d_model * self.head_dim * (self.n_heads + self.n_kv_heads)  # q and o, k and v
            + 3 * self.d_model * self.d_ff  # gate, up and down
            + 2 * self.d_model  # the two normalizations
        )
        embeddings = self.vocab_size * self.d_model * (1 if self.tied else 2)
        return embeddings + self.n_layers * block + self.d_model

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of each array of weights; a matrix has a row for each output.

        Example:
            >>> config = Config(
            ...     vocab_size=9, d_model=8, n_layers=1, n_heads=3, n_kv_heads=1,
            ...     head_dim=4, d_ff=7, context=5,
            ... )
            >>> config.shapes["model.layers.0.self_attn.q_proj.weight"]
            (12, 8)
        """
        queries, keys = self.n_heads * self.head_dim, self.n_kv_heads * self.head_dim
        block = {
            "input_layernorm": (self.d_model,),
            "self_attn.q_proj": (queries, self.d_model),
            "self_attn.k_proj": (keys, self.d_model),
            "self_attn.v_proj": (keys, self.d_model),
            "self_attn.o_proj": (self.d_model, queries),
            "post_attention_layernorm": (self.d_model,),
            "mlp.gate_proj": (self.d_ff, self.d_model),
            "mlp.up_proj": (self.d_ff, self.d_model),
            "mlp.down_proj": (self.d_model, self.d_ff),
        }
        shapes: dict[str, tuple[int, ...]] = {EMBEDDING: (self.vocab_size, self.d_model)}
        for i in range(self.n_layers):
            shapes |= {f"model.layers.{i}.{name}.weight": shape for name, shape in block.items()}
        shapes[NORM] = (self.d_model,)
        if not self.tied:
            shapes[HEAD] = (self.vocab_size, self.d_model)
        return shapes


class Cache:
    """The keys and values of the tokens that a model has read, so that it reads each one once.

    The arrays are as large from the start as they will ever be.  To forget the last tokens, lower
    ``length``.

    Args:
        config: The sizes of the model.
        capacity: The most tokens to be remembered.
    """

    def __init__(self, config: Config, capacity: int) -> None:
        shape = (config.n_layers, config.n_kv_heads, capacity, config.head_dim)
        self.keys = np.empty(shape, dtype=np.float32)
        self.values = np.empty(shape, dtype=np.float32)
        self.capacity = capacity
        self.length = 0  # how many tokens all layers have seen

    def extend(
        self,
        layer: int,
        key: Float[Array, "n_kv_heads T head_dim"],
        value: Float[Array, "n_kv_heads T head_dim"],
    ) -> tuple[Float[Array, "n_kv_heads S head_dim"], Float[Array, "n_kv_heads S head_dim"]]:
        """Write one layer's keys and values of new tokens; return those of all tokens so far."""
        end = self.length + key.shape[1]
        self.keys[layer, :, self.length : end] = key
        self.values[layer, :, self.length : end] = value
        return self.keys[layer, :, :end], self.values[layer, :, :end]


class Model:
    """A language model: numbers of tokens in, scores for each next token out.

    Args:
        config: The sizes.
        weights: Arrays by name, as :attr:`Config.shapes` lists them.  Half precision is widened;
            arrays that are single precision already are used as they are, not copied.

    Raises:
        InputError: If an array is missing, superfluous, of another shape, or holds numbers that
            are not finite.

    Example:
        >>> config = Config(
        ...     vocab_size=11, d_model=8, n_layers=2, n_heads=4, n_kv_heads=2,
        ...     head_dim=6, d_ff=10, context=16,
        ... )
        >>> model = Model.random(config, seed=0)
        >>> model.forward([3, 1, 4, 1, 5]).shape
        (5, 11)

        With a cache the same tokens may come in several parts:

        >>> cache = model.new_cache()
        >>> first, second = model.forward([3, 1, 4], cache), model.forward([1, 5], cache)
        >>> bool(np.allclose(second[-1], model.forward([3, 1, 4, 1, 5])[-1], atol=1e-6))
        True
    """

    def __init__(self, config: Config, weights: Mapping[str, Any]) -> None:
        self.config = config
        self.weights = _checked(config, weights)
        self.embedding = self.weights[EMBEDDING]
        self.norm = self.weights[NORM]
        self.head = self.embedding if config.tied else self.weights[HEAD]
        self.blocks = [self._block_weights(i) for i in range(config.n_layers)]
        self.cos, self.sin = rope_tables(
            config.context, config.head_dim, config.rope_theta, config.rope_scaling
        )

    @classmethod
    def random(cls, config: Config, seed: int) -> "Model":
        """Return a model that has learned nothing: normal numbers of deviation 0.02, norms of 1.

        This is how ``LlamaForCausalLM`` starts as well.
        """
        generator = np.random.default_rng(seed)
        weights = {
            name: np.ones(shape, dtype=np.float32)
            if len(shape) == 1
            else np.float32(0.02) * generator.standard_normal(shape, dtype=np.float32)
            for name, shape in config.shapes.items()
        }
        return cls(config, weights)

    def new_cache(self, capacity: int | None = None) -> Cache:
        """Return an empty cache for as many tokens as the model can read, or fewer."""
        return Cache(self.config, self.config.context if capacity is None else capacity)

    def forward(
        self, ids: Sequence[int] | Int[Array, " T"], cache: Cache | None = None
    ) -> Float[Array, "T vocab_size"]:
        """Return the logits of the token that follows each given one.

        Args:
            ids: Numbers of tokens, from 0 to ``vocab_size - 1``.
            cache: What was read before.  Then ``ids`` are the new tokens only, and the cache grows
                by them; it stays as it was if an error is raised.

        Raises:
            InputError: If there are no ids, one is out of range, or they exceed the context.
        """
        return self.hidden(ids, cache) @ self.head.T

    def hidden(
        self, ids: Sequence[int] | Int[Array, " T"], cache: Cache | None = None
    ) -> Float[Array, "T d_model"]:
        """Return the vector of each token after the last normalization, before the logits.

        Arguments and errors are those of :meth:`forward`.
        """
        numbers = self._checked_ids(ids, cache)
        if cache is None:
            cache = Cache(self.config, len(numbers))
        x = self.embedding[numbers]
        for i in range(self.config.n_layers):
            x = self.block(i, x, cache)
        cache.length += len(numbers)
        return rms_norm(x, self.norm, self.config.norm_eps)

    def block(
        self, i: int, x: Float[Array, "T d_model"], cache: Cache
    ) -> Float[Array, "T d_model"]:
        """Send the tokens through one block: attention, then feed-forward, each added to ``x``.

        The cache receives the keys and values; its length is raised once all blocks have run.
        """
        w, eps = self.blocks[i], self.config.norm_eps
        x = x + self._attend(i, rms_norm(x, w["input_layernorm"], eps), cache)
        return x + swiglu(
            rms_norm(x, w["post_attention_layernorm"], eps),
            gate=w["mlp.gate_proj"],
            up=w["mlp.up_proj"],
            down=w["mlp.down_proj"],
        )

    def _attend(
        self, i: int, x: Float[Array, "T d_model"], cache: Cache
    ) -> Float[Array, "T d_model"]:
        """Let the tokens read from each other and from those in the cache."""
        w, n_queries = self.blocks[i], self.config.n_heads
        n_rotated = n_queries + self.config.n_kv_heads  # queries and keys, but not values
        here = slice(cache.length, cache.length + len(x))
        heads = (x @ w["qkv"].T).reshape(len(x), -1, self.config.head_dim).transpose(1, 0, 2)
        rotated = rotate(heads[:n_rotated], self.cos[here], self.sin[here])
        keys, values = cache.extend(i, rotated[n_queries:], heads[n_rotated:])
        read = attention(rotated[:n_queries], keys, values)
        return read.transpose(1, 0, 2).reshape(len(x), -1) @ w["self_attn.o_proj"].T

    def _block_weights(self, i: int) -> dict[str, Any]:
        """Return the weights of one block by short names, with q, k and v in one matrix as well."""
        prefix = f"model.layers.{i}."
        names = [f"{prefix}self_attn.{letter}_proj.weight" for letter in "qkv"]
        # One product takes less time than three.  The three become views: nothing is stored twice.
        qkv = np.concatenate([self.weights[name] for name in names])
        ends = np.cumsum([len(self.weights[name]) for name in names])
        self.weights |= zip(names, np.split(qkv, ends[:-1]), strict=True)
        short = {
            name.removeprefix(prefix).removesuffix(".weight"): array
            for name, array in self.weights.items()
            if name.startswith(prefix)
        }
        return short | {"qkv": qkv}

    def _checked_ids(
        self, ids: Sequence[int] | Int[Array, " T"], cache: Cache | None
    ) -> Int[Array, " T"]:
        """Return the ids as an array, or raise an error that says what is wrong with them."""
        numbers = np.asarray(ids)
        if numbers.size == 0:
            raise InputError("there are no token ids: the model needs one at least")
        if numbers.ndim != 1 or numbers.dtype.kind not in "iu":
            raise InputError("token ids have to be one sequence of whole numbers")
        low, high = numbers.min(), numbers.max()
        if low < 0 or high >= self.config.vocab_size:
            raise InputError(
                f"token id {low if low < 0 else high} is not in the vocabulary: "
                f"ids go from 0 to {self.config.vocab_size - 1}"
            )
        before = cache.length if cache else 0
        room = min(cache.capacity, self.config.context) if cache else self.config.context
        if before + len(numbers) > room:
            raise InputError(
                f"{before + len(numbers)} tokens do not fit into the context of {room} tokens"
            )
        return numbers


def _checked(config: Config, weights: Mapping[str, Any]) -> dict[str, Any]:
    """Return the weights in single precision, each exactly as the configuration asks for."""
    shapes = config.shapes
    for name in sorted(shapes.keys() - weights.keys()):
        raise InputError(f"weights: {name} is missing")
    for name in sorted(weights.keys() - shapes.keys()):
        if not (config.tied and name == HEAD and np.array_equal(weights[HEAD], weights[EMBEDDING])):
            raise InputError(f"weights: {name} has no place in a model of this configuration")
    checked = {}
    for name, shape in shapes.items():
        array = np.asarray(weights[name])
        if array.shape != shape:
            raise InputError(f"weights: {name} has the shape {array.shape} instead of {shape}")
        if array.dtype.kind != "f":
            raise InputError(
                f"weights: {name} holds {array.dtype} instead of floating-point numbers"
            )
        with np.errstate(
            over="ignore"
        ):  # too large for single precision: infinite, and found below
            array = np.ascontiguousarray(array, dtype=np.float32)
        if not np.isfinite(array).all():
            raise InputError(f"weights: {name} holds numbers that are not finite")
        checked[name] = array
    return checked
