"""Turn the text of a run into a tokenizer and two files of tokens, once.

Explained in the chapter "Data" of the part "Training process".  The files lie in the folder of the
run's checkpoints.  ``run.json`` is written last: while it is missing, everything is made anew.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from llmbook._shapes import Array, Int
from llmbook.checkpoint import read_json
from llmbook.corpora import CORPORA, Corpus, character_tokenizer, sample, text_file
from llmbook.errors import InputError
from llmbook.folders import sync
from llmbook.packing import Batches, map_tokens, write_tokens
from llmbook.recipes import Recipe
from llmbook.run_state import write_whole
from llmbook.tokenizer import Tokenizer

END = "<|end|>"  # stands in front of each document
_LEARNED_FROM = 4_000_000  # characters that a tokenizer learns from; more change little

# What may differ when a run goes on: a smaller learning rate is the way out of a loss that is not
# a number, and the rest changes nothing of what the run makes.
_FREE = {"learning_rate", "checkpoint_seconds", "text"}


@dataclass(frozen=True)
class Prepared:
    """The text of a run as numbers.

    Args:
        tokenizer: What made them.
        training: The tokens to learn from.
        validation: The tokens held out.
        validation_bytes: How many bytes their text has.
    """

    tokenizer: Tokenizer
    training: Int[Array, " n"]
    validation: Int[Array, " m"]
    validation_bytes: int


def prepare(recipe: Recipe, folder: Path) -> None:
    """Write the tokenizer and the tokens of a run, unless they are there.

    Raises:
        InputError: If the text is missing, too short or not UTF-8, a file cannot be written, or the
            folder belongs to another run.
    """
    corpus = _corpus(recipe)
    run = {k: v for k, v in asdict(recipe).items() if k not in _FREE}
    run = json.loads(json.dumps({**run, "fingerprint": corpus.fingerprint}))
    if (folder / "run.json").exists():
        _check_same(read_json(folder / "run.json")["run"], run, folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer(recipe, corpus)
    tokenizer.save(folder / "tokenizer.json")
    sizes = {}
    for name in ("training", "validation"):
        path = folder / f"{name}.bin"
        path.unlink(missing_ok=True)  # what a run left that was killed here
        sizes[name] = write_tokens(
            path, getattr(corpus, name)(), tokenizer, tokenizer.special[END], closed=corpus.whole
        )
        sync(path)
    write_whole(folder / "run.json", json.dumps({"run": run, "bytes": sizes}, indent=2).encode())


def read_prepared(recipe: Recipe, folder: Path) -> Prepared:
    """Return what :func:`prepare` wrote.

    Raises:
        InputError: If a file is damaged, or there is too little text.
    """
    tokenizer = Tokenizer.load(folder / "tokenizer.json")
    training, validation = (
        map_tokens(folder / f"{name}.bin", tokenizer.vocab_size)
        for name in ("training", "validation")
    )
    Batches(training, recipe.context, recipe.sequences, recipe.seed)  # is it long enough?
    if len(validation) < 2:
        raise InputError("the text is too short: nothing is left to be held out")
    size = read_json(folder / "run.json")["bytes"]["validation"]
    return Prepared(tokenizer, training, validation, size)


def _corpus(recipe: Recipe) -> Corpus:
    """Return the text of a recipe."""
    if recipe.text is not None:
        return text_file(Path(recipe.text))
    assert recipe.corpus is not None
    return CORPORA[recipe.corpus](recipe.seed, recipe.documents)


def _tokenizer(recipe: Recipe, corpus: Corpus) -> Tokenizer:
    """Return a token for each character, or learn tokens from the beginning of the text."""
    special = [END, *recipe.special]
    if recipe.chars:
        return character_tokenizer(corpus.training(), special)
    texts = sample(corpus.training(), _LEARNED_FROM)
    return Tokenizer.train(texts, recipe.vocab_size, special)


def _check_same(there: dict[str, object], asked: dict[str, object], folder: Path) -> None:
    """Refuse to go on with a run that another recipe began."""
    for name, value in asked.items():
        if there.get(name) != value:
            raise InputError(
                f"{folder} belongs to a run with {name} {there.get(name)}, not {value}: "
                "delete it, or choose another --out"
            )
