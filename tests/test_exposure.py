"""Exposure: a secret's rank is what comparing all of them one by one gives, and training raises it."""

from itertools import product
from math import log2

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it

from llmbook.answers import batch, log_probabilities
from llmbook.errors import InputError
from llmbook.exposure import exposure, rank
from llmbook.model import Config, Model
from llmbook.torch_model import TorchModel

CONFIG = Config(
    vocab_size=23, d_model=24, n_layers=2, n_heads=6, n_kv_heads=2, head_dim=8, d_ff=28, context=9
)
PROMPT, SYMBOLS = [7, 1, 7], (5, 2, 19, 11)


def learned(seed: int = 0) -> TorchModel:
    """Return a model whose norms are not 1 and whose attention is not even."""
    generator = np.random.default_rng(seed)
    weights = {
        name: np.float32(1 if len(shape) == 1 else 0)
        + np.float32(0.3) * generator.standard_normal(shape, dtype=np.float32)
        for name, shape in CONFIG.shapes.items()
    }
    return TorchModel.from_model(Model(CONFIG, weights))


@pytest.mark.parametrize("length", [1, 2, 3])
def test_the_rank_is_that_of_reading_every_secret(length: int) -> None:
    model, secrets = learned(), list(product(SYMBOLS, repeat=length))
    with torch.no_grad():
        likely = log_probabilities(model, batch([PROMPT] * len(secrets), secrets, CONFIG))
    order = [secrets[i] for i in likely.argsort(descending=True)]
    assert [rank(model, PROMPT, secret, SYMBOLS) for secret in order] == [
        *range(1, len(secrets) + 1)
    ]


def test_exposure_counts_the_bits_that_the_order_saves() -> None:
    model, secret = learned(), (19, 5, 5)
    place = rank(model, PROMPT, secret, SYMBOLS)
    assert place > 1
    assert exposure(model, PROMPT, secret, SYMBOLS) == pytest.approx(log2(4**3 / place))


def test_a_secret_that_is_learned_comes_first() -> None:
    model, secret = learned(), (11, 19, 2)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    ids = torch.tensor([[*PROMPT, *secret]])
    before = exposure(model, PROMPT, secret, SYMBOLS)
    for _ in range(30):
        loss = F.cross_entropy(model(ids[:, :-1])[0], ids[0, 1:])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert before < 6
    assert exposure(model, PROMPT, secret, SYMBOLS) == 6  # bits: 4 symbols, 3 of them


def test_the_last_place_of_the_context_is_predicted_and_not_read() -> None:
    model = learned()
    assert 1 <= rank(model, [1] * 8, (5, 2), SYMBOLS) <= 16
    with pytest.raises(InputError, match="a prompt has 10 tokens"):
        rank(model, [1] * 9, (5, 2), SYMBOLS)


@pytest.mark.parametrize(
    ("prompt", "secret", "symbols", "message"),
    [
        ([], (5,), SYMBOLS, "a prompt has 0 tokens"),
        (PROMPT, (), SYMBOLS, "of one at least"),
        (PROMPT, (5, 3), SYMBOLS, "consist of its symbols"),
        (PROMPT, (5,), (5, 5), "each of them once"),
        (PROMPT, (5,), (5,), "at least two"),
        (PROMPT, (5,), (5, 23), "not between 0 and 22"),
        (PROMPT, (5,) * 9, SYMBOLS, "262,144 secrets"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    prompt: list[int], secret: tuple[int, ...], symbols: tuple[int, ...], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        rank(learned(), prompt, secret, symbols)
