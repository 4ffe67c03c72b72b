"""Learn word vectors by counting, and measure what their length buys and how often analogies work.

The table of the book's own model is measured too: whether words of one kind are neighbors in it.

Two texts that every Python carries: the names of Unicode's characters (version 3.2, which is the same
everywhere) for a map, and the comments, docstrings and reference pages of the standard library for
the measurements.  Each run reads a random four fifths of the library's files.
"""

import re
import sysconfig
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

import numpy as np
from numpy.typing import NDArray
from record import record

from llmbook import load
from llmbook.world import lexicon

Floats = NDArray[np.float64]

WINDOW = 2  # words on either side that count as neighbors
WIDTHS = (2, 4, 8, 16, 32, 64, 128, 256)
LEAST = 50  # occurrences that a word of the library needs
ANALOGIES = 500
SKIP = {"test", "tests", "idlelib", "site-packages", "dist-packages", "lib2to3", "ensurepip"}

GROUPS = {
    "directions": "leftwards rightwards upwards downwards",
    "numbers": "one two three four five six",
    "accents": "acute grave circumflex macron breve",
    "styles": "bold italic fraktur script",
    "Greek": "alpha epsilon iota omicron upsilon",
    "colors": "black white",
}

KINDS = {  # words of the valley; those that are no single token of the model are left out
    "names": " ".join(lexicon.WOMEN + lexicon.MEN),
    "places": " ".join(lexicon.PLACES),
    "numbers": "two three four five six seven eight nine ten",
    "colors": "red blue green yellow white black gray brown purple pink",
    "moods": " ".join(lexicon.MOODS),
    "verbs": "went came walked ran took picked found lost wanted gave broke followed looked",
}
NEAREST = 5
SHOWN_WORDS = ("barn", "three", "red", "happy", "went", "Ruth", "because")
SHUFFLES = 200


def character_names() -> list[list[str]]:
    """Return the names of the characters of Unicode 3.2, as lists of words."""
    names = (unicodedata.ucd_3_2_0.name(chr(i), "") for i in range(0x20000))
    return [n.lower().split() for n in names if n and not n.startswith(("CJK", "HANGUL"))]


@cache
def library() -> list[list[str]]:
    """Return the words of each module's comments and docstrings, and of each reference page."""
    folder = Path(sysconfig.get_path("stdlib"))
    paths = sorted([*folder.glob("*.py"), *folder.glob("*/*.py")])
    texts = list(topics.values())
    for path in paths:
        if SKIP.isdisjoint(path.relative_to(folder).parts):
            source = path.read_text("utf-8", errors="replace")
            docstrings = re.findall(r'"""(.*?)"""', source, re.S)
            texts.append("\n".join([*docstrings, *re.findall(r"#(.*)", source)]))
    return [re.findall(r"[a-z]+", text.lower()) for text in texts]


def count_neighbors(texts: Sequence[Sequence[str]], least: int) -> tuple[list[str], Floats]:
    """Count how often two frequent words stand at most ``WINDOW`` apart; rare words keep a place.

    Returns:
        The vocabulary, and the counts ``[vocabulary, vocabulary]``, which are symmetric.
    """
    frequency = Counter(word for text in texts for word in text)
    vocabulary = sorted(word for word, n in frequency.items() if n >= least)
    index, size = {word: i for i, word in enumerate(vocabulary)}, len(vocabulary)
    counts = np.zeros(size * size)
    for text in texts:
        ids = np.array([index.get(word, -1) for word in text], dtype=np.int64)
        for apart in range(1, WINDOW + 1):
            left, right = ids[:-apart], ids[apart:]
            known = (left >= 0) & (right >= 0)
            pairs = left[known] * size + right[known]
            counts += np.bincount(pairs, minlength=size * size)
    table = counts.reshape(size, size)
    return vocabulary, table + table.T


def ppmi(counts: Floats) -> Floats:
    """Return the positive pointwise mutual information in bits."""
    p = counts.sum(axis=1) / counts.sum()
    chance = np.outer(p, p) * counts.sum()
    ratio = np.divide(counts, chance, out=np.ones_like(counts), where=counts > 0)
    table: Floats = np.maximum(np.log2(ratio), 0)
    return table


def factors(table: Floats) -> tuple[Floats, Floats]:
    """Return singular vectors and values of a symmetric matrix, the largest first."""
    values, vectors = np.linalg.eigh(table)
    order = np.argsort(-np.abs(values))
    vectors = vectors[:, order]
    largest = np.abs(vectors).argmax(axis=0)
    vectors *= np.sign(vectors[largest, np.arange(len(vectors))])
    return vectors, np.abs(values[order])


