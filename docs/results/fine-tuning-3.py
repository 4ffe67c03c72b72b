"""How many labels does a verdict on a review need?  A head on the base, beside what counts words.

The longest of the runs take some minutes on one core.  What a run found stays in the folder that the
environment variable ``RUNS`` names, and is not measured again while it is there.
"""

import os
import random
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from numpy.typing import NDArray
from record import kept, record
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import Tensor

from llmbook import load
from llmbook.bag_of_words import words
from llmbook.classify import SCORE
from llmbook.ngram import NGram
from llmbook.recipes import VALLEY_BASE
from llmbook.run_state import Checkpoints
from llmbook.torch_model import TorchModel
from llmbook.tune_classifier import LABELS, TorchClassifier
from llmbook.tuning import tune
from llmbook.tuning_recipes import Tuning
from llmbook.world import tell

SIZES = {100: 30, 1_000: 125, 10_000: 600}  # labels, and in how many steps they are learned
ONCE = 10_000  # with as many, a body is trained once and not for each seed: it takes minutes
BATCH = 32
TEST = 1_000  # reviews of held-out combinations
TEST_SEED = 10
ORDER = 5  # of the n-grams of words: of 1 to 5, the best with 10,000 labels

Reviews = tuple[list[str], NDArray[np.int64]]


@cache
def reviews(seed: int, n: int, split: str) -> Reviews:
    """Return reviews, and the number of each one's label."""
    told = [tell("reviews", seed, number, split) for number in range(n)]
    verdicts = [LABELS.index(review.truth["sentiment"]) for review in told]
    return [review.text for review in told], np.array(verdicts)


def score(said: Sequence[int]) -> float:
    """Return which percentage of the verdicts on the test's reviews is right."""
    _, verdicts = reviews(TEST_SEED, TEST, "combinations")
    return float(100 * (np.array(said) == verdicts).mean())


# --- What counts ----------------------------------------------------------------------------------


def counted(labels: int, seed: int, folder: Path) -> dict[str, float]:  # noqa: ARG001
    """Learn from words, from runs of one to three of them, and from n-grams of each class."""
    texts, verdicts = reviews(seed, labels, "train")
    asked, _ = reviews(TEST_SEED, TEST, "combinations")
    found = {}
    for name, longest in (("words", 1), ("runs", 3)):
        counter = CountVectorizer(
            tokenizer=words, token_pattern=None, ngram_range=(1, longest), binary=True
        )
        model = make_pipeline(counter, LogisticRegression(max_iter=1000)).fit(texts, verdicts)
        found[name] = score(model.predict(asked))
    known = {word for text in (*texts, *asked) for word in words(text)}
    models = []
    for label in range(2):
        mine = [text for text, verdict in zip(texts, verdicts, strict=True) if verdict == label]
        told = [word for text in mine for word in ("", *words(text))]
        models.append(NGram[str](ORDER).fit(told, vocabulary=sorted(known)))
    costs = [[model.bits(["", *words(text), ""]) for model in models] for text in asked]
    return found | {"ngrams": score([int(bad > good) for bad, good in costs])}


# --- What reads -----------------------------------------------------------------------------------


def body(kind: str, seed: int) -> TorchModel:
    """Return the base, or a model of its shape that knows nothing."""
    base = load("valley-base")
    if kind == "base":
        return TorchModel.from_model(base.model)
    return TorchModel(base.config).initialize(torch.Generator().manual_seed(seed))


