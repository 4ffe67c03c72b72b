"""What an author gets wrong fails the build, with one message that names the file and the line."""

import os
import re
import subprocess
import sys

import lints
import pytest
import same_host
from markdown_source import Fault, prose

from book import DOCS

PAGE = """---
myst:
  html_meta:
    description: A page of a test, long enough to be taken for the description of a page.
---

# A page

Text.
"""
LINE = PAGE.count("\n") + 2  # where a faulty addition begins


SOUND = (
    "A {term}`token` costs \\$5, or `$6`, and $x$ is a number; see [the start](index.md).\n\n"
    "![A mark](_static/mark-light.svg)\n\n```pycon\n>>> 1\n1\n```"
)
FAULTS = [  # what is added to a page, the message, and how many of them
    ("[text](nowhere.md)", "nowhere.md", 1),
    ("[text](#nowhere)", "nowhere", 1),
    ("{ref}`nowhere`", "nowhere", 1),
    ("{doc}`nowhere`", "nowhere", 1),
    ("{term}`wordpiece`", "wordpiece", 1),
    ("{cite}`nobody1900nothing`", "nobody1900nothing", 1),
    ("{nosuchrole}`x`", "nosuchrole", 1),
    ("```{nosuchdirective}\n```", "nosuchdirective", 1),
    ("{{ nothing.here }}", "nothing", 1),
    ("```pycon\n>>> 1\n1", "never closed", 1),
    (":::{note}\nText.", "never closed", 1),
    ("```text\n1\n\nText.\n\n```pycon\n>>> 2\n2\n```", "not closed before", 1),
    ("![A cat](cat.png)", "cat.png", 1),
    ("```{figure} cat.png\n:alt: A cat\n\nA cat.\n```", "cat.png", 1),
    ("![](_static/mark-light.svg)", "without alt text", 1),
    ("```{figure} _static/mark-light.svg\n\nA mark.\n```", "without alt text", 1),
    ('<img src="_static/mark-light.svg">', "without alt text", 1),
    ("It costs $5.", "literal dollar", 1),
    ("From $5 to $6.", "literal dollar", 1),
    ("Written in Pytorch.", "'PyTorch'", 1),
    ("Written in Tensorflow, by Openai.", "'OpenAI'", 2),
    ("It is simply a model.", "'simply'", 1),
    ("More is coming soon.", "'coming soon'", 1),
    ("The rest is to be written.", "'to be written'", 1),
    ("A work in progress.", "'work in progress'", 1),
    (r"$$\frac{1}{$$", "frac", 1),
]
REMOTE = [
    '<script src="https://cdn.example/x.js"></script>',
    "![A cat](https://cdn.example/cat.png)",
]


@pytest.fixture(scope="module")
def warnings(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[str]]:
    """A book with the real settings and a page for each fault, built once: status and warnings."""
    root = tmp_path_factory.mktemp("book")
    docs = root / "docs"
    (docs / "resources").mkdir(parents=True)
    (docs / "results").mkdir()
    (root / "pyproject.toml").symlink_to(DOCS.parent / "pyproject.toml")
    for name in ("_ext", "_static"):
        (docs / name).symlink_to(DOCS / name)
    (docs / "conf.py").write_text((DOCS / "conf.py").read_text("utf-8"))
    (docs / "resources" / "bibliography.bib").touch()
    (docs / "404.md").write_text((DOCS / "404.md").read_text("utf-8"))

    def page(name: str, addition: str) -> None:
        (docs / f"{name}.md").write_text(f"{PAGE}\n{addition}\n", "utf-8")

    page("sound", SOUND)
    for number, (addition, _, _) in enumerate(FAULTS):
        page(f"fault{number}", addition)
    for number, addition in enumerate(REMOTE):
        page(f"remote{number}", addition)
    (docs / "bare.md").write_text("# No description\n")
    (docs / "orphan.md").write_text(PAGE.replace("---\n", "---\norphan: true\n", 1))
    page("glossary", "```{glossary}\ntoken\n  A piece of text.\n```")
    page("index", "```{toctree}\n:glob:\n*\n```")
    page("lost", "")  # named by no toctree: the index takes it out again
    index = (docs / "index.md").read_text("utf-8")
    names = sorted({path.stem for path in docs.glob("*.md")} - {"404", "index", "lost", "orphan"})
    (docs / "index.md").write_text(index.replace(":glob:\n*", "\n".join(names)), "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", "-n", "-W", "--keep-going", "-q",
         "--no-color", "docs", "html"],
        cwd=root,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    return done.returncode, [x for x in done.stderr.splitlines() if re.search("WARNING|ERROR", x)]


