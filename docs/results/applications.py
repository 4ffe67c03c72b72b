"""Complete real code by counting: next-token accuracy on held-out standard-library modules.

The model is the n-gram counter of part 1, over Python's own tokens: it suggests what followed the
last tokens most often, and looks at fewer of them where it has never seen so many.  It works in two
ways: from the other modules alone, or after it has also counted the file above the cursor, which it
then asks first.
"""

import io
import keyword
import random
import sysconfig
import token
import tokenize
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

from record import record

LONGEST = 4  # tokens of context, for an order of five
HELD_OUT = 0.1
WHITE_SPACE = {token.NEWLINE, token.INDENT, token.DEDENT}  # known by its kind
LEFT_OUT = {token.COMMENT, token.NL, token.ENCODING, token.ENDMARKER}

Token = tuple[str, bool]  # its text, and whether it is a name that somebody chose
Context = tuple[str, ...]
Table = dict[Context, Counter[str]]


@cache
def library() -> dict[str, list[Token]]:
    """Return the tokens of every top-level module of the standard library, by module."""
    modules = {}
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        if path.stem.startswith("_sysconfigdata"):  # generated, and other on every machine
            continue
        with tokenize.open(path) as file:
            found = tokenize.generate_tokens(io.StringIO(file.read()).readline)
            modules[path.stem] = [
                (f"<{token.tok_name[kind]}>", False)
                if kind in WHITE_SPACE
                else (text, kind == token.NAME and not keyword.iskeyword(text))
                for kind, text, *_ in found
                if kind not in LEFT_OUT
            ]
    return modules


def contexts(texts: list[str], at: int) -> list[Context]:
    """Return the contexts that end before a position, from the empty one to the longest."""
    return [tuple(texts[at - n : at]) for n in range(min(at, LONGEST) + 1)]


def count(files: list[list[str]], wanted: set[Context]) -> Table:
    """Count what follows each wanted context."""
    table: Table = defaultdict(Counter)
    for texts in files:
        for at, following in enumerate(texts):
            for context in contexts(texts, at):
                if context in wanted:
                    table[context][following] += 1
    return table


def best(followers: Counter[str]) -> list[str]:
    """Return the five most frequent followers, ties in alphabetical order."""
    return sorted(followers, key=lambda text: (-followers[text], text))[:5]


def measure(seed: int) -> dict[str, float]:
    """Hold out a tenth of the modules, count on the others, and score each order both ways."""
    modules = library()
    names = sorted(modules)
    random.Random(seed).shuffle(names)  # noqa: S311  (a split, not a secret)
    cut = round(HELD_OUT * len(names))
    files = {name: [text for text, _ in modules[name]] for name in names}
    train, tests = [files[name] for name in names[cut:]], names[:cut]
    wanted = {
        c for name in tests for at in range(len(files[name])) for c in contexts(files[name], at)
    }
    counted = {context: best(followers) for context, followers in count(train, wanted).items()}

    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name in tests:
        above: Table = defaultdict(Counter)  # what the file itself has shown so far
        for at, (truth, chosen) in enumerate(modules[name]):
            kinds = ("all", "names") if chosen else ("all",)
            total.update(kinds)
            before = contexts(files[name], at)
            for way in ("library", "file"):
                guess: list[str] = []
                for n in range(LONGEST + 1):  # a longer context goes before a shorter one
                    if n < len(before):
                        seen = counted.get(before[n], [])
                        if n and way == "file" and before[n] in above:
                            seen = best(above[before[n]]) + seen
                        guess = list(dict.fromkeys(seen + guess))[:5]
                    if truth in guess:
                        tops = (1, 5) if truth == guess[0] else (5,)
                        hits.update(
                            f"{kind}_{way}_top{top}_{n + 1}" for kind in kinds for top in tops
                        )
            for context in before[1:]:
                above[context][truth] += 1

    return {
        "modules": len(modules),
        "modules_held_out": cut,
        "tokens": sum(map(len, modules.values())),
        "tokens_held_out": total["all"],
        "percent_names": 100 * total["names"] / total["all"],
    } | {
        key: 100 * hits[key] / total[kind]
        for kind in ("all", "names")
        for way in ("library", "file")
        for top in (1, 5)
        for order in range(1, LONGEST + 2)
        if (key := f"{kind}_{way}_top{top}_{order}")
    }


if __name__ == "__main__":
    record("applications", measure, seeds=range(5))
