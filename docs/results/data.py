"""What is in the book's two corpora, and what do copies of held-out text do to a score?

The valley: how varied its narrators are, what its readers say of its texts and of the same texts with
one word replaced, and what held-out text shares with training.  The standard library: what cleaning
leaves out, which files are near copies of each other, and what a model of n-grams scores on texts
that it has seen before.
"""

import contextlib
import hashlib
import io
import pydoc_data.topics
import re
import sysconfig
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from record import record

from llmbook.ngram import NGram
from llmbook.tokenizer import Tokenizer
from llmbook.world import (
    NARRATORS,
    dialogue_check,
    documents,
    french_checker,
    prosody,
    reader,
    tell,
)
from llmbook.world.diversity import ngrams, openings, overlap, share, templates
from llmbook.world.document import Document

TOLD = 300  # documents of each narrator
CHECKED = 100  # of these, how many are damaged and read again
TRAIN, HELD = 1500, 150  # documents of all narrators together
GRAMS = (2, 4, 6, 8, 10, 12)
CONTEXT = 256
HASHES, ROWS = 112, 8  # as FineWeb: 14 bands of 8
NEAR = 0.75
TRAINED_ON, PLANTED = 25, 5  # files of the library

Sets = dict[str, frozenset[int]]


# --- The valley -----------------------------------------------------------------------------------


def story_faults(document: Document) -> list[str]:
    """Return what the reader of stories finds wrong."""
    return reader.mismatches(document.text, document.truth)


def question_faults(document: Document) -> list[str]:
    """Return what the reader finds besides the events of a question's story, or does not find.

    The reader takes a reason for an event of its own, so the reasons are taken out first.
    """
    story = document.text.split("\n\n")[0]
    if document.truth["story"]["plain"]:
        reasons = " because [^.]*|Because [^,]*, |That is why |For that reason, |So "
        story = re.sub(reasons, "", story)
    told = reader.read(story).events
    true = [re.sub("^lend ", "give ", event) for event in document.truth["story"]["events"]]
    return [f"{told}, not {true}"] * (told != true)


def french_faults(document: Document) -> list[str]:
    """Return what the reader of French finds wrong."""
    return french_checker.faults(document.text.split("French: ")[1])


def dialogue_faults(document: Document) -> list[str]:
    """Return what the reader of conversations finds wrong."""
    return dialogue_check.check(document.text)


def program_faults(document: Document) -> list[str]:
    """Return what fails when a program and its tests are run."""
    space: dict[str, Any] = {}
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a wrong word makes odd Python
            for code in (document.text, *document.truth["tests"]):
                exec(code, space)  # noqa: S102 - it is the book's own
    except Exception as error:
        return [repr(error)]
    return []


def verse_faults(document: Document) -> list[str]:
    """Return what is wrong with the rhymes and the meter."""
    return prosody.check(document.text)


CHECKS: dict[str, Callable[[Document], list[str]]] = {
    "stories": story_faults,
    "questions": question_faults,
    "french": french_faults,
    "dialogue": dialogue_faults,
    "programs": program_faults,
    "verse": verse_faults,
}
# What a check reads of a document, if that is not all of it.
PART = {"questions": r"(?s).*(?=\n\n)", "french": r"(?<=French: ).*"}


def damaged(document: Document, words: Sequence[str], draw: Random) -> Document:
    """Replace one word by another of the narrator's."""
    match = re.search(PART.get(document.narrator, ""), document.text)
    start, end = match.span() if match and match[0] else (0, len(document.text))
    place = draw.choice(list(re.finditer(r"\w+", document.text[start:end])))
    other = draw.choice([word for word in words if word != place[0]])
    cut, on = start + place.start(), start + place.end()
    return Document(
        document.narrator, document.text[:cut] + other + document.text[on:], document.truth
    )


def beginning(document: Document) -> str:
    """Return the text without what every text of its narrator begins with."""
    if "english" in document.truth:
        return str(document.truth["english"])
    return str(document.truth.get("docstring", document.text))


def narrator(name: str, seed: int) -> dict[str, float]:
    """Measure one narrator."""
    told = [tell(name, seed, number) for number in range(TOLD)]
    texts = [document.text for document in told]
    begun, made = openings(map(beginning, told)), templates(texts)
    values = {
        "length": sum(map(len, texts)) / TOLD,
        "openings": len(begun),
        "opening": 100 * share(begun),
        "templates": len(made),
        "template": 100 * share(made),
        "twice": 100 * (1 - len(set(texts)) / TOLD),
    }
    if check := CHECKS.get(name):
        draw = Random(seed)  # noqa: S311 - for no secret
        words = sorted({word for text in texts[:100] for word in re.findall(r"\w+", text)})
        values["right"] = 100 * sum(not check(document) for document in told) / TOLD
        values["noticed"] = (
            sum(
                bool(check(Document(name, damaged(d, words, draw).text, d.truth)))
                for d in told[:CHECKED]
            )
            * 100
            / CHECKED
        )
    return {f"{name}_{key}": value for key, value in values.items()}


