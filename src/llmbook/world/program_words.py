# ruff: noqa: ARG005, E501  (tables: all meanings take the same arguments, and a row stays together)
"""What the valley's programs are made of: filters, maps, reductions, steps, and how each is said.

Explained in the chapter "data".  Each part has a *meaning*, a Python function from which the tests
are computed, and apart from it the *code* and the *words* that say the same.  In them stand ``{x}``
for the element, ``{k}`` for the constant (``{d}`` where a docstring names it), ``{n}`` and ``{N}``
for the noun, singular and plural.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from llmbook.world.lexicon import ANIMALS, GOODS, MEN, PLACES, THINGS, WOMEN

NAMES = (*WOMEN, *MEN)


@dataclass(frozen=True)
class Filter:
    """A condition on one element.

    Args:
        key: Its name in a pair.
        kind: What it is asked about: ``"number"`` or ``"word"``.
        holds: Its meaning, given the element and the constant.
        code: The condition, and ``negated`` its negation.
        negated: What is true of the other elements.
        one: One element for which it holds: ``"even {n}"``.
        many: Several of them.
        verb: What such an element does: ``"is even"``, and ``verbs`` what several do.
        verbs: The same verb in the plural.
        owns: How many goods such a person has, for a condition on numbers.
        names: Names of such elements in a function's name.
        constant: What the constant is: ``""``, ``"number"``, ``"small"``, ``"size"`` or ``"letter"``.
    """

    key: str
    kind: str
    holds: Callable[[Any, Any], bool]
    code: str
    negated: str
    one: str
    many: str
    verb: str
    verbs: str
    owns: str
    names: tuple[str, ...]
    constant: str = ""

    def __str__(self) -> str:
        return self.key


def _number(
    key: str, holds: Callable[[Any, Any], bool], code: str, negated: str, post: str, owns: str,
    names: str, constant: str = "number",
) -> Filter:  # fmt: skip
    """Return a filter of numbers of which one says that they are ``post``."""
    adjective = not constant
    one, many = (
        (f"{post} {{n}}", f"{post} {{N}}") if adjective else (f"{{n}} {post}", f"{{N}} {post}")
    )
    return Filter(
        key, "number", holds, code, negated, one, many, f"is {post}", f"are {post}", owns,
        tuple(names.split()), constant,
    )  # fmt: skip


def _word(
    key: str, holds: Callable[[Any, Any], bool], code: str, negated: str, verb: str, verbs: str,
    names: str, constant: str = "letter",
) -> Filter:  # fmt: skip
    return Filter(
        key, "word", holds, code, negated, f"{{n}} that {verb}", f"{{N}} that {verbs}", verb, verbs, "",
        tuple(names.split()), constant,
    )  # fmt: skip


FILTERS = (
    _number("even", lambda x, k: not x & 1, "{x} % 2 == 0", "{x} % 2 != 0", "even",
            "an even number of {N}", "even_{N}", ""),
    _number("odd", lambda x, k: bool(x & 1), "{x} % 2 == 1", "{x} % 2 == 0", "odd",
            "an odd number of {N}", "odd_{N}", ""),
    _number("above", lambda x, k: k - x < 0, "{x} > {k}", "{x} <= {k}", "greater than {d}",
            "more than {d} {N}", "{N}_above {N}_over large_{N}"),
    _number("below", lambda x, k: k - x > 0, "{x} < {k}", "{x} >= {k}", "less than {d}",
            "fewer than {d} {N}", "{N}_below {N}_under small_{N}"),
    _number("at_least", lambda x, k: not k > x, "{x} >= {k}", "{x} < {k}", "not less than {d}",
            "at least {d} {N}", "{N}_from {N}_not_below"),
    _number("at_most", lambda x, k: not k < x, "{x} <= {k}", "{x} > {k}", "not greater than {d}",
            "at most {d} {N}", "{N}_up_to {N}_not_above"),
    _number("equal", lambda x, k: k - x == 0, "{x} == {k}", "{x} != {k}", "equal to {d}",
            "exactly {d} {N}", "{N}_equal same_{N}"),
    _number("other", lambda x, k: k - x != 0, "{x} != {k}", "{x} == {k}", "other than {d}",
            "a number of {N} other than {d}", "other_{N} {N}_without"),
    _number("divisible", lambda x, k: x // k * k == x, "{x} % {k} == 0", "{x} % {k} != 0",
            "divisible by {d}", "a number of {N} divisible by {d}", "{N}_divisible {N}_that_divide",
            "small"),
    _word("longer", lambda x, k: sum(1 for _ in x) > k, "len({x}) > {k}", "len({x}) <= {k}",
          "has more than {d} letters", "have more than {d} letters", "long_{N} longer_{N}", "size"),
    _word("shorter", lambda x, k: sum(1 for _ in x) < k, "len({x}) < {k}", "len({x}) >= {k}",
          "has fewer than {d} letters", "have fewer than {d} letters", "short_{N} shorter_{N}", "size"),
    _word("sized", lambda x, k: sum(1 for _ in x) == k, "len({x}) == {k}", "len({x}) != {k}",
          "has exactly {d} letters", "have exactly {d} letters", "{N}_of_size {N}_of_length", "size"),
    _word("starts", lambda x, k: x[:1] == k, "{x}.startswith({k})", "not {x}.startswith({k})",
          "starts with {d}", "start with {d}", "{N}_starting_with {N}_with_first {N}_from", "first"),
    _word("ends", lambda x, k: list(x)[-1] == k, "{x}.endswith({k})", "not {x}.endswith({k})",
          "ends with {d}", "end with {d}", "{N}_ending_with {N}_with_last", "last"),
    _word("contains", lambda x, k: x.find(k) >= 0, "{k} in {x}", "{k} not in {x}",
          "contains {d}", "contain {d}", "{N}_with {N}_containing"),
    _word("lacks", lambda x, k: x.find(k) < 0, "{k} not in {x}", "{k} in {x}",
          "does not contain {d}", "do not contain {d}", "{N}_without {N}_lacking"),
)  # fmt: skip


@dataclass(frozen=True)
class Map:
    """What is made of each element: its meaning, code, words, and the kind of what it makes."""

    key: str
    kind: str
    makes: str
    means: Callable[[Any], Any]
    code: str
    says: str  # {X}: the elements
    name: str  # {F}: the elements in a function's name

    def __str__(self) -> str:
        return self.key


MAPS = (
    Map("double", "number", "number", lambda x: x + x, "2 * {x}", "the doubles of {X}", "doubles_of_{F}"),
    Map("square", "number", "number", lambda x: x * x, "{x} ** 2", "the squares of {X}", "squares_of_{F}"),
    Map("triple", "number", "number", lambda x: x + x + x, "3 * {x}", "three times {X}", "triple_{F}"),
    Map("digit", "number", "number", lambda x: int(str(x)[-1]), "{x} % 10", "the last digits of {X}",
        "last_digits_of_{F}"),
    Map("successor", "number", "number", lambda x: x - -1, "{x} + 1", "the numbers one greater than {X}",
        "next_{F}"),
    Map("length", "word", "number", lambda x: sum(1 for _ in x), "len({x})", "the lengths of {X}",
        "lengths_of_{F}"),
    Map("initial", "word", "word", lambda x: x[:1], "{x}[0]", "the first letters of {X}",
        "initials_of_{F}"),
    Map("final", "word", "word", lambda x: list(x)[-1], "{x}[-1]", "the last letters of {X}",
        "last_letters_of_{F}"),
    Map("capitals", "word", "word", lambda x: "".join(map(str.upper, x)), "{x}.upper()",
        "the capital forms of {X}", "capital_{F}"),
    Map("backward", "word", "word", lambda x: "".join(reversed(x)), "{x}[::-1]", "the reversals of {X}",
        "reversed_{F}"),
)  # fmt: skip


@dataclass(frozen=True)
class Reduction:
    """What is made of all elements together.

    Args:
        key: Its name in a pair.
        kinds: For which kinds of elements it is: ``"number"``, ``"word"`` or both.
        means: Its meaning, given all elements, the filter and the map.
        result: The type of its result; ``{T}`` is that of an element.
        says: Sentences for it.  ``{X}`` are the elements that pass the filter, ``{x1}`` is one of
            them, ``{F}`` what stands for them in a function's name.
        names: Names of a function.
        bodies: Ways to write it.  Lines that begin with ``@`` stand in a loop over the elements
            that pass, with ``!`` in one over those that do not, with ``*`` in one over all.
        filtered: Whether it needs a filter.
        mapped: Whether a map makes sense.
    """

    key: str
    kinds: str
    means: Callable[[list[Any], Callable[[Any], bool], Callable[[Any], Any]], Any]
    result: str
    says: tuple[str, ...]
    names: tuple[str, ...]
    bodies: tuple[str, ...]
    filtered: bool = False
    mapped: bool = False

    def __str__(self) -> str:
        return self.key


def _kept(xs: list[Any], keep: Callable[[Any], bool], value: Callable[[Any], Any]) -> list[Any]:
    return [value(x) for x in xs if keep(x)]


def _extreme(values: list[Any], sign: int, size: Callable[[Any], int] = lambda x: int(x)) -> Any:
    """Return the first of the values that no other one exceeds, by looking at all pairs."""
    for value in values:
        if all(sign * size(other) <= sign * size(value) for other in values):
            return value
    return None


def _ordered(values: list[Any]) -> list[Any]:
    """Return the values in order, by insertion."""
    done: list[Any] = []
    for value in values:
        place = sum(1 for other in done if not value < other)
        done[place:place] = [value]
    return done


def _product(values: list[Any]) -> int:
    return values[0] * _product(values[1:]) if values else 1


def _tally(values: list[Any]) -> dict[Any, int]:
    return {value: sum(1 for other in values if other == value) for value in values}


def _distinct(values: list[Any]) -> list[Any]:
    return [value for place, value in enumerate(values) if value not in values[:place]]


def _none_or(place: int) -> Callable[..., Any]:
    def means(xs: list[Any], keep: Callable[[Any], bool], value: Callable[[Any], Any]) -> Any:
        kept = _kept(xs, keep, value)
        return kept[place] if kept else None

    return means


REDUCTIONS = (
    Reduction(
        "sum", "number", lambda *a: sum(_kept(*a)), "int",
        ("Return the sum of {X}.", "Add up {X}.", "Return {X}, added together.", "Compute the total of {X}.",
         "What is the sum of {X}?", "Sum {X}."),
        ("sum_{F}", "total_{F}", "add_{F}", "sum_of_{F}"),
        ("total = 0\n@ total += {e}\nreturn total", "return sum({gen})", "chosen = {list}\nreturn sum(chosen)",
         "result = 0\n@ result = result + {e}\nreturn result"),
        mapped=True,
    ),
    Reduction(
        "product", "number", lambda *a: _product(_kept(*a)), "int",
        ("Return the product of {X}, or 1 if there are none.", "Multiply {X} together, starting from 1.",
         "Compute the product of {X} (1 if there are none)."),
        ("product_of_{F}", "multiply_{F}", "{F}_multiplied"),
        ("product = 1\n@ product *= {e}\nreturn product", "result = 1\nfor factor in {list}:\n    result *= factor\nreturn result",
         "result = 1\n@ result *= {e}\nreturn result"),
        mapped=True,
    ),
    Reduction(
        "count", "number word", lambda *a: len(_kept(*a)), "int",
        ("Return the number of {many}.", "Count {X}.", "Return how many {N} {verbs}.", "How many of the {N} {verbs}?",
         "Say how many {many} there are.", "Find out how many {N} {verbs}."),
        ("count_{F}", "number_of_{F}", "how_many_{F}"),
        ("number = 0\n@ number += 1\nreturn number", "return sum(1 for {t} in {it} if {c})", "return len({list})",
         "found = {list}\nreturn len(found)"),
        filtered=True,
    ),
    Reduction(
        "max", "number", lambda *a: _extreme(_kept(*a), 1), "int | None",
        ("Return the largest of {X}, or None if there are none.", "Find the greatest of {X}; None if there are none.",
         "What is the largest of {X}? None if there are none.", "Return the maximum of {X}, None if there are none."),
        ("largest_of_{F}", "max_of_{F}", "greatest_of_{F}"),
        ("largest = None\n@ if largest is None or {e} > largest:\n@     largest = {e}\nreturn largest",
         "return max({par}, default=None)", "chosen = {list}\nreturn max(chosen) if chosen else None",
         "chosen = {list}\nif not chosen:\n    return None\nreturn max(chosen)"),
        mapped=True,
    ),
    Reduction(
        "min", "number", lambda *a: _extreme(_kept(*a), -1), "int | None",
        ("Return the smallest of {X}, or None if there are none.", "Find the least of {X}; None if there are none.",
         "What is the smallest of {X}? None if there are none.", "Return the minimum of {X}, None if there are none."),
        ("smallest_of_{F}", "min_of_{F}", "least_of_{F}"),
        ("smallest = None\n@ if smallest is None or {e} < smallest:\n@     smallest = {e}\nreturn smallest",
         "return min({par}, default=None)", "chosen = {list}\nreturn min(chosen) if chosen else None",
         "chosen = {list}\nif not chosen:\n    return None\nreturn min(chosen)"),
        mapped=True,
    ),
    Reduction(
        "list", "number word", lambda *a: _kept(*a), "list[{T}]",
        ("Return {X}, in their order.", "Make a list of {X}.", "Collect {X} in a list.", "Give back a list of {X}.",
         "Return a list of {X}."),
        ("{F}", "list_{F}", "collect_{F}", "get_{F}"),
        ("found = []\n@ found.append({e})\nreturn found", "return {list}", "result = {list}\nreturn result",
         "result = []\n@ result += [{e}]\nreturn result"),
        filtered=True, mapped=True,
    ),
    Reduction(
        "reject", "number word", lambda xs, keep, value: [x for x in xs if not keep(x)], "list[{T}]",
        ("Return the {N}, but leave out {X}.", "Remove {X} and return the rest.", "Return all {N} but {X}.",
         "Return a list of the {N} without {X}."),
        ("without_{F}", "remove_{F}", "leave_out_{F}"),
        ("rest = []\n! rest.append({x})\nreturn rest", "return [{x} for {t} in {it} if {n_}]",
         "rest = []\n*if {c}:\n*    continue\n*rest.append({x})\nreturn rest"),
        filtered=True,
    ),
    Reduction(
        "any", "number word", lambda xs, keep, value: True in [keep(x) for x in xs], "bool",
        ("Say whether any of the {N} {verb}.", "Return True if at least one of the {N} {verb}.",
         "Tell whether there is any {one}.", "Is there any {one}?", "Check whether at least one {n} {verb}."),
        ("any_{F}", "has_{F}", "are_there_{F}"),
        ("@ return True\nreturn False", "return any({c} for {t} in {it})",
         "found = False\n@ found = True\nreturn found"),
        filtered=True,
    ),
    Reduction(
        "all", "number word", lambda xs, keep, value: False not in [keep(x) for x in xs], "bool",
        ("Say whether all {N} {verbs}.", "Return True if every {n} {verb}, False otherwise.", "Check that all {N} {verbs}.",
         "Do this test: every {n} {verb}.", "Tell whether each of the {N} {verb}."),
        ("all_{F}", "only_{F}", "are_all_{F}"),
        ("! return False\nreturn True", "return all({c} for {t} in {it})", "return not any({n_} for {t} in {it})"),
        filtered=True,
    ),
    Reduction(
        "first", "number word", _none_or(0), "{T} | None",
        ("Return the first {one}, or None if there is none.", "Find the first {one}; None if there is none.",
         "Which {n} is the first that {verb}? None if there is none.", "Look through the {N}: return the first that {verb}, or None."),
        ("first_of_{F}", "find_first_of_{F}", "first_among_{F}"),
        ("@ return {e}\nreturn None", "return next(({comp}), None)", "found = {list}\nreturn found[0] if found else None",
         "found = {list}\nif found:\n    return found[0]\nreturn None"),
        filtered=True,
    ),
    Reduction(
        "last", "number word", _none_or(-1), "{T} | None",
        ("Return the last {one}, or None if there is none.", "Find the last {one}; None if there is none.",
         "Which {n} is the last that {verb}? None if there is none."),
        ("last_of_{F}", "find_last_of_{F}", "last_among_{F}"),
        ("last = None\n@ last = {e}\nreturn last", "found = {list}\nreturn found[-1] if found else None",
         "for {t} in reversed({it}):\n    if {c}:\n        return {e}\nreturn None"),
        filtered=True,
    ),
    Reduction(
        "position", "number word", lambda xs, keep, value: [*map(keep, xs), True].index(True) if any(map(keep, xs)) else -1,
        "int",
        ("Return the position of the first {one}, counted from 0, or -1.",
         "Find where the first {one} stands, from 0 on; -1 if there is none.",
         "At which index is the first {one}? -1 if there is none."),
        ("position_of_{F}", "index_of_{F}", "where_{F}"),
        ("for place, {t} in enumerate({it}):\n    if {c}:\n        return place\nreturn -1",
         "return next((i for i, {t} in enumerate({it}) if {c}), -1)",
         "place = 0\n*if {c}:\n*    return place\n*place += 1\nreturn -1"),
        filtered=True,
    ),
    Reduction(
        "ordered", "number word", lambda *a: _ordered(_kept(*a)), "list[{T}]",
        ("Return {X}, {sorted}.", "Sort {X}, {sorted}.", "Put {X} in order, {sorted}.", "List {X}, {sorted}."),
        ("sort_{F}", "sorted_{F}", "{F}_in_order"),
        ("return sorted({gen})", "chosen = {list}\nchosen.sort()\nreturn chosen",
         "found = []\n@ found.append({e})\nreturn sorted(found)"),
        mapped=True,
    ),
    Reduction(
        "falling", "number word", lambda *a: _ordered(_kept(*a))[::-1], "list[{T}]",
        ("Return {X}, {falling}.", "Sort {X}, {falling}.", "List {X}, {falling}."),
        ("{F}_falling", "sort_down_{F}", "{F}_from_the_top"),
        ("return sorted({par}, reverse=True)", "chosen = {list}\nchosen.sort(reverse=True)\nreturn chosen",
         "found = sorted({gen})\nreturn found[::-1]"),
    ),
    Reduction(
        "backward", "number word", lambda *a: [*reversed(_kept(*a))], "list[{T}]",
        ("Return {X}, the last one first.", "List {X} from the last to the first.", "Return {X} in reverse order."),
        ("reverse_{F}", "{F}_backward", "reversed_{F}"),
        ("found = {list}\nfound.reverse()\nreturn found", "return {list}[::-1]",
         "found = []\n@ found.insert(0, {e})\nreturn found"),
    ),
    Reduction(
        "distinct", "number word", lambda *a: _distinct(_kept(*a)), "list[{T}]",
        ("Return {X}, each only once.", "List {X} without repeating any.", "Return {X}, leaving out repetitions.",
         "Collect {X}, skipping what has already come."),
        ("different_{F}", "distinct_{F}", "unique_{F}"),
        ("seen = []\n@ if {e} not in seen:\n@     seen.append({e})\nreturn seen", "return list(dict.fromkeys({gen}))",
         "found = []\nfor item in {list}:\n    if item not in found:\n        found.append(item)\nreturn found"),
        mapped=True,
    ),
    Reduction(
        "tally", "number word", lambda *a: _tally(_kept(*a)), "dict[{T}, int]",
        ("Return a dict that says how often each of {X} occurs.", "Count how often each of {X} comes, in a dict.",
         "Map each of {X} to the number of times it occurs."),
        ("tally_{F}", "count_each_of_{F}", "how_often_{F}"),
        ("counts = {{}}\n@ counts[{e}] = counts.get({e}, 0) + 1\nreturn counts",
         "counts = {{}}\nfor item in {list}:\n    counts[item] = counts.get(item, 0) + 1\nreturn counts",
         "times = {{}}\n@ if {e} not in times:\n@     times[{e}] = 0\n@ times[{e}] += 1\nreturn times"),
        mapped=True,
    ),
    Reduction(
        "split", "number word", lambda xs, keep, value: ([*filter(keep, xs)], [x for x in xs if not keep(x)]),
        "tuple[list[{T}], list[{T}]]",
        ("Return two lists: {X}, and the others.", "Part {X} from the rest, in two lists.",
         "Make two lists, the first of {X}, the second of the rest."),
        ("split_{F}", "part_{F}", "separate_{F}"),
        ("yes, no = [], []\n*if {c}:\n*    yes.append({x})\n*else:\n*    no.append({x})\nreturn yes, no",
         "left = [{x} for {t} in {it} if {c}]\nright = [{x} for {t} in {it} if {n_}]\nreturn left, right",
         "rest = [{x} for {t} in {it} if {n_}]\nreturn {list}, rest"),
        filtered=True,
    ),
    Reduction(
        "join", "word", lambda *a: " ".join(_kept(*a)), "str",
        ("Join, with spaces, {X}.", "Return {X} as one text, with spaces between them.",
         "Write {X} in one line, separated by spaces."),
        ("join_{F}", "{F}_in_one_line", "line_of_{F}"),
        ('return " ".join({gen})', 'found = {list}\nreturn " ".join(found)', 'line = ""\n@ line += " " + {e}\nreturn line[1:]'),
        mapped=True,
    ),
    Reduction(
        "hyphens", "word", lambda *a: "-".join(_kept(*a)), "str",
        ("Join, with hyphens, {X}.", "Return {X} as one text, with hyphens between them.",
         "With hyphens, hang together {X}."),
        ("hyphenate_{F}", "chain_{F}", "{F}_with_hyphens"),
        ('return "-".join({gen})', 'parts = {list}\nreturn "-".join(parts)', 'parts = []\n@ parts.append({e})\nreturn "-".join(parts)'),
        mapped=True,
    ),
    Reduction(
        "longest", "word", lambda *a: _extreme(_kept(*a), 1, len), "str | None",
        ("Return the first of the longest {many}, or None if there are none.",
         "Find the longest of {X}, the first among equals; None if there are none.",
         "Which of {X} is the longest? The first among equals, or None."),
        ("longest_of_{F}", "find_longest_of_{F}", "longest_among_{F}"),
        ("longest = None\n@ if longest is None or len({e}) > len(longest):\n@     longest = {e}\nreturn longest",
         "return max({par}, key=len, default=None)", "chosen = {list}\nreturn max(chosen, key=len) if chosen else None"),
    ),
    Reduction(
        "shortest", "word", lambda *a: _extreme(_kept(*a), -1, len), "str | None",
        ("Return the first of the shortest {many}, or None if there are none.",
         "Find the shortest of {X}, the first among equals; None if there are none.",
         "Which of {X} is the shortest? The first among equals, or None."),
        ("shortest_of_{F}", "find_shortest_of_{F}", "shortest_among_{F}"),
        ("shortest = None\n@ if shortest is None or len({e}) < len(shortest):\n@     shortest = {e}\nreturn shortest",
         "return min({par}, key=len, default=None)", "chosen = {list}\nif not chosen:\n    return None\nreturn min(chosen, key=len)"),
    ),
)  # fmt: skip


def _people(
    key: str, means: Callable[..., Any], result: str, says: tuple[str, ...], names: str,
    bodies: tuple[str, ...], filtered: bool = False,
) -> Reduction:  # fmt: skip
    return Reduction(key, "people", means, result, says, tuple(names.split()), bodies, filtered)


# Of people and how many goods each of them has: elements are pairs of a name and a number.  ``{w}``
# and ``{v}`` are the variables for them, ``{N}`` the goods, ``{X}`` the people, ``{verb}`` their verb.
OWNERS = (
    _people("sum", lambda xs, keep, value: sum(x[1] for x in xs if keep(x)), "int",
            ("Return how many {N} {X} have together.", "Add up the {N} of {X}.",
             "How many {N} do {X} have in all?", "Count the {N} that {X} have in all."),
            "total_{N} {N}_together all_{N} {N}_in_all",
            ("total = 0\n@ total += {v}\nreturn total", "return sum({v} for {t} in {it}{if_c})",
             "counts = [{v} for {t} in {it}{if_c}]\nreturn sum(counts)")),
    _people("count", lambda xs, keep, value: len([x for x in xs if keep(x)]), "int",
            ("Return how many people {verbs}.", "Count {X}.", "How many people {verbs}?",
             "Find out how many people {verbs}."),
            "count_people people_with_{N} how_many_people",
            ("people = 0\n@ people += 1\nreturn people", "return sum(1 for {t} in {it} if {c})",
             "return len([{w} for {t} in {it} if {c}])"), True),
    _people("list", lambda xs, keep, value: [x[0] for x in xs if keep(x)], "list[str]",
            ("Return the names of {X}.", "List the names of {X}.", "Make a list of the names of {X}.",
             "Collect the names of {X}."),
            "names_with_{N} who_has_{N} owners_of_{N} people_with_{N}",
            ("names = []\n@ names.append({w})\nreturn names", "return [{w} for {t} in {it}{if_c}]",
             "found = [{w} for {t} in {it}{if_c}]\nreturn found")),
    _people("any", lambda xs, keep, value: True in [keep(x) for x in xs], "bool",
            ("Say whether anybody {verb}.", "Return True if somebody {verb}, False otherwise.",
             "Is there anybody who {verb}?", "Check whether at least one person {verb}."),
            "anybody_with_{N} has_anybody_{N} any_{N}",
            ("@ return True\nreturn False", "return any({c} for {t} in {it})",
             "found = False\n@ found = True\nreturn found"), True),
    _people("all", lambda xs, keep, value: False not in [keep(x) for x in xs], "bool",
            ("Say whether everybody {verb}.", "Return True if each person {verb}, False otherwise.",
             "Check that every person {verb}."),
            "everybody_with_{N} all_have_{N} all_with_{N}",
            ("! return False\nreturn True", "return all({c} for {t} in {it})",
             "return not any({n_} for {t} in {it})"), True),
    _people("max", lambda xs, keep, value: max([x[1] for x in xs if keep(x)] + [0]), "int",
            ("Return the largest number of {N} that one of {X} has, or 0.",
             "How many {N} has the richest of {X}? 0 if there is nobody.",
             "Find the greatest number of {N} among {X}; 0 if there is nobody."),
            "most_{N} largest_number_of_{N} max_{N}",
            ("most = 0\n@ if {v} > most:\n@     most = {v}\nreturn most",
             "return max(({v} for {t} in {it}{if_c}), default=0)",
             "most = 0\n@ most = max(most, {v})\nreturn most")),
    _people("richest", lambda xs, keep, value: (_extreme([x for x in xs if keep(x)], 1, lambda x: int(x[1])) or [None])[0],
            "str | None",
            ("Return who of {X} has the most {N}, the first among equals, or None.",
             "Which of {X} has the most {N}? The first among equals, or None.",
             "Find the first of {X} with the most {N}; None if there is nobody."),
            "who_has_most_{N} richest_in_{N} winner_of_{N}",
            ("best, most = None, -1\n@ if {v} > most:\n@     best, most = {w}, {v}\nreturn best",
             "best = None\nmost = -1\n@ if {v} > most:\n@     best = {w}\n@     most = {v}\nreturn best")),
    _people("poorest", lambda xs, keep, value: (_extreme([x for x in xs if keep(x)], -1, lambda x: int(x[1])) or [None])[0],
            "str | None",
            ("Return who of {X} has the fewest {N}, the first among equals, or None.",
             "Which of {X} has the fewest {N}? The first among equals, or None.",
             "Find the first of {X} with the fewest {N}; None if there is nobody."),
            "who_has_fewest_{N} poorest_in_{N} last_in_{N}",
            ("best, fewest = None, None\n@ if fewest is None or {v} < fewest:\n@     best, fewest = {w}, {v}\nreturn best",
             "found = [({v}, {w}) for {t} in {it}{if_c}]\nif not found:\n    return None\nreturn min(found, key=lambda pair: pair[0])[1]")),
    _people("ordered", lambda xs, keep, value: _ordered([x[0] for x in xs if keep(x)]), "list[str]",
            ("Return the names of {X}, in alphabetical order.", "List the names of {X} from A to Z.",
             "Sort the names of {X} alphabetically."),
            "sorted_names names_in_order sort_people",
            ("return sorted({w} for {t} in {it}{if_c})", "names = []\n@ names.append({w})\nnames.sort()\nreturn names",
             "names = [{w} for {t} in {it}{if_c}]\nreturn sorted(names)")),
    _people("rising", lambda xs, keep, value: [x[0] for n in range(99) for x in xs if keep(x) and x[1] == n], "list[str]",
            ("Return the names of {X}, sorted by how many {N} they have.",
             "Sort the names of {X} by their number of {N}, the fewest first.",
             "List the names of {X}, from the fewest {N} to the most."),
            "names_by_{N} sort_by_{N} from_fewest_{N}",
            ("found = [({v}, {w}) for {t} in {it}{if_c}]\nfound.sort(key=lambda pair: pair[0])\nreturn [who for _, who in found]",
             "pairs = [({w}, {v}) for {t} in {it}{if_c}]\nreturn [who for who, n in sorted(pairs, key=lambda p: p[1])]")),
    _people("dict", lambda xs, keep, value: dict([*filter(keep, xs)]), "dict[str, int]",
            ("Return a dict from the names of {X} to their numbers of {N}.",
             "Map the name of each of {X} to the number of {N}, in a dict.",
             "Make a dict that says how many {N} each of {X} has."),
            "dict_of_{N} {N}_by_name map_{N}",
            ("result = {{}}\n@ result[{w}] = {v}\nreturn result", "return {{{w}: {v} for {t} in {it}{if_c}}}",
             "found = {{}}\n@ found[{w}] = {v}\nreturn found")),
    _people("double", lambda xs, keep, value: [(x[0], x[1] + x[1]) for x in xs if keep(x)], "list[tuple[str, int]]",
            ("Return pairs of name and twice the number of {N}, for {X}.",
             "Double the {N} of {X}; return pairs of name and number."),
            "double_{N} twice_the_{N} doubled_{N}",
            ("pairs = []\n@ pairs.append(({w}, 2 * {v}))\nreturn pairs", "return [({w}, 2 * {v}) for {t} in {it}{if_c}]")),
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """What a function is given: the argument, the variable of a loop, the noun, and what is in it."""

    kind: str
    arg: str
    var: str
    one: str
    many: str
    pool: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.arg


_ANIMALS, _PLACES, _THINGS, _GOODS = tuple(ANIMALS), tuple(PLACES), tuple(THINGS), tuple(GOODS)

_COUNTS = (
    "price number age weight height score coin step hour mile count point page length width cost bid year "
    "toll fee minute bill wage size"
)

SOURCES = (
    *(Source("number", f"{word}s", word, word, f"{word}s") for word in _COUNTS.split(" ")),
    Source("word", "names", "name", "name", "names", NAMES),
    Source("word", "words", "word", "word", "words", _THINGS),
    Source("word", "guests", "guest", "guest name", "guest names", NAMES),
    Source("word", "friends", "friend", "name", "names", NAMES),
    Source("word", "animals", "animal", "animal name", "animal names", _ANIMALS),
    Source("word", "places", "place", "place name", "place names", _PLACES),
    Source("word", "goods", "item", "item", "items", _GOODS),
    Source("word", "titles", "title", "title", "titles", _THINGS),
    Source("word", "nouns", "noun", "noun", "nouns", (*_THINGS, *_ANIMALS)),
    Source("word", "labels", "label", "label", "labels", (*_GOODS, *_THINGS)),
    Source("word", "signs", "sign", "sign", "signs", _PLACES),
    Source("word", "riddles", "answer", "answer", "answers", (*_THINGS, *_ANIMALS)),
    Source("word", "pupils", "pupil", "pupil name", "pupil names", NAMES),
    Source("word", "neighbors", "neighbor", "name", "names", NAMES),
)
