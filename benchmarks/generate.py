"""Tokens a second with a KV cache: llmbook's NumPy model against Transformers' ``generate``.

Both continue the same prompt with the same random weights on the same machine, each with its own
defaults for threads.  They take turns, so that whatever else the machine does meets both.

Run with ``python benchmarks/generate.py``.  It takes about a minute on an idle machine.
"""

import argparse
import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

import torch
from tqdm import tqdm
from transformers import LlamaConfig, LlamaForCausalLM

from llmbook.model import Config, Model
from llmbook.sampling import generate

PROMPT = [1, 2, 3, 4, 5, 6, 7, 8]
LENGTHS = (100, 200)
SIZES = {"d_model": (128, 192), "n_layers": (5, 7), "d_ff": (384, 512)}  # 1 and 3 million


def configs() -> list[Config]:
    """Return the sizes that are compared."""
    return [
        Config(
            vocab_size=1024,
            n_heads=d_model // 32,
            n_kv_heads=2,
            head_dim=32,
            context=256,
            d_model=d_model,
            n_layers=n_layers,
            d_ff=d_ff,
        )
        for d_model, n_layers, d_ff in zip(*SIZES.values(), strict=True)
    ]


def transformers_model(model: Model) -> LlamaForCausalLM:
    """Return Transformers' model with the same weights."""
    config = model.config
    theirs = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=config.vocab_size,
            hidden_size=config.d_model,
            num_hidden_layers=config.n_layers,
            num_attention_heads=config.n_heads,
            num_key_value_heads=config.n_kv_heads,
            head_dim=config.head_dim,
            intermediate_size=config.d_ff,
            max_position_embeddings=config.context,
            rope_parameters={"rope_type": "default", "rope_theta": config.rope_theta},
            rms_norm_eps=config.norm_eps,
            tie_word_embeddings=config.tied,
            bos_token_id=None,
            eos_token_id=None,
            pad_token_id=0,
        )
    )
    theirs.load_state_dict(
        {name: torch.from_numpy(array) for name, array in model.weights.items()}, strict=False
    )
    return theirs.eval()


def contestants(model: Model, sampled: bool) -> dict[str, Callable[[int], list[int]]]:
    """Return two functions that continue the prompt by a number of tokens."""
    theirs = transformers_model(model)
    prompt = torch.tensor([PROMPT])

    def numpy(n: int) -> list[int]:
        return list(generate(model, PROMPT, max_tokens=n, temperature=float(sampled), seed=0))

    def transformers(n: int) -> list[int]:
        with torch.inference_mode():
            output = theirs.generate(
                prompt, max_new_tokens=n, min_new_tokens=n, do_sample=sampled, top_k=0
            )
        new: list[int] = output[0, len(PROMPT) :].tolist()
        return new

    return {"NumPy": numpy, "Transformers": transformers}


def seconds(function: Callable[[int], list[int]], n: int) -> float:
    """Return how long one continuation takes."""
    start = perf_counter()
    function(n)
    return perf_counter() - start


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description="Time generation, NumPy against Transformers.")
    parser.add_argument("--repeats", type=int, default=7, help="timings of each case")
    parser.add_argument(
        "--sampled", action="store_true", help="sample, rather than greedily choose"
    )
    arguments = parser.parse_args()

    print(f"{os.cpu_count()} cores, torch with {torch.get_num_threads()} threads")
    print("tokens a second, median (slowest to fastest); the ratio is that of the medians\n")
    print(f"{'parameters':>10}  {'tokens':>6}  {'NumPy':>20}  {'Transformers':>20}  {'ratio':>6}")
    growth = []
    for config in configs():
        both = contestants(Model.random(config, seed=0), arguments.sampled)
        first = [function(20) for function in both.values()]  # the first run loads libraries
        if not arguments.sampled and first[0] != first[1]:
            raise SystemExit("the two do not generate the same tokens")
        times: dict[tuple[str, int], list[float]] = {(who, n): [] for who in both for n in LENGTHS}
        for _ in tqdm(range(arguments.repeats), desc=f"{config.n_parameters:,}", leave=False):
            for (who, n), measured in times.items():
                measured.append(seconds(both[who], n))
        for n in LENGTHS:
            cells = []
            for who in both:
                speeds = [n / t for t in times[who, n]]
                cells.append(f"{median(speeds):.0f} ({min(speeds):.0f} to {max(speeds):.0f})")
            ratio = median(times["Transformers", n]) / median(times["NumPy", n])
            print(
                f"{config.n_parameters:>10,}  {n:>6}  {cells[0]:>20}  {cells[1]:>20}  {ratio:>6.1f}"
            )
        growth.append((config, median(times["NumPy", 200]) / median(times["NumPy", 100])))
    print()
    for config, factor in growth:
        print(
            f"{config.n_parameters:>10,}  200 tokens take NumPy {factor:.2f} times as long as 100"
        )


if __name__ == "__main__":
    main()
