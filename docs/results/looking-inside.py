"""Look inside the book's model: what its heads read, where an answer arises, what may be removed.

All texts are new to the model, and each seed draws other ones.  Most are the beginnings of
translations, where the next token is a name that the English sentence begins with.  Heads are named
``layer_head``, both counted from 0.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from record import record

from llmbook import load
from llmbook.hub import LanguageModel
from llmbook.inside import Edits, Trace, lens, put, trace, without
from llmbook.world import NARRATORS, lexicon, tell
from llmbook.world.draw import Draw

Floats = NDArray[Any]

SEEDS = 3
SENTENCES = 12
DOCUMENTS = 2  # of each narrator
REPEATS, PERIOD = 6, 40  # random tokens, which then come again
MAP = "English: Ruth lost the red kite.\nFrench: Ruth a perdu"
STORY = (
    "In the morning, {one} was {here}. {holder} had a {thing}. {other} was {there}."
    "\n\nQuestion: Who has the {thing}?\nAnswer:"
)


@cache
def lm() -> LanguageModel:
    """Return the book's model."""
    return load("valley-base")


def encode(text: str) -> list[int]:
    """Return the tokens of the beginning of a document, behind the end of the one before."""
    return [lm().stop_ids[0], *lm().tokenizer.encode(text)]


@cache
def names() -> dict[str, int]:
    """Return the names that are single tokens."""
    tokens = {name: encode(f" {name}")[1:] for name in (*lexicon.WOMEN, *lexicon.MEN)}
    return {name: ids[0] for name, ids in tokens.items() if len(ids) == 1}


def heads() -> Iterator[tuple[int, int]]:
    """Yield the layer and the number of each head."""
    return ((i, j) for i in range(lm().config.n_layers) for j in range(lm().config.n_heads))


def log_softmax(logits: Floats) -> Floats:
    """Return logarithms of probabilities, in double precision."""
    z = logits.astype(np.float64)
    z -= z.max(axis=-1, keepdims=True)
    result: Floats = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    return result


def losses(ids: Sequence[int], edits: Edits | None = None) -> Floats:
    """Return the surprise at each token but the first, in bits."""
    logits = trace(lm().model, ids, edits).logits
    surprise: Floats = -log_softmax(logits[:-1])[np.arange(len(ids) - 1), ids[1:]] / np.log(2)
    return surprise


def first_name(logits: Floats) -> int:
    """Return the name with the highest score."""
    tokens = list(names().values())
    return tokens[int(np.argmax(logits[tokens]))]


# --- A name on its way into French -----------------------------------------------------------------


def sentences(seed: int) -> Iterator[tuple[str, str]]:
    """Yield English sentences with one name, at the beginning, where the French one has it too."""
    for number in count():
        truth = tell("french", 1000 + seed, number, "samples").truth
        english, french = truth["english"], truth["french"]
        name = english.split()[0]
        alone = sum(english.count(other) for other in names()) == 1
        if name in names() and french.startswith(f"{name} ") and alone:
            yield english, name


def translations(seed: int) -> dict[str, float]:
    """Follow the name through the layers, remove heads, and exchange streams between sentences."""
    model, n_layers = lm().model, lm().config.n_layers
    streams, kept = range(n_layers + 1), list(islice(sentences(seed), SENTENCES))
    found: dict[str, list[float]] = {}

    def keep(key: str, value: float) -> None:
        found.setdefault(key, []).append(float(value))

    for number, (english, name) in enumerate(kept):
        draw = Draw("looking-inside", seed, number, split="samples")
        other = draw.choice([n for n in names() if n != name])
        texts = (english, english.replace(name, other, 1))
        one, two = (encode(f"English: {text}\nFrench:") for text in texts)
        right, wrong = names()[name], names()[other]
        run, source = trace(model, one), trace(model, two)
        place, last = one.index(right), len(one) - 1

        def lead(run: Trace, right: int = right, wrong: int = wrong) -> float:
            return float(run.logits[-1, right] - run.logits[-1, wrong])

        keep("right", 100 * (run.logits[-1].argmax() == right))
        keep("chance", 100 * np.exp(log_softmax(run.logits[-1])[right]))
        keep("lead", lead(run))
        for i in streams:
            early = lens(model, run.stream[i, -1:])[0]
            keep(f"lens_first_{i}", 100 * (first_name(early) == right))
            keep(f"lens_chance_{i}", 100 * np.exp(log_softmax(early)[right]))
            for key, at in (("name", place), ("last", last)):
                moved = trace(model, one, {("stream", i): put(at, source.stream[i, at])})
                share = (lead(run) - lead(moved)) / (lead(run) - lead(source))
                keep(f"patch_{key}_{i}", 100 * share)
        for i, j in heads():
            keep(f"reads_{i}_{j}", 100 * run.weights[i, j, -1, place])
            keep(f"lost_{i}_{j}", lead(run) - lead(trace(model, one, {("heads", i): without(j)})))
            keep(f"says_{i}_{j}", 100 * (first_name(said(run, i, j)) == right))
    return {key: float(np.mean(values)) for key, values in found.items()}


