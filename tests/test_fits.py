import json
import random
from dataclasses import replace

import pytest

from llmbook.cli import main
from llmbook.errors import InputError
from llmbook.fits import BITS, Need, advice, report
from llmbook.hub import find_folder, load
from llmbook.model import Config, Model
from llmbook.quantize import quantize
from llmbook.sizes import TYPICAL, Shape, read_shape, typical
from llmbook.units import parse_bandwidth, parse_bytes, parse_count

GB = 10**9
SHAPE = Shape(n_layers=3, n_kv_heads=2, head_dim=10, d_model=24, vocab_size=70)
CONFIG = {
    "model_type": "llama",
    "vocab_size": 70,
    "hidden_size": 24,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 10,
    "intermediate_size": 50,
    "max_position_embeddings": 900,
}


@pytest.fixture
def folder(tmp_path):
    def write(**settings):
        (tmp_path / "config.json").write_text(json.dumps(CONFIG | settings))
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("text", "value"),
    [("8B", 8 * GB), ("8b", 8 * GB), ("0.135B", 135_000_000), ("1T", 10**12), ("7 M", 7_000_000)],
)
def test_a_count(text, value):
    assert parse_count(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("16GB", 16 * GB), ("16GiB", 16 * 2**30), ("0.1TB", 100 * GB), ("1.5 MiB", 3 * 2**19)],
)
def test_a_size_is_exact(text, value):
    assert parse_bytes(text) == value
    assert parse_bandwidth(f"{text}/s") == value


@pytest.mark.parametrize(
    "text", ["", "B", "8X", "-8B", "1e9", "0", "0B", "nan", "8BB", "٣B", "9" * 5000 + "B"]
)
def test_what_is_no_count(text):
    with pytest.raises(InputError, match="is not a number of parameters") as caught:
        parse_count(text)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("text", ["16", "16gb", "16Gb", "16 G B", "0GB", "0.0000000001MB", "GB"])
def test_what_is_no_size(text):
    with pytest.raises(InputError, match="is not a size"):
        parse_bytes(text)
    with pytest.raises(InputError, match="is not a bandwidth"):
        parse_bandwidth(f"{text}/s")


def test_the_cache_is_what_a_cache_allocates():
    config = Config(
        vocab_size=70,
        d_model=24,
        n_layers=3,
        n_heads=4,
        n_kv_heads=2,
        head_dim=10,
        d_ff=50,
        context=9,
    )
    cache = Model.random(config, seed=0).new_cache()
    allocated = cache.keys.nbytes + cache.values.nbytes  # of 32 bits where files have 16
    assert 2 * SHAPE.cache_bytes(cache.capacity) == allocated


def test_a_window_stops_growing():
    windowed = replace(SHAPE, n_layers=1, n_windowed=2, window=6)
    assert windowed.cache_bytes(6) == SHAPE.cache_bytes(6)
    assert windowed.cache_bytes(16) - windowed.cache_bytes(15) == SHAPE.cache_bytes(1) // 3


def test_eight_bits_are_those_of_int8_but_for_the_scales():
    config = load("valley-base").config
    need = Need(config.n_parameters, replace(SHAPE, tied=config.tied), bits=8)
    assert need.bits_stored == 8.5
    assert need.weights == pytest.approx(config.n_parameters * 17 / 16, abs=1)
    # Those of llmbook have a scale for each row, which are fewer.
    assert quantize(load("valley-base").model, 8).n_bytes < need.weights


@pytest.mark.parametrize(("bits", "stored"), [(4, 4.5), (8, 8.5), (16, 16), (32, 32)])
def test_weights_are_whole_bytes_rounded_up(bits, stored):
    need = Need(1_000_003, SHAPE, bits=bits)
    assert need.bits_stored == stored
    assert 0 <= need.weights - 1_000_003 * stored / 8 < 1


def test_typical_sizes_are_those_of_their_configs():
    inner = {  # heads and the width inside the feed-forward network
        "SmolLM2 135M": (9, 1536),
        "Llama 3.2 1B": (32, 8192),
        "Llama 3.1 8B": (32, 14_336),
        "Phi-4": (40, 17_920),
        "Llama 3.1 70B": (64, 28_672),
        "Llama 3.1 405B": (128, 53_248),
    }
    assert inner.keys() == TYPICAL.keys()
    for name, (parameters, shape) in TYPICAL.items():
        config = Config(
            vocab_size=shape.vocab_size,
            d_model=shape.d_model,
            n_layers=shape.n_layers,
            n_heads=inner[name][0],
            n_kv_heads=shape.n_kv_heads,
            head_dim=shape.head_dim,
            d_ff=inner[name][1],
            context=1,
            tied=shape.tied,
        )
        assert config.n_parameters == parameters


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        (1, "SmolLM2 135M"),
        (3 * GB, "Llama 3.2 1B"),
        (4 * GB, "Llama 3.1 8B"),
        (10**14, "Llama 3.1 405B"),
    ],
)
def test_nearest_is_nearest_as_a_ratio(parameters, name):
    assert typical(parameters)[0] == name


