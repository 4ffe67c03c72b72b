"""Low-rank adapters: what they train, what they add up to, and that PEFT reads and writes the same."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

from llmbook.adapters import load_adapter, save_adapter
from llmbook.errors import InputError
from llmbook.hub import LanguageModel, save
from llmbook.lora import Lora, LoraLinear, add_lora, lora_layers, merge, n_trained
from llmbook.model import Config, Model
from llmbook.tokenizer import Tokenizer
from llmbook.torch_model import TorchModel

# PEFT 0.21 asks Transformers 5.23 by a name that it has given up.
pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")

CONFIG = Config(
    vocab_size=23, d_model=24, n_layers=3, n_heads=6, n_kv_heads=2, head_dim=8, d_ff=28, context=17
)
UNTIED = Config(
    vocab_size=31,
    d_model=18,
    n_layers=2,
    n_heads=5,
    n_kv_heads=1,
    head_dim=4,
    d_ff=14,
    context=40,
    tied=False,
)
EVERY = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
IDS = torch.tensor([[3, 1, 4, 1, 5, 9, 2], [6, 5, 3, 5, 8, 9, 7]])
TOLERANCE = (
    1e-5  # of merged logits that are larger than 1: single precision, summed in other orders
)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Let a small model be small: threads that wait for each other take most of its time."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def learned(config: Config = CONFIG, seed: int = 0) -> Model:
    """Return a model whose norms are not 1 and whose attention is not even."""
    generator = np.random.default_rng(seed)
    return Model(
        config,
        {
            name: np.float32(1 if len(shape) == 1 else 0)
            + np.float32(0.3) * generator.standard_normal(shape, dtype=np.float32)
            for name, shape in config.shapes.items()
        },
    )


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def adapted(lora: Lora = Lora(rank=3), config: Config = CONFIG) -> TorchModel:  # noqa: B008
    """Return a model with corrections that do something, as after training."""
    model = TorchModel.from_model(learned(config))
    add_lora(model, lora, generator())
    with torch.no_grad():
        for _, layer in lora_layers(model):
            layer.lora_B.weight.normal_(0, 0.2, generator=generator(1))
    return model


def logits(model: torch.nn.Module) -> torch.Tensor:
    with torch.no_grad():
        out = model(IDS)
    return getattr(out, "logits", out)


# --- What is trained ------------------------------------------------------------------------------


def test_a_new_adapter_changes_nothing_yet() -> None:
    plain = TorchModel.from_model(learned())
    model = TorchModel.from_model(learned())
    add_lora(model, Lora(rank=3, targets=EVERY), generator())
    assert torch.equal(logits(model), logits(plain))


@pytest.mark.parametrize("rank", [1, 5])
def test_only_the_corrections_are_trained_and_counted(rank: int) -> None:
    model = adapted(Lora(rank, targets=("q_proj", "down_proj")))
    trained = {name for name, weight in model.named_parameters() if weight.requires_grad}
    ends = ("q_proj.lora_A", "q_proj.lora_B", "down_proj.lora_A", "down_proj.lora_B")
    assert len(trained) == 3 * len(ends)
    assert all(name.removesuffix(".weight").endswith(ends) for name in trained)
    assert n_trained(model) == 3 * rank * ((24 + 48) + (28 + 24))


def test_gradients_reach_both_matrices_and_no_other() -> None:
    model = adapted(Lora(rank=3, targets=EVERY))
    model(IDS).square().mean().backward()
    for name, weight in model.named_parameters():
        if ".lora_" in name:
            assert weight.grad is not None and weight.grad.abs().max() > 0, name
        else:
            assert weight.grad is None, name


def test_at_the_start_only_b_can_learn() -> None:
    model = TorchModel.from_model(learned())
    add_lora(model, Lora(rank=3), generator())
    model(IDS).square().mean().backward()
    for _, layer in lora_layers(model):
        assert layer.lora_A.weight.grad is not None and layer.lora_B.weight.grad is not None
        assert layer.lora_A.weight.grad.abs().max() == 0  # as B, which it is multiplied by, is 0
        assert layer.lora_B.weight.grad.abs().max() > 0


def test_steps_change_only_the_corrections_and_lower_the_loss() -> None:
    model = adapted()
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    optimizer = torch.optim.AdamW([w for w in model.parameters() if w.requires_grad], lr=0.01)
    losses = []
    for _ in range(5):
        out = model(IDS[:, :-1]).flatten(0, 1)
        loss = torch.nn.functional.cross_entropy(out, IDS[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.9 * losses[0]
    for name, weight in model.state_dict().items():
        assert torch.equal(weight, before[name]) == (".lora_" not in name), name


def test_the_start_depends_on_the_given_generator_alone() -> None:
    def start(seed: int) -> torch.Tensor:
        model = TorchModel.from_model(learned())
        state = torch.get_rng_state()
        add_lora(model, Lora(rank=3, targets=("v_proj", "q_proj")), generator(seed))
        assert torch.equal(torch.get_rng_state(), state)
        return torch.cat([layer.lora_A.weight.flatten() for _, layer in lora_layers(model)])

    assert torch.equal(start(0), start(0))
    assert not torch.equal(start(0), start(1))
    assert start(0).abs().max() <= 24**-0.5  # uniform between plus and minus 1 / sqrt(inputs)
    assert start(0).abs().max() > 0.9 * 24**-0.5


def test_one_matrix_alone_can_be_a_target() -> None:
    model = adapted(Lora(rank=2, targets=("layers.1.mlp.up_proj",)))
    assert [name for name, _ in lora_layers(model)] == ["model.layers.1.mlp.up_proj"]


# --- What it adds up to ---------------------------------------------------------------------------


@pytest.mark.parametrize("config", [CONFIG, UNTIED], ids=["tied", "untied"])
@pytest.mark.parametrize("by_root", [False, True])
def test_merged_equals_unmerged(config: Config, by_root: bool) -> None:
    model = adapted(Lora(rank=4, alpha=6, targets=EVERY, by_root=by_root), config)
    unmerged = logits(model)
    merged = merge(model)
    assert not any(lora_layers(merged))
    assert merged.state_dict().keys() == config.shapes.keys()
    assert unmerged.abs().max() > 1  # or anything near 0 would do
    torch.testing.assert_close(logits(merged), unmerged, rtol=TOLERANCE, atol=TOLERANCE)
    base = logits(TorchModel.from_model(learned(config)))
    assert (unmerged - base).abs().max() > 0.1  # and the adapter did something
    assert torch.equal(logits(model), unmerged)  # the model itself stays as it is
    numpy = merged.to_model().forward(IDS[0].tolist())
    np.testing.assert_allclose(numpy, unmerged[0], atol=1e-4)


def test_merging_copies() -> None:
    model = adapted()
    merged = merge(model)
    before = logits(model)
    with torch.no_grad():
        for weight in merged.parameters():
            weight.zero_()
    assert torch.equal(logits(model), before)
    assert all(weight.requires_grad for weight in merge(model).parameters())


def test_a_model_without_adapter_merges_to_itself() -> None:
    plain = TorchModel.from_model(learned())
    assert torch.equal(logits(merge(plain)), logits(plain))


@settings(max_examples=25, deadline=None)
@given(
    rank=st.integers(1, 9),
    alpha=st.floats(0.1, 64),
    inputs=st.integers(1, 9),
    outputs=st.integers(10, 19),
)
def test_a_layer_is_the_matrix_plus_a_scaled_product(
    rank: int, alpha: float, inputs: int, outputs: int
) -> None:
    base = torch.nn.Linear(inputs, outputs, bias=False, dtype=torch.float64)
    layer = LoraLinear(base, Lora(rank, alpha), generator())
    with torch.no_grad():
        layer.lora_B.weight.normal_(generator=generator(2))
        a, b = layer.lora_A.weight, layer.lora_B.weight
        assert (a.shape, b.shape) == ((rank, inputs), (outputs, rank))
        x = torch.randn(4, inputs, dtype=torch.float64, generator=generator(3))
        torch.testing.assert_close(layer(x), x @ (base.weight + alpha / rank * b @ a).T)
        torch.testing.assert_close(layer(x), x @ layer.merged().T)


# --- Folders: there and back, and PEFT ------------------------------------------------------------


@pytest.fixture(scope="module")
def base_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the model of these tests to a folder, for Transformers."""
    folder = tmp_path_factory.mktemp("base") / "model"
    save(LanguageModel(learned(), Tokenizer.train(["ab"], 256)), folder)
    return folder


