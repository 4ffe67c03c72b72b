"""Sizes as people write them: 8B parameters, 16GB of memory, 100GB/s.

Explained in the chapter "Choosing a model" of the part "Getting started".  A GB is 10^9 bytes, and a
GiB is 2^30, 7 % more; both are read exactly.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

from llmbook.errors import InputError

COUNTS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
BYTES = {"MB": 10**6, "GB": 10**9, "TB": 10**12, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
RATES = {f"{unit}/s": size for unit, size in BYTES.items()}


def parse_count(text: str) -> int:
    """Read a number of parameters.

    Raises:
        InputError: If it is none.

    Example:
        >>> parse_count("8B"), parse_count("0.6b"), parse_count("1766592")
        (8000000000, 600000000, 1766592)
    """
    return _parse(text, text.upper(), COUNTS, "a number of parameters: write it like 8B or 350M")


def parse_bytes(text: str) -> int:
    """Read a size of memory.

    Raises:
        InputError: If it is none, or has no unit.

    Example:
        >>> parse_bytes("16GB"), parse_bytes("16GiB")
        (16000000000, 17179869184)
    """
    return _parse(text, text, BYTES, "a size: write it like 16GB (10^9 bytes) or 16GiB (2^30)")


def parse_bandwidth(text: str) -> int:
    """Read how many bytes arrive from memory in a second.

    Raises:
        InputError: If it is no such rate.

    Example:
        >>> parse_bandwidth("153.6GB/s")
        153600000000
    """
    return _parse(text, text, RATES, "a bandwidth: write it like 100GB/s")


def _parse(text: str, cleaned: str, units: Mapping[str, int], kind: str) -> int:
    """Read a positive decimal number with a unit, exactly, and round it to a whole number."""
    match = re.fullmatch(r"([0-9]{1,15}(?:\.[0-9]{1,9})?) ?([A-Za-z/]*)", cleaned.strip())
    if match and match[2] in units and (value := round(Fraction(match[1]) * units[match[2]])) > 0:
        return value
    raise InputError(f"{text!r:.50} is not {kind}")
