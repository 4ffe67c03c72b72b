r"""Cut a text into words, within which a tokenizer then joins bytes.

Explained in the chapter "tokens".  No token reaches across the border of two words, so ``dog``,
``dog.`` and ``dog!`` share one.  Where the borders lie is said by a regular expression, and a model
works only with the one that it was trained with.

The expressions stand here as they stand in the files of the models, where ``\p{L}`` is any letter
of any script and ``\p{N}`` any number.  Python's ``re`` knows neither, and its ``\s`` holds four
control characters too many.  So :func:`pattern` puts in their place the characters that Unicode
lists for them.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain, groupby
from unicodedata import category

# From the published code of Radford et al., "Language models are unsupervised multitask learners",
# 2019: English contractions, letters, numbers, and all the rest, each with a space in front of it.
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"

# Capital contractions too, up to three digits, any sign in front of letters, line ends together.
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

# The same, with every digit on its own.
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")

# A first cut that some models make before GPT-2's: every digit on its own.
DIGITS = r"\p{N}|[^\p{N}]+"


def split(text: str, expressions: Iterable[str] = (GPT2,)) -> Iterable[str]:
    """Return the words of a text, in order; joined, they are the text again.

    Args:
        text: Any text.
        expressions: Constants of this module.  Each cuts what the one before it has left.

    Example:
        >>> list(split("We'll pay 2500 francs,  she said."))
        ['We', "'ll", ' pay', ' 2500', ' francs', ',', ' ', ' she', ' said', '.']
        >>> list(split("We'll pay 2500 francs,  she said.", [LLAMA3]))
        ['We', "'ll", ' pay', ' ', '250', '0', ' francs', ',', ' ', ' she', ' said', '.']
    """
    words: Iterable[str] = [text]
    for expression in expressions:
        words = chain.from_iterable(map(pattern(expression).findall, words))
    return words


@cache
def pattern(expression: str) -> re.Pattern[str]:
    r"""Compile an expression in which ``\p{L}``, ``\p{N}``, ``\s``, ``\S`` mean what Unicode says.

    A letter that is newer than the running Python is no letter to it.  The version of Unicode that
    Python knows is ``unicodedata.unidata_version``.
    """
    space = r"\t-\r\x85" + _characters("Z")
    sets = {r"\p{L}": _characters("L"), r"\p{N}": _characters("N"), r"\s": space}
    parts = re.split(r"(\[.*?\])", expression)  # every second part is in brackets already
    for i, part in enumerate(parts):
        for name, characters in sets.items():
            part = part.replace(name, characters if i % 2 else f"[{characters}]")
        parts[i] = part.replace(r"\S", f"[^{space}]")
    return re.compile("".join(parts))


@cache
def _characters(kind: str) -> str:
    """Return the characters of one kind, as the inside of brackets: ``A-Za-z`` and so on.

    Args:
        kind: The first letter of a Unicode category.
    """
    ranges = []
    # Unicode keeps its letters, numbers and spaces in the first four of its seventeen planes.
    for wanted, run in groupby(range(0x40000), key=lambda code: category(chr(code))[0] == kind):
        if wanted:
            codes = list(run)
            ranges.append(rf"\U{codes[0]:08x}-\U{codes[-1]:08x}")
    return "".join(ranges)
