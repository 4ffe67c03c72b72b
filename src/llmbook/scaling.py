"""What more computation buys: count it, fit a law to the losses, and say how far to trust the law.

Explained in the chapter "Scaling" of the part "Training process".  Only multiplications of matrices
are counted, which are nearly all of a model's arithmetic: a product of an ``[n, k]`` and a
``[k, m]`` matrix takes ``n m k`` multiplications and as many additions.

Sources: Kaplan et al., "Scaling Laws for Neural Language Models", 2020, section 2.1; Chowdhery et
al., "PaLM", 2022, appendix B, which counts attention in full, as here; Henighan et al., "Scaling
Laws for Autoregressive Generative Modeling", 2020, equation 1.1, for the law with a floor; Efron
and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 9.
"""

from dataclasses import dataclass

import numpy as np

from llmbook._shapes import Array, Float
from llmbook.errors import InputError
from llmbook.model import Config

_EXPONENTS = 0.01, 2.0  # where the exponent of a law is looked for


def forward_flops(config: Config, tokens: int) -> int:
    """Count the FLOPs of one pass over a sequence.

    Attention compares every token with every other one, as if there were no causal mask.

    Args:
        config: The sizes of the model.
        tokens: How many tokens the sequence has.

    Example:
        The matrices of this model hold 60 numbers, and attention adds its share:

        >>> config = Config(
        ...     vocab_size=5, d_model=2, n_layers=1, n_heads=1, n_kv_heads=1,
        ...     head_dim=4, d_ff=3, context=8,
        ... )
        >>> forward_flops(config, 1), forward_flops(config, 8) == 8 * (2 * 60 + 4 * 8 * 4)
        (136, True)
    """
    queries = config.n_heads * config.head_dim
    keys = config.n_kv_heads * config.head_dim
    block = config.d_model * (2 * queries + 2 * keys + 3 * config.d_ff)
    matrices = config.n_layers * block + config.vocab_size * config.d_model
    # A token's query meets all keys, and its weights meet all values.
    attention = config.n_layers * 2 * tokens * queries
    return 2 * tokens * (matrices + attention)


def training_flops(config: Config, tokens: int) -> int:
    """Count the FLOPs of the forward and the backward pass over a sequence.

    For each product of the way forward there are two on the way back, as large as it: the gradient
    of either factor is a product of the other one.

    Args:
        config: The sizes of the model.
        tokens: How many tokens the sequence has.
    """
    return 3 * forward_flops(config, tokens)


@dataclass(frozen=True)
class Law:
    """A power law with a floor: ``floor + scale * x ** -exponent``.

    Args:
        floor: What stays, however large ``x`` is.
        scale: What ``x = 1`` has above the floor.
        exponent: How fast that shrinks.

    Example:
        >>> law = Law(floor=1.0, scale=3.0, exponent=0.5)
        >>> law(np.array([1.0, 4.0, 100.0])).tolist()
        [4.0, 2.5, 1.3]
    """

    floor: float
    scale: float
    exponent: float

    def __call__(self, x: Float[Array, " n"]) -> Float[Array, " n"]:
        """Return the law's values."""
        y: Float[Array, " n"] = self.floor + self.scale * x**-self.exponent
        return y


