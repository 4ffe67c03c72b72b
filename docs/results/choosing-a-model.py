"""What do real models take in memory, and how fast could one machine write with them?

Nothing is measured here: the sizes come from each model's card and ``config.json``, and the memory from
``llmbook.fits``.  The machine is a small computer of 2026 whose graphics part may use two thirds of 16 GiB.
"""

from typing import Any

from record import record

from llmbook.fits import Need
from llmbook.sizes import TYPICAL, Shape

CONTEXT = 8192
MEMORY = 2 * 2**34 // 3  # bytes that the graphics part of a machine with 16 GiB may use
BANDWIDTH = 153 * 10**9  # bytes a second
BILLION = 10**9

# Parameters, as the model's card rounds them, and the sizes from its config.json.
MODELS: dict[str, tuple[int, Shape]] = {
    "qwen_2_5_3b": (
        3_090_000_000,
        Shape(n_layers=36, n_kv_heads=2, head_dim=128, d_model=2048, vocab_size=151_936, tied=True),
    ),
    "llama_3_1_8b": TYPICAL["Llama 3.1 8B"],
    # A quarter of its 32 layers keeps keys and values, the others a state of fixed size.
    "qwen_3_5_9b": (
        9 * BILLION,
        Shape(n_layers=8, n_kv_heads=4, head_dim=256, d_model=4096, vocab_size=248_320),
    ),
    # Five of six of its 48 layers have a window.
    "gemma_3_12b": (
        12 * BILLION,
        Shape(
            n_layers=8,
            n_kv_heads=8,
            head_dim=256,
            d_model=3840,
            vocab_size=262_144,
            tied=True,
            n_windowed=40,
            window=1024,
        ),
    ),
    "phi_4": TYPICAL["Phi-4"],
    # Every second of its 24 layers has a window.
    "gpt_oss_20b": (
        20_900_000_000,
        Shape(
            n_layers=12,
            n_kv_heads=8,
            head_dim=64,
            d_model=2880,
            vocab_size=201_088,
            n_windowed=12,
            window=128,
        ),
    ),
    "mistral_small_3": (
        24 * BILLION,
        Shape(n_layers=40, n_kv_heads=8, head_dim=128, d_model=5120, vocab_size=131_072),
    ),
}
ACTIVE = {"gpt_oss_20b": 3_600_000_000}
CURVE = ("Llama 3.2 1B", "Llama 3.1 8B", "Phi-4", "Llama 3.1 70B", "Llama 3.1 405B")


def measure(_: int) -> dict[str, Any]:
    """Return gigabytes (10^9 bytes) by model and bits, and by size of the model for the figure."""
    values: dict[str, Any] = {"memory": MEMORY / BILLION}
    for name, (parameters, shape) in MODELS.items():
        for bits in (16, 8, 4):
            need = Need(parameters, shape, bits, CONTEXT, ACTIVE.get(name))
            values[f"{name}_{bits}"] = round(need.total / BILLION, 4)
        more = shape.cache_bytes(CONTEXT + 1000) - shape.cache_bytes(CONTEXT)
        values[f"{name}_thousand"] = more / 10**6  # megabytes
        values[f"{name}_speed"] = round(need.tokens_per_second(BANDWIDTH), 3)  # at 4 bits
        values[f"{name}_bits"] = Need(parameters, shape, 16, CONTEXT).most_bits(MEMORY) or 0
    values["parameters"] = [TYPICAL[name][0] / BILLION for name in CURVE]
    for bits in (16, 8, 4):
        for context in (CONTEXT, 2**17):
            needs = [Need(*TYPICAL[name], bits, context) for name in CURVE]
            values[f"curve_{bits}_{context}"] = [round(n.total / BILLION, 4) for n in needs]
    return values


if __name__ == "__main__":
    record("choosing-a-model", measure)
