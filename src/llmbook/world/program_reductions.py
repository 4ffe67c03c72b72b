"""Programs that filter, map and reduce: lists of numbers or words, and who has how many goods.

Explained in the chapter "data".
"""

import re
from collections.abc import Sequence
from typing import Any

from llmbook.world.draw import Draw, held_out
from llmbook.world.lexicon import GOODS, THINGS, Noun
from llmbook.world.program_parts import Function, constant, element, elements, literal
from llmbook.world.program_words import (
    FILTERS,
    MAPS,
    NAMES,
    OWNERS,
    REDUCTIONS,
    SOURCES,
    Filter,
    Map,
    Reduction,
    Source,
)

_OWNED = (
    "ball bell book button candle cup envelope feather flag key kite needle pencil plate ribbon shell spoon "
    "stamp stick stone ticket"
)
COUNTED = [*GOODS.values(), *(THINGS[en] for en in _OWNED.split(" "))]
_SORTED = {
    "number": ("the smallest first", "from the smallest to the largest", "in rising order"),
    "word": ("in alphabetical order", "from A to Z", "alphabetically"),
}
_FALLING = {
    "number": ("the largest first", "from the largest to the smallest", "in falling order"),
    "word": ("in reverse alphabetical order", "from Z to A"),
}


def _render(template: str, fields: dict[str, str], guard: str) -> str:
    """Write a body: its lines marked by ``@``, ``!`` or ``*`` go into a loop."""
    lines, loop = [], ""
    for line in template.split("\n"):
        mark, line = (
            (line[0], line[1:].removeprefix(" ") if line[0] != "*" else line[1:])
            if line[0] in "@!*"
            else ("", line)
        )
        if mark and mark != loop:
            lines.append("for {t} in {it}:")
            condition = {"@": "{c}", "!": "{n_}", "*": ""}[mark] if fields["c"] else ""
            if condition and guard == "continue":
                other = "{n_}" if mark == "@" else "{c}"
                lines += [f"    if {other}:", "        continue"]
            elif condition:
                lines.append(f"    if {condition}:")
        loop = mark
        deeper = mark in ("@", "!") and bool(fields["c"]) and guard != "continue"
        lines.append("    " * (bool(mark) + deeper) + line)
    return "\n".join(lines).format(**fields)


def _body(draw: Draw, reduction: Reduction, fields: dict[str, str]) -> str:
    """Write a body in one of its ways, with no variable of its own that is already taken."""
    taken = {word for key in ("x", "t", "it") for word in re.findall(r"\w+", fields[key])}
    free = [body for body in reduction.bodies if not taken & set(re.findall(r"\w+", body))]
    return _render(
        draw.choice(free or reduction.bodies), fields, draw.choice(("if", "if", "continue"))
    )


def _fit(draw: Draw, maps: Sequence[Map], reduction: Reduction) -> Map | None:
    """Return a map that this split may combine with a reduction, if there is one."""
    wanted = draw.split == "combinations"
    fitting = [m for m in maps if held_out(m, reduction) == wanted] or (maps if wanted else [])
    return draw.choice(fitting) if fitting else None


def reduction_of_list(draw: Draw) -> Function:
    """Filter, map and reduce a list of numbers or words."""
    kind = draw.choice(("number", "word"))
    reductions = [r for r in REDUCTIONS if kind in r.kinds]
    pairs: list[tuple[str, str]] = []
    test: Filter | None = None
    if draw.chance(0.8):
        test, reduction = draw.pair([f for f in FILTERS if f.kind == kind], reductions)
        pairs.append((str(test), reduction.key))
    else:
        reduction = draw.choice([r for r in reductions if not r.filtered])
    change: Map | None = None
    if reduction.mapped and draw.chance(0.35 if test else 0.6):
        makes = (
            ("number", "word")
            if kind == "word" and reduction.key not in ("join", "hyphens")
            else (kind,)
        )
        change = _fit(draw, [m for m in MAPS if m.kind == kind and m.makes in makes], reduction)
    elif kind == "word" and "word" in reduction.kinds and reduction.mapped and draw.chance(0.2):
        change = _fit(draw, [m for m in MAPS if m.kind == m.makes == "word"], reduction)
    if change is not None:
        pairs.append((change.key, reduction.key))
    _, source = draw.pair([reduction], [s for s in SOURCES if s.kind == kind])
    pairs.append((reduction.key, source.arg))
    k = constant(draw, test, source.pool) if test and test.constant else None
    given = test is not None and test.constant != "" and draw.chance(0.25)
    own = (
        {"number": "limit", "small": "divisor", "size": "size"}.get(test.constant, "letter")
        if test
        else ""
    )
    x = draw.weighted([(source.var, 0.75), ("x", 0.15), (kind, 0.1)])
    fields = _words(draw, source, test, change, own if given else k, given)
    fields |= _code(x, source.arg, x, test, change, own if given else literal(k))
    makes_kind = change.makes if change else kind
    fields["sorted"] = draw.choice(_SORTED[makes_kind])
    fields["falling"] = draw.choice(_FALLING[makes_kind])
    result = reduction.result.replace("{T}", "int" if makes_kind == "number" else "str")
    item = "int" if kind == "number" else "str"
    args = [(source.arg, f"list[{item}]")]
    args += [(own, "int" if isinstance(k, int) else "str")] if given else []

    def means(xs: list[Any], constant: Any = k) -> Any:
        return reduction.means(
            xs,
            lambda v: test.holds(v, constant) if test else True,
            change.means if change else lambda v: v,
        )

    lists = [elements(draw, test, k, source.pool, draw.integer(3, 5)) for _ in range(3)]
    if test:
        lists.append([element(draw, test, k, source.pool, False) for _ in range(2)])
        lists.append([element(draw, test, k, source.pool, True) for _ in range(2)])
    lists.append([])
    calls: list[tuple[Any, ...]] = [(xs, k) if given else (xs,) for xs in lists]
    if given:
        more = constant(draw, test, source.pool) if test else 0
        calls.insert(1, (elements(draw, test, more, source.pool, 5), more))
    says = [line.format(**fields) for line in draw.shuffled(reduction.says)]
    body = _body(draw, reduction, fields)
    name = draw.choice(reduction.names).format(F=fields["F"])
    return Function("reduce", pairs, name, args, result, says, body, calls, means)


