"""Write a model to a GGUF file, which llama.cpp, Ollama and their like run.

Explained in the chapter "Run it locally" of the part "Getting started".  A folder becomes one file:
the sizes, the tokenizer and the chat template stand in front, the weights behind.  It needs the
package gguf.

Two things differ from our folders, and both are silent when they go wrong.  llama.cpp rotates
neighboring coordinates where we rotate those of two halves, so the rows of queries and keys change
places.  And it names a way to cut text into words, where our file has an expression.

Source: llama.cpp's own converter, ``convert_hf_to_gguf.py``, for the names and the order.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np

from llmbook import pretokenize
from llmbook._shapes import Array, Float
from llmbook.errors import InputError
from llmbook.folders import sync
from llmbook.hub import LanguageModel
from llmbook.layers import rope_frequencies
from llmbook.model import EMBEDDING, HEAD, NORM, Config
from llmbook.tokenizer_json import LETTERS, Parsed

if TYPE_CHECKING:
    from gguf import GGMLQuantizationType, GGUFWriter

# How matrices can be stored, and what GGUF calls a file that stores most of them so.
KINDS = {"f32": "ALL_F32", "f16": "MOSTLY_F16", "q8_0": "MOSTLY_Q8_0", "q4_0": "MOSTLY_Q4_0"}
BLOCK = 32  # numbers of a row that share a scale in q8_0 and q4_0

# What llama.cpp calls our expressions, and whether it then takes a word that is a token whole.
_CUTS = {
    ((pretokenize.GPT2,), False): "gpt-2",
    ((pretokenize.DIGITS, pretokenize.GPT2), False): "smollm",
    ((pretokenize.LLAMA3,), True): "llama-bpe",
    ((pretokenize.LLAMA3,), False): "smaug-bpe",
    ((pretokenize.QWEN2,), False): "qwen2",
}

_NAMES = {EMBEDDING: "token_embd.weight", NORM: "output_norm.weight", HEAD: "output.weight"}
_BLOCK_NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def write_gguf(
    lm: LanguageModel, path: str | Path, kind: str = "f16", name: str = "llmbook"
) -> list[str]:
    """Write a model with its tokenizer and chat template to one file, whole or not at all.

    Args:
        lm: The model.
        path: The file, which must not exist; folders above it are made.
        kind: How to store matrices: ``"f32"`` and ``"f16"`` in floating point, ``"q8_0"`` and
            ``"q4_0"`` as integers of 8 or 4 bits with a 16-bit scale for each 32 of a row.  With
            ``"q4_0"`` the embedding and the output take 8 bits, as llama.cpp's own tool keeps
            them finer than the rest.  Normalizations are always f32.
        name: What the file says that the model is called.

    Returns:
        The matrices whose rows are no multiple of 32, which therefore stay in f16.

    Raises:
        InputError: If the file exists or cannot be written, the package gguf is missing, or
            llama.cpp has no name for what the tokenizer does.
    """
    path = Path(path)
    if kind not in KINDS:
        raise InputError(f"weights can be stored as {', '.join(KINDS)}, not as {kind}")
    try:
        from gguf import GGUFWriter
    except ImportError:
        raise InputError('GGUF needs the package gguf: pip install "llmbook[gguf]"') from None
    if path.exists():
        raise InputError(f"{path} exists: give another name, or remove it first")
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}.unfinished")
    writer = GGUFWriter(unfinished, "llama")
    writer.add_name(name)
    _add_sizes(writer, lm.config, kind)
    _add_tokenizer(writer, lm)
    kept = []
    for tensor, array in _arrays(lm):
        stored = _stored_as(tensor, array.shape, kind)
        if array.ndim == 2 and stored.name == "F16" and kind != "f16":
            kept.append(tensor)
        writer.add_tensor(tensor, _pack(tensor, array, stored), raw_dtype=stored)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        sync(unfinished)
        unfinished.rename(path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None
    finally:
        if unfinished.exists():
            unfinished.unlink()
    return kept


def neighbors(matrix: Float[Array, "rows d_model"], n_heads: int) -> Float[Array, "rows d_model"]:
    """Reorder the rows of queries or keys for a rotation that pairs neighbors.

    We rotate coordinate ``i`` of a head together with ``i + head_dim / 2``; llama.cpp rotates
    ``2i`` together with ``2i + 1``.  As queries and keys are reordered alike, no score changes.

    Args:
        matrix: The weights, a row for each coordinate of each head.
        n_heads: How many heads it has.

    Example:
        >>> rows = np.arange(12.0)[:, None]  # two heads of six coordinates
        >>> neighbors(rows, n_heads=2)[:, 0].astype(int).tolist()
        [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]
    """
    halves = matrix.reshape(n_heads, 2, -1, matrix.shape[1])
    return halves.swapaxes(1, 2).reshape(matrix.shape)


# --- What stands in front -------------------------------------------------------------------------


def _add_sizes(writer: "GGUFWriter", config: Config, kind: str) -> None:
    """Write what the model's ``config.json`` says."""
    from gguf import LlamaFileType, RopeScalingType

    writer.add_file_type(LlamaFileType[KINDS[kind]])
    writer.add_quantization_version(2)  # of the formats q8_0 and q4_0
    writer.add_vocab_size(config.vocab_size)
    writer.add_context_length(config.context)
    writer.add_embedding_length(config.d_model)
    writer.add_block_count(config.n_layers)
    writer.add_feed_forward_length(config.d_ff)
    writer.add_head_count(config.n_heads)
    writer.add_head_count_kv(config.n_kv_heads)
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    writer.add_layer_norm_rms_eps(config.norm_eps)
    writer.add_rope_dimension_count(config.head_dim)
    writer.add_rope_freq_base(config.rope_theta)
    if config.rope_scaling and config.rope_scaling.rope_type == "linear":
        writer.add_rope_scaling_type(RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(config.rope_scaling.factor)


def _add_tokenizer(writer: "GGUFWriter", lm: LanguageModel) -> None:
    """Write the tokens, the merges and the chat template."""
    parsed, special = lm.tokenizer.parsed, lm.tokenizer.special
    tokens, types = _tokens(parsed, lm.config.vocab_size)
    begin = special.get(lm.names.get("bos_token", ""))
    if parsed.around not in (([], []), ([begin], [])):
        raise InputError(
            "GGUF: a tokenizer that adds more than one token in front is not supported"
        )
    writer.add_tokenizer_model("gpt2")  # what GGUF calls every byte-level tokenizer
    writer.add_tokenizer_pre(_cut(parsed))
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    pairs = sorted(parsed.merges, key=lambda pair: parsed.merges[pair][0])
    writer.add_token_merges([f"{tokens[left]} {tokens[right]}" for left, right in pairs])
    if begin is not None:
        writer.add_bos_token_id(begin)
    if lm.stop_ids:
        writer.add_eos_token_id(lm.stop_ids[0])  # llama.cpp finds others by their usual names
    writer.add_add_bos_token(bool(parsed.around[0]))
    if lm.chat_template is not None:
        writer.add_chat_template(lm.chat_template)


def _cut(parsed: Parsed) -> str:
    """Return llama.cpp's name for the way in which a tokenizer cuts a text."""
    name = _CUTS.get((tuple(parsed.expressions), parsed.ignore_merges))
    if name is None or parsed.nfc or parsed.prefix_space:
        raise InputError("GGUF: llama.cpp has no name for the way this tokenizer cuts a text")
    return name


def _tokens(parsed: Parsed, vocab_size: int) -> tuple[list[str], list[int]]:
    """Return the name and the type of every token that the model has room for."""
    from gguf import TokenType

    added = {number: text for text, number in parsed.added.items()}
    if len(parsed.tokens) > vocab_size:
        raise InputError(f"{len(parsed.tokens)} tokens, but the model has room for {vocab_size}")
    names, types = [], []
    for number, token in enumerate(parsed.tokens):
        text = added.get(number)
        kind = TokenType.CONTROL if text in parsed.special else TokenType.USER_DEFINED
        names.append("".join(LETTERS[byte] for byte in token) if text is None else text)
        types.append(int(TokenType.NORMAL if text is None else kind))
    spare = range(len(names), vocab_size)
    return names + [f"[PAD{i}]" for i in spare], types + [int(TokenType.UNUSED)] * len(spare)


# --- The weights ----------------------------------------------------------------------------------


def _arrays(lm: LanguageModel) -> Iterator[tuple[str, Any]]:
    """Yield the weights under llama.cpp's names and in its order of rows."""
    config = lm.config
    scaling = config.rope_scaling
    if scaling and scaling.rope_type == "llama3":  # llama.cpp divides the frequencies by these
        plain = rope_frequencies(config.head_dim, config.rope_theta)
        slowed = rope_frequencies(config.head_dim, config.rope_theta, scaling)
        yield "rope_freqs.weight", plain / slowed
    for name, array in lm.model.weights.items():
        if name.endswith("q_proj.weight"):
            array = neighbors(array, config.n_heads)
        elif name.endswith("k_proj.weight"):
            array = neighbors(array, config.n_kv_heads)
        yield _rename(name), array


def _rename(name: str) -> str:
    """Return llama.cpp's name of an array.

    Example:
        >>> _rename("model.layers.3.self_attn.q_proj.weight")
        'blk.3.attn_q.weight'
    """
    if name in _NAMES:
        return _NAMES[name]
    number, short = name.removeprefix("model.layers.").removesuffix(".weight").split(".", 1)
    return f"blk.{number}.{_BLOCK_NAMES[short]}.weight"


def _stored_as(name: str, shape: tuple[int, ...], kind: str) -> "GGMLQuantizationType":
    """Return how an array is stored in a file of some kind."""
    from gguf import GGMLQuantizationType as Type

    if len(shape) == 1 or kind == "f32":
        return Type.F32
    if kind == "f16" or shape[1] % BLOCK:
        return Type.F16
    fine = name in ("token_embd.weight", "output.weight")
    return Type.Q8_0 if kind == "q8_0" or fine else Type.Q4_0


def _pack(name: str, array: Any, stored: "GGMLQuantizationType") -> Any:
    """Return the bytes of an array."""
    from gguf import quants

    if stored.name != "F32" and np.abs(array).max() > np.finfo(np.float16).max:
        raise InputError(f"{name} holds a number that is too large for {stored.name.lower()}")
    return quants.quantize(np.ascontiguousarray(array, dtype=np.float32), stored)