def unit(rows: Floats) -> Floats:
    """Scale every row to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = rows / np.maximum(lengths, 1e-12)
    return scaled


def mean_cosine(e: Floats) -> float:
    """Return the mean cosine of two different rows of unit length."""
    n = len(e)
    return float((np.square(e.sum(axis=0)).sum() - n) / (n * (n - 1)))


def scores(e: Floats, pairs: NDArray[np.int64], quads: NDArray[np.int64]) -> dict[str, float]:
    """Score neighbors and analogies ``a : b :: c : d`` with rows of unit length, in percent."""
    similar = e[pairs[:, 0]] @ e.T
    similar[np.arange(len(pairs)), pairs[:, 0]] = -np.inf
    own = similar[np.arange(len(pairs)), pairs[:, 1]]
    rank = (similar > own[:, None]).sum(axis=1)
    a, b, c, d = quads.T
    row = np.arange(len(quads))
    target = e[c] @ e.T
    offset = target + (e[b] - e[a]) @ e.T
    open_guess = offset.argmax(axis=1)
    for guess in (offset, target):
        for asked in (a, b, c):
            guess[row, asked] = -np.inf
    return {
        "neighbor": 100 * float((rank < 10).mean()),
        "open": 100 * float((open_guess == d).mean()),
        "repeats": 100 * float((open_guess == c).mean()),
        "analogy": 100 * float((offset.argmax(axis=1) == d).mean()),
        "nearest": 100 * float((target.argmax(axis=1) == d).mean()),
    }


@cache
def word_map() -> dict[str, Any]:
    """Place some words of the character names in the two directions in which they differ most."""
    vocabulary, counts = count_neighbors(character_names(), least=10)
    vectors, values = factors(ppmi(counts))
    e = unit(vectors[:, :32] * np.sqrt(values[:32]))
    words = [(group, word) for group, text in GROUPS.items() for word in text.split()]
    chosen = e[[vocabulary.index(word) for _, word in words]]
    chosen = chosen - chosen.mean(axis=0)
    left, size, _ = np.linalg.svd(chosen, full_matrices=False)
    place = left[:, :2] * size[:2]
    place *= np.sign(place[np.abs(place).argmax(axis=0), [0, 1]])
    return {
        "map_group": [group for group, _ in words],
        "map_word": [word for _, word in words],
        "map_x": place[:, 0].round(2).tolist(),
        "map_y": place[:, 1].round(2).tolist(),
        "map_share": 100 * float((size[:2] ** 2).sum() / (size**2).sum()),
    }


@cache
def model_table() -> dict[str, Any]:
    """Measure whether words of a kind are neighbors in the table of the book's model."""
    lm = load("valley-base")
    texts = [lm.tokenizer.decode([i]) for i in range(lm.tokenizer.vocab_size)]
    words = [i for i, text in enumerate(texts) if re.fullmatch(r" \w\w+", text)]
    e = unit(lm.model.embedding[words].astype(np.float64))
    nearest = np.argsort(-e @ e.T, axis=1)[:, 1 : NEAREST + 1]  # the first is the word itself
    result: dict[str, Any] = {"model_words": len(words), "model_cosine": mean_cosine(e)}
    for word in SHOWN_WORDS:
        row = nearest[[texts[i] for i in words].index(f" {word}")]
        result[f"model_near_{word}"] = ", ".join(texts[words[i]][1:] for i in row)
    kinds = np.full(len(words), -1)
    for number, text in enumerate(KINDS.values()):
        kinds[[texts[i][1:] in text.split() for i in words]] = number

    def same(kinds: NDArray[np.int64], number: int) -> float:
        own = kinds == number
        return 100 * float((kinds[nearest[own]] == number).mean())

    rng = np.random.default_rng(0)
    mixed = [rng.permutation(kinds) for _ in range(SHUFFLES)]
    for number, name in enumerate(KINDS):
        result[f"model_{name}_count"] = int((kinds == number).sum())
        result[f"model_{name}"] = same(kinds, number)
        result[f"model_{name}_shuffled"] = float(np.mean([same(m, number) for m in mixed]))
    for name, group in (("women", lexicon.WOMEN), ("men", lexicon.MEN)):
        own = np.array([texts[i][1:] in group for i in words])
        named = kinds[nearest[own]] == list(KINDS).index("names")
        result[f"model_{name}"] = 100 * float(own[nearest[own]][named].mean())  # of the near names
    return result


def measure(seed: int) -> dict[str, Any]:
    """Return the values of one run."""
    rng = np.random.default_rng(seed)
    texts = library()
    kept = [texts[i] for i in sorted(rng.permutation(len(texts))[: len(texts) * 4 // 5])]
    vocabulary, counts = count_neighbors(kept, LEAST)
    index = {word: i for i, word in enumerate(vocabulary)}
    plurals = [(w, w + "s") for w in vocabulary if len(w) > 3 and w + "s" in index]
    pairs = np.array([[index[one], index[many]] for one, many in plurals])
    choice = [rng.choice(len(pairs), size=2, replace=False) for _ in range(ANALOGIES)]
    quads = np.array([np.concatenate([pairs[i], pairs[j]]) for i, j in choice])
    table = ppmi(counts)
    vectors, values = factors(table)
    result: dict[str, Any] = {
        "words": sum(map(len, kept)),
        "vocabulary": len(vocabulary),
        "pairs": len(pairs),
        "chance": 100 * 10 / (len(vocabulary) - 1),
    }
    tables = {str(width): vectors[:, :width] * np.sqrt(values[:width]) for width in WIDTHS}
    for name, rows in (tables | {"rows": table}).items():
        for key, value in scores(unit(rows), pairs, quads).items():
            result[f"{key}_{name}"] = value
    e = tables["128"]
    result["cosine"], result["cosine_centered"] = (
        mean_cosine(unit(e)),
        mean_cosine(unit(e - e.mean(axis=0))),
    )
    return result | word_map() | model_table()


if __name__ == "__main__":
    record("embeddings", measure, seeds=range(3), packages=("numpy",))
