"""Reads a Markdown page as its author wrote it: which lines are prose, and which fence is left open.

The parser forgives what an author must not: a fence that is never closed swallows the rest of the page
without a word.  This module follows CommonMark's rule for fences and no other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPENING = re.compile(r"^[\s>]*(?P<marks>`{3,}|~{3,}|:{3,})\s*(?P<info>[^`]*)$")
CODE_LIKE = ("code-block", "literalinclude", "math", "toctree", "bibliography", "index", "image")


@dataclass(frozen=True)
class Fault:
    """Something that is wrong with a line, counted from 1."""

    line: int
    message: str


def _opening(line: str) -> re.Match[str] | None:
    """Return the match if the line can open a fence: ``:::`` needs a name, backticks do not."""
    match = OPENING.match(line)
    return match if match and (match["marks"][0] != ":" or match["info"]) else None


def _holds_markdown(info: str) -> bool:
    """Tell whether the body of a fence with this info string is Markdown itself."""
    name = re.match(r"\{([\w-]+)\}", info)
    return name is not None and name[1] not in CODE_LIKE


def walk(text: str) -> Iterator[tuple[int, str] | Fault]:
    """Yield every line of prose with its number, and a fault for every fence that goes wrong."""
    lines = text.split("\n")
    start = 0
    if lines[0] == "---" and "---" in lines[1:]:  # front matter
        start = lines.index("---", 1) + 1
    yield from _walk(lines[start:], start + 1)


def _walk(lines: list[str], first: int) -> Iterator[tuple[int, str] | Fault]:
    i = 0
    while i < len(lines):
        opening = _opening(lines[i])
        if opening is None:
            yield first + i, lines[i]
            i += 1
            continue
        marks = re.escape(opening["marks"][0])
        closing = re.compile(rf"^[\s>]*{marks}{{{len(opening['marks'])},}}\s*$")
        end = next((k for k in range(i + 1, len(lines)) if closing.match(lines[k])), None)
        if end is None:
            yield Fault(first + i, f"this fence is never closed: {lines[i].strip()}")
            return
        if _holds_markdown(opening["info"]):
            yield from _walk(lines[i + 1 : end], first + i + 1)
        else:
            for k in range(i + 1, end):
                inner = _opening(lines[k])
                if inner and inner["marks"].startswith(opening["marks"]) and inner["info"]:
                    yield Fault(
                        first + i,
                        f"this fence is not closed before the next one opens at line {first + k}",
                    )
                    break
        i = end + 1


INLINE = (
    re.compile(r"\\[\\$`]"),  # an escaped character is only itself
    re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)"),  # code, and the content of a role
    re.compile(r"\$\$.*?\$\$|(?<!\d)\$(?!\s)[^$]*?(?<!\s)\$(?!\d)"),  # mathematics, by MyST's rule
    re.compile(r"\{\{.*?\}\}|\{[a-z:]+\}"),  # substitutions and names of roles
    re.compile(r"\]\([^)\s]*[^)]*\)|<https?://[^>]*>|https?://\S+"),  # addresses
    re.compile(r"^\s*:[a-z-]+:\s+\S*$|^\([\w-]+\)=$|^%.*$"),  # options, labels, comments
)


def prose(text: str) -> Iterator[tuple[int, str] | Fault]:
    """Yield the same as :func:`walk`, with code, mathematics and addresses blanked out of the prose.

    Display mathematics over several lines is blanked too.

    >>> list(prose("It costs $5, or `$6`, or $x + y$."))
    [(1, 'It costs $5, or     , or        .')]
    """
    in_display = False
    for piece in walk(text):
        if isinstance(piece, Fault):
            yield piece
            continue
        number, line = piece
        if line.strip().startswith("$$") and line.count("$$") == 1 and not in_display:
            in_display = True
            continue
        if in_display:
            in_display = "$$" not in line
            continue
        for pattern in INLINE:
            line = pattern.sub(lambda match: " " * len(match[0]), line)
        yield number, line
