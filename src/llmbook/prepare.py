"""Turn the text of a run into a tokenizer and two files of tokens, once.

Explained in the chapter "Data" of the part "Training process".  The files lie in the folder of the
run's checkpoints.  ``run.json`` is written last: while it is missing, everything is made anew.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree

from tqdm import tqdm

from llmbook._shapes import Array, Int
from llmbook.checkpoint import read_json
from llmbook.corpora import CORPORA, Corpus, character_tokenizer, sample, text_file
from llmbook.errors import InputError
from llmbook.folders import sync
from llmbook.packing import Batches, map_tokens, write_tokens
from llmbook.recipes import Recipe
from llmbook.run_state import write_whole
from llmbook.tokenizer import Tokenizer

INTERVAL = 0.2 if sys.stderr.isatty() else 30.0  # seconds: a log wants few lines
END = "<|end|>"  # stands in front of each document
FILES = ("training.bin", "validation.bin")
_LEARNED_FROM = 4_000_000  # characters that a tokenizer learns from; more change little

# What may differ when a run goes on: a smaller learning rate is the way out of a loss that is not
# a number, and the rest changes nothing of what the run makes.
_FREE = {"learning_rate", "checkpoint_seconds", "text", "dtype", "card"}


@dataclass(frozen=True)
class Prepared:
    """The text of a run as numbers.

    Args:
        tokenizer: What made them.
        training: The tokens to learn from.
        validation: The tokens held out.
        validation_bytes: How many bytes their text has.
        in_order: Whether to read the training tokens in their order the first time.
    """

    tokenizer: Tokenizer
    training: Int[Array, " n"]
    validation: Int[Array, " m"]
    validation_bytes: int
    in_order: bool = False


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
    try:
        rmtree(folder, ignore_errors=True)  # what a run left that was stopped here
        folder.mkdir(parents=True)
        size = _write(recipe, corpus, folder)
        _check_lengths(recipe, *_tokens(folder))
        facts = {"run": run, "validation_bytes": size, "in_order": corpus.in_order}
        write_whole(folder / "run.json", json.dumps(facts, indent=2).encode())
    except InputError:
        rmtree(folder, ignore_errors=True)
        raise
    except OSError as error:
        rmtree(folder, ignore_errors=True)
        raise InputError(f"cannot write {folder}: {error.strerror}") from None


def read_prepared(folder: Path) -> Prepared:
    """Return what :func:`prepare` wrote.

    Raises:
        InputError: If a file is damaged.
    """
    facts = read_json(folder / "run.json")
    return Prepared(
        Tokenizer.load(folder / "tokenizer.json"),
        *_tokens(folder),
        facts["validation_bytes"],
        facts["in_order"],
    )


def _write(recipe: Recipe, corpus: Corpus, folder: Path) -> int:
    """Write the tokenizer and both files of tokens; return the bytes of the held-out text."""
    tokenizer = _tokenizer(recipe, corpus)
    tokenizer.save(folder / "tokenizer.json")
    sync(folder / "tokenizer.json")
    size = 0
    for name, documents in zip(FILES, (corpus.training, corpus.validation), strict=True):
        end = tokenizer.special[END]
        texts = tqdm(
            documents(), desc=name, unit=" documents", mininterval=INTERVAL, delay=2, leave=False
        )
        size = write_tokens(folder / name, iter(texts), tokenizer, end, closed=corpus.whole)
        sync(folder / name)
    return size


def _tokens(folder: Path) -> tuple[Int[Array, " n"], Int[Array, " m"]]:
    """Map both files of tokens into memory."""
    vocab_size = Tokenizer.load(folder / "tokenizer.json").vocab_size
    training, validation = (map_tokens(folder / name, vocab_size) for name in FILES)
    return training, validation


def _check_lengths(
    recipe: Recipe, training: Int[Array, " n"], validation: Int[Array, " m"]
) -> None:
    """Refuse a text that does not fill a window."""
    if len(validation) < 2:
        raise InputError("the text is too short: nothing is left to be held out")
    Batches(training, recipe.context, recipe.sequences, recipe.seed)


def _corpus(recipe: Recipe) -> Corpus:
    """Return the text of a recipe."""
    if recipe.text is not None:
        return text_file(Path(recipe.text))
    assert recipe.corpus is not None
    return CORPORA[recipe.corpus](recipe.seed, recipe.documents, recipe.french_first)


def _tokenizer(recipe: Recipe, corpus: Corpus) -> Tokenizer:
    """Return a token for each character, or learn tokens from the beginning of the text."""
    special = [END, *recipe.special]
    if recipe.chars:
        return character_tokenizer(corpus.training(), special)
    texts = sample((corpus.vocabulary or corpus.training)(), _LEARNED_FROM)
    return Tokenizer.train(texts, recipe.vocab_size, special)


def _check_same(there: dict[str, object], asked: dict[str, object], folder: Path) -> None:
    """Refuse to go on with a run that another recipe began."""
    for name, value in asked.items():
        if there.get(name) != value:
            raise InputError(
                f"{folder} belongs to a run with {name} {there.get(name)}, not {value}: "
                "delete it, or choose another --out"
            )
