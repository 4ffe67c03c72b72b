r"""Cut a text into the pieces that a tokenizer then looks at one by one.

Explained in the chapter "tokens".  Byte-pair encoding never joins across the border of two pieces,
so that ``dog``, ``dog.`` and ``dog!`` share a token.  Where the borders lie is said by a regular
expression, and a model works only with the one it was trained with.  The expressions of this
module are written as the models' own files have them, where ``\p{L}`` is any letter of any script
and ``\p{N}`` any number.  Python's ``re`` does not know these two, and its ``\s`` holds four control
characters too many, so :func:`pattern` replaces each by the characters that Unicode lists for it.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain, groupby
from unicodedata import category

#: Radford et al., "Language models are unsupervised multitask learners", 2019, in its published code.
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"

#: Llama 3 and GPT-4: contractions in capitals too, at most three digits, and line ends kept together.
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

#: Qwen 2 and 2.5: the same with every digit on its own.
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")

#: Every digit on its own and nothing else, a first cut that some models make before GPT-2's.
DIGITS = r"\p{N}|[^\p{N}]+"


def split(text: str, expressions: Iterable[str] = (GPT2,)) -> Iterable[str]:
    """Return the pieces of a text, in order; joined, they are the text again.

    Args:
        text: Any text.
        expressions: Constants of this module.  Each one cuts the pieces of the one before.

    Example:
        >>> list(split("We'll pay 2500 francs,  she said."))
        ['We', "'ll", ' pay', ' 2500', ' francs', ',', ' ', ' she', ' said', '.']
        >>> list(split("We'll pay 2500 francs,  she said.", [LLAMA3]))
        ['We', "'ll", ' pay', ' ', '250', '0', ' francs', ',', ' ', ' she', ' said', '.']
    """
    pieces: Iterable[str] = [text]
    for expression in expressions:
        pieces = chain.from_iterable(map(pattern(expression).findall, pieces))
    return pieces


@cache
def pattern(expression: str) -> re.Pattern[str]:
    r"""Return a compiled expression in which ``\p{L}``, ``\p{N}``, ``\s`` and ``\S`` mean what Unicode says.

    A letter that is newer than the running Python counts as a symbol: ``unicodedata.unidata_version``
    is the version of Unicode that Python knows.
    """
    space = r"\t-\r\x85" + _members("Z")
    sets = {r"\p{L}": _members("L"), r"\p{N}": _members("N"), r"\s": space}
    parts = re.split(r"(\[.*?\])", expression)  # every second part is a set in brackets
    for i, part in enumerate(parts):
        for name, members in sets.items():
            part = part.replace(name, members if i % 2 else f"[{members}]")
        parts[i] = part.replace(r"\S", f"[^{space}]")
    return re.compile("".join(parts))


@cache
def _members(kind: str) -> str:
    """Return the ranges of characters whose category starts with a letter, as a set would list them."""
    ranges = []
    # Unicode's letters, numbers and spaces all lie in the first four of its seventeen planes.
    for found, run in groupby(range(0x40000), key=lambda code: category(chr(code))[0] == kind):
        if found:
            first, *rest = run
            ranges.append(rf"\U{first:08x}-\U{(rest or [first])[-1]:08x}")
    return "".join(ranges)
