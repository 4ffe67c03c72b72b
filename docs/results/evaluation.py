"""What can the book's base model do?  Five tasks, on new samples and on held-out combinations.

Each seed makes other examples.  The interval is that of all of them together, and the spread says
how much the score of one seed's examples differs from that of another's.  Bits per byte are those of
documents of the same two kinds.
"""

import os

from record import record

from llmbook.compress import bits_per_byte
from llmbook.evaluate import evaluate
from llmbook.hub import LanguageModel, load
from llmbook.tasks import TASKS
from llmbook.world import documents

SEEDS = (1, 2, 3)  # 0 is that of the training text and its validation
N = int(os.environ.get("EXAMPLES", "100"))
MODEL = os.environ.get("MODEL", "valley-base")  # another one is for trying this script out
SPLITS = ("samples", "combinations")


def scores(lm: LanguageModel, seed: int, split: str) -> dict[str, float]:
    """Return the scores in percent, by task, with what the search of the training text found."""
    values = {}
    for name, task in evaluate(lm, TASKS, n=N, seed=seed, split=split).items():
        values[f"{split}_{name}"] = 100 * task["score"]
        values[f"{split}_{name}_baseline"] = 100 * task["baseline"]["score"]
        values[f"{split}_{name}_known"] = 100 * task["known"]
        values[f"{split}_{name}_said"] = 100 * task["said"]
        for part, score in task["parts"].items():
            values[f"{split}_{name}_{part.replace(' ', '_')}"] = 100 * score["score"]
    return values


def measure(seed: int) -> dict[str, float]:
    """Return everything for the examples of one seed."""
    lm = load(MODEL)
    values: dict[str, float] = {"parameters": lm.config.n_parameters, "examples": N}
    for split in SPLITS:
        values |= scores(lm, seed, split)
        texts = [document.text for document in documents(split, seed, N)]
        values[f"{split}_bits"] = bits_per_byte(lm, texts)
    return values


if __name__ == "__main__":
    record("evaluation", measure, seeds=SEEDS, long=True)
