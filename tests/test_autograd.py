"""Automatic differentiation against PyTorch, against small differences, and against its own promises."""

import math
import operator

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays, mutually_broadcastable_shapes

from llmbook.autograd import Value
from llmbook.autograd_arrays import Tensor, cross_entropy, softmax

unhurried = settings(deadline=None)  # a busy machine is no fault of the code
numbers = st.floats(-3, 3).filter(
    lambda x: abs(x) > 1e-3
)  # away from the kink of relu and from 1/0


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


# --- Numbers -------------------------------------------------------------------------------------


def everything(x, y, exp, log, tanh, relu):
    """An expression with every operation, shared nodes, and plain numbers on both sides."""
    shared = x * y + 2.0 / (y * y + 1.5)
    return (
        exp(shared * 0.3) * tanh(x - y)
        + log(x**2 + 3.0) / (1.0 + y**4)
        - relu(shared) * shared
        + (5.0 - relu(-x)) * (0.5 * y)
        + shared
    )


def of_values(x, y):
    return everything(x, y, Value.exp, Value.log, Value.tanh, Value.relu)


@unhurried
@given(numbers, numbers)
def test_a_value_has_pytorchs_result_and_gradient(x, y):
    ours = Value(x), Value(y)
    theirs = [torch.tensor(n, dtype=torch.float64, requires_grad=True) for n in (x, y)]
    result = of_values(*ours)
    result.backward()
    expected = everything(*theirs, torch.exp, torch.log, torch.tanh, torch.relu)
    expected.backward()
    assert math.isclose(result.data, expected.item(), rel_tol=1e-9, abs_tol=1e-9)
    for our, their in zip(ours, theirs, strict=True):
        assert math.isclose(our.grad, their.grad.item(), rel_tol=1e-9, abs_tol=1e-9)


@unhurried
@given(numbers, numbers)
def test_a_value_has_the_gradient_of_small_differences(x, y):
    def result(x, y):
        return everything(x, y, math.exp, math.log, math.tanh, lambda n: max(n, 0.0))

    if abs(x * y + 2 / (y * y + 1.5)) < 1e-3:
        return  # at the kink of relu there is no one slope
    ours, nudge = (Value(x), Value(y)), 1e-6
    of_values(*ours).backward()
    slopes = (
        (result(x + nudge, y) - result(x - nudge, y)) / (2 * nudge),
        (result(x, y + nudge) - result(x, y - nudge)) / (2 * nudge),
    )
    for our, slope in zip(ours, slopes, strict=True):
        assert math.isclose(our.grad, slope, rel_tol=1e-4, abs_tol=1e-4)


def test_a_number_used_many_times_collects_from_every_use():
    x = Value(3.0)
    y = x
    for _ in range(40):  # 2**40 paths lead back to x, and the walk takes each edge once
        y = y + y
    y.backward()
    assert x.grad == 2.0**40
    z = Value(5.0)
    (z * z * z).backward()
    assert z.grad == 75


def test_an_uneven_diamond_waits_for_its_longer_side():
    x = Value(2.0)
    near = x * 3.0
    far = (near * 5.0 + 1.0) * 7.0
    result = far * near  # 35 n² + 7 n, with n = 3 x
    result.backward()
    assert near.grad == 70 * 6 + 7
    assert x.grad == 3 * near.grad


@pytest.mark.parametrize("walked", [True, False])
def test_a_chain_of_a_hundred_thousand_operations(walked):
    x = Value(1.0)
    y = x
    for _ in range(100_000):
        y = y + 0.5
    if walked:
        y.backward()
        assert x.grad == 1
    del y  # taking a chain apart must not recurse too deep either


def test_a_chain_of_arrays_far_beyond_the_limit_of_recursion():
    x = Tensor([1.0, 2.0])
    y = x
    for _ in range(10_000):
        y = y.reshape(2)
    y.sum().backward()
    assert x.grad.tolist() == [1, 1]