def shared(seed: int) -> dict[str, float]:
    """Measure how much of held-out text stands in training text, by the length of what is compared."""
    train = [document.text for document in documents("train", seed, TRAIN)]
    values: dict[str, float] = {}
    for split in ("samples", "combinations"):
        held = [document.text for document in documents(split, seed, HELD)]
        for n in GRAMS:
            values[f"{split}_{n}"] = 100 * overlap(train, held, n)
        values[f"{split}_whole"] = 100 * len(set(held) & set(train)) / HELD
    tokenizer = Tokenizer.train(train[:200], 1000, ["<|end|>"])
    lengths = [len(tokenizer.encode(text)) + 1 for text in train[:500]]
    values["tokens"] = sum(lengths) / len(lengths)
    values["padding"] = 100 * (1 - sum(min(n, CONTEXT) for n in lengths) / CONTEXT / len(lengths))
    values["characters_per_token"] = sum(map(len, train[:500])) / sum(lengths)
    return values


# --- The standard library -------------------------------------------------------------------------


@cache
def library() -> dict[str, str]:
    """Return the texts of the standard library by name, as :func:`llmbook.corpora.stdlib` has them."""
    from llmbook.corpora import _sources

    return {name: read() for name, read in sorted(_sources().items())}


@cache
def cleaning() -> dict[str, float]:
    """Count what is there, in files and megabytes, and what is left out."""
    folder = Path(sysconfig.get_path("stdlib"))
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path in folder.rglob("*.py"):
        parts = set(path.relative_to(folder).parts)
        kind = (
            "others" if parts & {"site-packages", "dist-packages"}
            else "tests" if parts & {"test", "tests", "idle_test"}
            else "topics_module" if "pydoc_data" in parts
            else "kept"
        )  # fmt: skip
        found[kind][0] += 1
        found[kind][1] += path.stat().st_size
    values: dict[str, float] = {"topics": len(pydoc_data.topics.topics)}
    for kind in ("tests", "kept"):
        values[f"{kind}_files"], values[f"{kind}_megabytes"] = found[kind][0], found[kind][1] / 1e6
    texts = list(library().values())
    values["library_texts"] = len(texts)
    values["library_megabytes"] = sum(len(text.encode()) for text in texts) / 1e6
    values["library_empty"] = sum(not text.strip() for text in texts)
    values["library_unreadable"] = sum("\ufffd" in text for text in texts)
    return values


def shingles(text: str, n: int = 5) -> frozenset[int]:
    """Return the hashes of all runs of ``n`` words."""
    words = text.split()
    return frozenset(crc32(" ".join(words[i : i + n]).encode()) for i in range(len(words) - n + 1))


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Return what two sets share, of all that they have."""
    return len(a & b) / len(a | b)


class MinHash:
    """Signatures of sets, and the pairs that share a band of them."""

    def __init__(self, seed: int) -> None:
        numbers = np.random.default_rng(seed).integers(2**64, size=(2, HASHES, 1), dtype=np.uint64)
        self.multiply, self.add = numbers[0] | np.uint64(1), numbers[1]

    def __call__(self, members: Iterable[int]) -> NDArray[np.uint64]:
        """Return the signature ``[HASHES]`` of a set."""
        x = np.fromiter(members, np.uint64)
        smallest: NDArray[np.uint64] = ((self.multiply * x + self.add) >> np.uint64(32)).min(axis=1)
        return smallest

    def pairs(self, sets: Sets) -> dict[tuple[str, str], float]:
        """Return the pairs of names that share a band, with the estimate of what they share."""
        signatures = {name: self(members) for name, members in sets.items()}
        buckets: dict[tuple[int, bytes], list[str]] = defaultdict(list)
        for name, signature in signatures.items():
            for row in range(0, HASHES, ROWS):
                buckets[row, signature[row : row + ROWS].tobytes()].append(name)
        found = {pair for names in buckets.values() for pair in combinations(names, 2)}
        return {(a, b): float((signatures[a] == signatures[b]).mean()) for a, b in found}


@cache
def near() -> tuple[Sets, dict[tuple[str, str], float]]:
    """Return the shingles of the library, and every pair that shares :data:`NEAR` or more."""
    sets = {name: shingles(text) for name, text in library().items()}
    sets = {name: members for name, members in sets.items() if len(members) >= 20}
    by_size = sorted(sets, key=lambda name: len(sets[name]))
    found = {}
    for place, a in enumerate(by_size):
        for b in by_size[place + 1 :]:
            if len(sets[a]) < NEAR * len(sets[b]):  # and all that follow are larger yet
                break
            if (value := jaccard(sets[a], sets[b])) >= NEAR:
                found[min(a, b), max(a, b)] = value
    return sets, found


def held_out(name: str) -> bool:
    """Say whether a file is held out, as :func:`llmbook.corpora.stdlib` does."""
    return hashlib.sha256(name.encode()).digest()[0] % 10 == 0


def duplicates(seed: int) -> dict[str, float]:
    """Measure copies in the library, how MinHash finds them, and what leaks into the held-out part."""
    sets, true = near()
    guessed = MinHash(seed).pairs(sets)
    errors = [abs(value - jaccard(sets[a], sets[b])) for (a, b), value in guessed.items()]
    texts = library()
    values = {
        "pairs_compared": len(sets) * (len(sets) - 1) / 2,
        "same": len(texts) - len(set(texts.values())),
        "near_pairs": len(true),
        "near_encodings": sum(a.startswith("encodings/") for a, _ in true),
        "near_split": sum(held_out(a) != held_out(b) for a, b in true),
        "minhash_pairs": len(guessed),
        "minhash_found": 100 * len(true.keys() & guessed.keys()) / len(true),
        "minhash_error": sum(errors) / len(errors),
    }
    return values | leak()


@cache
def leak() -> dict[str, float]:
    """Measure the held-out files' 8-grams that training has, in code pages and in all the rest."""
    texts = library()
    training = [text for name, text in texts.items() if not held_out(name)]
    seen = {hash(gram) for text in training for gram in ngrams(text, 8)}
    kinds: dict[str, list[float]] = {"encodings": [], "rest": []}
    grams = {"encodings": [0, 0], "rest": [0, 0]}
    for name, text in texts.items():
        found = [hash(gram) in seen for gram in ngrams(text, 8)]
        if held_out(name) and found:
            kind = "encodings" if name.startswith("encodings/") else "rest"
            kinds[kind].append(sum(found) / len(found))
            grams[kind][0] += sum(found)
            grams[kind][1] += len(found)
    shares = [*kinds["encodings"], *kinds["rest"]]
    known, every = (sum(grams[kind][i] for kind in grams) for i in (0, 1))
    return {
        "held_files": len(shares),
        "leaked_files": sum(value >= 0.5 for value in shares),
        "leaked_encodings": sum(value >= 0.5 for value in kinds["encodings"]),
        "leak": 100 * known / every,
        "leak_rest": 100 * grams["rest"][0] / grams["rest"][1],
    }


