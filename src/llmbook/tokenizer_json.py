"""What a ``tokenizer.json`` says: the file that carries a tokenizer from one library to another.

Explained in the chapter "tokens".  The format is that of the Hugging Face ``tokenizers`` library,
and it describes many kinds of tokenizers.  :func:`parse` takes the byte-level ones of GPT-2, Llama
3, Qwen 2 and their like.  It refuses every other by name, for a tokenizer that is read almost right
gives a model almost the right numbers, and nothing says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NoReturn

from llmbook import pretokenize
from llmbook.bpe import ALPHABET, PRINTABLE, Pair
from llmbook.errors import InputError

Document = dict[str, Any]

# JSON holds text and not bytes, so GPT-2 gave every byte a letter: a byte that prints is its own,
# the others take the letters from number 256 on.  A space becomes "Ġ" and a line end "Ċ".
_HIDDEN = count(256)
LETTERS = {byte: chr(byte if byte in PRINTABLE else next(_HIDDEN)) for byte in ALPHABET}
BYTES = {letter: byte for byte, letter in LETTERS.items()}


@dataclass(frozen=True)
class Parsed:
    """A ``tokenizer.json`` that was understood.

    Attributes:
        tokens: The bytes of every token, by its number.
        plain: The number of every token that plain text can become, by its bytes.
        merges: For each pair of tokens that merges: its rank, the lowest first, and the new token.
        ignore_merges: Whether a word that is a token is taken whole, even if no merges lead to it.
        added: The number of every token that is looked for in the text itself, before the merges.
        special: Those of them that only the program may use.
        expressions: Where to cut the text into words, for :func:`llmbook.pretokenize.split`.
        prefix_space: Whether a text that starts without a space gets one.
        nfc: Whether a letter and its accent are first made one character, where there is one.
        around: The tokens that a model expects before and after a text.
    """

    tokens: Sequence[bytes]
    plain: Mapping[bytes, int]
    merges: Mapping[Pair, tuple[int, int]]
    ignore_merges: bool
    added: Mapping[str, int]
    special: Mapping[str, int]
    expressions: Sequence[str]
    prefix_space: bool
    nfc: bool
    around: tuple[list[int], list[int]]


def build(special: Sequence[str], tokens: Sequence[bytes], merges: Iterable[Pair]) -> Document:
    """Return the document of a tokenizer with GPT-2's way to cut a text.

    Args:
        special: The special tokens, which have the first numbers.
        tokens: The other tokens, which have the numbers that follow.
        merges: The pairs of numbers that merge, the first one first.

    Raises:
        InputError: If a special token is empty, is there twice, or can be spelled by plain text.
    """
    names = [*special, *map(_spell, tokens)]
    vocab = {name: number for number, name in enumerate(names)}
    for number, name in enumerate(special):
        if not name or vocab[name] != number:
            raise InputError(f"{name!r} cannot be a special token: it is empty, or a token already")
    plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    byte_level = {
        "type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True,
    }  # fmt: skip
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": number, "content": name, **plain, "special": True}
            for number, name in enumerate(special)
        ],
        "normalizer": None,
        "pre_tokenizer": byte_level,
        "post_processor": None,
        "decoder": byte_level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": vocab,
            "merges": [[names[left], names[right]] for left, right in merges],
        },
    }


def parse(document: Document) -> Parsed:
    """Return what a ``tokenizer.json`` says.

    Its ``truncation`` and ``padding`` are not read: they are about a batch, and not about a text.

    Raises:
        InputError: If the document is damaged, or asks for what this package does not do.
    """
    try:
        return _parse(document)
    except InputError:
        raise
    except KeyError as error:
        raise InputError(f"damaged tokenizer: {error} is missing") from None
    except (AttributeError, TypeError, ValueError) as error:
        raise InputError(f"damaged tokenizer: {error}") from None


def _parse(document: Document) -> Parsed:
    model = document["model"]
    if (kind := model.get("type", "BPE")) != "BPE":
        _refuse(f"the model {kind}")
    if model.get("byte_fallback"):
        _refuse("a SentencePiece tokenizer (byte_fallback), such as that of Llama 2,")
    for option in ("dropout", "continuing_subword_prefix", "end_of_word_suffix"):
        if model.get(option):
            _refuse(f"the option {option}")
    normalizer, decoder = document.get("normalizer"), document.get("decoder")
    if normalizer and normalizer["type"] != "NFC":
        _refuse(f"the normalizer {normalizer['type']}")
    if not decoder or decoder["type"] != "ByteLevel":
        _refuse(f"the decoder {decoder and decoder['type']}")
    expressions, prefix_space = _cuts(document["pre_tokenizer"])

    added_tokens = document.get("added_tokens") or []
    for token in added_tokens:
        for option in ("lstrip", "rstrip", "single_word"):
            if token.get(option):
                _refuse(f"the option {option} of the token {token['content']!r}")
        if normalizer and token.get("normalized"):
            _refuse(f"the option normalized of the token {token['content']!r} beside a normalizer")
        if not token["content"]:
            raise InputError("damaged tokenizer: an added token is empty")
    numbers = _numbers(model["vocab"], {t["content"]: t["id"] for t in added_tokens})
    added = {token["content"]: numbers[token["content"]] for token in added_tokens}
    special = {t["content"]: added[t["content"]] for t in added_tokens if t.get("special")}

    # Plain text can become these and nothing else, and so it cannot become a special token.
    names = {name: numbers[name] for name in model["vocab"] if name not in special}
    plain = {_bytes(name): number for name, number in names.items() if set(name) <= BYTES.keys()}
    for byte in range(256):
        if bytes([byte]) not in plain:
            raise InputError(f"damaged tokenizer: there is no plain token for the byte {byte}")
    before, after = _around(document.get("post_processor"))
    if not {*before, *after} <= {*numbers.values()}:
        raise InputError("damaged tokenizer: the post-processor adds a token that there is not")
    return Parsed(
        tokens=[name.encode() if name in added else _bytes(name) for name in numbers],
        plain=plain,
        merges=_merges(model["merges"], names, special),
        ignore_merges=bool(model.get("ignore_merges")),
        added=added,
        special=special,
        expressions=expressions,
        prefix_space=prefix_space,
        nfc=bool(normalizer),
        around=(before, after),
    )


def _numbers(vocab: dict[str, int], added: dict[str, int]) -> dict[str, int]:
    """Return the number of every token, in the order of the numbers."""
    numbers = sorted((number, name) for name, number in (vocab | added).items())
    if [number for number, _ in numbers] != list(range(len(numbers))):
        raise InputError("damaged tokenizer: its tokens are not numbered 0, 1, 2 and so on")
    if moved := [name for name, number in added.items() if vocab.get(name, number) != number]:
        raise InputError(f"damaged tokenizer: the token {moved[0]!r} has two numbers")
    return {name: number for number, (_, name) in enumerate(numbers)}


def _merges(
    merges: Iterable[str | Sequence[str]], names: dict[str, int], special: Mapping[str, int]
) -> dict[Pair, tuple[int, int]]:
    """Return the rank and the result of every merge, which a file writes "a b" or ["a", "b"]."""
    found = {}
    for rank, merge in enumerate(merges):
        parts = merge.split(" ") if isinstance(merge, str) else merge
        if len(parts) != 2:
            raise InputError(f"damaged tokenizer: merge {rank} is not a pair")
        left, right = parts
        if left + right in special:
            raise InputError(f"plain text can spell the special token {left + right!r}")
        for name in (left, right, left + right):
            if name not in names:
                raise InputError(
                    f"damaged tokenizer: merge {rank} needs {name!r}, which is no token"
                )
        found[names[left], names[right]] = rank, names[left + right]
    return found


def _cuts(step: Document | None) -> tuple[list[str], bool]:
    """Return how a pre-tokenizer cuts a text, and whether it puts a space in front."""
    if step is None:
        _refuse("a tokenizer without a pre-tokenizer")
    *cuts, last = step["pretokenizers"] if step["type"] == "Sequence" else [step]
    if last["type"] != "ByteLevel":
        _refuse(f"the pre-tokenizer {last['type']}")
    if cuts and last["add_prefix_space"]:
        _refuse("add_prefix_space after another pre-tokenizer")
    expressions = [_expression(cut) for cut in cuts]
    if last.get("use_regex", True):
        expressions.append(pretokenize.GPT2)
    return expressions, last["add_prefix_space"]


def _expression(cut: Document) -> str:
    """Return the regular expression that one step of a pre-tokenizer stands for."""
    if cut["type"] == "Digits" and cut["individual_digits"]:
        return pretokenize.DIGITS
    if cut["type"] != "Split":
        _refuse(f"the pre-tokenizer {cut['type']}")
    expression = cut["pattern"].get("Regex")
    if expression not in (pretokenize.GPT2, pretokenize.LLAMA3, pretokenize.QWEN2):
        _refuse(f"the pre-tokenizer that splits at {cut['pattern']}")
    if cut["behavior"] != "Isolated" or cut["invert"]:
        _refuse(f"a pre-tokenizer that splits with behavior {cut['behavior']}")
    return str(expression)


def _around(processor: Document | None) -> tuple[list[int], list[int]]:
    """Return the tokens that a post-processor puts before and after a text."""
    before: list[int] = []
    after: list[int] = []
    if processor is None or processor["type"] == "ByteLevel":  # the latter is about offsets alone
        return before, after
    if processor["type"] == "Sequence":
        for step in processor["processors"]:
            first, last = _around(step)
            before, after = first + before, after + last
        return before, after
    if processor["type"] != "TemplateProcessing":
        _refuse(f"the post-processor {processor['type']}")
    side = before
    for piece in processor["single"]:
        if "Sequence" in piece:
            side = after
        else:
            side += processor["special_tokens"][piece["SpecialToken"]["id"]]["ids"]
    return before, after


def _spell(token: bytes) -> str:
    return "".join(LETTERS[byte] for byte in token)


def _bytes(name: str) -> bytes:
    """Return the bytes that a name spells; a name with other letters stands for itself."""
    try:
        return bytes(BYTES[letter] for letter in name)
    except KeyError:
        return name.encode()


def _refuse(what: str) -> NoReturn:
    raise InputError(f"{what} is not supported")
