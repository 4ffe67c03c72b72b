"""The script that readers take away trains, and what it writes is read by everybody."""

import re
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

from llmbook import load, train_lm, world

# All dimensions differ, so that no transposed matrix fits.
SIZES = {
    "vocab_size": 300,
    "hidden_size": 20,
    "intermediate_size": 28,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 6,
    "max_position_embeddings": 18,
}
RUN = {"steps": 40, "batch": 7, "seed": 0}
PROBE = "The cat sat in «the» mill,\n\n and\twaited."


def options(**changed: int) -> list[str]:
    return [f"--{name}={value}" for name, value in (SIZES | RUN | changed).items()]


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "valley.txt"
    path.write_text("\n\n".join(d.text for d in world.documents("train", 0, 60)), "utf-8")
    return path


@pytest.fixture(scope="module")
def trained(text: Path, tmp_path_factory: pytest.TempPathFactory) -> Namespace:
    folder = tmp_path_factory.mktemp("models") / "new" / "model"
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr(train_lm, "print", printed.append, raising=False)
        train_lm.main([str(text), str(folder), *options()])
    bits = [float(line.split()[2]) for line in printed[:-1]]
    return Namespace(folder=folder, bits=bits, sample=printed[-1])


def test_it_is_short_and_stands_alone() -> None:
    source = Path(train_lm.__file__).read_text("utf-8")
    assert len(source.splitlines()) < 120
    assert not re.search(r"^\s*(import|from)\s+llmbook", source, re.MULTILINE)
    assert max(map(len, source.splitlines())) <= 110


def test_the_loss_falls(trained: Namespace) -> None:
    assert len(trained.bits) == 11
    assert min(trained.bits) < 0.9 * trained.bits[0]
    assert len(trained.sample) > 10


def test_llmbook_and_transformers_read_the_folder_alike(trained: Namespace) -> None:
    lm = load(trained.folder)
    theirs = AutoModelForCausalLM.from_pretrained(trained.folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(trained.folder)
    ids = lm.tokenizer.encode(PROBE)
    assert tokenizer(PROBE).input_ids == ids
    assert lm.tokenizer.decode(ids) == tokenizer.decode(ids) == PROBE
    ids = ids[: lm.config.context]
    assert len(ids) == lm.config.context  # all positions
    sizes = {"vocab_size": lm.config.vocab_size}
    own = train_lm.Llama(SIZES | sizes)
    own.load_state_dict(load_file(trained.folder / "model.safetensors"))
    with torch.no_grad():
        expected = theirs(torch.tensor([ids])).logits[0].numpy()
        found = own(torch.tensor([ids]))[0].numpy()
    assert np.abs(expected).max() > 1  # or anything near 0 would do
    np.testing.assert_allclose(lm.logits(ids), expected, atol=1e-4)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_config_says_what_was_asked_for(trained: Namespace) -> None:
    config = load(trained.folder).config
    assert (config.d_model, config.d_ff, config.n_layers) == (20, 28, 2)
    assert (config.n_heads, config.n_kv_heads, config.head_dim) == (4, 2, 6)
    assert (config.context, config.tied, config.vocab_size) == (18, True, 300)
    assert {path.name for path in trained.folder.iterdir()} == {
        "config.json",
        "model.safetensors",
        "tokenizer.json",
    }


def test_the_folder_holds_the_best_model(tmp_path: Path, capsys) -> None:
    short = tmp_path / "short.txt"  # what is learned from most of it is wrong in the rest
    short.write_text("one two three four. " * 90 + "four three two one. " * 10, "utf-8")
    train_lm.main([str(short), str(tmp_path / "model"), *options()])
    bits = [float(line) for line in re.findall(r"step \d+: (\S+)", capsys.readouterr().out)]
    assert bits[-1] > min(bits) + 0.05
    lm = load(tmp_path / "model")
    content = short.read_text("utf-8")
    part = content[len(content) * 9 // 10 :]
    ids = torch.tensor(lm.tokenizer.encode(part))
    model = train_lm.Llama(SIZES | {"vocab_size": lm.config.vocab_size})
    model.load_state_dict(load_file(tmp_path / "model" / "model.safetensors"))
    with torch.no_grad():
        loss = model.loss(ids.unfold(0, 19, 18)[: 4 * RUN["batch"]]).item()
    assert loss * len(ids) / len(part.encode()) == pytest.approx(min(bits), abs=1e-3)


def test_the_seed_decides(text: Path, tmp_path: Path) -> None:
    weights = []
    for number, seed in enumerate((1, 1, 2)):
        folder = tmp_path / str(number)
        train_lm.main([str(text), str(folder), *options(steps=3, seed=seed)])
        weights.append(load_file(folder / "model.safetensors"))
    first, again, other = weights
    assert all(torch.equal(first[name], again[name]) for name in first)
    name = "model.layers.1.mlp.up_proj.weight"
    assert not torch.equal(first[name], other[name])


def test_a_token_depends_on_those_before_it_alone() -> None:
    torch.manual_seed(0)
    model = train_lm.Llama(SIZES)
    ids = torch.arange(18)[None]
    changed = ids.clone()
    changed[0, 11:] = 5
    with torch.no_grad():
        first, second = model(ids), model(changed)
    torch.testing.assert_close(first[:, :11], second[:, :11])
    assert not torch.allclose(first[:, 11:], second[:, 11:])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No such file"),
        (b"", "too short"),
        (b"A short text.", "too short"),
        (b"\xe9t\xe9 " * 400, "utf-8"),
    ],
)
def test_bad_input_gets_one_line(
    content: bytes | None, message: str, tmp_path: Path, capsys
) -> None:
    path, folder = tmp_path / "text.txt", tmp_path / "model"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SystemExit) as error:
        train_lm.main([str(path), str(folder), *options()])
    assert error.value.code == 2
    said = capsys.readouterr()
    assert message in said.err and str(path) in said.err
    assert said.err.count("\n") == 1 and not said.out
    assert not folder.exists()


def test_an_old_folder_is_kept(text: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "model").mkdir()
    with pytest.raises(SystemExit) as error:
        train_lm.main([str(text), str(tmp_path / "model"), *options()])
    assert error.value.code == 2
    assert capsys.readouterr().err == f"{tmp_path / 'model'} exists\n"
    assert not list((tmp_path / "model").iterdir())
