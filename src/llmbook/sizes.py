"""The sizes of a model on which its memory depends: of typical models, and of any ``config.json``.

Explained in the chapter "Choosing a model" of the part "Getting started".
"""

from dataclasses import dataclass
from math import log
from pathlib import Path

from llmbook.checkpoint import parse_config, read_json
from llmbook.errors import InputError

CACHE_BYTES = 2  # of each key and value


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The sizes of a model on which its cache and its working space depend.

    Args:
        n_layers: Layers that keep the keys and values of all tokens.
        n_kv_heads: Heads of keys and values in each layer.
        head_dim: Size of one key or value.
        d_model: Width of the residual stream.
        vocab_size: How many tokens there are.
        tied: Whether one table serves to read tokens and to score the next.
        n_windowed: Further layers, which keep the last ``window`` tokens alone.
        window: How many tokens that is.

    Raises:
        InputError: If a size makes no sense.

    Example:
        >>> TYPICAL["Llama 3.1 8B"][1].cache_bytes(context=8192)
        1073741824
    """

    n_layers: int
    n_kv_heads: int
    head_dim: int
    d_model: int
    vocab_size: int
    tied: bool = False
    n_windowed: int = 0
    window: int = 0

    def __post_init__(self) -> None:
        for name in ("n_layers", "n_kv_heads", "head_dim", "d_model", "vocab_size"):
            positive(name, getattr(self, name))
        for name in ("n_windowed", "window"):
            positive(name, getattr(self, name), least=0)

    def cache_bytes(self, context: int) -> int:
        """Return the memory that the keys and values of so many tokens take."""
        tokens = self.n_layers * context + self.n_windowed * min(context, self.window)
        return 2 * self.n_kv_heads * self.head_dim * tokens * CACHE_BYTES


def positive(name: str, value: object, least: int = 1) -> int:
    """Return a whole number, which has to be so large at least."""
    if type(value) is not int or not least <= value <= 2**60:
        raise InputError(f"{name} has to be a whole number, {least} or more, not {value!r:.50}")
    return value


def _shape(layers: int, kv_heads: int, head: int, width: int, vocab: int, tied: bool) -> Shape:
    return Shape(
        n_layers=layers,
        n_kv_heads=kv_heads,
        head_dim=head,
        d_model=width,
        vocab_size=vocab,
        tied=tied,
    )


# Parameters and shape of some models, each from its config.json.
TYPICAL = {
    "SmolLM2 135M": (134_515_008, _shape(30, 3, 64, 576, 49_152, tied=True)),
    "Llama 3.2 1B": (1_235_814_400, _shape(16, 8, 64, 2048, 128_256, tied=True)),
    "Llama 3.1 8B": (8_030_261_248, _shape(32, 8, 128, 4096, 128_256, tied=False)),
    "Phi-4": (14_659_507_200, _shape(40, 10, 128, 5120, 100_352, tied=False)),
    "Llama 3.1 70B": (70_553_706_496, _shape(80, 8, 128, 8192, 128_256, tied=False)),
    "Llama 3.1 405B": (405_853_388_800, _shape(126, 8, 128, 16_384, 128_256, tied=False)),
}


def typical(parameters: int) -> tuple[str, Shape]:
    """Return the model of ``TYPICAL`` that is nearest in size, as a ratio, and its shape.

    Example:
        >>> typical(9 * 10**9)[0]
        'Llama 3.1 8B'
    """
    name = min(TYPICAL, key=lambda name: abs(log(parameters / TYPICAL[name][0])))
    return name, TYPICAL[name][1]


def read_shape(folder: Path) -> tuple[Shape, int | None, int]:
    """Read the shape of a model from its ``config.json``, of almost any architecture.

    Layers that neither keep all tokens nor a window of them, because they have a state of fixed
    size, count for nothing.

    Returns:
        The shape, how many parameters there are, or None if llmbook does not know how that
        architecture is built, and the most tokens that the model reads.

    Raises:
        InputError: If the file is missing or damaged, or the cache is of another kind.
    """
    path = folder / "config.json"
    settings = read_json(path)
    try:
        parameters = parse_config(settings).n_parameters
    except InputError:
        parameters = None
    text = settings.get("text_config", settings)  # of a model that sees images too
    if not isinstance(text, dict) or {"kv_lora_rank", "global_head_dim"} & text.keys():
        raise InputError(f"{path}: the cache of this architecture is not known: give --parameters")

    def size(name: str, default: int | None = None) -> int:
        value = default if text.get(name) is None else text[name]
        return positive(f"{path}: {name}", value)

    layers, heads, width = map(size, ("num_hidden_layers", "num_attention_heads", "hidden_size"))
    kinds = text.get("layer_types")
    windowed = kinds.count("sliding_attention") if isinstance(kinds, list) else 0
    shape = Shape(
        n_layers=kinds.count("full_attention") if isinstance(kinds, list) else layers,
        n_kv_heads=size("num_key_value_heads", heads),
        head_dim=size("head_dim", width // heads),
        d_model=width,
        vocab_size=size("vocab_size"),
        tied=bool(text.get("tie_word_embeddings", False)),
        n_windowed=windowed,
        window=size("sliding_window") if windowed else 0,
    )
    return shape, parameters, size("max_position_embeddings")