def test_backward_twice_is_an_error_that_changes_nothing():
    x = Value(3.0)
    y = x * x
    y.backward()
    with pytest.raises(RuntimeError, match="been through"):
        y.backward()
    again = x * 2.0 + y  # a part of it was walked, and so there is no right answer any more
    with pytest.raises(RuntimeError, match="been through"):
        again.backward()
    assert x.grad == 6
    assert again.grad == 0


def test_gradients_of_two_results_add_up_as_that_of_their_sum():
    x, y = Value(3.0), Value(3.0)
    (x * 2.0).backward()
    (x**2).backward()
    (y * 2.0 + y**2).backward()
    assert x.grad == y.grad == 8


def test_backward_from_an_input_itself():
    x = Value(3.0)
    x.backward()
    assert x.grad == 1


def test_a_change_after_the_result_does_not_change_its_gradient():
    x, y = Value(3.0), Value(4.0)
    z = x * y
    y.data = 100.0
    z.backward()
    assert x.grad == 4


def test_powers_at_zero_and_what_has_no_result():
    x = Value(0.0)
    (x**0 + x**1 + x**2).backward()
    assert x.grad == 1
    with pytest.raises(ValueError, match="domain"):
        Value(-8.0) ** (1 / 3)  # Python itself would go on with a complex number
    with pytest.raises(ValueError):
        Value(0.0).log()
    with pytest.raises(TypeError):
        Value(2.0) ** Value(3.0)
    with pytest.raises(OverflowError):
        Value(1000.0).exp()


# --- Arrays --------------------------------------------------------------------------------------


def check(ours, theirs, *inputs, tolerance=1e-9):
    """Compare results and gradients, with a different weight for every entry of the result."""
    tensors = [Tensor(x) for x in inputs]
    torches = [torch.from_numpy(np.array(x)).requires_grad_() for x in inputs]
    result, expected = ours(*tensors), theirs(*torches)
    np.testing.assert_allclose(result.data, expected.detach().numpy(), tolerance, tolerance)
    weights = normal(*result.data.shape, seed=9).astype(result.data.dtype)
    (result * weights).sum().backward()
    (expected * torch.from_numpy(np.array(weights))).sum().backward()
    for tensor, reference in zip(tensors, torches, strict=True):
        assert tensor.grad.dtype == tensor.data.dtype
        np.testing.assert_allclose(tensor.grad, reference.grad.numpy(), tolerance, tolerance)


@unhurried
@given(st.data())
def test_broadcasting_is_pytorchs(data):
    shapes = data.draw(mutually_broadcastable_shapes(num_shapes=2, max_dims=4, max_side=4))
    a, b = (data.draw(arrays(np.float64, shape, elements=numbers)) for shape in shapes.input_shapes)
    for operation in (operator.add, operator.sub, operator.mul, operator.truediv):
        check(operation, operation, a, b)


@unhurried
@given(
    mutually_broadcastable_shapes(signature="(n,k),(k,m)->(n,m)", max_dims=2, max_side=5),
    st.integers(0, 99),
)
def test_products_of_matrices_are_pytorchs(shapes, seed):
    a, b = (normal(*shape, seed=seed + i) for i, shape in enumerate(shapes.input_shapes))
    check(operator.matmul, operator.matmul, a, b)


@pytest.mark.parametrize("name", ["exp", "tanh", "relu"])
def test_functions_of_each_entry_are_pytorchs(name):
    check(lambda x: getattr(x, name)(), getattr(torch, name), normal(2, 3, 5))


def test_logarithm_and_powers_are_pytorchs():
    x = np.abs(normal(3, 4)) + 0.1
    check(Tensor.log, torch.log, x)
    for power in (-0.5, 0, 1, 3):
        check(lambda x, p=power: x**p, lambda x, p=power: x**p, x)


@pytest.mark.parametrize("name", ["sum", "mean"])
@pytest.mark.parametrize("keepdims", [True, False])
@pytest.mark.parametrize("axis", [None, 0, 1, -1, (0, 2), (1, -1), ()])
def test_sums_and_means_are_numpys_with_pytorchs_gradient(name, axis, keepdims):
    x = normal(2, 3, 5)
    axes = tuple(range(3)) if axis is None else axis
    if axis == ():  # for PyTorch, no axes are all axes
        result = getattr(Tensor(x), name)(axis, keepdims)
        np.testing.assert_allclose(result.data, x)
        return
    check(
        lambda t: getattr(t, name)(axis, keepdims),
        lambda t: getattr(torch, name)(t, dim=axes, keepdim=keepdims),
        x,
    )


