"""The narrator that writes Python: signature, docstring, body and tests of one specification.

Explained in the chapter "data".  A specification composes parts of
:mod:`llmbook.world.program_words` and :mod:`llmbook.world.program_recipes`: what passes a filter is
mapped and reduced; one step follows another; a step is taken on a condition; or a recipe is applied
to a noun.  The expected results of the tests come from the meaning of the parts; the body is not
run.  Combined through ``draw.pair``, and therefore held out, are filter and reduction, map and
reduction, reduction and noun, step and step, filter and step, recipe and noun.

The truth of a document has the ``signature`` (``def f(x):``), the ``docstring`` (one line, without
its quotes), all docstrings that it could have (``says``), the ``body`` (indented), the ``tests``
(``assert f(...) == ...``), the ``entry`` (the function's name), the ``family`` and the ``pairs`` of
parts that it combines.
"""

from collections.abc import Callable
from typing import Any

from llmbook.world.document import Document
from llmbook.world.draw import Draw
from llmbook.world.program_parts import Function, literal
from llmbook.world.program_reductions import reduction_of_list, reduction_of_owners
from llmbook.world.program_steps import condition, recipe_for_noun, steps

_FAMILIES: tuple[tuple[Callable[[Draw], Function], float], ...] = (
    (reduction_of_list, 0.42),
    (reduction_of_owners, 0.2),
    (steps, 0.12),
    (condition, 0.1),
    (recipe_for_noun, 0.16),
)


def _usage(draw: Draw, call: str, result: Any) -> str:
    """Return a line that says what a call gives."""
    lines = [f"# {call} -> {literal(result)}", f"# {call} gives {literal(result)}"]
    if not isinstance(result, bool) and result is not None:
        lines.append(f"assert {call} == {literal(result)}")
    elif result is not None:
        lines.append(f"assert {'' if result else 'not '}{call}")
    if result != "" and '"' not in literal(result).strip('"'):  # print writes no quotes around text
        lines.append(f"print({call})  # {result}")
    return draw.choice(lines)


def tell(draw: Draw) -> Document:
    r"""Write a function, its tests and the text in which it stands.

    Args:
        draw: Decides everything.

    Example:
        >>> program = tell(Draw("programs", 2)).truth
        >>> exec("\n".join([program["signature"], program["body"], *program["tests"]]))  # all hold
    """
    function = draw.weighted(_FAMILIES)(draw)
    hinted = draw.chance(0.35)
    args = ", ".join(f"{name}: {kind}" if hinted else name for name, kind in function.args)
    signature = f"def {function.name}({args}){f' -> {function.result}' if hinted else ''}:"
    docstring = next(
        (line for line in function.says if len(line) <= 90), min(function.says, key=len)
    )
    others = [line for line in function.says if line != docstring]
    body = "\n".join(f"    {line}" for line in function.body.split("\n"))
    tests, examples = [], []
    for call in function.calls:
        written = f"{function.name}({', '.join(map(literal, call))})"
        result = function.means(*call)
        test = f"assert {written} == {literal(result)}"
        if test not in tests:
            tests.append(test)
            examples.append((written, result))
    parts = [f'{signature}\n    """{docstring}"""\n{body}\n']
    if others and draw.chance(0.25):
        parts.insert(0, f"# {draw.choice(others)}\n")
    short = [
        (written, result)
        for written, result in examples
        if len(written) + len(literal(result)) < 75
    ]
    if short and draw.chance(0.5):
        blank = draw.choice(("\n", "\n\n"))
        usages = [_usage(draw, *example) for example in draw.some(short, draw.integer(1, 2))]
        parts.append(blank + "\n".join(usages))
    truth = {
        "family": function.family, "pairs": [list(pair) for pair in function.pairs], "entry": function.name,
        "signature": signature, "docstring": docstring, "says": function.says, "body": body, "tests": tests,
    }  # fmt: skip
    return Document("programs", "".join(parts).rstrip("\n"), truth)
