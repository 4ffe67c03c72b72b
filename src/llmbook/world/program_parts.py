"""What the ways to write a program share: a function in the making, and what to call it with.

Explained in the chapter "data".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from llmbook.world.draw import Draw
from llmbook.world.program_words import Filter


@dataclass
class Function:
    """A specification that has been put into Python and words, with the meaning to test it."""

    family: str
    pairs: list[tuple[str, str]]
    name: str
    args: list[tuple[str, str]]
    result: str
    says: list[str]
    body: str
    calls: list[tuple[Any, ...]]
    means: Callable[..., Any]


def literal(value: Any) -> str:
    """Write a value as Python does, but text in double quotes.

    Example:
        >>> literal([("Anna", 2), None, {"Tom": True}])
        '[("Anna", 2), None, {"Tom": True}]'
    """
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{literal(k)}: {literal(v)}' for k, v in value.items())}}}"
    return repr(value)


def constant(draw: Draw, test: Filter, pool: Sequence[str]) -> Any:
    """Return a constant for a filter; for words, one that some of the pool have."""
    if test.constant in ("number", "small"):
        return draw.integer(2, 5) if test.constant == "small" else draw.integer(2, 12)
    word = draw.choice(pool)
    if test.constant == "size":
        return max(3, len(word) + draw.integer(-1, 1)) if test.key != "sized" else len(word)
    if test.constant in ("first", "last"):
        return word[0] if test.constant == "first" else word[-1]
    return draw.choice(word[1:].replace(" ", "").replace("-", "") or "a")


def element(draw: Draw, test: Filter | None, k: Any, pool: Sequence[str], good: bool) -> Any:
    """Return an element that passes the filter, or one that does not; often one at the border."""
    value: Any = 0
    for _ in range(40):
        if pool:
            value = draw.choice(pool)
        elif test and test.constant and draw.chance(0.4):
            value = max(0, k + draw.integer(-1, 1))
        else:
            value = draw.integer(0, 20)
        if test is None or test.holds(value, k) == good:
            break
    return value


def elements(
    draw: Draw, test: Filter | None, k: Any, pool: Sequence[str], number: int
) -> list[Any]:
    """Return some elements, of which some pass a filter and some do not, and one comes twice."""
    goods = draw.shuffled([True, True, False] + [draw.chance(0.6) for _ in range(number - 3)])
    found = [element(draw, test, k, pool, good) for good in goods]
    return [*found, draw.choice(found)] if draw.chance(0.6) else found
