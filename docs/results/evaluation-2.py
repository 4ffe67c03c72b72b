"""How far can a score be trusted?  Coverage of two intervals, and how many examples tell two models apart.

Both are simulated as little as possible.  Coverage is exact: for each number of right answers, its
probability, and whether the interval then has the true rate.  Power is drawn: two models that are
right in 90 % and in 92 % of cases are examined many times, once each on examples of its own, and
once both on the same.
"""

from collections.abc import Callable
from math import comb, sqrt

import numpy as np
from record import record

from llmbook.evaluate import Z, wilson

N = 50
RATES = [round(0.5 + i / 200, 3) for i in range(100)]  # 0.5 to 0.995
SIZES = (100, 200, 500, 1000, 2000, 5000)
WORSE, BETTER = 0.90, 0.92
APART = (0.03, 0.06)  # the share of examples on which the two models differ
TIMES = 4000


def wald(right: int, n: int) -> tuple[float, float]:
    """Return the interval of the textbooks."""
    rate = right / n
    half = Z * sqrt(rate * (1 - rate) / n)
    return rate - half, rate + half


def coverage(interval: Callable[[int, int], tuple[float, float]], rate: float, n: int) -> float:
    """Return how often an interval has the true rate."""
    total = 0.0
    for right in range(n + 1):
        low, high = interval(right, n)
        if low <= rate <= high:
            total += comb(n, right) * rate**right * (1 - rate) ** (n - right)
    return total


def unpaired(n: int, generator: np.random.Generator) -> float:
    """Return how often a difference shows if each model has examples of its own."""
    one, other = (generator.binomial(n, rate, TIMES) / n for rate in (WORSE, BETTER))
    error = np.sqrt((one * (1 - one) + other * (1 - other)) / n)
    return float((other - one > Z * error).mean())


def paired(n: int, apart: float, generator: np.random.Generator) -> float:
    """Return how often it shows if both have the same ones, and only those count that differ."""
    shares = [(apart + BETTER - WORSE) / 2, (apart - BETTER + WORSE) / 2, 1 - apart]
    won, lost, _ = generator.multinomial(n, shares, TIMES).T
    return float((won - lost > Z * np.sqrt(won + lost)).mean())


def measure(seed: int) -> dict[str, object]:
    """Return everything."""
    generator = np.random.default_rng(seed)
    values: dict[str, object] = {}
    for name, interval in (("wald", wald), ("wilson", wilson)):
        curve = [round(coverage(interval, rate, N), 4) for rate in RATES]
        values[f"{name}_{N}"] = curve
        values[f"{name}_90"] = curve[RATES.index(0.9)]
        values[f"{name}_95"] = curve[RATES.index(0.95)]
        values[f"{name}_lowest"] = min(curve)
    for n in SIZES:
        values[f"unpaired_{n}"] = unpaired(n, generator)
        for apart in APART:
            values[f"paired_{round(100 * apart)}_{n}"] = paired(n, apart, generator)
    return values


if __name__ == "__main__":
    record("evaluation-2", measure, seeds=(0, 1, 2))
