"""The parts of a Transformer as pure functions: arrays in, arrays out, nothing remembered.

Explained in the part "Architecture" of the book.  :mod:`llmbook.model` joins these parts to a
model of the Llama family.

Axes have the same names everywhere.  ``T`` counts the tokens that are read now, and ``S`` all
tokens up to the last of them.  ``half`` is half of ``head_dim``.  A matrix of weights has one row
for each output and one column for each input, the way checkpoints store it, so it is applied as
``x @ weight.T``.
"""

from dataclasses import dataclass
from math import isfinite, pi, sqrt

import numpy as np

from llmbook._shapes import Array, Float
from llmbook.errors import InputError

# --- From scores to probabilities ----------------------------------------------------------------


def softmax(logits: Float[Array, "*batch n"]) -> Float[Array, "*batch n"]:
    """Turn scores into probabilities: positive numbers that sum to 1 along the last axis.

    Each probability is ``exp(logit)`` divided by the sum of them all.  Adding a constant to every
    logit changes nothing, so the largest becomes 0 first and no exponential can overflow.

    Args:
        logits: Scores.  ``-inf`` gets the probability 0; one score at least must be finite.

    Example:
        >>> softmax(np.array([1000.0, 1000.0, 1000.0 + np.log(2)])).round(3).tolist()
        [0.25, 0.25, 0.5]
    """
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


# --- Normalization -------------------------------------------------------------------------------


def rms_norm(
    x: Float[Array, "*batch d"], weight: Float[Array, " d"], eps: float = 1e-5
) -> Float[Array, "*batch d"]:
    """Scale each vector to a root mean square of 1, then each of its entries by a learned weight.

    Source: Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019, section 3, equation 4.

    Args:
        x: Vectors along the last axis.
        weight: One factor for each entry.
        eps: Added to the mean square, so that a vector of zeros stays one.

    Example:
        >>> rms_norm(np.array([3.0, -4.0, 0.0, 0.0]), np.ones(4)).round(3).tolist()
        [1.2, -1.6, 0.0, 0.0]
    """
    mean_square = np.vecdot(x, x)[..., None] / x.shape[-1]
    return x / np.sqrt(mean_square + eps) * weight


def layer_norm(
    x: Float[Array, "*batch d"],
    weight: Float[Array, " d"],
    bias: Float[Array, " d"],
    eps: float = 1e-5,
) -> Float[Array, "*batch d"]:
    """Shift each vector to a mean of 0 and scale it to a variance of 1; then weight and bias act.

    The 2017 Transformer and GPT-2 normalize this way.  :func:`rms_norm` leaves out the shifts.

    Source: Ba, Kiros and Hinton, "Layer Normalization", 2016, section 3, equation 3.

    Args:
        x: Vectors along the last axis.
        weight: One factor for each entry.
        bias: One summand for each entry.
        eps: Added to the variance, so that a vector of equal entries becomes zeros.

    Example:
        >>> layer_norm(np.array([1.0, 2.0, 3.0]), np.ones(3), np.zeros(3)).round(3).tolist()
        [-1.225, 0.0, 1.225]
    """
    centered = x - x.mean(axis=-1, keepdims=True)
    variance = np.vecdot(centered, centered)[..., None] / x.shape[-1]
    return centered / np.sqrt(variance + eps) * weight + bias


# --- The feed-forward network --------------------------------------------------------------------


def silu(x: Float[Array, "*batch n"]) -> Float[Array, "*batch n"]:
    """Multiply each number by its own sigmoid: about ``x`` when positive, about 0 when negative.

    The name is short for sigmoid linear unit; the same function is called Swish.

    Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.

    Example:
        >>> silu(np.array([-1000.0, -1.0, 0.0, 1.0, 1000.0])).round(3).tolist()
        [0.0, -0.269, 0.0, 0.731, 1000.0]
    """
    half = x / 2  # sigmoid(x) is (1 + tanh(x / 2)) / 2, and tanh cannot overflow as exp(-x) can
    return half + half * np.tanh(half)


