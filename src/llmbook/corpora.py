"""Where the training text comes from: a file, the valley, or the Python that runs this.

Explained in the chapter "Data" of the part "Training process".  A corpus is two streams of
documents: one to learn from, and one that is held out, to see what was learned.
"""

import hashlib
import pydoc_data.topics
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from llmbook import bpe, tokenizer_json
from llmbook.errors import InputError
from llmbook.tokenizer import Tokenizer

HELD_OUT = 10  # one document in ten, or the last tenth of a single text

Documents = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Corpus:
    """Text to learn from, and text that is held out.

    Args:
        training: Starts a new pass over the documents to learn from.
        validation: Starts a new pass over those held out.
        whole: Whether the documents are whole, so that a model can learn where they end.
        in_order: Whether to read the documents in their order the first time.
        vocabulary: The documents to learn tokens from, if the first ones are not like all.
        fingerprint: Differs if the text does, where that is cheap to tell.
    """

    training: Documents
    validation: Documents
    whole: bool = True
    in_order: bool = False
    vocabulary: Documents | None = None
    fingerprint: str = ""


def text_file(path: Path) -> Corpus:
    """Return a corpus of one text: the last tenth of its characters is held out, as by nanoGPT.

    Raises:
        InputError: If the file cannot be read, is empty, or is not text in UTF-8.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: this is not text in UTF-8, at byte {error.start}") from None
    if not text.strip():
        raise InputError(f"{path}: there is no text in it")
    cut = len(text) * (HELD_OUT - 1) // HELD_OUT
    return Corpus(
        training=lambda: [text[:cut]],
        validation=lambda: [text[cut:]],
        whole=False,
        fingerprint=hashlib.sha256(data).hexdigest(),
    )


def valley(seed: int, documents: int, french_first: int = 0) -> Corpus:
    """Return documents of the book's own world: as many to learn from, and a fiftieth held out.

    Args:
        seed: Same seed, same documents.
        documents: How many of all kinds to learn from.
        french_first: How many more to begin with, all of them French.
    """
    from llmbook import world  # it is large, and only this corpus needs it

    def texts(
        split: str, n: int, narrators: Sequence[str] = tuple(world.NARRATORS)
    ) -> Iterator[str]:
        return (document.text for document in world.documents(split, seed, n, narrators))

    def mixed() -> Iterator[str]:
        return texts("train", documents)

    return Corpus(
        training=lambda: chain(texts("train", french_first, ["french"]), mixed()),
        validation=lambda: texts("samples", max(1, documents // 50)),
        in_order=french_first > 0,
        vocabulary=mixed,
    )


def stdlib(
    seed: int,  # noqa: ARG001 - what there is, is there
    documents: int,  # noqa: ARG001
    french_first: int = 0,  # noqa: ARG001
) -> Corpus:
    """Return the source files of Python's standard library and the topics of its ``help()``.

    Which of them are held out depends on their names alone, so that it stays the same when a new
    version of Python changes some of the others.
    """

    def texts(held_out: bool) -> Iterator[str]:
        for name, read in sorted(_sources().items()):
            if (hashlib.sha256(name.encode()).digest()[0] % HELD_OUT == 0) == held_out:
                yield read()

    return Corpus(training=lambda: texts(held_out=False), validation=lambda: texts(held_out=True))


def _sources() -> dict[str, Callable[[], str]]:
    """Return how to read each text of the standard library, by its name."""
    folder = Path(sysconfig.get_path("stdlib"))
    sources: dict[str, Callable[[], str]] = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder).parts
        # Its tests would be half of it; packages that someone installed are not Python's own, and
        # the module of the topics is the topics once more.
        others = {"test", "tests", "idle_test", "site-packages", "dist-packages", "pydoc_data"}
        if not others & set(parts):
            sources["/".join(parts)] = partial(path.read_text, "utf-8", "replace")
    for name, text in pydoc_data.topics.topics.items():
        sources[f"topics/{name}"] = partial(str, text)
    return sources


CORPORA: dict[str, Callable[[int, int, int], Corpus]] = {"valley": valley, "stdlib": stdlib}


# --- Tokenizers ----------------------------------------------------------------------------------


def character_tokenizer(texts: Iterable[str], special: list[str]) -> Tokenizer:
    """Return a tokenizer with a token for each character of some texts.

    It is a byte-level tokenizer like any other, so nothing is ever unknown.  What merges are the
    bytes of one character: each merge begins with a character's first byte, and joins the one that
    follows, so none can reach into the next character.

    Example:
        >>> tokenizer = character_tokenizer(["naïve"], ["<|end|>"])
        >>> [tokenizer.token_bytes(i).decode() for i in tokenizer.encode("naïve")]
        ['n', 'a', 'ï', 'v', 'e']
        >>> len(tokenizer.encode("€"))  # three bytes, and not in the texts
        3
    """
    characters = sorted({character for text in texts for character in set(text)})
    tokens = [bytes([byte]) for byte in bpe.ALPHABET]
    numbers = {token: number for number, token in enumerate(tokens, len(special))}
    merges: dict[bpe.Pair, None] = {}  # a set that keeps its order
    for character in characters:
        data = character.encode()
        for end in range(2, len(data) + 1):
            if data[:end] not in numbers:
                numbers[data[:end]] = len(special) + len(tokens)
                tokens.append(data[:end])
                merges[numbers[data[: end - 1]], numbers[data[end - 1 : end]]] = None
    return Tokenizer(tokenizer_json.build(special, tokens, merges))


def sample(documents: Iterable[str], characters: int) -> Iterator[str]:
    """Yield documents until they have so many characters; the last one may be cut."""
    for text in documents:
        yield text[:characters]
        characters -= len(text)
        if characters <= 0:
            return