def said(run: Trace, layer: int, head: int) -> Floats:
    """Return the logits of what one head alone adds at the last token."""
    alone = np.zeros_like(run.heads[layer, :, -1])
    alone[head] = run.heads[layer, head, -1]
    added = alone.reshape(-1) @ lm().model.blocks[layer]["self_attn.o_proj"].T
    logits: Floats = lens(lm().model, added[None])[0]
    return logits


# --- Other texts -----------------------------------------------------------------------------------


def questions(seed: int) -> dict[str, float]:
    """Ask who has a thing, and see whether the head that translates names reads the answer here."""
    looks: dict[str, list[float]] = {}
    right = []
    for number in range(SENTENCES):
        draw = Draw("looking-inside-story", seed, number, split="samples")
        people = draw.some(list(names()), 2)
        here, there = (place.where for place in draw.some(list(lexicon.PLACES.values()), 2))
        adjective, thing = draw.pair(list(lexicon.ADJECTIVES), list(lexicon.THINGS))
        holder = draw.choice(people)
        words = {"one": people[0], "other": people[1], "here": here, "there": there}
        ids = encode(STORY.format(**words, holder=holder, thing=f"{adjective} {thing}"))
        run = trace(lm().model, ids)
        right.append(100.0 * (first_name(run.logits[-1]) == names()[holder]))
        places = [place for place, token in enumerate(ids) if token == names()[holder]]
        for i, j in heads():
            weight = 100 * float(run.weights[i, j, -1, places].sum())
            looks.setdefault(f"question_reads_{i}_{j}", []).append(weight)
    return {"question_right": float(np.mean(right))} | {
        key: float(np.mean(values)) for key, values in looks.items()
    }


def repeats(seed: int) -> dict[str, float]:
    """Measure whether random tokens are easier when they come again."""
    rng = np.random.default_rng(seed)
    plain = np.setdiff1d(np.arange(lm().config.vocab_size), list(lm().tokenizer.special.values()))
    texts = [
        [lm().stop_ids[0], *[int(i) for i in rng.choice(plain, PERIOD)] * 2] for _ in range(REPEATS)
    ]
    surprise = np.array([losses(ids) for ids in texts])
    return {
        "first_copy": float(surprise[:, :PERIOD].mean()),
        "second_copy": float(surprise[:, PERIOD + 1 :].mean()),
    }


def held_out(seed: int) -> dict[str, float]:
    """Measure bits per byte on held-out documents, with each head removed."""
    texts = [
        tell(narrator, 1000 + seed, number, "samples").text
        for narrator in NARRATORS
        for number in range(DOCUMENTS)
    ]
    tokens = [encode(text)[: lm().config.context] for text in texts]
    n_bytes = sum(len(lm().tokenizer.decode(ids[1:]).encode()) for ids in tokens)

    def bits(edits: Edits | None = None) -> float:
        return float(sum(losses(ids, edits).sum() for ids in tokens)) / n_bytes

    result = {"bits": bits()}
    for i, j in heads():
        result[f"bits_without_{i}_{j}"] = bits({("heads", i): without(j)})
    return result


# --- All of it -------------------------------------------------------------------------------------


def measure(seed: int) -> dict[str, Any]:
    """Return the values of one run."""
    sizes = {"n_layers": lm().config.n_layers, "n_heads": lm().config.n_heads}
    return sizes | translations(seed) | questions(seed) | repeats(seed) | held_out(seed)


@cache
def attention_map() -> dict[str, Any]:
    """Return what the head that carries names looks at in one text."""
    found = translations(0)
    layer, head = max(heads(), key=lambda at: found[f"lost_{at[0]}_{at[1]}"])
    ids = encode(MAP)
    weights = trace(lm().model, ids).weights[layer, head]
    return {
        "examples": SEEDS * SENTENCES,
        "period": PERIOD,
        "map_head": f"{layer}.{head}",
        "map_tokens": [lm().tokenizer.decode([i]) for i in ids],
        "map": (100 * weights).round().astype(int).tolist(),
    }


if __name__ == "__main__":
    record("looking-inside", lambda seed: attention_map() | measure(seed), range(SEEDS), ("numpy",))