def swiglu(
    x: Float[Array, "T d_model"],
    gate: Float[Array, "d_ff d_model"],
    up: Float[Array, "d_ff d_model"],
    down: Float[Array, "d_model d_ff"],
) -> Float[Array, "T d_model"]:
    """Apply the gated feed-forward network to each token on its own.

    ``up`` computes ``d_ff`` features, ``silu`` of ``gate`` decides how much of each passes, and
    ``down`` brings them back to the width of the model.

    Source: Shazeer, "GLU Variants Improve Transformer", 2020, section 2, equation 6.

    Example:
        >>> x, eye = np.array([[1.0, -1.0]]), np.eye(2)
        >>> swiglu(x, gate=eye, up=eye, down=eye).round(3).tolist()
        [[0.731, 0.269]]
    """
    return (silu(x @ gate.T) * (x @ up.T)) @ down.T


# --- Positions -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class RopeScaling:
    """How the rotations are slowed down, so that a model reads longer texts than in its training.

    The names and values are those of ``rope_scaling`` in a checkpoint's ``config.json``, except
    that ``original_context`` is called ``original_max_position_embeddings`` there.

    Args:
        rope_type: ``"default"`` changes nothing, ``"linear"`` slows every rotation, and
            ``"llama3"`` only those that turn less than ``high_freq_factor`` times in
            ``original_context`` tokens.
        factor: Slower by this factor.
        low_freq_factor: For llama3: what turns less often than this is slowed by the whole factor.
        high_freq_factor: For llama3: what turns more often than this stays as it is.
        original_context: For llama3: the context that the model was trained on, in tokens.

    Raises:
        InputError: If the type is another one or a number makes no sense.
    """

    rope_type: str = "default"
    factor: float = 1.0
    low_freq_factor: float = 1.0
    high_freq_factor: float = 4.0
    original_context: int = 8192

    def __post_init__(self) -> None:
        if self.rope_type not in ("default", "linear", "llama3"):
            raise InputError(
                f"rope scaling of type {self.rope_type!r} is not supported: "
                "it has to be 'default', 'linear' or 'llama3'"
            )
        for name in ("factor", "low_freq_factor", "high_freq_factor", "original_context"):
            value = getattr(self, name)
            if type(value) not in (int, float) or not isfinite(value) or value <= 0:
                raise InputError(f"rope scaling: {name} has to be a positive number, not {value!r}")
        if self.low_freq_factor >= self.high_freq_factor:
            raise InputError("rope scaling: low_freq_factor has to be less than high_freq_factor")


def rope_frequencies(
    head_dim: int, theta: float = 10_000.0, scaling: RopeScaling | None = None
) -> Float[Array, " half"]:
    """Return how fast each pair of coordinates rotates, in radians per token.

    The first pair turns by one radian for each token.  The others form a geometric sequence that
    ends a little above ``1 / theta``.

    Sources: Su et al., "RoFormer", 2021, section 3.2.2; the scaling follows Llama 3.1.

    Args:
        head_dim: The size of a query or a key; an even number.
        theta: The base of the sequence.
        scaling: How the rotations are slowed down.

    Example:
        >>> rope_frequencies(head_dim=8).astype(float).round(4).tolist()
        [1.0, 0.1, 0.01, 0.001]
        >>> slower = RopeScaling("llama3", factor=8, original_context=256)
        >>> (rope_frequencies(8) / rope_frequencies(8, scaling=slower)).round().tolist()
        [1.0, 1.0, 8.0, 8.0]
    """
    # Single precision, as everywhere: at far positions its rounding is part of a trained model.
    frequencies = 1 / theta ** (np.arange(0, head_dim, 2, dtype=np.float32) / head_dim)
    if scaling is None or scaling.rope_type == "default":
        return frequencies
    slowed = frequencies / scaling.factor
    if scaling.rope_type == "linear":
        return slowed
    turns = scaling.original_context * frequencies / (2 * pi)  # within the original context
    low, high = scaling.low_freq_factor, scaling.high_freq_factor
    kept = np.clip((turns - low) / (high - low), 0, 1)
    return kept * frequencies + (1 - kept) * slowed


