"""How unevenly does a random router load its experts, and how much does a balancing bias help?

Tokens are random vectors that share a direction, as the hidden vectors of real models do: each is a
common vector plus noise of its own.  A router scores the experts, and each token goes to the few
with the highest scores.  The bias follows DeepSeek-V3: after each batch it falls by a small step for
the experts above the mean load and rises for those below.  Loads are those of new tokens, as
multiples of the mean.  Nothing else is trained.
"""

import numpy as np
from numpy.typing import NDArray
from record import record

Floats = NDArray[np.float64]

WIDTH = 64  # numbers in a token's vector
EXPERTS, CHOSEN = 32, 4  # each token goes to 4 of 32 experts
TOKENS = 2048  # in a batch
BATCHES = 240
STEP = 0.01  # by which the bias moves after a batch
COMMON = 0.7  # length of the common vector, where the noise has length 1
CHECKS = (0, 20, 40, 80, 120, 160, 200, 240)  # batches after which the load is measured


def batch(rng: np.random.Generator, common: Floats) -> Floats:
    """Draw tokens ``[TOKENS, WIDTH]``."""
    noise: Floats = rng.standard_normal((TOKENS, WIDTH)) / np.sqrt(WIDTH)
    return common + noise


def load(x: Floats, router: Floats, bias: Floats) -> Floats:
    """Return how many tokens each expert gets, as multiples of the mean, in ``[EXPERTS]``."""
    chosen = np.argpartition(-(x @ router.T + bias), CHOSEN, axis=-1)[:, :CHOSEN]
    counts: Floats = np.bincount(chosen.ravel(), minlength=EXPERTS).astype(np.float64)
    shares: Floats = counts / counts.mean()
    return shares


def measure(seed: int) -> dict[str, float]:
    """Return the sorted loads with and without the bias, and the largest load along the way."""
    rng = np.random.default_rng(seed)
    router = rng.standard_normal((EXPERTS, WIDTH))
    common = rng.standard_normal(WIDTH)
    common *= COMMON / np.linalg.norm(common)
    bias = np.zeros(EXPERTS)
    values: dict[str, float] = {"experts": EXPERTS, "chosen": CHOSEN, "batches": BATCHES}
    for i in range(BATCHES + 1):
        if i in CHECKS:
            values[f"largest_{i}"] = float(load(batch(rng, common), router, bias).max())
        if i in (0, BATCHES):
            shares = np.sort(load(batch(rng, common), router, bias))[::-1]
            name = "balanced" if i else "random"
            values |= {f"{name}_{rank}": float(s) for rank, s in enumerate(shares, start=1)}
            values[f"{name}_idle"] = float(np.sum(shares < 0.1))  # experts with next to no work
        bias += STEP * np.sign(1 - load(batch(rng, common), router, bias))
    return values


if __name__ == "__main__":
    record("from-gpt-2-to-today", measure, seeds=range(5), packages=("numpy",))
