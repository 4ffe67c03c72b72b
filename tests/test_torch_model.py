"""The PyTorch twin computes what the NumPy model does, under the same names."""

from dataclasses import replace
from math import log

import numpy as np
import pytest
import torch
from small_models import CONFIGS, learned

from llmbook.hub import LanguageModel, load, save
from llmbook.model import HEAD, Config
from llmbook.tokenizer import Tokenizer
from llmbook.torch_model import TorchModel


@pytest.fixture(params=CONFIGS.values(), ids=CONFIGS.keys())
def config(request: pytest.FixtureRequest) -> Config:
    found: Config = request.param
    return found


def test_logits_equal_those_of_the_numpy_model(config: Config) -> None:
    model = learned(config)
    ids = np.random.default_rng(1).integers(config.vocab_size, size=(4, config.context))
    with torch.no_grad():
        logits = TorchModel.from_model(model)(torch.from_numpy(ids)).numpy()
    expected = np.stack([model.forward(row) for row in ids])
    assert np.abs(expected).max() > 1  # or anything near 0 would do
    np.testing.assert_allclose(logits, expected, atol=1e-4)


def test_weights_have_the_names_and_shapes_of_a_checkpoint(config: Config) -> None:
    state = TorchModel(config).state_dict()
    assert {name: tuple(tensor.shape) for name, tensor in state.items()} == config.shapes
    assert (HEAD in state) != config.tied
    n_parameters = sum(weight.numel() for weight in TorchModel(config).parameters())
    assert n_parameters == config.n_parameters


def test_there_and_back_changes_no_bit(config: Config) -> None:
    model = learned(config)
    back = TorchModel.from_model(model).to_model()
    assert back.config == config
    for name, array in model.weights.items():
        assert np.array_equal(back.weights[name], array), name


def test_conversion_copies_in_both_directions() -> None:
    model = learned(CONFIGS["grouped"])
    twin = TorchModel.from_model(model)
    before = model.norm.copy()
    back = twin.to_model()
    with torch.no_grad():
        twin.model.norm.weight.zero_()
    assert np.array_equal(model.norm, before)
    assert np.array_equal(back.norm, before)


def test_a_folder_keeps_the_logits(config: Config, tmp_path) -> None:
    tokenizer = Tokenizer.train(["ab"], 256)
    twin = TorchModel.from_model(learned(config))
    save(LanguageModel(twin.to_model(), tokenizer), tmp_path / "model")
    again = TorchModel.from_model(load(tmp_path / "model").model)
    ids = torch.arange(config.context)[None] % config.vocab_size
    assert torch.equal(twin(ids), again(ids))


def test_a_token_depends_on_those_before_it_alone() -> None:
    twin = TorchModel.from_model(learned(CONFIGS["llama3"]))
    ids = torch.arange(30)[None] % 37
    changed = ids.clone()
    changed[0, 20:] = 5
    with torch.no_grad():
        first, second = twin(ids), twin(changed)
    torch.testing.assert_close(first[:, :20], second[:, :20])
    assert not torch.allclose(first[:, 20:], second[:, 20:])


def test_every_weight_gets_a_gradient(config: Config) -> None:
    twin = TorchModel.from_model(learned(config))
    ids = torch.arange(config.context)[None] % config.vocab_size
    twin(ids).square().mean().backward()
    for name, weight in twin.named_parameters():
        assert weight.grad is not None and weight.grad.abs().max() > 0, name


def test_the_start_depends_on_the_generator_alone() -> None:
    def start(seed: int) -> dict[str, torch.Tensor]:
        generator = torch.Generator().manual_seed(seed)
        return TorchModel(CONFIGS["one head of keys"]).initialize(generator).state_dict()

    first, again, other = start(0), start(0), start(1)
    assert all(torch.equal(first[name], again[name]) for name in first)
    name = "model.layers.1.mlp.up_proj.weight"
    assert not torch.equal(first[name], other[name])
    assert first["model.layers.0.self_attn.o_proj.weight"].count_nonzero() == 0
    assert torch.equal(first["model.layers.1.input_layernorm.weight"], torch.ones(18))


@pytest.mark.parametrize("tied", [True, False])
def test_the_first_guesses_know_nothing(tied: bool) -> None:
    config = replace(CONFIGS["grouped"], vocab_size=601, d_model=64, tied=tied)
    model = TorchModel(config).initialize(torch.Generator().manual_seed(3))
    ids = torch.randint(601, (40, 17), generator=torch.Generator().manual_seed(4))
    loss = torch.nn.functional.cross_entropy(model(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    assert loss.item() == pytest.approx(log(601), abs=0.05)
    # Tokens start as far apart as what the blocks, of about unit size, will add to them.
    assert model.model.embed_tokens.weight.std().item() == pytest.approx(1, abs=0.02)