def _words(
    draw: Draw, source: Source, test: Filter | None, change: Map | None, k: Any, given: bool
) -> dict[str, str]:
    """Return the words that a docstring and a name need."""
    spoken = str(k)
    if test and test.constant in ("first", "last", "letter"):
        spoken = "the given letter" if given else f"the letter {k}"
    words = {"n": source.one, "N": source.many, "d": spoken}
    many = (test.many if test else "{N}").format(**words)
    many_said = f"the {many}"
    named = (draw.choice(test.names) if test else "{N}").format(N=source.arg)
    if change and draw.chance(0.6):
        named = change.name.format(F=named)
    return words | {
        "one": (test.one if test else "{n}").format(**words),
        "many": many,
        "X": change.says.format(X=many_said) if change else many_said,
        "verb": test.verb.format(**words) if test else "",
        "verbs": test.verbs.format(**words) if test else "",
        "F": named,
    }


def _code(
    target: str, over: str, x: str, test: Filter | None, change: Map | None, k: str
) -> dict[str, str]:
    """Return the pieces of code that a body needs."""
    c = test.code.format(x=x, k=k) if test else ""
    e = change.code.format(x=x) if change else x
    comp = f"{e} for {target} in {over}" + (f" if {c}" if c else "")
    whole = not c and e == target
    return {
        "x": x, "t": target, "it": over, "c": c, "e": e, "comp": comp,
        "n_": test.negated.format(x=x, k=k) if test else "",
        "if_c": f" if {c}" if c else "",
        "gen": over if whole else comp,
        "par": over if whole else f"({comp})",
        "list": f"list({over})" if whole else f"[{comp}]",
    }  # fmt: skip


def reduction_of_owners(draw: Draw) -> Function:
    """Ask something about people and how many goods each of them has, in pairs or in a dict."""
    goods: Noun
    pairs: list[tuple[str, str]] = []
    test: Filter | None = None
    if draw.chance(0.85):
        test, reduction = draw.pair(FILTERS, OWNERS)
        pairs.append((str(test), reduction.key))
    else:
        reduction = draw.choice([r for r in OWNERS if not r.filtered])
    reduction, goods = draw.pair([reduction], COUNTED)
    pairs.append((reduction.key, goods.en))
    k = constant(draw, test, NAMES) if test and test.constant else None
    as_dict = draw.chance(0.45)
    arg = draw.choice((goods.plural, goods.plural, "baskets", "harvest", "people", "shares"))
    w, v = draw.choice((("name", "number"), ("name", "count"), ("who", "number"), ("person", "n")))
    v = "n" if v == arg else v
    about = v if test and test.kind == "number" else w
    fields = _code(f"{w}, {v}", f"{arg}.items()" if as_dict else arg, about, test, None, literal(k))
    words = {"n": goods.en, "N": goods.plural, "d": str(k)}
    verb = verbs = ""
    said = draw.choice(("the people", "all people")) if reduction.key == "list" else "the people"
    if test and test.kind == "number":
        amount = test.owns.format(**words)
        verb, verbs, said = f"has {amount}", f"have {amount}", f"the people who have {amount}"
    elif test:
        words["d"] = f"the letter {k}" if test.constant in ("first", "last", "letter") else str(k)
        one, many = test.verb.format(**words), test.verbs.format(**words)
        verb = f"has a name that {one}"
        verbs, said = f"have a name that {one}", f"the people whose names {many}"
    fields |= words | {"X": said, "verb": verb, "verbs": verbs, "w": w, "v": v}

    def means(people: Any) -> Any:
        of = 1 if test and test.kind == "number" else 0
        listed = list(people.items()) if as_dict else people
        return reduction.means(listed, lambda x: test.holds(x[of], k) if test else True, None)  # type: ignore[arg-type]

    lists = []
    for size in (4, 3, 5, 2):
        number_test, name_test = (test, None) if test and test.kind == "number" else (None, test)
        names = list(dict.fromkeys(elements(draw, name_test, k, NAMES, max(3, size))))[:size]
        counts = elements(draw, number_test, k, (), max(3, len(names)))
        lists.append([(name, min(n, 40)) for name, n in zip(names, counts, strict=False)])
    lists.append([])
    calls: list[tuple[Any, ...]] = [(dict(xs) if as_dict else xs,) for xs in lists]
    kind = "dict[str, int]" if as_dict else "list[tuple[str, int]]"
    says = [line.format(**fields) for line in draw.shuffled(reduction.says)]
    body = _body(draw, reduction, fields)
    name = draw.choice(reduction.names).format(N=goods.plural)
    return Function("own", pairs, name, [(arg, kind)], reduction.result, says, body, calls, means)
