"""The optimizers against PyTorch's, step by step."""

import numpy as np
import pytest
import torch

from llmbook.optimizers import SGD, AdamW, Muon, orthogonalize, warmup_stable_decay


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


def compare(ours, theirs, shape, tolerance, rates=(0.1, 0.03, 0.2, 0.1, 0.05)):
    """Take steps with both from the same weights, at a rate that changes, and compare each."""
    weight = normal(*shape)
    parameter = torch.nn.Parameter(torch.from_numpy(weight.copy()))
    reference = theirs([parameter])
    for i, rate in enumerate(rates):
        gradient = normal(*shape, seed=i + 1) * 10.0**-i  # of very different sizes
        kept = weight.copy(), gradient.copy()
        new = ours.step(weight, gradient, rate)
        np.testing.assert_array_equal((weight, gradient), kept)  # neither was changed
        parameter.data = torch.from_numpy(weight.copy())
        parameter.grad = torch.from_numpy(gradient)
        reference.param_groups[0]["lr"] = rate
        reference.step()
        np.testing.assert_allclose(new, parameter.detach().numpy(), rtol=0, atol=tolerance * rate)
        weight = new


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_sgd_is_pytorchs(momentum):
    compare(SGD(momentum), lambda p: torch.optim.SGD(p, 1, momentum), (3, 5, 2), 1e-9)


@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_adamw_is_pytorchs(decay):
    compare(
        AdamW(0.8, 0.97, 1e-6, decay),
        lambda p: torch.optim.AdamW(p, 1, (0.8, 0.97), 1e-6, decay),
        (3, 5, 2),
        1e-9,
    )


@pytest.mark.parametrize("shape", [(24, 40), (40, 24), (32, 32), (1, 9), (9, 1)])
def test_muon_is_pytorchs_but_for_its_half_precision(shape):
    """PyTorch orthogonalizes in bfloat16, which keeps two or three digits."""
    compare(
        Muon(0.9, 0.1),
        lambda p: torch.optim.Muon(p, 1, weight_decay=0.1, momentum=0.9),
        shape,
        tolerance=0.05,
    )


@pytest.mark.parametrize("shape", [(24, 40), (40, 24), (32, 32)])
def test_orthogonalizing_keeps_directions_and_evens_out_their_sizes(shape):
    matrix = normal(*shape)
    u, before, v = np.linalg.svd(matrix, full_matrices=False)
    before[:] = np.geomspace(100, 1, len(before))
    result = orthogonalize((u * before) @ v)
    after = u.T @ result @ v.T  # in the old directions it is diagonal
    np.testing.assert_allclose(after, np.diag(after.diagonal()), atol=1e-9)
    assert after.diagonal().min() > 0.3
    assert after.diagonal().max() < 1.3


def test_orthogonalizing_does_not_depend_on_scale_and_leaves_zeros():
    matrix = normal(4, 6)
    np.testing.assert_allclose(orthogonalize(1e-3 * matrix), orthogonalize(1e3 * matrix))
    assert not orthogonalize(np.zeros((4, 6))).any()


def test_single_precision_stays_single():
    weight, gradient = (normal(4, 6, seed=i).astype(np.float32) for i in range(2))
    for optimizer in (SGD(0.9), AdamW(), Muon()):
        for _ in range(2):
            assert optimizer.step(weight, gradient, 0.1).dtype == np.float32


def test_the_schedule_rises_stays_and_falls():
    shares = [warmup_stable_decay(step, 200, 0.1, 0.25) for step in range(200)]
    assert shares[0] == 1 / 20
    assert shares[19:151] == [1] * 132
    assert shares[-1] == 1 / 50
    np.testing.assert_allclose(np.diff(shares[:20]), 1 / 20)
    np.testing.assert_allclose(np.diff(shares[150:]), -1 / 50)


def test_a_schedule_without_its_ends_is_constant():
    assert {warmup_stable_decay(step, 7, 0, 0) for step in range(7)} == {1}
