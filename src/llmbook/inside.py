"""One forward pass of a model with the lid off: everything inside is kept, and may be changed.

Explained in the chapter "Looking inside" of the part "Architecture".  The pass is that of
:meth:`llmbook.model.Model.forward`, without a cache, and gives the same numbers to the last bit.
On its way it stops at named places; what is found there is kept, and an *edit* may put something
else in its place, to see what the model then says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from llmbook._shapes import Array, Float, Int
from llmbook.errors import InputError
from llmbook.layers import attention_weights, rms_norm, rotate, swiglu
from llmbook.model import Model

PLACES = ("stream", "weights", "heads", "mlp")

Edit = Callable[[Any], Any]  # from an array to one of the same shape
Edits = Mapping[tuple[str, int], Edit]  # by place and layer


@dataclass(frozen=True)
class Trace:
    """What was inside the model while it read ``T`` tokens.

    Args:
        stream: The residual stream in front of each block, and behind the last one.
        weights: How much each token attended to each other, in each head.
        heads: What each head read, before its layer's output matrix joins the heads.
        mlp: What each feed-forward network added to the stream.
        logits: What the model says, one row for each token.
    """

    stream: Float[Array, "n_streams T d_model"]
    weights: Float[Array, "n_layers n_heads T T"]
    heads: Float[Array, "n_layers n_heads T head_dim"]
    mlp: Float[Array, "n_layers T d_model"]
    logits: Float[Array, "T vocab_size"]


def trace(model: Model, ids: Sequence[int] | Int[Array, " T"], edits: Edits | None = None) -> Trace:
    """Run a model, keep what is inside, and apply edits on the way.

    Args:
        model: Any model of this package.
        ids: Numbers of tokens, at most as many as the context.
        edits: Functions by place and layer, each from the array that is there to the one that
            shall be.  The places are those of :class:`Trace`; layers count from 0, and the stream
            behind the last block is that of layer ``n_layers``.

    Raises:
        InputError: If the ids are not the model's, or there is no such place or layer.

    Example:
        >>> from llmbook.model import Config
        >>> sizes = dict(vocab_size=11, d_model=8, n_layers=2, n_heads=4, n_kv_heads=2)
        >>> model = Model.random(Config(**sizes, head_dim=6, d_ff=10, context=16), seed=0)
        >>> seen = trace(model, [3, 1, 4, 1, 5])
        >>> seen.stream.shape, seen.weights.shape
        ((3, 5, 8), (2, 4, 5, 5))
        >>> bool((seen.logits == model.forward([3, 1, 4, 1, 5])).all())
        True
        >>> changed = trace(model, [3, 1, 4, 1, 5], {("heads", 1): without(0)})
        >>> bool((seen.logits == changed.logits).any())
        False
    """
    config, edits = model.config, edits or {}
    _check(edits, config.n_layers)
    numbers = model._checked_ids(ids, None)
    kept: dict[str, list[Any]] = {place: [] for place in PLACES}

    def pass_by(place: str, layer: int, array: Any) -> Any:
        if (place, layer) in edits:
            array = edits[place, layer](array)
        kept[place].append(array)
        return array

    x = model.embedding[numbers]
    for i, w in enumerate(model.blocks):
        x = pass_by("stream", i, x)
        query, key, value = _queries_keys_values(model, i, x)
        weights = pass_by("weights", i, attention_weights(query, key))
        shared = weights.reshape(len(value), -1, len(x))  # the heads that read the same values
        read = pass_by("heads", i, (shared @ value).reshape(query.shape))
        x = x + read.transpose(1, 0, 2).reshape(len(x), -1) @ w["self_attn.o_proj"].T
        normed = rms_norm(x, w["post_attention_layernorm"], config.norm_eps)
        gate_up_down = (w[f"mlp.{name}_proj"] for name in ("gate", "up", "down"))
        x = x + pass_by("mlp", i, swiglu(normed, *gate_up_down))
    x = pass_by("stream", config.n_layers, x)
    return Trace(**{place: np.stack(kept[place]) for place in PLACES}, logits=lens(model, x))


def lens(model: Model, x: Float[Array, "T d_model"]) -> Float[Array, "T vocab_size"]:
    """Return the logits that a residual stream would give if no block followed: the logit lens.

    Source: nostalgebraist, "interpreting GPT: the logit lens", 2020.
    """
    logits: Array = rms_norm(x, model.norm, model.config.norm_eps) @ model.head.T
    return logits


def without(*rows: int) -> Edit:
    """Return an edit that sets rows to zero: heads of ``"heads"``, or all if none is given.

    Example:
        >>> without(1)(np.ones((3, 2))).tolist()
        [[1.0, 1.0], [0.0, 0.0], [1.0, 1.0]]
    """
    return put(list(rows), 0) if rows else np.zeros_like


def put(rows: int | Sequence[int], new: Any) -> Edit:
    """Return an edit that writes ``new`` into rows, such as the tokens of a ``"stream"``.

    Example:
        >>> put(0, 7)(np.ones((2, 2))).tolist()
        [[7.0, 7.0], [1.0, 1.0]]
    """

    def edit(array: Any) -> Any:
        changed = array.copy()
        changed[rows] = new
        return changed

    return edit


def _queries_keys_values(
    model: Model, i: int, x: Float[Array, "T d_model"]
) -> tuple[Any, Any, Any]:
    """Return what the heads of a layer ask for, offer and hand over."""
    config, w = model.config, model.blocks[i]
    n_rotated = config.n_heads + config.n_kv_heads  # queries and keys, but not values
    normed = rms_norm(x, w["input_layernorm"], config.norm_eps)
    heads = (normed @ w["qkv"].T).reshape(len(x), -1, config.head_dim).transpose(1, 0, 2)
    rotated = rotate(heads[:n_rotated], model.cos[: len(x)], model.sin[: len(x)])
    return rotated[: config.n_heads], rotated[config.n_heads :], heads[n_rotated:]


def _check(edits: Edits, n_layers: int) -> None:
    """Refuse an edit that would never be applied."""
    for place, layer in edits:
        if place not in PLACES:
            raise InputError(f"there is no place {place!r}: it has to be {', '.join(PLACES)}")
        last = n_layers if place == "stream" else n_layers - 1
        if not 0 <= layer <= last:
            raise InputError(f"{place!r} has layers from 0 to {last}, and no layer {layer}")