# --- Copies of held-out text in training text -----------------------------------------------------


def edited(text: str, rate: float, draw: Random) -> str:
    """Replace a share of the words by others of the text."""
    pieces = re.split(r"(\w+)", text)
    words = pieces[1::2]
    pieces[1::2] = [draw.choice(words) if draw.random() < rate else word for word in words]
    return "".join(pieces)


def planted(seed: int) -> dict[str, float]:
    """Measure a 6-gram model of bytes that has read half of what it is tested on."""
    draw = Random(seed)  # noqa: S311 - for no secret
    files = [text for text in library().values() if 2000 < len(text) < 12000 and text.isascii()]
    draw.shuffle(files)
    train, seen, unseen = (
        files[:TRAINED_ON],
        files[TRAINED_ON : TRAINED_ON + PLANTED],
        files[TRAINED_ON + PLANTED : TRAINED_ON + 2 * PLANTED],
    )
    minhash = MinHash(seed)
    values: dict[str, float] = {"planted_kilobytes": sum(map(len, train)) / 1000}
    for key, copies, rate in (
        ("none", 0, 0.0), ("one", 1, 0.0), ("ten", 10, 0.0),
        ("edited5", 1, 0.05), ("edited20", 1, 0.2),
    ):  # fmt: skip
        added = [edited(text, rate, draw) for _ in range(copies) for text in seen]
        corpus = train + added
        draw.shuffle(corpus)
        model = NGram[int](6).fit("\n\n".join(corpus).encode(), vocabulary=range(256))
        for name, texts in (("seen", seen), ("unseen", unseen)):
            data = "\n\n".join(texts).encode()
            values[f"{key}_{name}"] = model.bits(data) / len(data)
        values[f"{key}_overlap"] = 100 * overlap(corpus, seen, 8)
        values[f"{key}_same"] = 100 * sum(text in added for text in seen) / PLANTED
        sets = {f"held {i}": shingles(text) for i, text in enumerate(seen)}
        sets |= {f"train {i}": shingles(text) for i, text in enumerate(corpus)}
        found = {a for a, b in minhash.pairs(sets) if a[:4] == "held" and b[:5] == "train"}
        values[f"{key}_minhash"] = 100 * len(found) / PLANTED
    return values


def measure(seed: int) -> dict[str, Any]:
    """Return all of it for one seed, shares in percent."""
    values: dict[str, Any] = dict(cleaning())
    for name in NARRATORS:
        values |= narrator(name, seed)
    return values | shared(seed) | duplicates(seed) | planted(seed)


if __name__ == "__main__":
    record("data", measure, seeds=(0, 1, 2), packages=("numpy",), long=True)