def test_reshape_and_swapaxes_are_pytorchs():
    x = normal(2, 3, 5)
    check(lambda t: t.reshape(5, -1), lambda t: t.reshape(5, -1), x)
    check(lambda t: t.swapaxes(0, 2), lambda t: t.swapaxes(0, 2), x)


@pytest.mark.parametrize(
    "index",
    [
        3,
        slice(1, 6, 2),
        np.array([[0, 6, 6], [6, 1, 0]]),  # one row several times
        (slice(None), 2),
        (np.array([1, 1, 4]), np.array([0, 0, 2])),
        (slice(2, 5), None, np.array([-1, -1, -1])),
        np.arange(7) % 3 == 0,
    ],
    ids=str,
)
def test_picking_entries_is_pytorchs(index):
    def picked(t):
        parts = index if isinstance(index, tuple) else (index,)
        return t[tuple(torch.from_numpy(i) if isinstance(i, np.ndarray) else i for i in parts)]

    check(lambda t: t[index], picked, normal(7, 3))


def test_softmax_is_pytorchs_with_a_mask_and_huge_scores():
    x = 300 * normal(2, 3, 5)
    mask = np.where(normal(3, 5, seed=3) > 0.8, -np.inf, 0)
    check(
        lambda t: softmax(t + mask),
        lambda t: torch.softmax(t + torch.from_numpy(mask), dim=-1),
        x,
    )


@pytest.mark.parametrize("scale", [1, 1000])
def test_cross_entropy_is_pytorchs(scale):
    logits, targets = scale * normal(2, 3, 7), np.array([[0, 6, 2], [5, 5, 1]])
    check(
        lambda t: cross_entropy(t, targets),
        lambda t: torch.nn.functional.cross_entropy(
            t.reshape(6, 7), torch.from_numpy(targets.ravel())
        ),
        logits,
    )


@pytest.mark.parametrize(
    ("targets", "message"),
    [([0, 1, 7], "from 0 to 6"), ([0, -1, 2], "from 0 to 6"), ([0, 1], "do not fit")],
)
def test_a_target_that_is_no_class_is_refused(targets, message):
    with pytest.raises(ValueError, match=message):
        cross_entropy(Tensor(normal(3, 7)), np.array(targets))


def test_cross_entropy_of_nothing_is_refused():
    with pytest.raises(ValueError, match="one at least"):
        cross_entropy(Tensor(np.zeros((0, 7))), np.zeros(0, int))


def network(x, table, w, v, bias, ids, tanh, entropy):
    hidden = tanh(table[ids].reshape(4, 6) @ w + bias)
    return entropy((hidden + x) @ v)


def test_a_network_has_pytorchs_gradients_in_both_precisions():
    ids, targets = np.array([[0, 4, 4], [1, 2, 3], [4, 0, 0], [2, 2, 2]]), np.array([6, 0, 2, 2])
    inputs = normal(4, 5), normal(5, 2, seed=1), normal(6, 5, seed=2), normal(5, 7, seed=3)
    inputs += (normal(5, seed=4),)
    for kind, tolerance in ((np.float64, 1e-9), (np.float32, 1e-5)):
        check(
            lambda *t: network(*t, ids, Tensor.tanh, lambda z: cross_entropy(z, targets)),
            lambda *t: network(
                *t,
                torch.from_numpy(ids),
                torch.tanh,
                lambda z: torch.nn.functional.cross_entropy(z, torch.from_numpy(targets)),
            ),
            *(x.astype(kind) for x in inputs),
            tolerance=tolerance,
        )


