# ruff: noqa: ARG005, E501  (tables: all meanings take the same arguments, and a row stays together)
"""More of what the valley's programs are made of: steps that follow one another, and recipes.

Explained in the chapter "data".  As in :mod:`llmbook.world.program_words`, the meaning of each part
stands beside its code and its words, and tests are computed from the meaning.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Step:
    """What is done to one value: ``{x}`` in its code, ``{O}`` in its words, ``{k}`` a constant."""

    key: str
    kind: str
    means: Callable[[Any, int], Any]
    code: str
    says: str
    conditional: bool = True  # whether "if" may follow

    def __str__(self) -> str:
        return self.key


STEPS = (
    Step("add", "number", lambda x, k: x - -k, "{x} + {k}", "add {k} to {O}"),
    Step("subtract", "number", lambda x, k: x + -k, "{x} - {k}", "subtract {k} from {O}"),
    Step("double", "number", lambda x, k: x + x, "2 * {x}", "double {O}"),
    Step("triple", "number", lambda x, k: x + x + x, "3 * {x}", "triple {O}"),
    Step("square", "number", lambda x, k: x * x, "{x} ** 2", "square {O}"),
    Step("multiply", "number", lambda x, k: sum([x] * k), "{x} * {k}", "multiply {O} by {k}"),
    Step("cap", "number", lambda x, k: k if x > k else x, "min({x}, {k})",
         "lower {O} to {k} where it is greater", False),
    Step("lift", "number", lambda x, k: k if x < k else x, "max({x}, {k})",
         "raise {O} to {k} where it is less", False),
    Step("remainder", "number", lambda x, k: x - x // k * k, "{x} % {k}",
         "divide {O} by {k} and keep the remainder"),
    Step("reverse", "word", lambda x, k: "".join(reversed(x)), "{x}[::-1]", "write {O} backward"),
    Step("shout", "word", lambda x, k: "".join(map(str.upper, x)), "{x}.upper()", "put {O} in capitals"),
    Step("keep", "word", lambda x, k: "".join(c for i, c in enumerate(x) if i < k), "{x}[:{k}]",
         "keep the first {k} letters of {O}"),
    Step("behead", "word", lambda x, k: "".join(c for i, c in enumerate(x) if i > 0), "{x}[1:]",
         "remove the first letter of {O}"),
    Step("curtail", "word", lambda x, k: "".join(c for i, c in enumerate(x) if i + 1 < len(x)), "{x}[:-1]",
         "remove the last letter of {O}"),
    Step("repeat", "word", lambda x, k: x + x, "{x} * 2", "write {O} twice in a row"),
    Step("add_s", "word", lambda x, k: x + "s", '{x} + "s"', "add an s to {O}"),
    Step("exclaim", "word", lambda x, k: x + "!", '{x} + "!"', "add an exclamation mark to {O}"),
    Step("turn_a", "word", lambda x, k: "".join({"a": "o"}.get(c, c) for c in x), '{x}.replace("a", "o")',
         "replace every small a in {O} with o"),
    Step("sort", "list", lambda x, k: sorted(x), "sorted({x})", "sort {O}"),
    Step("reverse", "list", lambda x, k: [*reversed(x)], "{x}[::-1]", "turn {O} around"),
    Step("behead", "list", lambda x, k: [c for i, c in enumerate(x) if i > 0], "{x}[1:]",
         "leave out the first of {O}"),
    Step("curtail", "list", lambda x, k: [c for i, c in enumerate(x) if i + 1 < len(x)], "{x}[:-1]",
         "leave out the last of {O}"),
    Step("keep", "list", lambda x, k: [c for i, c in enumerate(x) if i < k], "{x}[:{k}]",
         "keep the first {k} of {O}"),
    Step("end", "list", lambda x, k: [c for i, c in enumerate(x) if len(x) - i <= k], "{x}[-{k}:]",
         "keep the last {k} of {O}"),
    Step("distinct", "list", lambda x, k: [c for i, c in enumerate(x) if c not in x[:i]],
         "list(dict.fromkeys({x}))", "keep each of {O} only once"),
    Step("every_second", "list", lambda x, k: [c for i, c in enumerate(x) if i % 2 == 0], "{x}[::2]",
         "keep every second one of {O}, beginning with the first"),
)  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """A function that is like no other.

    Args:
        key: Its name in a pair with the noun that it is about.
        args: Names and types of its arguments; ``{s}`` and ``{p}`` are the noun and its plural.
        result: The type of its result.
        takes: What to call it with: for each argument ``n`` (a number), ``m`` (a small number, not
            0), ``N`` (numbers), ``w`` (a word), ``W`` (words), ``l`` (a letter), ``t`` (a text),
            ``P`` (pairs of name and number), ``D`` (the same as a dict), ``p`` (a person);
            the other letters stand for the same, chosen so that cases differ.
        means: Its meaning.
        names: Names of the function.
        says: Docstrings.
        bodies: Ways to write it.
    """

    key: str
    args: tuple[tuple[str, str], ...]
    result: str
    takes: str
    means: Callable[..., Any]
    names: tuple[str, ...]
    says: tuple[str, ...]
    bodies: tuple[str, ...]

    def __str__(self) -> str:
        return self.key


def _recipe(
    key: str, args: str, result: str, takes: str, means: Callable[..., Any], names: str,
    says: str, *bodies: str,
) -> Recipe:  # fmt: skip
    named = tuple((name, kind) for name, kind in (arg.split(": ") for arg in args.split("; ")))
    return Recipe(
        key, named, result, takes, means, tuple(names.split()), tuple(says.split(" | ")), bodies
    )


def _merged(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in (*one, *other)}


RECIPES = (
    _recipe("cost", "price: int; number: int", "int", "nn", lambda a, b: sum([a] * b),
            "cost_of_{p} price_of_{p} pay_for_{p}",
            "Return what a number of {p} cost at one price each. | How much do {p} cost, given the price of one?"
            " | Multiply the price of one {s} by the number of {p}.",
            "return price * number", "total = 0\nfor _ in range(number):\n    total += price\nreturn total",
            "cost = price * number\nreturn cost"),
    _recipe("change", "paid: int; price: int", "int", "nn", lambda a, b: a - b if a > b else 0,
            "change_for_{s} change_after_{s} coins_back",
            "Return the change for a {s}, or 0 if too little was paid. | How many coins come back for the {s}? At least 0."
            " | Subtract the price of a {s} from what was paid, but return at least 0.",
            "return max(paid - price, 0)", "if paid < price:\n    return 0\nreturn paid - price",
            "change = paid - price\nreturn change if change > 0 else 0"),
    _recipe("share", "{p}: int; people: int", "int", "nm", lambda a, b: a // b,
            "share_{p} {p}_for_each fair_share_of_{p}",
            "Return how many whole {p} each of the people gets. | Share the {p} fairly: how many does each person get?"
            " | Divide the {p} by the people, rounding down.",
            "return {p} // people", "each = 0\nwhile (each + 1) * people <= {p}:\n    each += 1\nreturn each"),
    _recipe("left", "{p}: int; people: int", "int", "nm", lambda a, b: a - a // b * b,
            "{p}_left rest_of_{p} {p}_left_over",
            "Return how many {p} are left when the people share them fairly. | What remains of the {p} after"
            " each person got equally many? | Return the remainder of {p} divided by people.",
            "return {p} % people", "while {p} >= people:\n    {p} -= people\nreturn {p}",
            "each = {p} // people\nreturn {p} - each * people"),
    _recipe("enough", "{p}: int; people: int", "bool", "nm", lambda a, b: not a < b,
            "enough_{p} {p}_suffice are_{p}_enough",
            "Say whether each of the people can have a {s}. | Are there at least as many {p} as people?"
            " | Return True if the {p} are not fewer than the people.",
            "return {p} >= people", "if {p} < people:\n    return False\nreturn True", "return not {p} < people"),
    _recipe("bounds", "{p}: int; low: int; high: int", "int", "nbc", lambda x, a, b: sorted((x, a, b))[1],
            "clamp_{p} limit_{p} bounded_{p}",
            "Return {p}, but at least low and at most high. | Keep the number of {p} between low and high."
            " | Raise {p} to low if there are fewer, lower them to high if more.",
            "return max(low, min({p}, high))", "if {p} < low:\n    return low\nif {p} > high:\n    return high\nreturn {p}"),
    _recipe("difference", "one: int; other: int", "int", "nn", lambda a, b: sorted((a, b))[1] - sorted((a, b))[0],
            "{p}_apart difference_in_{p} gap_of_{p}",
            "Return by how many {p} the two numbers differ. | How many more {p} has one than the other?"
            " | Return the difference of two numbers of {p}, never below 0.",
            "return abs(one - other)", "if one > other:\n    return one - other\nreturn other - one",
            "return max(one, other) - min(one, other)"),
    _recipe("boxes", "{p}: int; size: int", "int", "nm", lambda a, b: len(range(0, a, b)),
            "boxes_for_{p} bags_for_{p} trays_for_{p}",
            "Return how many boxes of one size hold all {p}. | How many boxes are needed for the {p}?"
            " | Divide {p} by size, rounding up.",
            "return ({p} + size - 1) // size", "boxes = 0\nwhile boxes * size < {p}:\n    boxes += 1\nreturn boxes",
            "boxes = {p} // size\nif {p} % size > 0:\n    boxes += 1\nreturn boxes"),
    _recipe("say", "number: int", "str", "n", lambda n: " ".join([str(n), "{s}" if n == 1 else "{p}"]),
            "say_{p} {p}_in_words write_{p}",
            "Return the number with {s} or {p} behind it. | Write the number, a space, and {s} if it is 1, otherwise {p}.",
            'if number == 1:\n    return "1 {s}"\nreturn f"{{number}} {p}"',
            'noun = "{s}" if number == 1 else "{p}"\nreturn f"{{number}} {{noun}}"',
            'return str(number) + (" {s}" if number == 1 else " {p}")'),
    _recipe("dear", "price: int; limit: int", "str", "nn", lambda a, b: ["dear", "fair", "cheap"][(a < b) + (a <= b)],
            "judge_{s} is_{s}_dear opinion_of_{s}",
            "Return cheap below the limit, fair at it, dear above it. | Call the {s} dear above the limit, cheap below it, otherwise fair.",
            'if price < limit:\n    return "cheap"\nif price == limit:\n    return "fair"\nreturn "dear"',
            'if price > limit:\n    return "dear"\nelif price < limit:\n    return "cheap"\nelse:\n    return "fair"'),
    _recipe("greet", "name: str", "str", "p", lambda a: "".join(["Hello, ", a, "!"]),
            "greet_at_{s} hello_from_{s} greeting",
            "Return Hello, the name, and an exclamation mark. | Greet somebody: Hello, a comma, the name, an exclamation mark.",
            'return f"Hello, {{name}}!"', 'return "Hello, " + name + "!"', 'words = ["Hello", name]\nreturn ", ".join(words) + "!"'),
    _recipe("label", "name: str", "str", "p", lambda a: "'".join([a, "s {s}"]),
            "label_{s} whose_{s} tag_for_{s}",
            "Return the name, an apostrophe, an s, and the word {s}. | Write on a label whose {s} it is, such as Anna's {s}.",
            'return f"{{name}}\'s {s}"', 'return name + "\'s {s}"', 'owner = name + "\'s"\nreturn owner + " {s}"'),
    _recipe("palindrome", "word: str", "bool", "v", lambda w: [*w] == [*reversed(w)],
            "is_mirror_{s} same_backward reads_both_ways",
            "Say whether the word is the same when read backward. | Does the word read the same from both ends?",
            "return word == word[::-1]", "for i in range(len(word)):\n    if word[i] != word[-1 - i]:\n        return False\nreturn True",
            "other = \"\".join(reversed(word))\nreturn word == other"),
    _recipe("letters", "{s}_name: str; letter: str", "int", "wl", lambda w, c: len(w.split(c)) - 1,
            "count_in_{s} letters_in_{s} times_in_{s}",
            "Return how often the letter stands in the name. | How many times does the letter occur in the name?"
            " | Count one letter in the name of a {s}.",
            "return {s}_name.count(letter)", "times = 0\nfor other in {s}_name:\n    if other == letter:\n        times += 1\nreturn times",
            "return sum(1 for c in {s}_name if c == letter)"),
    _recipe("vowels", "{s}: str", "int", "w", lambda w: sum(w.count(c) for c in "aeiou"),
            "vowels_in_{s} count_vowels vowels_of_{s}",
            "Count the letters a, e, i, o and u in {s}. | Return how many small vowels (a, e, i, o, u) there are in {s}.",
            'return sum(1 for c in {s} if c in "aeiou")', 'number = 0\nfor letter in {s}:\n    if letter in "aeiou":\n        number += 1\nreturn number',
            'return len([c for c in {s} if c in "aeiou"])'),
    _recipe("add_item", "{p}: list; {s}: str", "list[str]", "Ww", lambda xs, w: [*xs, w] if xs.count(w) == 0 else [*xs],
            "add_{s} put_{s} keep_{s}",
            "Return the {p} and one more at the end, unless it is already there. | Add the {s} to the {p} if it is not among them.",
            "if {s} in {p}:\n    return {p}\nreturn {p} + [{s}]", "result = list({p})\nif {s} not in result:\n    result.append({s})\nreturn result",
            "return {p} if {s} in {p} else [*{p}, {s}]"),
    _recipe("common", "mine: list; yours: list", "list[str]", "WW", lambda a, b: [x for x in a if b.count(x)],
            "{p}_of_both shared_{p} common_{p}",
            "Return those of my {p} that are also among yours. | Which of mine are in both lists of {p}? Keep my order.",
            "return [{s} for {s} in mine if {s} in yours]", "both = []\nfor {s} in mine:\n    if {s} in yours:\n        both.append({s})\nreturn both"),
    _recipe("missing", "wanted: list; {p}: list", "list[str]", "WW", lambda a, b: [x for x in a if not b.count(x)],
            "missing_{p} lacking_{p} {p}_to_buy",
            "Return what is wanted but not among the {p}. | Which of the wanted are missing from the {p}? Keep their order.",
            "return [{s} for {s} in wanted if {s} not in {p}]",
            "missing = []\nfor {s} in wanted:\n    if {s} not in {p}:\n        missing.append({s})\nreturn missing",
            "rest = list(wanted)\nfor {s} in wanted:\n    if {s} in {p}:\n        rest.remove({s})\nreturn rest"),
    _recipe("lookup", "{p}: dict; name: str", "int", "Dp", lambda d, p: sum(n for who, n in d.items() if who == p),
            "{p}_of how_many_{p} get_{p}",
            "Return how many {p} somebody has, 0 if the name is unknown. | Look up the name's number of {p}; 0 if it is not there.",
            "return {p}.get(name, 0)", "if name in {p}:\n    return {p}[name]\nreturn 0", "return {p}[name] if name in {p} else 0"),
    _recipe("give", "{p}: dict; name: str", "dict[str, int]", "Dp", lambda d, p: _merged(d, {p: 1}),
            "give_{s} one_more_{s} hand_{s}",
            "Return the numbers of {p} after somebody got one more. | Give the name one {s} more, in a new dict.",
            "result = dict({p})\nresult[name] = result.get(name, 0) + 1\nreturn result",
            "return {{**{p}, name: {p}.get(name, 0) + 1}}",
            "result = {p}.copy()\nif name not in result:\n    result[name] = 0\nresult[name] += 1\nreturn result"),
    _recipe("merge", "mine: dict; yours: dict", "dict[str, int]", "DD", _merged,
            "merge_{p} add_{p} join_{p}",
            "Add the numbers of {p} under each name of two dicts. | Return one dict with the {p} of both, numbers of one name added.",
            "total = dict(mine)\nfor name, number in yours.items():\n    total[name] = total.get(name, 0) + number\nreturn total",
            "names = [*mine, *yours]\nreturn {{n: mine.get(n, 0) + yours.get(n, 0) for n in names}}"),
    _recipe("running", "{p}: list", "list[int]", "N", lambda xs: [sum(xs[:i + 1]) for i in range(len(xs))],
            "running_{p} sums_of_{p} {p}_so_far",
            "Return how many {p} there are so far, after each number. | Replace each number of {p} by the sum of all up to it.",
            "total = 0\nsums = []\nfor number in {p}:\n    total += number\n    sums.append(total)\nreturn sums",
            "return [sum({p}[:i + 1]) for i in range(len({p}))]"),
    _recipe("rising", "{p}: list", "bool", "O", lambda xs: all(xs[i] < xs[i + 1] for i in range(len(xs) - 1)),
            "more_{p}_each_time rising_{p} {p}_grow",
            "Say whether each number of {p} is greater than the one before. | Do the numbers of {p} always grow?",
            "for i in range(1, len({p})):\n    if {p}[i] <= {p}[i - 1]:\n        return False\nreturn True",
            "return all(a < b for a, b in zip({p}, {p}[1:]))"),
    _recipe("gains", "{p}: list", "list[int]", "N", lambda xs: [xs[i + 1] - xs[i] for i in range(len(xs) - 1)],
            "{p}_gained changes_of_{p} steps_in_{p}",
            "Return by how much each number of {p} exceeds the one before. | List the differences of neighboring numbers of {p}.",
            "return [b - a for a, b in zip({p}, {p}[1:])]",
            "result = []\nfor i in range(1, len({p})):\n    result.append({p}[i] - {p}[i - 1])\nreturn result"),
    _recipe("pairs", "names: list; {p}: list", "list[tuple[str, int]]", "WN", lambda a, b: [(a[i], b[i]) for i in range(min(len(a), len(b)))],
            "who_has_{p} pair_{p} names_and_{p}",
            "Pair each name with the number of {p} at its place. | Return pairs of a name and a number of {p}, as long as both last.",
            "return list(zip(names, {p}))", "pairs = []\nfor name, number in zip(names, {p}):\n    pairs.append((name, number))\nreturn pairs",
            "size = min(len(names), len({p}))\nreturn [(names[i], {p}[i]) for i in range(size)]"),
    _recipe("numbered", "{p}: list", "list[str]", "W", lambda xs: [". ".join([str(i + 1), x]) for i, x in enumerate(xs)],
            "number_{p} numbered_{p} list_{p}",
            "Put 1, 2, 3 and so on, a dot and a space before the {p}. | Number the {p}, such as 1. before the first.",
            'return [f"{{i}}. {{{s}}}" for i, {s} in enumerate({p}, 1)]',
            'lines = []\nfor {s} in {p}:\n    lines.append(f"{{len(lines) + 1}}. {{{s}}}")\nreturn lines'),
    _recipe("words", "letter_about_{p}: str", "int", "t", lambda t: len([1 for k, _ in groupby(t, key=lambda c: c == " ") if not k]),
            "words_about_{p} count_words number_of_words",
            "Return the number of words in the text about {p}. | How many words does the text have? They stand between spaces.",
            "return len(letter_about_{p}.split())",
            "number = 0\nfor _ in letter_about_{p}.split():\n    number += 1\nreturn number"),
    _recipe("mentions", "text: str", "bool", "u", lambda t: "{s}" in t.split(" "),
            "mentions_{s} about_{s} names_{s}",
            "Say whether {s} is one of the words of the text. | Does the word {s} stand in the text?",
            'return "{s}" in text.split()', 'for word in text.split():\n    if word == "{s}":\n        return True\nreturn False',
            'return any(word == "{s}" for word in text.split())'),
    _recipe("replace", "{p}: list; old: str; new: str", "list[str]", "Www", lambda xs, a, b: [{a: b}.get(x, x) for x in xs],
            "replace_{s} swap_{s} change_{s}",
            "Return the {p} with each old one replaced by the new one. | Exchange every old {s} for the new one.",
            "return [new if {s} == old else {s} for {s} in {p}]",
            "result = []\nfor {s} in {p}:\n    if {s} == old:\n        result.append(new)\n    else:\n        result.append({s})\nreturn result"),
    _recipe("nth", "{p}: list; place: int", "str | None", "Wm", lambda xs, k: dict(enumerate(xs, 1)).get(k),
            "{s}_at nth_{s} pick_{s}",
            "Return the {s} at a place, counted from 1, or None. | Which {s} stands at the place, the first being 1? None if none.",
            "if place > len({p}):\n    return None\nreturn {p}[place - 1]", "for i, {s} in enumerate({p}, 1):\n    if i == place:\n        return {s}\nreturn None",
            "return {p}[place - 1] if place <= len({p}) else None"),
    _recipe("days", "{p}: int; used: int", "int", "nm", lambda a, b: len(range(0, a, b)),
            "days_of_{p} how_long_{p}_last {p}_last_days",
            "Return on how many days there are {p} if some are used each day. | For how many days do the {p} last? The last day may have fewer.",
            "days = 0\nwhile {p} > 0:\n    {p} -= used\n    days += 1\nreturn days", "return -(-{p} // used)",
            "full, rest = divmod({p}, used)\nreturn full + 1 if rest else full"),
    _recipe("upto", "number: int", "int", "m", lambda n: n * (n + 1) // 2,
            "{p}_in_heap heap_of_{p} stack_{p}",
            "Return how many {p} there are in rows of 1, 2, 3, up to number. | Add the numbers from 1 to number: rows of {p}.",
            "return sum(range(1, number + 1))", "total = 0\nfor row in range(1, number + 1):\n    total += row\nreturn total",
            "return number * (number + 1) // 2"),
    _recipe("rows", "rows: int; columns: int", "list[str]", "mm", lambda a, b: ["{s} " * (b - 1) + "{s}"] * a,
            "draw_{p} rows_of_{p} field_of_{p}",
            "Return rows of the word {s}, one for each column, with spaces. | Write as many lines as rows, each with {s} once a column.",
            'line = " ".join(["{s}"] * columns)\nreturn [line] * rows',
            'return [" ".join(["{s}"] * columns) for _ in range(rows)]'),
    _recipe("names", "people: list", "str", "P", lambda xs: " and ".join(x[0] for x in xs) if len(xs) else "nobody",
            "owners_of_{p} with_{p} who_brought_{p}",
            "Join the names in pairs of name and number of {p} with and; nobody if there are none."
            " | Say who brought {p}: the names joined by and, or nobody.",
            'names = [name for name, _ in people]\nreturn " and ".join(names) if names else "nobody"',
            'if not people:\n    return "nobody"\nreturn " and ".join(name for name, _ in people)'),
)  # fmt: skip
