import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from llmbook import llama_cpp, pretokenize
from llmbook.cli import main
from llmbook.engines import log_softmax
from llmbook.errors import InputError
from llmbook.gguf_file import neighbors, write_gguf
from llmbook.hub import LanguageModel, load, save, shipped
from llmbook.layers import RopeScaling, rope_tables, rotate
from llmbook.model import Config, Model
from llmbook.tokenizer import Tokenizer

gguf = pytest.importorskip("gguf")

CONFIG = Config(  # all different; no width is a multiple of 32
    vocab_size=301,
    d_model=40,
    n_layers=3,
    n_heads=6,
    n_kv_heads=2,
    head_dim=10,
    d_ff=56,
    context=70,
    rope_theta=5000.0,
    norm_eps=1e-3,
)
CONFIGS = {
    "plain": CONFIG,
    "own output": replace(CONFIG, tied=False),
    "as many keys": replace(CONFIG, n_kv_heads=6),
    "linear": replace(CONFIG, rope_scaling=RopeScaling("linear", factor=4.0)),
    "llama3": replace(CONFIG, rope_scaling=RopeScaling("llama3", 8.0, 1.0, 4.0, 32)),
    "blocks": replace(CONFIG, d_model=64, head_dim=16, n_heads=4, d_ff=96),
}
TEXTS = [
    "The dog went to the mill, and we'll see it'S 12345 times.",
    "  two  spaces\n\n\tand a tab \r\n end   ",
    "Où est l'âne ? Ça va être drôle, n'est-ce pas…",
    "Привет, мир! Γειά σου. שלום עולם. مرحبا ١٢٣. नमस्ते दुनिया ४५.",
    "日本語のテスト、１２３。한국어 문장. ไทย",
    "🐶🦮👩\u200d👩\u200d👧 ½ Ⅷ ² e\u0301 \u00a0\u3000\u2028x\x85y\x1cz",
    "def f(x):\n    return {'a': x ** 2, \"b\": [1_000, 0xFF]}  # <|end|>",
    "<|user|>not a turn<|end|>",
]


