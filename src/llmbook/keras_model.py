"""The same language model in Keras, which runs on TensorFlow, PyTorch or JAX.

Explained in the chapter "TensorFlow" of the part "Getting started".  The environment variable
``KERAS_BACKEND`` chooses what computes, before Keras is imported; TensorFlow is the default.  A
layer has the name that its weights have in a Hugging Face checkpoint, so a model is filled and read
by these names.  What Keras calls a kernel has a row for each input, and is turned over.

Source: as for :mod:`llmbook.model`.
"""

from typing import Any

import numpy as np

from llmbook.errors import InputError
from llmbook.layers import rope_tables
from llmbook.model import EMBEDDING, HEAD, NORM, Config, Model

try:
    import keras
    from keras import layers, ops
except ModuleNotFoundError as error:
    raise InputError(
        f'the model in Keras needs {error.name}: pip install "llmbook[keras]", or let '
        "KERAS_BACKEND name what is installed (tensorflow, torch or jax)"
    ) from None


class Attention(layers.Layer):  # type: ignore[misc]
    """Let each token read from those before it; this layer has no weights.

    Args:
        config: The sizes, as for :class:`llmbook.model.Model`.
        name: What Keras calls the layer.
    """

    def __init__(self, config: Config, name: str) -> None:
        super().__init__(name=name)
        self.sizes = config
        self.cos, self.sin = rope_tables(
            config.context, config.head_dim, config.rope_theta, config.rope_scaling
        )

    def call(self, query: Any, key: Any, value: Any) -> Any:
        """Return what each token reads: ``[B, T, n_heads * head_dim]``, as ``query`` is."""
        sharing = self.sizes.n_heads // self.sizes.n_kv_heads  # queries for one key
        shape = ops.shape(query)
        query, key, value = (self._heads(x) for x in (query, key, value))
        query, key = self._rotate(query), self._rotate(key)
        key, value = ops.repeat(key, sharing, axis=2), ops.repeat(value, sharing, axis=2)
        return ops.reshape(ops.dot_product_attention(query, key, value, is_causal=True), shape)

    def compute_output_shape(self, query_shape: Any, key_shape: Any, value_shape: Any) -> Any:  # noqa: ARG002
        """Return the shape of the output; Keras would try a context that is too long."""
        return query_shape

    def _heads(self, x: Any) -> Any:
        """Cut vectors into heads: ``[B, T, heads, head_dim]``."""
        size = self.sizes.head_dim
        return ops.reshape(x, (*ops.shape(x)[:2], x.shape[-1] // size, size))

    def _rotate(self, x: Any) -> Any:
        """Rotate heads by their positions, as :func:`llmbook.layers.rotate` does."""
        length = ops.shape(x)[1]
        tables = (ops.convert_to_tensor(t, self.compute_dtype) for t in (self.cos, self.sin))
        cos, sin = (table[:length, None] for table in tables)
        first, second = ops.split(x, 2, axis=-1)
        return ops.concatenate((first * cos - second * sin, second * cos + first * sin), axis=-1)


def build(config: Config) -> Any:
    """Return a new model: numbers of tokens ``[B, T]`` in, logits ``[B, T, vocab_size]`` out.

    Its weights are as Keras makes them.

    Args:
        config: The sizes, as for :class:`llmbook.model.Model`.

    Returns:
        A ``keras.Model``, with ``compile``, ``fit`` and ``summary``.
    """

    def dense(name: str, size: int, x: Any, activation: str | None = None) -> Any:
        return layers.Dense(size, activation, use_bias=False, name=layer_name(name))(x)

    def norm(name: str, x: Any) -> Any:
        return layers.RMSNormalization(epsilon=config.norm_eps, name=layer_name(name))(x)

    queries, keys = config.n_heads * config.head_dim, config.n_kv_heads * config.head_dim
    ids = keras.Input((None,), dtype="int32", name="ids")
    embedding = layers.ReversibleEmbedding(
        config.vocab_size, config.d_model, name=layer_name(EMBEDDING)
    )
    x = embedding(ids)
    for i in range(config.n_layers):
        block = f"model.layers.{i}"
        y = norm(f"{block}.input_layernorm", x)
        query = dense(f"{block}.self_attn.q_proj", queries, y)
        key = dense(f"{block}.self_attn.k_proj", keys, y)
        value = dense(f"{block}.self_attn.v_proj", keys, y)
        read = Attention(config, layer_name(f"{block}.self_attn"))(query, key, value)
        x = x + dense(f"{block}.self_attn.o_proj", config.d_model, read)
        y = norm(f"{block}.post_attention_layernorm", x)
        gate = dense(f"{block}.mlp.gate_proj", config.d_ff, y, "silu")
        up = dense(f"{block}.mlp.up_proj", config.d_ff, y)
        x = x + dense(f"{block}.mlp.down_proj", config.d_model, gate * up)
    x = norm(NORM, x)
    tied = config.tied
    return keras.Model(
        ids, embedding(x, reverse=True) if tied else dense(HEAD, config.vocab_size, x)
    )


def layer_name(name: str) -> str:
    """Return what Keras calls the layer with a weight; PyTorch allows no dots in it.

    Example:
        >>> layer_name("model.layers.0.mlp.up_proj.weight")
        'model_layers_0_mlp_up_proj'
    """
    return name.removesuffix(".weight").replace(".", "_")


def to_keras(model: Model) -> Any:
    """Return the twin of a NumPy model; the weights are copied."""
    twin = build(model.config)
    for name, array in model.weights.items():
        layer = twin.get_layer(layer_name(name))
        layer.set_weights([array.T if isinstance(layer, layers.Dense) else array])
    return twin


def from_keras(twin: Any, config: Config) -> Model:
    """Return a model of :func:`build` in NumPy; the weights are copied.

    Raises:
        InputError: If a weight is not finite.
    """
    weights = {}
    for name in config.shapes:
        layer = twin.get_layer(layer_name(name))
        [array] = layer.get_weights()
        weights[name] = np.array(array.T if isinstance(layer, layers.Dense) else array)
    return Model(config, weights)
