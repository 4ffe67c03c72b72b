"""FLOPs against PyTorch's own counter, and laws against numbers that were made by a known law."""

from itertools import product

import numpy as np
import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import cross_entropy
from torch.utils.flop_counter import FlopCounterMode

from llmbook.errors import InputError
from llmbook.model import Config
from llmbook.scaling import Law, band, fit_law, forward_flops, resample, training_flops
from llmbook.torch_model import TorchModel

SPENT = np.repeat(np.geomspace(1e10, 1e13, 5), 3)
TRUE = Law(floor=0.6, scale=300.0, exponent=0.27)  # from 1.2 at 1e10 to 0.69 at 1e13


@pytest.mark.parametrize(
    ("n_heads", "n_kv_heads", "n_layers", "tied"), [*product((1, 6), (1, 3), (1, 4), (True, False))]
)
def test_flops_are_those_that_pytorch_counts(
    n_heads: int, n_kv_heads: int, n_layers: int, tied: bool
) -> None:
    if n_heads % n_kv_heads:
        n_heads *= n_kv_heads
    config = Config(
        vocab_size=23, d_model=10, n_layers=n_layers, n_heads=n_heads, n_kv_heads=n_kv_heads,
        head_dim=8, d_ff=17, context=16, tied=tied,
    )  # fmt: skip
    model, sequences, tokens = TorchModel(config), 5, 13
    ids = torch.from_numpy(np.random.default_rng(0).integers(23, size=(sequences, tokens + 1)))
    # The kernel for CPUs does attention in one piece, which the counter does not look into.
    with sdpa_kernel(SDPBackend.MATH):
        with FlopCounterMode(display=False) as forward:
            logits = model(ids[:, :-1])
        with FlopCounterMode(display=False) as backward:
            cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten()).backward()
    assert forward.get_total_flops() == sequences * forward_flops(config, tokens)
    both = forward.get_total_flops() + backward.get_total_flops()
    assert both == sequences * training_flops(config, tokens)


def test_six_flops_for_each_parameter_and_token() -> None:
    # Llama 3.1 8B: the rule holds for what is multiplied, if the text is short.
    config = Config(
        vocab_size=128_256, d_model=4096, n_layers=32, n_heads=32, n_kv_heads=8,
        head_dim=128, d_ff=14_336, context=131_072, tied=False,
    )  # fmt: skip
    multiplied = config.n_parameters - 128_256 * 4096
    assert training_flops(config, 1) == pytest.approx(6 * multiplied, rel=1e-3)
    rule = 6 * multiplied * 8192
    assert training_flops(config, 8192) == pytest.approx(1.29 * rule, rel=0.01)


@pytest.mark.parametrize("exponent", [0.05, 0.27, 0.5, 1.3])
@pytest.mark.parametrize("floor", [0.0, 0.6])
def test_a_law_without_noise_is_found(exponent: float, floor: float) -> None:
    true = Law(floor, 0.8 * 1e11**exponent, exponent)
    law = fit_law(SPENT, true(SPENT))
    assert law.exponent == pytest.approx(exponent, rel=1e-4)
    assert law.floor == pytest.approx(floor, abs=1e-4)
    np.testing.assert_allclose(law(SPENT), true(SPENT), rtol=1e-6)


def test_no_other_law_is_nearer() -> None:
    y = TRUE(SPENT) + np.random.default_rng(1).normal(0, 0.01, len(SPENT))
    law = fit_law(SPENT, y)

    def distance(floor: float, scale: float, exponent: float) -> float:
        return float(((Law(floor, scale, exponent)(SPENT) - y) ** 2).sum())

    best = distance(law.floor, law.scale, law.exponent)
    for parts in product((0.999, 1, 1.001), repeat=3):
        other = (law.floor * parts[0], law.scale * parts[1], law.exponent * parts[2])
        assert distance(*other) >= best * (1 - 1e-6)


def test_a_floor_is_never_below_zero() -> None:
    spent = np.geomspace(1.0, 100.0, 6)
    law = fit_law(spent, 3 - 0.5 * np.log(spent))  # falls ever on, below zero in the end
    assert law.floor == 0 and law.exponent > 0


def test_the_unit_of_x_does_not_matter() -> None:
    y = TRUE(SPENT) + np.random.default_rng(2).normal(0, 0.01, len(SPENT))
    law, other = fit_law(SPENT, y), fit_law(SPENT / 1e15, y)
    assert other.exponent == pytest.approx(law.exponent, rel=1e-6)
    np.testing.assert_allclose(other(SPENT / 1e15), law(SPENT), rtol=1e-6)


def test_the_band_holds_what_it_says() -> None:
    """Of 60 further measurements, four times beyond the last point, about 57 lie in the band."""
    at, inside, widths = np.array([4e13]), 0, []
    for seed in range(60):
        noise = np.random.default_rng(seed).normal(0, 0.01, len(SPENT) + 1)
        low, high = band(SPENT, TRUE(SPENT) + noise[:-1], at, draws=50, seed=seed)
        inside += bool(low[0] <= TRUE(at)[0] + noise[-1] <= high[0])
        widths.append(high[0] - low[0])
    assert 50 <= inside <= 59
    assert 0.03 < np.mean(widths) < 0.1  # the noise alone makes 4 * 0.01


def test_a_band_is_wider_far_away_and_for_a_higher_level() -> None:
    y = TRUE(SPENT) + np.random.default_rng(3).normal(0, 0.01, len(SPENT))
    low, high = band(SPENT, y, np.array([1e12, 1e16]), draws=100)
    assert high[1] - low[1] > 1.3 * (high[0] - low[0])
    less_low, less_high = band(SPENT, y, np.array([1e12, 1e16]), level=0.5, draws=100)
    assert (low < less_low).all() and (less_high < high).all()
    again = band(SPENT, y, np.array([1e12, 1e16]), draws=100)
    assert np.array_equal(again, (low, high))


def test_distances_are_as_long_as_the_noise() -> None:
    lengths = []
    for seed in range(50):
        y = TRUE(SPENT[::3]) + np.random.default_rng(seed).normal(0, 0.01, 5)
        _, distances = resample(SPENT[::3], y, draws=1, seed=0)
        lengths.append((distances**2).mean())
    assert np.sqrt(np.mean(lengths)) == pytest.approx(0.01, rel=0.25)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1.0, 1.0, 2.0, 2.0], [3.0, 3.0, 2.0, 2.0], "at least three different x"),
        ([0.0, 1.0, 2.0], [3.0, 2.0, 1.0], "x has to be positive"),
        ([1.0, 2.0, 3.0], [3.0, float("nan"), 1.0], "finite numbers"),
    ],
)
def test_points_that_have_no_law(x: list[float], y: list[float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        fit_law(np.array(x), np.array(y))


def test_three_points_have_no_band() -> None:
    with pytest.raises(InputError, match="three points lie on their law"):
        band(np.array([1.0, 2.0, 4.0]), np.array([3.0, 2.0, 1.5]), np.array([8.0]))