def rope_tables(
    context: int, head_dim: int, theta: float = 10_000.0, scaling: RopeScaling | None = None
) -> tuple[Float[Array, "context half"], Float[Array, "context half"]]:
    """Return the cosine and the sine of each rotation at each position, for :func:`rotate`.

    Example:
        >>> cos, sin = rope_tables(context=5, head_dim=6)
        >>> cos.shape, cos[0].tolist(), sin[0].tolist()
        ((5, 3), [1.0, 1.0, 1.0], [0.0, 0.0, 0.0])
    """
    positions = np.arange(context, dtype=np.float32)
    angles = np.outer(positions, rope_frequencies(head_dim, theta, scaling))
    return np.cos(angles), np.sin(angles)


def rotate(
    x: Float[Array, "*heads T head_dim"], cos: Float[Array, "T half"], sin: Float[Array, "T half"]
) -> Float[Array, "*heads T head_dim"]:
    """Rotate queries or keys by their positions (rotary position embedding, RoPE).

    A pair is a coordinate of the first half and the one at the same place of the second half.
    This is the convention of Hugging Face's checkpoints; the paper pairs neighbors instead.
    The scalar product of a rotated query and a rotated key depends on their distance alone.

    Source: Su et al., "RoFormer", 2021, section 3.4.2, equation 34.

    Args:
        x: One vector for each token, here with the axes that the heads need in front.
        cos: Rows of :func:`rope_tables`, one for the position of each token.
        sin: Likewise.

    Example:
        >>> cos, sin = rope_tables(context=9, head_dim=2)
        >>> query, key = rotate(np.array([[1.0, 0.0]] * 9), cos, sin), np.array([[0.6, 0.8]] * 9)
        >>> scores = query @ rotate(key, cos, sin).T
        >>> scores[[3, 5, 8], [0, 2, 5]].round(3).tolist()  # three tokens apart, three times
        [-0.481, -0.481, -0.481]
    """
    half = x.shape[-1] // 2
    first, second = x[..., :half], x[..., half:]
    return np.concatenate((first * cos - second * sin, second * cos + first * sin), axis=-1)


# --- Attention -----------------------------------------------------------------------------------


def attention_weights(
    query: Float[Array, "n_heads T head_dim"], key: Float[Array, "n_kv_heads S head_dim"]
) -> Float[Array, "n_heads T S"]:
    """Return how much each token attends to each token up to itself; every row sums to 1.

    The queries belong to the last ``T`` of the ``S`` tokens, so a cache of earlier keys needs no
    care.  When there are fewer heads of keys than of queries, neighboring heads of queries share
    one (grouped-query attention); the keys are not copied for that.

    Sources: Vaswani et al., "Attention Is All You Need", 2017, section 3.2.1, equation 1; Ainslie
    et al., "GQA", 2023, section 2.2.

    Example:
        >>> same = np.ones((1, 3, 4))
        >>> attention_weights(query=same, key=same).round(2).tolist()
        [[[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [0.33, 0.33, 0.33]]]
    """
    n_heads, t, head_dim = query.shape
    n_kv_heads, s, _ = key.shape
    shared = query.reshape(n_kv_heads, -1, head_dim)  # all queries that read the same keys
    scores = (shared @ key.transpose(0, 2, 1)).reshape(n_heads, t, s) / sqrt(head_dim)
    if t > 1:  # the last token of all may read everything
        scores[:, ~np.tri(t, s, s - t, dtype=bool)] = -np.inf
    return softmax(scores)


def attention(
    query: Float[Array, "n_heads T head_dim"],
    key: Float[Array, "n_kv_heads S head_dim"],
    value: Float[Array, "n_kv_heads S head_dim"],
) -> Float[Array, "n_heads T head_dim"]:
    """Return for each token the values of the tokens up to itself, averaged by attention.

    Source: as for :func:`attention_weights`.

    Example:
        >>> same, value = np.ones((1, 3, 2)), np.array([[[0.0, 6.0], [2.0, 6.0], [7.0, 6.0]]])
        >>> attention(query=same, key=same, value=value).round(2).tolist()
        [[[0.0, 6.0], [1.0, 6.0], [3.0, 6.0]]]
    """
    weights = attention_weights(query, key)
    shared = weights.reshape(len(value), -1, value.shape[1])
    return (shared @ value).reshape(query.shape)