@cache
def encoded(seed: int, n: int, split: str) -> list[list[int]]:
    """Return reviews as tokens."""
    encode = load("valley-base").tokenizer.encode
    return [encode(text) for text in reviews(seed, n, split)[0]]


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return rows of one length, and where each ends."""
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row)
    return ids, torch.tensor([len(row) - 1 for row in rows])


def by_batch(rows: Sequence[list[int]], run: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    """Return what a model makes of rows; those of like length are read together."""
    order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
    found = []
    with torch.no_grad():
        for first in range(0, len(rows), 100):
            found.append(run(*padded([rows[place] for place in order[first : first + 100]])))
    return torch.cat(found)[torch.tensor(order).argsort()]


@cache
def vectors(seed: int, n: int, split: str) -> NDArray[np.float32]:
    """Return what the base makes of reviews: the vector of the last token, and the mean of all."""
    model = body("base", seed)

    def read(ids: Tensor, last: Tensor) -> Tensor:
        found = model.hidden(ids)
        inside = (torch.arange(ids.shape[1]) <= last[:, None])[..., None]
        mean = (found * inside).sum(1) / inside.sum(1)
        return torch.stack([found[torch.arange(len(ids)), last], mean], dim=1)

    return np.asarray(by_batch(encoded(seed, n, split), read))


def frozen(labels: int, seed: int, folder: Path) -> dict[str, float]:  # noqa: ARG001
    """Learn a head alone, on the base as it is."""
    found = {}
    for place, name in enumerate(("last", "mean")):
        head = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
        seen = vectors(seed, max(SIZES), "train")[:labels, place]
        head.fit(seen, reviews(seed, labels, "train")[1])
        found[name] = score(head.predict(vectors(TEST_SEED, TEST, "combinations")[:, place]))
    return found


def trained(labels: int, seed: int, kind: str, folder: Path) -> dict[str, float]:
    """Learn a head and everything below it, as the package does, but from some labels again and again."""
    rows, verdicts = encoded(seed, labels, "train"), reviews(seed, labels, "train")[1]
    start = body(kind, seed)
    model = TorchClassifier(start.config, len(LABELS))
    model.load({**start.state_dict(), SCORE: model.score.weight})
    recipe = Tuning(
        base="valley-base",
        steps=SIZES[labels],
        batch=BATCH,
        seed=seed,
        validations=1,
        checkpoint_seconds=20.0,
        learning_rate=None if kind == "base" else VALLEY_BASE.learning_rate,
    )

    def loss_at(step: int, share: float) -> Tensor:  # noqa: ARG001
        chosen = [at(number, seed, labels) for number in range(step * BATCH, (step + 1) * BATCH)]
        ids, last = padded([rows[place] for place in chosen])
        return F.cross_entropy(model.classify(ids, last), torch.tensor(verdicts[chosen]))

    tune(recipe, model, loss_at, dict, Checkpoints(folder))
    scores = by_batch(encoded(TEST_SEED, TEST, "combinations"), model.classify)
    return {"right": score(scores.argmax(dim=1).tolist())}


def at(number: int, seed: int, labels: int) -> int:
    """Return which review comes at a place of a run: each once in every round, in another order."""
    return shuffled(number // labels, seed, labels)[number % labels]


@cache
def shuffled(number: int, seed: int, labels: int) -> list[int]:
    """Return the order of one round."""
    order = list(range(labels))
    random.Random(f"{seed} {number}").shuffle(order)  # noqa: S311 - an order, not a secret
    return order


def measure(seed: int) -> dict[str, float]:
    """Return everything."""
    values: dict[str, float] = {"test": TEST}
    for labels in SIZES:
        name = f"{labels}-{seed}"
        found = kept(f"fine-tuning-3/counted-{name}", partial(counted, labels, seed))
        found |= kept(f"fine-tuning-3/frozen-{name}", partial(frozen, labels, seed))
        for kind in ("base", "new"):
            number = 0 if labels == ONCE else seed
            name = f"fine-tuning-3/trained-{kind}-{labels}-{number}"
            found[kind] = kept(name, partial(trained, labels, number, kind))["right"]
        values |= {f"{what}_{labels}": share for what, share in found.items()}
    return values


if __name__ == "__main__":
    torch.set_num_threads(1)
    record(
        "fine-tuning-3",
        measure,
        seeds=(0, 1, 2),
        packages=("torch", "numpy", "scikit-learn"),
        long=True,
    )
