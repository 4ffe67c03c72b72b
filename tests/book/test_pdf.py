"""The PDF: whole, numbered, linked; and the gate that keeps it so."""

import itertools
import re
import subprocess
import unicodedata
from pathlib import Path

import pdf as gate
import pytest

from book import DOCS, need


def text(book: Path, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", *options, str(book), "-"], check=True, capture_output=True, text=True
    ).stdout


def title(page: str) -> str:
    """Return the title of a page of the book, as its source says it."""
    return re.findall(r"^# (.*)", (DOCS / f"{page}.md").read_text("utf-8"), re.MULTILINE)[0]


def children(page: str) -> list[str]:
    """Return the pages in the toctrees of a page, in order."""
    source = (DOCS / f"{page}.md").read_text("utf-8")
    trees = re.findall(r"^```\{toctree\}\n(.*?)^```", source, re.MULTILINE | re.DOTALL)
    return [
        (Path(page).parent / line).as_posix()
        for line in "".join(trees).splitlines()
        if line and not line.startswith(":")
    ]


def outline() -> list[tuple[str, str]]:
    """Return the headings that the sources ask for: (Part I, its title), (Chapter 1, its title), …"""
    romans = ("I", "II", "III", "IV", "V", "VI", "VII")
    chapter = itertools.count(1)
    headings = []
    for roman, part in zip(romans, children("index"), strict=True):
        headings.append((f"Part {roman}", title(part)))
        own = "Overview" if part.endswith("/index") else title(part)
        for name in (own, *map(title, children(part))):
            headings.append((f"Chapter {next(chapter)}", name))
    return headings


def plain(text: str) -> str:
    """Return a text on one line, without ligatures and curved quotation marks."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split())


def test_it_has_a_title_page_and_an_index(pdf: Path) -> None:
    assert "Introduction to\nLarge Language Models" in text(pdf, "-l", "1")
    assert re.search(r"\nIndex\n", text(pdf))


def test_its_parts_and_chapters_are_those_of_the_sources_in_order(pdf: Path) -> None:
    whole = text(pdf)
    found = list(re.finditer(r"^\f?((?:Part|Chapter) [IVX\d]+)\n\n", whole, re.MULTILINE))
    wanted = outline()
    assert [heading[1] for heading in found] == [number for number, _ in wanted]
    for heading, (number, name) in zip(found, wanted, strict=True):
        assert plain(whole[heading.end() :][:200]).startswith(plain(name)), number
    names = [name for _, name in wanted]
    assert names.count("Overview") == 6, "five parts and the resources"
    assert "Glossary" in names
    assert "Bibliography" in names


def test_nothing_is_left_raw(pdf: Path) -> None:
    whole = text(pdf)
    # Outside of code, which may show braces of its own.
    for raw in ("{{", "{term}", "{cite", ":::", r"\frac", "??"):
        assert raw not in whole, raw


def test_figures_are_drawings(pdf: Path) -> None:
    images = subprocess.run(
        ["pdfimages", "-list", str(pdf)], check=True, capture_output=True, text=True
    ).stdout
    assert len(images.splitlines()) <= 3, "a figure became a bitmap"


@pytest.mark.parametrize(
    ("log", "found"),
    [
        ("Missing character: There is no 你 (U+4F60) in font x!", ["a character that no font has"]),
        (
            "LaTeX Warning: Hyper reference `a' on page 1 undefined on input line 2.",
            ["a reference"],
        ),
        ("Overfull \\hbox (9.0pt too wide) in paragraph at lines 1--2\nx", []),
        ("Overfull \\hbox (90.0pt too wide) in paragraph at lines 1--2\nx", ["a line too wide"]),
        ("! Undefined control sequence.\nMissing character: x", ["an error"]),
        ("./book.tex:7: Package xcolor Error: Undefined color.", ["an error"]),
        ("all is well", []),
    ],
)
def test_the_log_is_a_gate(log: str, found: list[str]) -> None:
    faults = gate.faults(log)
    assert len(faults) == len(found)
    assert all(fault.startswith(start) for fault, start in zip(faults, found, strict=True))


DOCUMENT = r"""
\documentclass{article}
\usepackage{fontspec}
\setmainfont{texgyrepagella-regular.otf}
\begin{document}
%s
\end{document}
"""


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("Fine.", None),
        ("你好", "a character that no font has"),
        (r"\nosuchcommand", "an error"),
        (r"\mbox{" + "wide " * 60 + "}", "a line too wide"),
    ],
)
def test_a_fault_fails_the_run_every_time(tmp_path: Path, body: str, message: str | None) -> None:
    need("latexmk")
    (tmp_path / "book.tex").write_text(DOCUMENT % body, "utf-8")
    for _ in range(2):  # latexmk must not take a failed run for one that is up to date
        done = subprocess.run(
            ["python", str(DOCS / "_ext" / "pdf.py"), str(tmp_path), str(tmp_path / "out")],
            capture_output=True,
            text=True,
        )
        if message is None:
            assert done.returncode == 0, done.stderr
            assert (tmp_path / "out" / "book.pdf").exists()
        else:
            assert done.returncode == 1
            assert message in done.stderr
            assert not (tmp_path / "out" / "book.pdf").exists()