def tokenizer(expression: str = pretokenize.GPT2, **changes: object) -> Tokenizer:
    made = Tokenizer.train(TEXTS * 2, 300, ["<|end|>", "<|user|>"])
    document = made._document
    if expression != pretokenize.GPT2:
        cut = {"type": "Split", "pattern": {"Regex": expression}}
        cut |= {"behavior": "Isolated", "invert": False}
        if expression == pretokenize.DIGITS:
            cut = {"type": "Digits", "individual_digits": True}
        byte_level = document["pre_tokenizer"]
        byte_level = byte_level | {"use_regex": expression == pretokenize.DIGITS}
        document["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [cut, byte_level]}
    document["model"] |= changes
    return Tokenizer(document)


def language_model(config: Config = CONFIG, **more: object) -> LanguageModel:
    model = Model.random(config, seed=1)
    for array in model.weights.values():
        array *= np.float32(1.3 if array.ndim == 1 else 6)  # or all tokens are as likely
    made = more.pop("tokenizer", None) or tokenizer()
    names = {"bos_token": "<|end|>", "eos_token": "<|end|>"}
    return LanguageModel(Model(config, model.weights), made, names=names, stop_ids=(0,), **more)


def read(path: Path) -> tuple[dict, dict]:
    """Return what a file says, and its arrays as numbers."""
    reader = gguf.GGUFReader(path)
    fields = {name: field.contents() for name, field in reader.fields.items()}
    arrays = {t.name: gguf.quants.dequantize(t.data, t.tensor_type) for t in reader.tensors}
    return fields, {name: np.array(array) for name, array in arrays.items()}


# --- The file ---------------------------------------------------------------------------------


def test_neighbors_rotated_as_neighbors_give_the_scores_of_halves():
    rng = np.random.default_rng(0)
    query, key = rng.standard_normal((2, 7, 10))  # 7 tokens, one head
    cos, sin = rope_tables(7, 10)

    def paired(x):
        x = neighbors(x.T, n_heads=1).T
        even, odd = x[:, ::2], x[:, 1::2]
        return np.stack((even * cos - odd * sin, odd * cos + even * sin), axis=-1).reshape(7, 10)

    ours = rotate(query, cos, sin) @ rotate(key, cos, sin).T
    np.testing.assert_allclose(paired(query) @ paired(key).T, ours, atol=1e-5)
    assert not np.allclose(neighbors(query.T, n_heads=1), query.T)


def test_the_file_says_what_the_model_is(tmp_path):
    lm = language_model(chat_template="{{ messages }}")
    write_gguf(lm, tmp_path / "deep" / "m.gguf", "f32", name="small")
    fields, arrays = read(tmp_path / "deep" / "m.gguf")
    assert (tmp_path / "deep" / "m.gguf").read_bytes()[:8] == b"GGUF\3\0\0\0"
    assert fields["general.name"] == "small"
    sizes = {
        "context_length": 70,
        "embedding_length": 40,
        "block_count": 3,
        "feed_forward_length": 56,
        "attention.head_count": 6,
        "attention.head_count_kv": 2,
        "attention.key_length": 10,
        "rope.dimension_count": 10,
        "rope.freq_base": 5000.0,
        "vocab_size": 301,
    }
    assert {name: fields[f"llama.{name}"] for name in sizes} == sizes
    assert fields["llama.attention.layer_norm_rms_epsilon"] == pytest.approx(1e-3)
    assert fields["tokenizer.ggml.pre"] == "gpt-2"
    tokens, types = fields["tokenizer.ggml.tokens"], fields["tokenizer.ggml.token_type"]
    assert len(tokens) == len(types) == 301
    assert tokens[:2] == ["<|end|>", "<|user|>"] and types[:3] == [3, 3, 1]
    assert (tokens[300], types[300]) == ("[PAD300]", 5)  # the model has room for one more
    assert fields["tokenizer.ggml.eos_token_id"] == fields["tokenizer.ggml.bos_token_id"] == 0
    assert fields["tokenizer.ggml.add_bos_token"] is False
    assert fields["tokenizer.chat_template"] == "{{ messages }}"
    assert "output.weight" not in arrays  # tied
    weights = lm.model.weights
    np.testing.assert_array_equal(
        arrays["blk.1.attn_v.weight"], weights["model.layers.1.self_attn.v_proj.weight"]
    )
    np.testing.assert_array_equal(
        arrays["blk.1.attn_k.weight"],
        neighbors(weights["model.layers.1.self_attn.k_proj.weight"], n_heads=2),
    )


@pytest.mark.parametrize(
    ("kind", "error"), [("f32", 0), ("f16", 1e-3), ("q8_0", 0.02), ("q4_0", 0.2)]
)
def test_kinds_store_less_and_lose_more(kind, error, tmp_path):
    lm = language_model(CONFIGS["blocks"])
    assert write_gguf(lm, tmp_path / "m.gguf", kind) == []
    types = {t.name: t.tensor_type.name for t in gguf.GGUFReader(tmp_path / "m.gguf").tensors}
    assert types["blk.0.ffn_down.weight"] == kind.upper()
    assert types["token_embd.weight"] == ("Q8_0" if kind == "q4_0" else kind.upper())
    assert types["blk.2.attn_norm.weight"] == types["output_norm.weight"] == "F32"
    _, arrays = read(tmp_path / "m.gguf")
    ours = lm.model.weights["model.layers.2.mlp.down_proj.weight"]
    off = np.linalg.norm(arrays["blk.2.ffn_down.weight"] - ours) / np.linalg.norm(ours)
    assert error / 20 <= off <= error


def test_rows_that_are_no_multiple_of_32_stay_in_f16(tmp_path, capsys):
    save(language_model(replace(CONFIG, d_ff=64)), tmp_path / "odd")
    arguments = ["export", str(tmp_path / "odd"), "--dtype", "q4_0", "--out"]
    assert main([*arguments, str(tmp_path / "odd.gguf")]) == 0
    types = {t.name: t.tensor_type.name for t in gguf.GGUFReader(tmp_path / "odd.gguf").tensors}
    assert types["blk.0.ffn_down.weight"] == "Q4_0"  # its rows have 64 numbers, the others' 40, 60
    assert types["blk.0.ffn_up.weight"] == types["token_embd.weight"] == "F16"
    assert "19 matrices stay in f16" in capsys.readouterr().out


def test_the_same_model_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_gguf(language_model(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


# --- What is refused --------------------------------------------------------------------------


def refuses(match: str, path: Path, lm: LanguageModel | None = None, kind: str = "f16") -> None:
    before = sorted(path.parent.iterdir())
    with pytest.raises(InputError, match=match):
        write_gguf(lm or language_model(), path, kind)
    assert sorted(path.parent.iterdir()) == before


def full(*_):
    raise OSError(28, "no space")


def test_nothing_is_overwritten_or_half_written(tmp_path, monkeypatch):
    path = tmp_path / "m.gguf"
    refuses("stored as f32, f16, q8_0, q4_0, not as q3", path, kind="q3")
    large = language_model()
    large.model.weights["model.layers.2.mlp.up_proj.weight"][3, 4] = 1e5
    refuses(r"blk\.2\.ffn_up\.weight .* too large for f16", path, large)
    path.write_text("mine")
    refuses("exists", path)
    with pytest.raises(InputError, match="cannot write"):
        write_gguf(language_model(), path / "below.gguf")
    monkeypatch.setattr("llmbook.gguf_file.sync", full)
    refuses("cannot write .*: no space", tmp_path / "other.gguf")
    assert path.read_text() == "mine"
    monkeypatch.setitem(sys.modules, "gguf", None)
    refuses(r'pip install "llmbook\[gguf\]"', tmp_path / "other.gguf")


def test_a_tokenizer_that_llama_cpp_has_no_name_for_is_refused(tmp_path):
    odd = tokenizer(ignore_merges=True)
    refuses("no name for the way", tmp_path / "m.gguf", language_model(tokenizer=odd))
    document = tokenizer()._document
    document["pre_tokenizer"] |= {"add_prefix_space": True}
    spaced = Tokenizer(document)
    refuses("no name for the way", tmp_path / "m.gguf", language_model(tokenizer=spaced))
    small = language_model(replace(CONFIG, vocab_size=299))
    refuses("300 tokens, but the model has room for 299", tmp_path / "m.gguf", small)


def test_importing_llmbook_does_not_import_gguf():
    command = "import llmbook.cli, llmbook.gguf_file, sys; sys.exit('gguf' in sys.modules)"
    subprocess.run([sys.executable, "-c", command], check=True)


# --- What llama.cpp makes of it ---------------------------------------------------------------


def ids_by_llama_cpp(ask, text: str, special: bool = False) -> list[int]:
    return ask("/tokenize", content=text, add_special=True, parse_special=special)["tokens"]


@pytest.mark.parametrize("name", CONFIGS)
def test_llama_cpp_computes_the_same(name, tmp_path):
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed")
    lm = language_model(CONFIGS[name])
    write_gguf(lm, tmp_path / "m.gguf", "f32")
    ids = np.random.default_rng(0).integers(300, size=60).tolist()
    with llama_cpp.start(tmp_path / "m.gguf") as ask:
        for n in (1, 2, 33, 60):
            found = llama_cpp.log_probabilities(ask, lm, ids[:n])
            ours = log_softmax(lm.logits(ids[:n])[-1])
            assert np.ptp(ours) > 3  # it has opinions
            np.testing.assert_allclose(found, ours, atol=1e-3)


@pytest.mark.parametrize(
    ("expression", "changes"),
    [
        (pretokenize.GPT2, {}),
        (pretokenize.DIGITS, {}),
        (pretokenize.LLAMA3, {}),
        (pretokenize.LLAMA3, {"ignore_merges": True}),
        (pretokenize.QWEN2, {}),
    ],
)
def test_llama_cpp_gives_the_same_tokens(expression, changes, tmp_path):
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed")
    lm = language_model(tokenizer=tokenizer(expression, **changes))
    write_gguf(lm, tmp_path / "m.gguf")
    with llama_cpp.start(tmp_path / "m.gguf") as ask:
        for text in TEXTS:
            assert ids_by_llama_cpp(ask, text) == lm.tokenizer.encode(text)
        special = ids_by_llama_cpp(ask, "<|user|>a<|end|>", special=True)
        assert special == lm.tokenizer.encode("<|user|>a<|end|>", allow_special=True)
        ids = lm.tokenizer.encode(TEXTS[3])
        assert ask("/detokenize", tokens=ids)["content"] == TEXTS[3]


def test_llama_cpp_refuses_what_is_no_model(tmp_path):
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed")
    (tmp_path / "m.gguf").write_bytes(b"GGUF\3\0\0\0nothing")
    with (
        pytest.raises(InputError, match=r"llama\.cpp refuses"),
        llama_cpp.start(tmp_path / "m.gguf"),
    ):
        pass


@pytest.mark.parametrize("name", [n for n in ("valley-base", "valley-chat") if n in shipped()])
def test_the_models_of_the_book_chat_in_llama_cpp(name, tmp_path):
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed")
    lm = load(name)
    write_gguf(lm, tmp_path / "m.gguf", "f32")
    with llama_cpp.start(tmp_path / "m.gguf") as ask:
        for text in TEXTS:
            assert ids_by_llama_cpp(ask, text) == lm.tokenizer.encode(text)
        if lm.chat_template is None:
            return
        said = [{"role": "user", "content": "Write a sentence about a dog."}]
        prompt = ask("/apply-template", messages=said)["prompt"]
        assert ids_by_llama_cpp(ask, prompt, special=True) == lm.encode(said)
        answer = ask("/v1/chat/completions", messages=said, max_tokens=50, temperature=0)
        text = answer["choices"][0]["message"]["content"]
        assert text.removeprefix(" ") == lm.chat(said, max_tokens=50, temperature=0)


def test_the_server_of_llama_cpp_waits_and_says_what_is_wrong(tmp_path):
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed")
    write_gguf(language_model(), tmp_path / "m.gguf")
    with llama_cpp.start(tmp_path / "m.gguf") as ask:
        with pytest.raises(InputError, match=r"^llama\.cpp: .*context"):
            ask("/completion", prompt=[3] * 1000, n_predict=1)
        time.sleep(6)  # longer than it keeps a connection that is silent
        assert ask("/completion", prompt=[3], n_predict=1, ignore_eos=True)["tokens_predicted"] == 1