def fit_law(x: Float[Array, " n"], y: Float[Array, " n"]) -> Law:
    """Find the law with the least squared distance from points.

    For a given exponent the law is a straight line in ``x ** -exponent``, and the best line has a
    formula.  So only the exponent is searched, on a grid that gets finer and finer.

    Args:
        x: What was spent, all positive.
        y: What it led to.

    Raises:
        InputError: If there are fewer than three different ``x``, or one is not positive.

    Example:
        >>> x = np.array([1.0, 10.0, 100.0, 1000.0])
        >>> law = fit_law(x, 0.7 + 2 * x**-0.3)
        >>> round(law.floor, 6), round(law.scale, 6), round(law.exponent, 6)
        (0.7, 2.0, 0.3)
    """
    if not (np.isfinite(x).all() and np.isfinite(y).all() and (x > 0).all()):
        raise InputError("a law is fitted to finite numbers, and x has to be positive")
    if len(np.unique(x)) < 3:
        raise InputError("a law has three numbers, so it needs at least three different x")
    middle = np.exp(np.log(x).mean())  # keeps the powers near 1
    low, high = _EXPONENTS
    steps = 200
    while high - low > 1e-7:
        grid = np.linspace(low, high, steps)
        best = int(_line(x / middle, y, grid)[2].argmin())
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, steps - 1)]
        steps = 20
    exponent = (low + high) / 2
    floor, scale, _ = _line(x / middle, y, np.array([exponent]))
    return Law(float(floor[0]), float(scale[0] * middle**exponent), float(exponent))


def _line(
    x: Float[Array, " n"], y: Float[Array, " n"], exponents: Float[Array, " k"]
) -> tuple[Float[Array, " k"], Float[Array, " k"], Float[Array, " k"]]:
    """Return floor, scale and squared distance of the best law with each exponent."""
    power = x ** -exponents[:, None]
    centered = power - power.mean(axis=1, keepdims=True)
    scale = centered @ (y - y.mean()) / (centered**2).sum(axis=1)
    floor = y.mean() - scale * power.mean(axis=1)
    through = power @ y / (power**2).sum(axis=1)  # a floor below 0 makes no sense for a loss
    scale, floor = np.where(floor < 0, through, scale), np.maximum(floor, 0)
    distance = ((floor[:, None] + scale[:, None] * power - y) ** 2).sum(axis=1)
    return floor, scale, distance


def resample(
    x: Float[Array, " n"], y: Float[Array, " n"], draws: int, seed: int
) -> tuple[list[Law], Float[Array, " n"]]:
    """Fit the law again to what else might have been measured.

    Each draw takes the fitted law and adds to each of its points a distance at random from those
    that the true points have.

    Args:
        x: What was spent.
        y: What it led to.
        draws: How many laws to return.
        seed: Same seed, same laws.

    Returns:
        The laws, and the distances.  These are a little longer than measured: the law has three
        numbers with which to come near the points, so it comes nearer than the truth.

    Raises:
        InputError: As for :func:`fit_law`, or if there are no more than three points.
    """
    law = fit_law(x, y)
    if len(x) <= 3:
        raise InputError("three points lie on their law: nothing tells how far to trust it")
    distances = (y - law(x)) * np.sqrt(len(x) / (len(x) - 3))
    generator = np.random.default_rng(seed)
    drawn = generator.choice(distances, size=(draws, len(x)))
    return [fit_law(x, law(x) + noise) for noise in drawn], distances


def band(
    x: Float[Array, " n"],
    y: Float[Array, " n"],
    at: Float[Array, " m"],
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
) -> tuple[Float[Array, " m"], Float[Array, " m"]]:
    """Return between which values one further measurement should lie.

    It may differ from the law's value for two reasons, and the band has both: the law is fitted to
    few points, and each point is off by chance.

    Args:
        x: What was spent.
        y: What it led to.
        at: Where to look; it may lie beyond all ``x``.
        level: The share of measurements that should lie within.
        draws: How many laws to fit.
        seed: Same seed, same band.

    Raises:
        InputError: As for :func:`resample`.

    Example:
        >>> x = np.repeat([1.0, 10.0, 100.0, 1000.0], 2)
        >>> y = 0.7 + 2 * x**-0.3 + np.tile([0.01, -0.01], 4)
        >>> low, high = band(x, y, np.array([10_000.0]))
        >>> bool(low[0] < 0.7 + 2 * 10_000**-0.3 < high[0]), bool(high[0] - low[0] < 0.2)
        (True, True)
    """
    laws, distances = resample(x, y, draws, seed)
    chance = np.random.default_rng([seed, 1]).choice(distances, size=(draws, len(at)))
    values = np.stack([law(at) for law in laws]) + chance
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high