def test_a_network_has_the_gradient_of_small_differences():
    ids, targets = np.array([[0, 4, 4], [1, 2, 3], [4, 0, 0], [2, 2, 2]]), np.array([6, 0, 2, 2])
    inputs = [normal(4, 5), normal(5, 2, seed=1), normal(6, 5, seed=2), normal(5, 7, seed=3)]
    inputs += [normal(5, seed=4)]

    def loss(*arrays):
        tensors = [Tensor(x) for x in arrays]
        result = network(*tensors, ids, Tensor.tanh, lambda z: cross_entropy(z, targets))
        return tensors, result

    tensors, result = loss(*inputs)
    result.backward()
    for i, x in enumerate(inputs):
        direction = normal(*x.shape, seed=10 + i)
        ends = []
        for nudge in (1e-6, -1e-6):
            moved = [x + nudge * direction if i == j else x for j, x in enumerate(inputs)]
            ends.append(float(loss(*moved)[1].data))
        slope = (ends[0] - ends[1]) / 2e-6
        assert math.isclose(slope, (tensors[i].grad * direction).sum(), rel_tol=1e-5)


def test_plain_arrays_and_numbers_on_either_side_keep_the_precision():
    t = Tensor(normal(2, 3).astype(np.float32))
    array = normal(2, 3, seed=1).astype(np.float32)
    square = normal(2, 2, seed=2).astype(np.float32)
    for result, expected in (
        (array + t, array + t.data),
        (array - t, array - t.data),
        (array * t, array * t.data),
        (array / t, array / t.data),
        (2 - t, 2 - t.data),
        (2.0 / t, 2 / t.data),
        (t / 3, t.data / 3),
        (square @ t, square @ t.data),
    ):
        assert isinstance(result, Tensor)
        assert result.data.dtype == np.float32
        np.testing.assert_allclose(result.data, expected, rtol=1e-6)


def test_backward_through_arrays_twice_is_an_error_that_changes_nothing():
    x = Tensor([3.0, 4.0])
    y = (x * x).sum()
    y.backward()
    for result in (y, y * 2.0):
        with pytest.raises(RuntimeError, match="been through"):
            result.backward()
    assert x.grad.tolist() == [6, 8]


def test_backward_starts_from_one_number():
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        Tensor([1.0, 2.0]).backward()


def test_what_the_way_back_needs_cannot_be_changed_under_it():
    source = np.array([1.0, 2.0])
    w, x = Tensor(source), Tensor([5.0, 7.0])
    ids, targets = np.array([0, 1, 1]), np.array([1])
    table = Tensor(normal(2, 3))
    loss = (w * x).sum() + table[ids].sum() + cross_entropy(table[:1], targets)
    source[:] = 100  # the caller's arrays may be used again
    ids[:] = 0
    targets[:] = 0
    with pytest.raises(ValueError, match="read-only"):
        w.data -= 1
    x.data = np.zeros(2)  # a new array, and the product remembers the old one
    with pytest.raises(ValueError, match="read-only"):
        x.data[0] = 1
    loss.backward()
    assert w.grad.tolist() == [5, 7]
    assert x.grad.tolist() == [1, 2]
    np.testing.assert_allclose(table.grad[1], 2)
    np.testing.assert_allclose(table.grad[0].sum(), 3)  # softmax minus one-hot sums to 0
    assert table.grad[0, 1] < 1


def test_new_data_has_the_old_shape_and_type():
    w = Tensor(np.zeros((2, 3), np.float32))
    w.data = np.ones((2, 3))
    assert w.data.dtype == np.float32
    with pytest.raises(ValueError, match=r"\(3,\)"):
        w.data = np.ones(3)
    assert w.data.shape == (2, 3)


def test_matrices_need_two_axes():
    with pytest.raises(ValueError, match="two axes"):
        Tensor([1.0, 2.0]) @ Tensor([[1.0], [2.0]])


def test_an_average_over_steps_of_two_halves_is_that_of_the_whole():
    """Gradient accumulation: two small batches give the gradient of the large one."""
    w, x, y = normal(5, 7), normal(6, 5, seed=1), np.array([0, 6, 2, 5, 5, 1])
    whole, halves = Tensor(w), Tensor(w)
    cross_entropy(x @ whole, y).backward()
    for part in (slice(3), slice(3, None)):
        (cross_entropy(x[part] @ halves, y[part]) / 2).backward()
    np.testing.assert_allclose(whole.grad, halves.grad)