def about(page: str, warnings: tuple[int, list[str]]) -> list[str]:
    """Return the warnings of one page."""
    return [line for line in warnings[1] if re.search(rf"/{page}\.(md|html)\b", line)]


def test_the_build_fails(warnings: tuple[int, list[str]]) -> None:
    assert warnings[0] == 1


def test_a_sound_page_passes(warnings: tuple[int, list[str]]) -> None:
    assert about("sound", warnings) == about("404", warnings) == about("index", warnings) == []


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=lambda number: FAULTS[number][1])
def test_a_fault_is_named_at_its_line(number: int, warnings: tuple[int, list[str]]) -> None:
    _, message, count = FAULTS[number]
    found = about(f"fault{number}", warnings)
    assert len(found) == count, found
    assert message in found[0]
    assert f"docs/fault{number}.md:{LINE}: " in found[0]


@pytest.mark.parametrize("number", range(len(REMOTE)))
def test_a_request_to_another_host_is_named(number: int, warnings: tuple[int, list[str]]) -> None:
    assert any("another host" in line for line in about(f"remote{number}", warnings))


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("bare", "without a description"),
        ("orphan", "outside the toctree"),
        ("lost", "isn't included in any toctree"),
    ],
)
def test_a_page_that_lacks_something_is_named(
    page: str, message: str, warnings: tuple[int, list[str]]
) -> None:
    [found] = about(page, warnings)
    assert message in found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n```\nb\n```\nc", [1, 5]),
        ("a\n````{note}\nb\n```pycon\nc\n```\nd\n````\ne", [1, 3, 7, 9]),
        ("---\ntitle: $5\n---\na", [4]),
        ("$$\nx\n$$\na", [4]),
        (":::{note}\na\n:::\nb", [2, 4]),
        ("- a\n\n  ```\n  b\n  ```", [1, 2]),
    ],
)
def test_prose_is_told_from_code(text: str, lines: list[int]) -> None:
    pieces = list(prose(text))
    assert not [piece for piece in pieces if isinstance(piece, Fault)]
    assert [number for number, _ in pieces] == lines


@pytest.mark.parametrize(
    "text",
    [
        "`Pytorch`", "[x](https://pytorch.org/)", "https://github.com/openai/gpt-2",
        "{cite:p}`simply2020just`", "adjust, justice", r"\$5", "$a$ and $$b$$", "`a` $b$ `c`",
        "``a ` $ b``", "use `pip install numpy`",
        "Another text had to be written.", "[openai](openai.md)".replace("[openai]", "[OpenAI]"),
    ],
)  # fmt: skip
def test_what_is_right_is_let_through(text: str) -> None:
    assert list(lints.faults(text)) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('<a href="https://x.example/">x</a>', 0),
        ('<link rel="canonical" href="https://x.example/">', 0),
        ('<meta property="og:image" content="https://x.example/a.png">', 0),
        ('<img src="../a.png">', 0),
        ('<link rel="stylesheet" href="https://x.example/a.css">', 1),
        ("<script async src=//x.example/a.js></script>", 1),
        ('<div style="background: url(https://x.example/a.png)">', 1),
        ('@import "https://x.example/a.css";', 1),
        ("@font-face { src: url('//x.example/a.woff2') }", 1),
        ('<img srcset="https://x.example/a.png 2x" src="a.png">', 1),
        ('<iframe src="https://x.example/"></iframe>', 1),
    ],
)
def test_requests_to_another_host_are_seen(text: str, count: int) -> None:
    assert len(same_host.requests(text)) == count
