"""Read a model from a folder that is laid out as Hugging Face does, and write it to one.

Explained in the chapter "The Transformer" of the part "Architecture".  ``config.json`` has the
sizes of the model and ``model.safetensors`` its weights.  Large models spread these over several
files, the shards, and say in ``model.safetensors.index.json`` which one holds what.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from safetensors.numpy import save as to_safetensors

from llmbook import __version__
from llmbook.errors import InputError
from llmbook.layers import RopeScaling
from llmbook.model import EMBEDDING, HEAD, Config, Model
from llmbook.tensors import StoredTensor, parse_json, read_header

# Architectures that compute the same.  Mistral is Llama, as long as it sees its whole context.
SUPPORTED = ("llama", "mistral")

LONGEST_CONTEXT = 2**22  # tokens; a model keeps a table with one row for each

CLASSIFIER = "LlamaForSequenceClassification"  # has classes in place of tokens: llmbook.classify

WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"

# --- Reading --------------------------------------------------------------------------------------


def read_model(folder: Path) -> Model:
    """Read the model that a folder holds, in single precision whatever its files are in.

    Raises:
        InputError: If a file is missing or damaged, or the model is of another architecture.
    """
    path = folder / "config.json"
    settings = read_json(path)
    if settings.get("architectures") == [CLASSIFIER]:
        raise InputError(f"{folder} holds a classifier, which llmbook.classify.load reads")
    try:
        config = parse_config(settings)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    stored = stored_tensors(folder)
    if config.n_layers > len(stored):
        raise InputError(f"{path}: {config.n_layers} layers, but only {len(stored)} tensors")
    weights = {
        name: tensor.read()
        for name, tensor in stored.items()
        if not name.endswith(".rotary_emb.inv_freq")  # older checkpoints store what is computed
    }
    if config.tied and not _same(weights.get(HEAD), weights.get(EMBEDDING)):
        config = replace(config, tied=False)  # the weights know better, as for Transformers
    try:
        return Model(config, weights)
    except InputError as error:
        raise InputError(f"{folder}: {error}") from None


def parse_config(settings: Mapping[str, Any]) -> Config:
    """Translate the content of ``config.json``.

    Raises:
        InputError: If the architecture is another one, a size is missing, or a value is absurd.

    Example:
        >>> parse_config({"model_type": "gpt2"})
        Traceback (most recent call last):
        llmbook.errors.InputError: the architecture 'gpt2' is not supported, only llama and mistral
    """
    found = settings.get("model_type")
    if found not in SUPPORTED:
        raise InputError(
            f"the architecture {found!r:.50} is not supported, only {' and '.join(SUPPORTED)}"
        )
    context = _size(settings, "max_position_embeddings", largest=LONGEST_CONTEXT)
    window = settings.get("sliding_window", 4096) if found == "mistral" else None
    if window is not None and _size(settings, "sliding_window", default=window) < context:
        raise InputError(f"a sliding window of {window} tokens is not supported")
    for name, only in {
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "partial_rotary_factor": 1,
    }.items():
        if (value := settings.get(name, only)) != only:
            raise InputError(f"{name} {value!r:.50} is not supported, only {only!r}")
    tied = settings.get("tie_word_embeddings", False)
    if type(tied) is not bool:
        raise InputError(f"tie_word_embeddings has to be true or false, not {tied!r:.50}")
    d_model, n_heads = _size(settings, "hidden_size"), _size(settings, "num_attention_heads")
    theta, scaling = _parse_rope(settings, context)
    return Config(
        vocab_size=_size(settings, "vocab_size"),
        d_model=d_model,
        n_layers=_size(settings, "num_hidden_layers"),
        n_heads=n_heads,
        n_kv_heads=_size(settings, "num_key_value_heads", default=n_heads),
        head_dim=_size(settings, "head_dim", default=d_model // n_heads),
        d_ff=_size(settings, "intermediate_size"),
        context=context,
        rope_theta=theta,
        rope_scaling=scaling,
        norm_eps=_number(settings, "rms_norm_eps", default=1e-6),
        tied=tied,
    )


def _parse_rope(settings: Mapping[str, Any], context: int) -> tuple[float, RopeScaling | None]:
    """Translate the settings of the rotations, in the old form or in that of Transformers 5."""
    rope = settings.get("rope_scaling") or settings.get("rope_parameters") or {}
    if not isinstance(rope, dict) or any(isinstance(value, dict) for value in rope.values()):
        raise InputError("rope_parameters has to be one object of numbers, the same for all layers")
    if rope.get("partial_rotary_factor", 1) != 1:
        raise InputError("a partial_rotary_factor other than 1 is not supported")
    theta = _number({**settings, **rope}, "rope_theta", default=10_000.0)
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind == "default":
        return theta, None
    if kind == "linear":
        return theta, RopeScaling(kind, factor=_number(rope, "factor"))
    if kind == "llama3":
        return theta, RopeScaling(
            kind,
            factor=_number(rope, "factor"),
            low_freq_factor=_number(rope, "low_freq_factor"),
            high_freq_factor=_number(rope, "high_freq_factor"),
            original_context=_size(rope, "original_max_position_embeddings", default=context),
        )
    raise InputError(f"rope_type {kind!r:.50} is not supported, only default, linear and llama3")


def _size(
    settings: Mapping[str, Any], name: str, default: int | None = None, largest: int = 2**31
) -> int:
    """Return a positive whole number.  Like Transformers, take null for a missing one."""
    value = default if settings.get(name) is None else settings[name]
    if value is None:
        raise InputError(f"{name} is missing")
    if type(value) is not int or not 1 <= value <= largest:
        raise InputError(f"{name} has to be a whole number from 1 to {largest}, not {value!r:.50}")
    return value


def _number(settings: Mapping[str, Any], name: str, default: float | None = None) -> float:
    """Return a positive number."""
    value = default if settings.get(name) is None else settings[name]
    if value is None:
        raise InputError(f"{name} is missing")
    if type(value) not in (int, float) or not 0 < value < 1e30:
        raise InputError(f"{name} has to be a positive number, not {value!r:.50}")
    return float(value)


def stored_tensors(folder: Path) -> dict[str, StoredTensor]:
    """Find the tensors of a folder, in one file or in several.

    Raises:
        InputError: If a file is missing or damaged.
    """
    if (folder / WEIGHTS).exists():
        return read_header(folder / WEIGHTS)
    path = folder / INDEX
    if not path.exists():
        raise InputError(f"{folder}: there is no {WEIGHTS}; weights in other formats are not read")
    places = read_json(path).get("weight_map")
    if not isinstance(places, dict) or not places:
        raise InputError(f"{path}: the weight_map is missing")
    for shard in places.values():
        # A name with a folder in it could lead anywhere on the reader's disk.
        if not isinstance(shard, str) or shard != Path(shard).name or "\\" in shard:
            raise InputError(f"{path}: {shard!r:.100} is not the name of a file beside it")
    shards = {shard: read_header(folder / shard) for shard in sorted(set(places.values()))}
    for name, shard in places.items():
        if name not in shards[shard]:
            raise InputError(f"{path}: tensor {name!r:.100} is not in {shard}")
    return {name: shards[shard][name] for name, shard in places.items()}


def _same(head: Any, embedding: Any) -> bool:
    """Tell whether a stored output layer adds nothing to the embedding."""
    return head is None or np.array_equal(head, embedding)


def read_json(path: Path) -> dict[str, Any]:
    """Read a file that holds a JSON object.

    Raises:
        InputError: If the file cannot be read or holds anything else.
    """
    return parse_json(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        InputError: If that is not possible.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None


# --- Writing --------------------------------------------------------------------------------------

Dtype = Literal["float32", "float16"]


def write_model(
    model: Model,
    folder: Path,
    dtype: Dtype,
    more: Mapping[str, Any],
    beside: Mapping[str, Any] | None = None,
) -> None:
    """Write ``config.json`` and ``model.safetensors``.

    Args:
        model: What to write.
        folder: Where to.
        dtype: ``"float16"`` takes half the space and keeps about three decimal digits.
        more: What else ``config.json`` has to say, such as the numbers of special tokens.
        beside: Arrays that belong to the weights and are none of the language model.

    Raises:
        InputError: If a weight is too large for float16.
    """
    config = model.config
    settings = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": config.vocab_size,
        "hidden_size": config.d_model,
        "num_hidden_layers": config.n_layers,
        "num_attention_heads": config.n_heads,
        "num_key_value_heads": config.n_kv_heads,
        "head_dim": config.head_dim,
        "intermediate_size": config.d_ff,
        "max_position_embeddings": config.context,
        "hidden_act": "silu",
        "rms_norm_eps": config.norm_eps,
        "rope_theta": config.rope_theta,
        "rope_scaling": _rope_settings(config.rope_scaling),
        "tie_word_embeddings": config.tied,
        **more,
        "dtype": dtype,
        "llmbook_version": __version__,
    }
    write_json(folder / "config.json", settings)
    weights = {}
    for name, array in {**model.weights, **(beside or {})}.items():
        with np.errstate(over="ignore"):
            weights[name] = np.ascontiguousarray(array, dtype=dtype)
        if not np.isfinite(weights[name]).all():
            raise InputError(f"{name} holds a number that is too large for {dtype}")
    (folder / WEIGHTS).write_bytes(to_safetensors(weights, metadata={"format": "pt"}))


def _rope_settings(scaling: RopeScaling | None) -> dict[str, Any] | None:
    """Put the scaling of the rotations into the form that all versions of Transformers read."""
    if scaling is None or scaling.rope_type == "default":
        return None
    settings = {"rope_type": scaling.rope_type, "factor": scaling.factor}
    if scaling.rope_type == "linear":
        return settings
    return settings | {
        "low_freq_factor": scaling.low_freq_factor,
        "high_freq_factor": scaling.high_freq_factor,
        "original_max_position_embeddings": scaling.original_context,
    }


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write a JSON object, in UTF-8 and readable."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8", newline="\n")