def reference(folder: Path) -> Any:
    """Return the model of a folder, as Transformers loads it."""
    return AutoModelForCausalLM.from_pretrained(folder).eval()


def test_there_and_back_changes_no_bit(tmp_path: Path) -> None:
    lora = Lora(rank=3, alpha=7.5, targets=("k_proj", "mlp.up_proj"), by_root=True)
    model = adapted(lora)
    save_adapter(model, tmp_path / "a", base="valley-base", card="# An adapter\n")
    assert {path.name for path in (tmp_path / "a").iterdir()} == {
        "adapter_config.json",
        "adapter_model.safetensors",
        "README.md",
    }
    again = TorchModel.from_model(learned())
    load_adapter(again, tmp_path / "a")
    assert torch.equal(logits(again), logits(model))
    assert n_trained(again) == n_trained(model)
    save_adapter(again, tmp_path / "b")
    first, second = (load_file(tmp_path / f / "adapter_model.safetensors") for f in "ab")
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)
    key = "base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight"
    assert first[key].shape == (3, 24)


@pytest.mark.parametrize(
    "lora",
    [
        Lora(rank=1, alpha=3),
        Lora(rank=3, alpha=7.5, targets=EVERY),
        Lora(rank=5, alpha=2, targets=("o_proj", "gate_proj"), by_root=True),
        Lora(rank=4, targets=("layers.2.mlp.down_proj", "layers.0.self_attn.q_proj")),
    ],
    ids=["rank 1", "all matrices", "by the root", "two alone"],
)
def test_peft_reads_what_we_write(lora: Lora, base_folder: Path, tmp_path: Path) -> None:
    model = adapted(lora)
    save_adapter(model, tmp_path / "adapter", base=str(base_folder))
    theirs = PeftModel.from_pretrained(reference(base_folder), tmp_path / "adapter").eval()
    torch.testing.assert_close(logits(theirs), logits(model), atol=1e-4, rtol=0)
    merged = theirs.merge_and_unload()
    torch.testing.assert_close(logits(merged), logits(merge(model)), atol=1e-4, rtol=0)


