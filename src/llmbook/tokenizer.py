"""Turn text into the numbers of its tokens, and back.

Explained in the chapter "tokens".  A text is cut into words (``pretokenize``), and in each word
bytes are joined to tokens (``bpe``).  What a tokenizer has learned is kept in a ``tokenizer.json``
(``tokenizer_json``), the format of the Hugging Face ``tokenizers`` library: the same file gives the
same numbers there and here.
"""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self
from unicodedata import normalize

from llmbook import bpe, pretokenize, tokenizer_json
from llmbook.errors import InputError
from llmbook.tokenizer_json import Document

_CACHED_WORDS, _CACHED_LENGTH = 50_000, 50  # how many words to remember, and of what length


class Tokenizer:
    """The tokens of a language model, and the way from text to their numbers.

    Make one with :meth:`train` or :meth:`load`.  Nothing is lost: ``decode(encode(text)) == text``
    for every text, unless the file of a model asks for a change, such as a space in front.

    *Special tokens*, such as ``<|end|>``, tell a model where a text or a speaker's turn ends.  They
    are for the program alone: a user who types ``<|end|>`` gets its seven characters, for no plain
    text can become a special token.  (A file may also add tokens that it does not call special.
    These are found in any text, as the ``tokenizers`` library does.)

    Args:
        document: The content of a ``tokenizer.json``.

    Raises:
        InputError: If the document is damaged, or asks for what this package does not do.

    Attributes:
        special: The number of each special token.
        prefix: The tokens that the model expects before a text, such as Llama 3's first.
        suffix: The tokens that it expects after a text.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._file = file = tokenizer_json.parse(document)
        self.special = dict(file.special)
        self.prefix, self.suffix = file.around
        self._bytes = [file.plain[bytes([byte])] for byte in range(256)]
        self._added = _finder(file.added.keys())
        self._added_but_special = _finder(file.added.keys() - file.special.keys())
        self._words: dict[str, list[int]] = {}

    @classmethod
    def train(cls, texts: Iterable[str], vocab_size: int, special: Sequence[str] = ()) -> Self:
        """Learn a vocabulary from texts.

        Special tokens get the first numbers, the 256 bytes the next, and what is learned the rest.
        The ``tokenizers`` library learns the same from the same texts.

        Args:
            texts: What to learn from.  No token reaches from one text into the next.
            vocab_size: How many tokens to have; there are fewer if the texts run out of pairs.
            special: The texts of the special tokens.

        Raises:
            InputError: If the texts are empty or hold a lone surrogate, if ``vocab_size`` is too
                small, or if a special token is empty, double, or also learned as a plain one.

        Example:
            >>> tokenizer = Tokenizer.train(["low lower lowest slow slowly"], 259, ["<|end|>"])
            >>> [tokenizer.token_bytes(token) for token in tokenizer.encode("slow fellow")]
            [b's', b'low', b' ', b'f', b'e', b'l', b'low']
        """
        if isinstance(texts, str):
            raise TypeError("texts is a list: put a single text into brackets")
        smallest = len(special) + 256
        if vocab_size < smallest:
            raise InputError(
                f"a vocabulary of {vocab_size} is too small: the 256 bytes and "
                f"the special tokens need {smallest}"
            )
        words: Counter[str] = Counter()
        for text in texts:
            words.update(pretokenize.split(_checked(text)))
        if not words:
            raise InputError("a tokenizer cannot learn from an empty text")
        tokens, merges = bpe.learn(words, vocab_size - len(special), first=len(special))
        return cls(tokenizer_json.build(special, tokens, merges))

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a ``tokenizer.json``: one of ours, or that of GPT-2, Llama 3, Qwen 2 and their like.

        Raises:
            InputError: If the file cannot be read, is damaged, or asks for what this package does
                not do, such as the SentencePiece tokenizer of Llama 2.
        """
        try:
            return cls(json.loads(Path(path).read_text("utf-8")))
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from None
        except InputError as error:
            raise InputError(f"{path}: {error}") from None
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path}: damaged tokenizer, which is not JSON: {error}") from None

    def save(self, path: str | Path) -> None:
        """Write a ``tokenizer.json``, whole or not at all."""
        path = Path(path)
        unfinished = path.with_name(f".{path.name}.unfinished")
        text = json.dumps(self._document, indent=2, ensure_ascii=False)
        unfinished.write_text(text, "utf-8", newline="\n")
        unfinished.replace(path)

    @property
    def parsed(self) -> tokenizer_json.Parsed:
        """What the file says, for those who write it in another format."""
        return self._file

    @property
    def vocab_size(self) -> int:
        """How many tokens there are; their numbers start at 0."""
        return len(self._file.tokens)

    def token_bytes(self, token: int) -> bytes:
        """Return the bytes that a token stands for; they need not be whole characters.

        Raises:
            InputError: If there is no such token.
        """
        if not 0 <= token < len(self._file.tokens):
            raise InputError(f"there is no token {token}: the last is {len(self._file.tokens) - 1}")
        return self._file.tokens[token]

    def encode(
        self, text: str, *, allow_special: bool = False, add_special: bool = False
    ) -> list[int]:
        """Return the numbers of a text's tokens.

        Args:
            text: Any text.
            allow_special: Read ``<|end|>`` and the like as special tokens.  This is for what your
                program wrote, such as a chat template, and never for what a user typed.
            add_special: Put :attr:`prefix` and :attr:`suffix` around the tokens.  This is for the
                prompt of a model; the ``tokenizers`` library does it unasked.

        Raises:
            InputError: If the text holds a lone surrogate, which is half a character.
        """
        ids: list[int] = []
        added = self._added if allow_special else self._added_but_special
        for i, part in enumerate(added.split(_checked(text))):
            if i % 2:  # the tokens that were found stand between the texts around them
                ids.append(self._file.added[part])
                continue
            for word in pretokenize.split(self._prepared(part), self._file.expressions):
                ids += self._words.get(word) or self._encode_word(word)
        return [*self.prefix, *ids, *self.suffix] if add_special else ids

    def decode(self, ids: Iterable[int]) -> str:
        """Return the text of some tokens, special ones included.

        Bytes that are not UTF-8 become "�": a model may write what no text contains.

        Raises:
            InputError: If there is no such token.
        """
        return b"".join(map(self.token_bytes, ids)).decode("utf-8", "replace")

    def decode_stream(self, ids: Iterable[int]) -> Iterator[str]:
        """Yield the text of tokens as they come, each character as soon as it is whole.

        Raises:
            InputError: If there is no such token.
        """
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        for token in ids:
            if text := decoder.decode(self.token_bytes(token)):
                yield text
        if text := decoder.decode(b"", final=True):
            yield text

    def _prepared(self, text: str) -> str:
        """Return the text with the changes that the file asks for; ours never does."""
        if self._file.nfc:
            text = normalize("NFC", text)
        if self._file.prefix_space and text and not text.startswith(" "):
            text = " " + text
        return text

    def _encode_word(self, word: str) -> list[int]:
        """Return the tokens of a word, and remember them: most words come again."""
        data = word.encode()
        if self._file.ignore_merges and data in self._file.plain:
            ids = [self._file.plain[data]]
        else:
            ids = bpe.merge([self._bytes[byte] for byte in data], self._file.merges)
        if len(word) <= _CACHED_LENGTH:
            if len(self._words) == _CACHED_WORDS:
                self._words.clear()
            self._words[word] = ids
        return ids


def _finder(names: Iterable[str]) -> re.Pattern[str]:
    """Return an expression that finds any of the names, and the longest where several would do."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("(" + ("|".join(map(re.escape, longest_first)) or "(?!)") + ")")


def _checked(text: str) -> str:
    """Return the text if it has bytes; half a character, which a str can hold, has none."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text holds a lone surrogate, {text[error.start]!r}, at position {error.start}"
        ) from None
    return text
