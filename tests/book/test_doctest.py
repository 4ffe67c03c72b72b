"""The snippets bite: a changed output anywhere is caught, at its page and line."""

import doctest
import io
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from book import DOCS

# Sphinx and its extensions run inside this process; their deprecations are not ours to mend.
# The builder itself turns warnings of a snippet into errors.
pytestmark = pytest.mark.filterwarnings("ignore")

PAGES = sorted(
    path.relative_to(DOCS).with_suffix("").as_posix()
    for path in DOCS.rglob("*.md")
    if "_build" not in path.parts and "```pycon" in path.read_text("utf-8")
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Sphinx:
    """The book, read once, with its doctest builder."""
    folder = tmp_path_factory.mktemp("doctest")
    with docutils_namespace():
        app = Sphinx(
            srcdir=DOCS,
            confdir=DOCS,
            outdir=folder / "out",
            doctreedir=folder / "doctrees",
            buildername="doctest",
            status=io.StringIO(),
            warning=io.StringIO(),
        )
        app.builder.read()
        yield app
        app.builder.outfile.close()


def run(app: Sphinx, page: str, doctree: nodes.document, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a page's examples and return what the builder says of failures."""
    said: list[str] = []
    monkeypatch.setattr(app.builder, "_warn_out", said.append)
    monkeypatch.setattr(app.builder, "_out", lambda text: None)
    app.builder.test_doc(page, doctree)
    return "".join(said)


def fences(doctree: nodes.document) -> list[nodes.literal_block]:
    return [n for n in doctree.findall(nodes.literal_block) if n.get("testnodetype") == "doctest"]


@pytest.mark.parametrize("page", PAGES)
def test_every_changed_output_is_caught_at_its_line(
    app: Sphinx, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = app.env.doc2path(page).read_text("utf-8").splitlines()
    doctree = app.env.get_doctree(page)
    assert run(app, page, doctree, monkeypatch) == "", "the page as it stands passes"

    # An output that differs changes nothing for the examples after it, so one run of the page tries
    # every fence, one after another.
    expected = []
    for block in fences(doctree):
        code = block.get("test", block.astext())
        lines = code.splitlines()
        for example in doctest.DocTestParser().get_examples(code):
            if example.want:
                want = example.lineno + 1
                while lines[want].startswith("..."):
                    want += 1
                lines[want + example.want.count("\n") - 1] += "~"
                expected.append(block.line + example.lineno)
        block["test"] = "\n".join(lines)
    said = run(app, page, doctree, monkeypatch)
    caught = [
        int(line) for line in re.findall(rf'^File "{page}.md", line (\d+),', said, re.MULTILINE)
    ]
    assert caught == expected
    assert all(">>>" in source[line - 1] for line in expected)


def test_the_number_of_fences_is_the_number_in_the_sources(app: Sphinx) -> None:
    for page in PAGES:
        written = app.env.doc2path(page).read_text("utf-8").count("```pycon")
        assert len(fences(app.env.get_doctree(page))) == written, page


conf = runpy.run_path(str(DOCS / "conf.py"))
CONF = f"""
import sys
sys.path.insert(0, {str(DOCS / "_ext")!r})
extensions = ["myst_parser", "pycon"]
myst_fence_as_directive = ["pycon"]
doctest_default_flags = {conf["doctest_default_flags"]}
doctest_test_doctest_blocks = ""
"""


def build(tmp_path: Path, page: str, builder: str = "doctest") -> tuple[int, str, str]:
    """Build a book of one page; return the status, the output and the warnings."""
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    (tmp_path / "index.md").write_text(page, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-E", "-b", builder, ".", "out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("page", "line", "message"),
    [
        ("# T\n\n```python\n>>> 1\n1\n```\n", 4, "never run"),
        ("# T\n\n    >>> 1\n    1\n", 3, "never run"),
        ("# T\n\n````\n```pycon\n>>> 1\n1\n```\n````\n", 5, "never run"),
        ("# T\n\n>>> 1\n1\n", 3, "never run"),
        ("# T\n\n```pycon\nx\n```\n", 3, "without an example"),
        ("# T\n\n```pycon\n>>>1\n1\n```\n", 3, "not a doctest"),
        ("# T\n\n```pycon\n>>> 1\n1\n\n2\n```\n", 3, "text after a blank line"),
        ("# T\n\n```pycon\n>>> 1  # doctest: +SKIP\n2\n```\n", 3, "examples are exact"),
        ("# T\n\n```pycon\n:skipif: True\n\n>>> 1\n2\n```\n", 3, "text after a blank line"),
    ],
)
def test_an_example_that_would_not_run_fails_every_build(
    tmp_path: Path, page: str, line: int, message: str
) -> None:
    status, _, warnings = build(tmp_path, page, "dummy")
    assert status == 1
    assert f"index.md:{line}: " in warnings
    assert message in warnings


def test_counts_are_printed(tmp_path: Path) -> None:
    status, out, warnings = build(tmp_path, "# T\n\n```pycon\n>>> 1\n1\n>>> 2\n2\n```\n")
    assert (status, warnings) == (0, "")
    assert "index         2         0" in out


@pytest.mark.parametrize(
    ("code", "output"),
    [
        ("print('a  b')", "a b"),
        ("print('abc')", "a...c"),
        ("1 / 0", "Traceback (most recent call last):\n  ...\nZeroDivisionError: nothing"),
        ("1 == 1", "1"),
        ("import warnings; warnings.warn('old', DeprecationWarning)", ""),
        ("open('left-behind', 'w').close(); import os; len(os.listdir())", "0"),
    ],
)
def test_comparison_forgives_nothing(tmp_path: Path, code: str, output: str) -> None:
    status, out, _ = build(tmp_path, f"# T\n\n```pycon\n>>> {code}\n{output}\n```\n")
    assert status == 1
    assert 'File "index.md", line 4, in default' in out


def test_each_page_runs_in_an_empty_folder(tmp_path: Path) -> None:
    status, out, _ = build(tmp_path, "# T\n\n```pycon\n>>> import os\n>>> os.listdir()\n[]\n```\n")
    assert status == 0, out