@pytest.mark.parametrize(
    "changes",
    [
        {"r": 1, "lora_alpha": 3},
        {"r": 6, "lora_alpha": 16, "target_modules": "all-linear"},
        {"r": 5, "lora_alpha": 8, "use_rslora": True, "lora_dropout": 0.3},
        {"r": 2, "lora_alpha": 1, "layers_to_transform": [0, 2], "init_lora_weights": "gaussian"},
        {"r": 3, "target_modules": r".*\.(up|down)_proj", "exclude_modules": r".*\.1\..*"},
    ],
    ids=["rank 1", "all matrices", "by the root", "two layers", "a pattern"],
)
def test_we_read_what_peft_writes(
    changes: dict[str, Any], base_folder: Path, tmp_path: Path
) -> None:
    config = {"target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM", **changes}
    theirs = get_peft_model(reference(base_folder), LoraConfig(**config)).eval()
    with torch.no_grad():
        for name, weight in theirs.named_parameters():
            if ".lora_" in name:
                weight.normal_(0, 0.2, generator=generator(3))
    theirs.save_pretrained(tmp_path / "adapter")
    model = TorchModel.from_model(learned())
    load_adapter(model, tmp_path / "adapter")
    torch.testing.assert_close(logits(model), logits(theirs), atol=1e-4, rtol=0)
    base = logits(TorchModel.from_model(learned()))
    assert (logits(model) - base).abs().max() > 0.01  # and the adapter did something
    trained = sum(w.numel() for n, w in theirs.named_parameters() if ".lora_" in n)
    assert n_trained(model) == trained


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"use_dora": True}, "use_dora True"),
        ({"bias": "all"}, "bias 'all'"),
        ({"rank_pattern": {"v_proj": 2}}, "rank_pattern"),
        ({"alpha_pattern": {"v_proj": 2}}, "alpha_pattern"),
        ({"modules_to_save": ["lm_head"]}, "modules_to_save"),
        ({"init_lora_weights": "olora"}, "init_lora_weights 'olora'"),
        ({"lora_bias": True}, "lora_bias"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning:peft")  # of some of these PEFT warns, too
def test_what_is_more_than_lora_is_refused(
    changes: dict[str, Any], named: str, base_folder: Path, tmp_path: Path
) -> None:
    config = LoraConfig(r=3, target_modules=["q_proj", "v_proj"], **changes)
    get_peft_model(reference(base_folder), config).save_pretrained(tmp_path / "adapter")
    assert named in refused(tmp_path / "adapter")


# --- Bad input ------------------------------------------------------------------------------------


def refused(folder: Path, model: TorchModel | None = None) -> str:
    """Load an adapter that cannot be, and return the one line that says why."""
    model = model or TorchModel.from_model(learned())
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    with pytest.raises(InputError) as error:
        load_adapter(model, folder)
    assert model.state_dict().keys() == before.keys()  # the model is as it was
    assert all(torch.equal(weight, before[name]) for name, weight in model.state_dict().items())
    assert all(w.requires_grad for n, w in model.named_parameters() if ".lora_" in n)
    message = str(error.value)
    assert "\n" not in message and len(message) < 400
    return message


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    save_adapter(adapted(), tmp_path / "adapter")
    return tmp_path / "adapter"


def rewrite(folder: Path, **changes: object) -> None:
    """Change what the configuration of an adapter says."""
    path = folder / "adapter_config.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


@pytest.mark.parametrize("name", ["adapter_config.json", "adapter_model.safetensors"])
def test_a_missing_file_is_named(adapter: Path, name: str) -> None:
    (adapter / name).unlink()
    assert name in refused(adapter)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"r": 4}, "has the shape (3, 24), and rank 4"),
        ({"r": 0}, "r has to be a whole number"),
        ({"r": True}, "r has to be a whole number"),
        ({"r": None}, "r has to be a whole number"),
        ({"r": 10**30}, "rank 1000"),
        ({"lora_alpha": -1}, "lora_alpha has to be a positive number"),
        ({"lora_alpha": "8"}, "lora_alpha has to be a positive number"),
        ({"lora_alpha": float("nan")}, ""),
        ({"use_rslora": "yes"}, "use_rslora has to be true or false"),
        ({"peft_type": "IA3"}, "'IA3' is not supported"),
        ({"peft_type": ["LORA"]}, "is not supported"),
        ({"init_lora_weights": ["olora"]}, "init_lora_weights"),
        ({"a_later_trick": {"on": True}}, "a_later_trick"),
    ],
)
def test_a_strange_configuration_is_refused(adapter: Path, changes: Any, named: str) -> None:
    rewrite(adapter, **changes)
    assert named in refused(adapter)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"n_layers": 2}, "layers.2"), ({"d_model": 22}, "(3, 24)"), ({"n_kv_heads": 3}, "(16, 3)")],
)
def test_an_adapter_of_another_architecture_is_refused(
    adapter: Path, change: dict[str, int], named: str
) -> None:
    other = TorchModel.from_model(learned(replace(CONFIG, **change)))
    assert named in refused(adapter, other)


