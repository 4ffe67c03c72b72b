"""Programs that take steps, one after another or on a condition, and those made by a recipe.

Explained in the chapter "data".
"""

import builtins
import re
from collections.abc import Sequence
from typing import Any

from llmbook.world.draw import Draw
from llmbook.world.lexicon import ANIMALS, GOODS, THINGS, Noun
from llmbook.world.program_parts import Function, constant, element, elements, literal
from llmbook.world.program_recipes import RECIPES, STEPS, Step
from llmbook.world.program_words import FILTERS, NAMES, SOURCES

# A noun that is also a variable must be no name of Python's, nor of a recipe's own.
NOUNS = [
    noun
    for table in (THINGS, GOODS, ANIMALS)
    for noun in table.values()
    if not hasattr(builtins, noun.en) and noun.en not in ("letter", "box", "sheep")
]


def _inputs(draw: Draw, kind: str, pool: Sequence[str]) -> list[Any]:
    """Return inputs of a kind, small and large, even and odd."""
    if kind == "number":
        return [*draw.some((0, 1, 2, 3), 2), *draw.some(range(4, 12), 2), draw.integer(13, 30)]
    if kind == "word":
        return draw.some(pool, 4)
    lists = [elements(draw, None, None, pool, size) for size in (5, 4, 3)]
    return [[*xs, *xs[:2]] for xs in lists[:1]] + lists[1:] + [[]]


def _nested(step: Step, x: str, k: int) -> str:
    """Write a step on an expression, in parentheses where it needs them."""
    bare = "({x}" in step.code or re.fullmatch(r"\w+(\[[^\]]*\]|(\.\w+)*\([^()]*\))*", x)
    return step.code.format(x=x if bare else f"({x})", k=k)


def steps(draw: Draw) -> Function:
    """Take one step after another with a number, a word or a list."""
    kind = draw.weighted((("number", 0.4), ("word", 0.3), ("list", 0.3)))
    fitting = [step for step in STEPS if step.kind == kind]
    one, two = draw.pair(fitting, fitting)
    k1, k2 = draw.integer(2, 6), draw.integer(2, 6)
    source = draw.choice([s for s in SOURCES if kind in (s.kind, "list")])
    x, said = (
        (source.arg, f"the {source.many}") if kind == "list" else (source.var, f"the {source.one}")
    )
    pronoun = "them" if kind == "list" else "it"
    first = one.says.format(O=said, k=k1)
    if one is two and draw.chance(0.7):
        k2 = k1
        says = [f"{_capital(first)}, twice.", f"Two times, {first}.", f"Do this twice: {first}."]
        name = draw.choice(("{a}_{x}_twice", "twice_{a}_{x}", "{a}_twice")).format(a=one.key, x=x)
    else:
        then = two.says.format(O=pronoun, k=k2)
        says = [
            f"{_capital(first)}, then {then}.", f"First {first}, then {then}.",
            f"Do two things: {first}, then {then}.",
            f"{_capital(first)} and then {then}.", f"{_capital(first)}; after that, {then}.",
        ]  # fmt: skip
        name = draw.choice(
            ("{a}_then_{b}", "{a}_and_{b}", "{a}_{b}_{x}", "change_{x}", "{a}_{x}_and_{b}")
        )
        name = name.format(a=one.key, b=two.key, x=x)
    code1 = one.code.format(x=x, k=k1)
    bodies = [
        f"{x} = {code1}\nreturn {two.code.format(x=x, k=k2)}",
        f"return {_nested(two, code1, k2)}",
        f"result = {code1}\nresult = {two.code.format(x='result', k=k2)}\nreturn result",
        f"{x} = {code1}\n{x} = {two.code.format(x=x, k=k2)}\nreturn {x}",
        f"first = {code1}\nsecond = {two.code.format(x='first', k=k2)}\nreturn second",
    ]
    if one is two and k1 == k2:
        bodies[2:] = [f"for _ in range(2):\n    {x} = {code1}\nreturn {x}"] * 2
    item = {"number": "int", "word": "str"}[source.kind]
    typed = f"list[{item}]" if kind == "list" else item
    calls = [(value,) for value in _inputs(draw, kind, source.pool)]
    return Function(
        "steps", [(one.key, two.key)], name, [(x, typed)], typed, draw.shuffled(says), draw.choice(bodies),
        calls,
        lambda value: two.means(one.means(value, k1), k2),
    )  # fmt: skip


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def condition(draw: Draw) -> Function:
    """Take a step with a number or a word if a condition holds."""
    kind = draw.choice(("number", "word"))
    test, step = draw.pair(
        [f for f in FILTERS if f.kind == kind],
        [s for s in STEPS if s.kind == kind and s.conditional],
    )
    source = draw.choice([s for s in SOURCES if s.kind == kind and " " not in s.one])
    x, pool = source.var, source.pool
    k, by = constant(draw, test, pool) if test.constant else None, draw.integer(2, 6)
    letter = test.constant in ("first", "last", "letter")
    verb = test.verb.format(d=f"the letter {k}" if letter else k)
    full, short = step.says.format(O=f"the {source.one}", k=by), step.says.format(O="it", k=by)
    says = [
        f"{_capital(full)} if it {verb}; otherwise return it unchanged.",
        f"If the {source.one} {verb}, {short}; otherwise leave it as it is.",
        f"Return the {source.one}; but if it {verb}, first {short}.",
        f"When the {source.one} {verb}, {short}. Otherwise return it as it came.",
        f"Leave the {source.one} alone unless it {verb}: then {short}.",
        f"A {source.one} that {verb}: {short}. Any other is returned unchanged.",
    ]
    if source.one[0] in "aeiou":
        says[-1] = says[-1].replace("A ", "An ", 1)
    c, n = test.code.format(x=x, k=literal(k)), test.negated.format(x=x, k=literal(k))
    done = step.code.format(x=x, k=by)
    body = draw.choice((
        f"if {c}:\n    return {done}\nreturn {x}", f"return {done} if {c} else {x}",
        f"if {n}:\n    return {x}\nreturn {done}", f"if {c}:\n    {x} = {done}\nreturn {x}",
        f"result = {x}\nif {c}:\n    result = {done}\nreturn result",
        f"if {c}:\n    return {done}\nelse:\n    return {x}",
    ))  # fmt: skip
    named = draw.choice(test.names).format(N=x)
    name = draw.choice(("{a}_{f}", "{a}_if_{t}", "maybe_{a}_{x}", "{a}_only_{f}"))
    name = name.format(a=step.key, f=named, t=test.key, x=x)
    values = [element(draw, test, k, pool, good) for good in (True, False, True, False, True)]
    if kind == "number" and test.constant in ("number", "small"):
        values += [int(k or 0), int(k or 0) + 1]
    calls = [(value,) for value in dict.fromkeys(values)]
    typed = "int" if kind == "number" else "str"
    return Function(
        "condition", [(test.key, step.key)], name, [(x, typed)], typed, draw.shuffled(says), body, calls,
        lambda value: step.means(value, by) if test.holds(value, k) else value,
    )  # fmt: skip


