"""The valley's programs: every body passes its tests, wrong ones do not, and the words fit."""

import ast
import re
from collections import Counter
from functools import cache

from llmbook.world.document import Document
from llmbook.world.draw import Draw, held_out
from llmbook.world.programs import tell


@cache
def documents(split: str = "train", number: int = 1500) -> list[Document]:
    return [tell(Draw("programs", 0, i, split=split)) for i in range(number)]


def source(document: Document, body: str | None = None) -> str:
    truth = document.truth
    return f'{truth["signature"]}\n    """{truth["docstring"]}"""\n{body or truth["body"]}\n'


def passes(code: str, tests: list[str]) -> bool:
    space: dict[str, object] = {}
    try:
        exec(compile(code, "program", "exec"), space)
        for test in tests:
            exec(test, space)
    except Exception:
        return False
    return True


def test_every_body_passes_its_tests():
    for document in documents():
        assert passes(source(document), document.truth["tests"]), source(document)


def test_what_a_text_says_of_results_is_true():
    arrows = 0
    for document in documents():
        space: dict[str, object] = {}
        printed: list[str] = []
        space["print"] = lambda value, printed=printed: printed.append(str(value))
        exec(document.text, space)  # asserts among the lines run here
        claims = re.findall(r"^# (.+\)) (?:->|gives) (.+)$", document.text, re.M)
        for call, result in claims:
            assert eval(call, space) == eval(result), document.text
        arrows += len(claims)
        assert printed == re.findall(r"^print\(.*\)  # (.*)$", document.text, re.M), document.text
    assert arrows > 200


def test_the_text_is_the_function_between_comments_and_examples():
    for document in documents():
        assert source(document) in document.text + "\n"
        assert document.text.isascii()
        assert 40 <= len(document.text) <= 760
        (function,) = (n for n in ast.parse(document.text).body if isinstance(n, ast.FunctionDef))
        assert function.name == document.truth["entry"]
        assert ast.get_docstring(function) == document.truth["docstring"]
        assert 1 <= len(function.body) <= 10
        assert len(document.truth["docstring"]) <= 125


SWAPS = [
    (" == ", " != "), (" > ", " <= "), (" < ", " >= "), (" >= ", " < "), (" <= ", " > "), ("sum(", "len("),
    ("max(", "min("), ("+= 1", "+= 2"), ("return True", "return False"), ("any(", "all("), ("[0]", "[-1]"),
    (" % 2", " % 3"), (".startswith(", ".endswith("), ("[::-1]", ""), (" not in ", " in "),
    ("sorted(", "list("), (" + ", " - "), (" * ", " + "), (" // ", " % "), ("[1:]", "[2:]"),
    ("append", "extend"),
]  # fmt: skip


def test_wrong_bodies_fail():
    tried, survived = Counter(), Counter()
    for document in documents():
        body = document.truth["body"]
        for old, new in SWAPS:
            if old in body and "while" not in body:  # it might not end
                tried[old] += 1
                survived[old] += passes(
                    source(document, body.replace(old, new, 1)), document.truth["tests"]
                )
    assert len(tried) == len(SWAPS) and sum(tried.values()) > 1500
    # What survives is nearly always the same function: "max" of one number, "sorted" of a sorted list.
    assert sum(survived.values()) < 0.03 * sum(tried.values()), survived


def test_a_body_fails_the_tests_of_another_specification():
    same = {}
    for one, other in zip(documents(), documents()[1:], strict=False):
        if one.truth["pairs"] == other.truth["pairs"]:
            continue
        name = f"{other.truth['entry']} = {one.truth['entry']}"
        if passes(f"{source(one)}\n{name}\n", other.truth["tests"]):
            same[one.text] = other.text
    assert len(same) < 15, same


def test_one_docstring_says_one_thing():
    """Two functions of one docstring and one kind of argument pass each other's tests."""
    first: dict[tuple[str, str], Document] = {}
    again = 0
    for document in documents():
        kind = document.truth["tests"][0].partition("(")[2][
            :2
        ]  # a dict, pairs, a list, a word, a number
        kind = re.sub(r"\w", "x", kind[0]) if kind[0] != "[" else kind
        other = first.setdefault((document.truth["docstring"], kind), document)
        if other is not document:
            again += 1
            code = f"{source(other)}\n{document.truth['entry']} = {other.truth['entry']}\n"
            assert passes(code, document.truth["tests"]), (other.text, document.text)
    assert again > 20


def test_training_holds_no_pair_that_is_held_out():
    for split in ("train", "samples"):
        for document in documents(split, 1500 if split == "train" else 400):
            assert not any(held_out(*pair) for pair in document.truth["pairs"])


def test_combinations_are_made_of_pairs_that_are_held_out():
    made = [
        any(held_out(*pair) for pair in d.truth["pairs"]) for d in documents("combinations", 400)
    ]
    assert sum(made) > 0.97 * len(made)


def test_the_same_key_gives_the_same_text():
    for i in (0, 7, 99):
        assert tell(Draw("programs", 0, i)).text == documents()[i].text


def test_programs_are_diverse():
    texts = documents()
    # What is the same in all of Python ("def", the names) is left out: the docstring's beginning.
    openings = Counter(" ".join(d.truth["docstring"].split()[:3]) for d in texts)
    assert openings.most_common(1)[0][1] < 0.05 * len(texts), openings.most_common(5)
    assert len({d.truth["entry"] for d in texts}) > 0.6 * len(texts)
    assert len({d.text for d in texts}) > 0.995 * len(texts)
    assert len({family for d in texts for family in [d.truth["family"]]}) == 5