def test_numbers_that_are_not_finite_are_refused(adapter: Path, tmp_path: Path) -> None:
    path = adapter / "adapter_model.safetensors"
    tensors = load_file(path)
    name = min(tensors)
    tensors[name][1, 2] = torch.nan
    save_file(tensors, path)
    assert f"{name} holds numbers that are not finite" in refused(adapter)
    model = adapted()
    with torch.no_grad():
        next(lora_layers(model))[1].lora_B.weight[0, 0] = torch.inf
    with pytest.raises(InputError, match="not finite"):
        save_adapter(model, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_damaged_file_is_refused(adapter: Path) -> None:
    path = adapter / "adapter_model.safetensors"
    whole = path.read_bytes()
    for data in (b"", whole[:-1], whole[:100], whole + b"0", b"\xff" * 8 + whole[8:]):
        path.write_bytes(data)
        assert path.name in refused(adapter)
    path.write_bytes(whole)
    (adapter / "adapter_config.json").write_text("{", "utf-8")
    assert "adapter_config.json" in refused(adapter)


def test_what_is_missing_or_too_much_among_the_tensors_is_named(adapter: Path) -> None:
    path = adapter / "adapter_model.safetensors"
    tensors = load_file(path)
    lone = {name: tensor for name, tensor in tensors.items() if name != min(tensors)}
    for changed, named in (
        (lone, min(tensors)),
        ({}, "there are no tensors"),
        ({**tensors, "lm_head.weight": torch.zeros(2, 3)}, "'lm_head.weight' belongs to no"),
        ({"base_model.model.model.embed_tokens.lora_A.weight": torch.zeros(3, 24)}, "embed_tokens"),
        (
            {
                f"base_model.model.model.norm.lora_{part}.weight": torch.zeros(3, 24)
                for part in "AB"
            },
            "no matrix 'model.norm'",
        ),
        (
            {
                "base_model.model.model.embed_tokens.lora_A.weight": torch.zeros(3, 24),
                "base_model.model.model.embed_tokens.lora_B.weight": torch.zeros(23, 3),
            },
            "embed_tokens",
        ),
    ):
        save_file(changed, path)
        assert named in refused(adapter)


def test_a_second_adapter_is_refused(adapter: Path) -> None:
    assert "adapter already" in refused(adapter, adapted())
    with pytest.raises(InputError, match="adapter already"):
        add_lora(adapted(), Lora(rank=2), generator())


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"rank": 0}, "the rank must be 1 or more"),
        ({"rank": 1, "alpha": 0.0}, "alpha must be a positive number"),
        ({"rank": 1, "alpha": float("nan")}, "alpha must be a positive number"),
        ({"rank": 1, "targets": ("q_proj", "lm_head")}, "no block has a matrix 'lm_head'"),
        ({"rank": 1, "targets": ("proj",)}, "no block has a matrix 'proj'; there are down_proj"),
        ({"rank": 1, "targets": ()}, "there is no target"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: Any, named: str) -> None:
    model = TorchModel.from_model(learned())
    with pytest.raises(InputError, match=named):
        add_lora(model, Lora(**settings), generator())
    assert all(weight.requires_grad for weight in model.parameters())


def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no adapter"):
        save_adapter(TorchModel.from_model(learned()), tmp_path / "none")
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="exists"):
        save_adapter(adapted(), taken)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
    assert [path.name for path in taken.iterdir()] == ["mine"]