def _argument(draw: Draw, letter: str, noun: Noun, turn: int) -> Any:
    """Return an argument of the kind that a letter stands for: see :class:`Recipe`."""
    words = [n.en for n in NOUNS]
    if letter in "nbc":
        return draw.integer(*{"n": (0, 20), "b": (2, 6), "c": (8, 14)}[letter])
    if letter == "m":
        return draw.integer(1, 5)
    if letter == "N":
        return [draw.integer(0, 9) for _ in range(draw.integer(2, 4))] if turn else []
    if letter == "O":
        rising = sorted(draw.some(range(20), 4))
        return rising if turn % 2 else [*rising, draw.choice(rising)]
    if letter == "W":
        return draw.some(words[:10], draw.integer(2, 4)) if turn else []
    if letter in "wl":
        return draw.choice(words[:10] if letter == "w" else "aeiorst")
    if letter == "v":
        return (
            draw.choice(words)
            if turn % 2
            else draw.choice(["anna", "otto", "noon", "level", "eve", "ada", "madam"])
        )
    if letter in "tu":
        said = draw.some(
            [word for word in words if word != noun.en], draw.integer(1, 5) if turn else 0
        )
        return " ".join(draw.shuffled([*said, "{s}"]) if letter == "u" and turn % 2 else said)
    if letter == "p":
        return draw.choice(NAMES[:6])
    people = [
        (name, draw.integer(0, 9))
        for name in draw.some(NAMES[:6], draw.integer(2, 3) if turn else 0)
    ]
    return dict(people) if letter == "D" else people


def recipe_for_noun(draw: Draw) -> Function:
    """Apply a recipe to a noun."""
    recipe, noun = draw.pair(RECIPES, NOUNS)
    fields = {"s": noun.en, "p": noun.plural}

    def named(value: Any) -> Any:
        """Put the noun into whatever text a value has."""
        if isinstance(value, str):
            return value.replace("{s}", noun.en).replace("{p}", noun.plural)
        return [named(item) for item in value] if isinstance(value, list) else value

    calls = [
        tuple(_argument(draw, letter, noun, turn) for letter in recipe.takes)
        for turn in (1, 2, 3, 4, 5, 0)
    ]
    expected = [named(recipe.means(*call)) for call in calls]
    calls = [tuple(named(argument) for argument in call) for call in calls]
    answers = {literal(call): answer for call, answer in zip(calls, expected, strict=True)}
    args = [(name.format(**fields), kind) for name, kind in recipe.args]
    item = {
        "N": "list[int]",
        "O": "list[int]",
        "W": "list[str]",
        "P": "list[tuple[str, int]]",
        "D": "dict[str, int]",
    }
    args = [
        (name, item.get(letter, kind))
        for (name, kind), letter in zip(args, recipe.takes, strict=True)
    ]
    return Function(
        "recipe", [(recipe.key, noun.en)], draw.choice(recipe.names).format(**fields), args, recipe.result,
        [line.format(**fields) for line in draw.shuffled(recipe.says)],
        draw.choice(recipe.bodies).format(**fields), calls, lambda *call: answers[literal(call)],
    )  # fmt: skip
