"""What do the ways of choosing a token cost in quality, and what do they buy in diversity?

An n-gram model of the words of ``pydoc_data.topics`` writes; another one, trained on topics that
the writer never saw, judges.  Only prose is read: tables and code would make both of them repeat
marks.  *Quality* is the share of triples of neighbors in the written text that occur in the judge's
topics, and the bits per word that the judge needs.  *Diversity* is the share of written triples
that are different from each other.  Real text of a third set of topics, as long as the written
text, is measured in the same way.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pydoc_data.topics import topics
from random import Random
from typing import cast

import numpy as np
from record import record

from llmbook import sampling
from llmbook.ngram import NGram
from llmbook.sampling import Settings

WORDS, TEXTS = 60, 12  # words in a text, and texts for each setting
RARE = "rare"
SETTINGS: dict[str, dict[str, float]] = {
    "temperature": {f"temperature_{t}": t / 100 for t in (0, 40, 60, 80, 100, 130)},
    "top_k": {f"top_k_{k}": k for k in (2, 5, 20, 100)},
    "top_p": {f"top_p_{p}": p / 100 for p in (20, 40, 60, 80, 95)},
    "min_p": {f"min_p_{p}": p / 100 for p in (1, 5, 20, 50)},
}


def is_prose(paragraph: str) -> bool:
    """Say whether a paragraph is of words, rather than of marks."""
    letters = sum(c.isalpha() or c.isspace() for c in paragraph)
    return letters > 0.92 * len(paragraph) and len(paragraph.split()) > 10


def split(seed: int) -> list[list[str]]:
    """Return the words of three sets of topics: for the writer, for the judge, and for neither."""
    names = sorted(topics)
    Random(seed).shuffle(names)  # noqa: S311 - no secret
    seen: set[str] = set()
    parts: list[list[str]] = [[], [], []]
    sizes = [0.45, 0.45, 0.1]
    for name in names:
        fresh = [p for p in topics[name].split("\n\n") if p not in seen and is_prose(p)]
        seen.update(fresh)
        emptiest = min(range(3), key=lambda i: len(parts[i]) / sizes[i])
        parts[emptiest] += re.findall(r"\w+|[^\w\s]", " ".join(fresh).lower())
    return parts


class Writer:
    """Predicts as the n-gram model does, but all logits at once."""

    def __init__(self, words: Sequence[str]) -> None:
        self.model = NGram[int](3)
        common = [word for word, count in Counter(words).items() if count > 1]
        self.words = [*common, RARE]
        self.ids = {word: i for i, word in enumerate(self.words)}
        self.text = self.read(words)
        self.model.fit(self.text)
        chances = self.model.distribution()
        self.base = np.array([chances[i] for i in range(len(self.words))])

    def read(self, words: Sequence[str]) -> list[int]:
        """Return the number of each word."""
        return [self.ids.get(word, len(self.words) - 1) for word in words]

    def logits(self, text: Sequence[int]) -> np.ndarray:
        """Return the logarithms of the probabilities of all words after a text."""
        chances = self.base.copy()
        for counts, total, discount in self.model._levels(text)[1:]:
            chances *= discount * len(counts) / total
            ids = np.fromiter(counts, dtype=np.intp)
            chances[ids] += np.maximum(np.fromiter(counts.values(), float) - discount, 0) / total
        logits: np.ndarray = np.log(chances)
        return logits

    def write(self, prompt: Sequence[int], seed: int, settings: Settings) -> list[int]:
        """Return a text that continues the prompt."""
        generator = np.random.default_rng(seed)
        text = list(prompt)
        for _ in range(WORDS):
            text.append(sampling.choose(self.logits(text), text, generator, **settings))
        return text


def triples(text: Sequence[int]) -> list[tuple[int, ...]]:
    """Return all sequences of three neighbors."""
    return list(zip(text, text[1:], text[2:], strict=False))


def judge(
    texts: Sequence[Sequence[int]], model: NGram[int], known: set[tuple[int, ...]]
) -> list[float]:
    """Return known triples, bits per word and different triples."""
    all_triples = [triple for text in texts for triple in triples(text)]
    return [
        100 * sum(triple in known for triple in all_triples) / len(all_triples),
        sum(model.bits(text) for text in texts) / sum(map(len, texts)),
        100 * len(set(all_triples)) / len(all_triples),
    ]


def in_a_loop(text: Sequence[int]) -> bool:
    """Say whether the end of a text says the same thing three times."""
    return any(text[-n:] == text[-2 * n : -n] == text[-3 * n : -2 * n] for n in range(1, 21))


def measure(seed: int) -> dict[str, float]:
    """Return quality and diversity for every setting."""
    written, judged, real = split(seed)
    writer = Writer(written)
    heard = writer.read(judged)
    model, known = (
        NGram[int](3).fit(heard, vocabulary=range(len(writer.words))),
        set(triples(heard)),
    )
    rest = writer.read(real)
    length = WORDS + 2
    starts = np.linspace(0, len(rest) - length, TEXTS).astype(int)
    real_texts = [rest[start : start + length] for start in starts]

    values: dict[str, float] = {
        "texts": TEXTS,
        "vocabulary": len(writer.words),
        "training_words": len(written),
    }
    names = "known", "bits", "different"
    for name, value in zip(names, judge(real_texts, model, known), strict=True):
        values[f"real_{name}"] = value
    for kind, variants in SETTINGS.items():
        for label, value in variants.items():
            settings = cast(Settings, {kind: value})
            texts = [writer.write(t[:2], i, settings) for i, t in enumerate(real_texts)]
            for name, value in zip(names, judge(texts, model, known), strict=True):
                values[f"{label}_{name}"] = value
            if label == "temperature_0":
                values["loops"] = 100 * sum(map(in_a_loop, texts)) / TEXTS
    for penalty in (1.1, 1.3):
        settings = Settings(temperature=0, repetition_penalty=penalty)
        texts = [writer.write(t[:2], 0, settings) for t in real_texts]
        label = f"penalty_{round(100 * penalty)}"
        for name, value in zip(names, judge(texts, model, known), strict=True):
            values[f"{label}_{name}"] = value
        values[f"{label}_loops"] = 100 * sum(map(in_a_loop, texts)) / TEXTS
    return values


if __name__ == "__main__":
    record("sampling", measure, seeds=(0, 1, 2, 3, 4))