def test_what_fits_fits_and_one_more_does_not():
    rng = random.Random(0)
    for _ in range(200):
        shape = replace(
            SHAPE,
            n_layers=rng.randint(1, 9),
            n_windowed=rng.randint(0, 9),
            window=rng.randint(0, 99),
        )
        need = Need(
            rng.randint(1, 10**6), shape, bits=rng.choice(BITS), context=rng.randint(1, 999)
        )
        memory = rng.randint(1, 2 * need.total)
        longest = need.longest_context(memory)
        if longest:
            assert replace(need, context=longest).total <= memory
        assert replace(need, context=longest + 1).total > memory
        bits = need.most_bits(memory)
        assert (bits == need.bits) == (need.total <= memory)
        better = [b for b in BITS if (bits or 0) < b <= need.bits]
        assert all(replace(need, bits=b).total > memory for b in better)


def test_the_ceiling_is_that_of_the_chapter_on_fast_inference():
    parameters, shape = TYPICAL["Llama 3.1 8B"]
    used = parameters - 128_256 * 4096  # the first table is looked up, not fetched
    for bits, stored in ((16, 16), (8, 8.5), (4, 4.5)):
        rate = Need(parameters, shape, bits=bits).tokens_per_second(153 * GB)
        assert rate == pytest.approx(153 * GB / (used * stored / 8))
    full = Need(parameters, shape).tokens_per_second(153 * GB, tokens=8192)
    assert full == pytest.approx(153 * GB / (2 * used + 2**30))


def test_experts_that_rest_are_not_fetched():
    parameters, shape = TYPICAL["Llama 3.1 8B"]
    rate = Need(parameters, shape, active=GB).tokens_per_second(100 * GB)
    assert rate == pytest.approx(50)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"bits": 7}, "bits has to be one of 2, 3, 4"),
        ({"context": 0}, "context has to be a whole number, 1 or more, not 0"),
        ({"parameters": -1}, "parameters has to be"),
        ({"active": 10**7}, "10,000,000 of 1,000,000 parameters cannot be active"),
    ],
)
def test_a_need_that_makes_no_sense(wrong, message):
    with pytest.raises(InputError, match=message):
        Need(**{"parameters": 10**6, "shape": SHAPE} | wrong)


@pytest.mark.parametrize("name", ["n_layers", "n_kv_heads", "head_dim", "d_model", "vocab_size"])
def test_a_shape_that_makes_no_sense(name):
    with pytest.raises(InputError, match=f"{name} has to be a whole number, 1 or more, not 0"):
        replace(SHAPE, **{name: 0})


# --- Advice ---------------------------------------------------------------------------------------

NEED = Need(*TYPICAL["Llama 3.1 8B"], context=131_072)  # 16.1 GB of weights and 17.2 of cache


@pytest.mark.parametrize(
    ("memory", "lines"),
    [
        (30, ["With 8 bits it would: 26.08 GB.", "With a context of 103,577 tokens it would."]),
        (23, ["With 4 bits it would: 22.06 GB.", "With a context of 50,172 tokens it would."]),
        (16, ["With 4 bits and a context of 84,836 tokens it would."]),
        (4, ["A smaller model would, with a shorter context."]),
    ],
)
def test_advice(memory, lines):
    assert advice(NEED, memory * GB) == lines


def test_a_smaller_model_is_advised_only_if_nothing_else_helps():
    parameters, shape = TYPICAL["Llama 3.1 70B"]
    need = Need(parameters, shape)
    (line,) = advice(need, 16 * GB)
    assert line == "A model of 22.8 billion parameters would, with 4 bits."
    assert replace(need, parameters=int(22.8e9), bits=4).total <= 16 * GB


def test_a_report_says_both_ends_of_the_speed():
    text = report(Need(*TYPICAL["Llama 3.1 8B"], bits=4), 16 * GB, 100 * GB)
    assert "It fits, and 10.05 GB are left (1 GB is 10^9 bytes).\n" in text
    assert text.endswith("At most 23.7 tokens a second, 18.9 with a full cache.")


# --- Folders --------------------------------------------------------------------------------------


def test_the_book_s_model_is_read_from_its_config():
    config = load("valley-base").config
    shape, parameters, context = read_shape(find_folder("valley-base"))
    assert (parameters, context) == (config.n_parameters, config.context)
    for name in ("n_layers", "n_kv_heads", "head_dim", "d_model", "vocab_size", "tied"):
        assert getattr(shape, name) == getattr(config, name)


def test_another_architecture_has_a_shape_but_no_count(folder):
    kinds = ["linear_attention", "sliding_attention", "full_attention", "sliding_attention"]
    shape, parameters, context = read_shape(
        folder(model_type="new", layer_types=kinds, num_hidden_layers=4, sliding_window=8)
    )
    assert (shape.n_layers, shape.n_windowed, shape.window) == (1, 2, 8)
    assert (parameters, context) == (None, 900)


def test_a_model_that_sees_keeps_its_sizes_deeper(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "v", "text_config": CONFIG}))
    assert read_shape(tmp_path)[0] == SHAPE


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"kv_lora_rank": 512}, "the cache of this architecture is not known"),
        ({"global_head_dim": 512}, "the cache of this architecture is not known"),
        ({"num_hidden_layers": "3"}, "num_hidden_layers has to be a whole number"),
        ({"vocab_size": None}, "vocab_size has to be a whole number, 1 or more, not None"),
        ({"layer_types": ["linear_attention"]}, "n_layers has to be"),
        ({"text_config": 3}, "the cache of this architecture is not known"),
    ],
)
def test_a_config_that_cannot_be_used(folder, settings, message):
    with pytest.raises(InputError, match=message):
        read_shape(folder(**settings))


# --- The command ----------------------------------------------------------------------------------


def test_the_command_of_the_book(capsys):
    arguments = "fits --parameters 8B --bits 4 --context 8192 --memory 16GB --bandwidth 100GB/s"
    assert main(arguments.split()) == 0
    assert capsys.readouterr().out.splitlines() == [
        "weights              4.50 GB  8,000,000,000 of 4.5 bits",
        "KV cache             1.07 GB  8,192 tokens",
        "working space        0.36 GB  512 tokens are read at a time",
        "together             5.94 GB",
        "memory              16.00 GB",
        "It fits, and 10.06 GB are left (1 GB is 10^9 bytes).",
        "There would be room for 84,966 tokens.",
        "At most 23.8 tokens a second, 18.9 with a full cache.",
        "Sizes that were not given are those of Llama 3.1 8B.",
    ]


def test_every_setting_arrives(capsys, folder):
    shape = replace(SHAPE, n_layers=5, n_kv_heads=7, head_dim=9)
    arguments = ["--layers=5", "--kv-heads=7", "--head-dim=9", "--bits=8", "--context=300"]
    path = folder(model_type="new")
    arguments += ["--parameters=6M", "--active=2M", "--memory=1GiB", "--bandwidth=1GB/s"]
    assert main(["fits", "--model", str(path), *arguments]) == 0
    need = Need(6_000_000, shape, bits=8, context=300, active=2_000_000)
    assert capsys.readouterr().out == report(need, 2**30, GB) + "\n"


def test_a_folder_counts_its_parameters(capsys):
    config = load("valley-base").config
    assert main(["fits", "--model", "valley-base", "--memory", "1GB"]) == 0
    output = capsys.readouterr().out
    assert f"{config.n_parameters:,} of 16 bits" in output
    assert f"{config.context} tokens" in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--memory", "16GB"], "give the --parameters, like 8B, or a --model"),
        (["--memory", "16", "--parameters", "8B"], "'16' is not a size: write it like 16GB"),
        (["--memory", "16GB", "--parameters", "many"], "'many' is not a number of parameters"),
        (["--memory", "16GB", "--parameters", ""], "'' is not a number of parameters"),
        (["--memory", "16GB", "--parameters", "8B", "--bits", "1"], "bits has to be one of 2,"),
        (["--memory", "16GB", "--parameters", "8B", "--context", "0"], "context has to be"),
        (["--memory", "16GB", "--parameters", "8B", "--layers", "0"], "n_layers has to be"),
        (["--memory", "16GB", "--parameters", "8B", "--bandwidth", "9Gb/s"], "is not a bandwidth"),
        (["--memory", "16GB", "--parameters", "8B", "--active", "9B"], "cannot be active"),
        (["--memory", "16GB", "--model", "nowhere"], "there is no folder nowhere"),
        (["--memory", "16GB", "--model", "FOLDER"], "are not counted: add --parameters"),
        (["--memory", "16GB", "--model", "FOLDER", "--context", "901"], "at most 900 tokens"),
        (["--memory", "16GB", "--model", "FOLDER", "--context", "0"], "are not counted"),
    ],
)
def test_bad_input_is_one_line_and_status_2(capsys, folder, arguments, message):
    path = str(folder(model_type="new"))
    arguments = [path if argument == "FOLDER" else argument for argument in arguments]
    assert main(["fits", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("llmbook: ")
    assert captured.err.count("\n") == 1
    assert message in captured.err
