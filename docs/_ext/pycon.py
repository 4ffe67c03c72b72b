"""Every ```` ```pycon ```` fence is a doctest, and no example hides anywhere else.

MyST turns the fence into the directive below (``myst_fence_as_directive`` in ``conf.py``), so a page is
plain Markdown that GitHub shows as well as Sphinx does, and ``sphinx-build -b doctest`` runs it.
"""

import contextlib
import doctest
import re
import tempfile
import warnings

from docutils import nodes
from markdown_source import Fault, walk
from sphinx.application import Sphinx
from sphinx.ext.doctest import DocTestBuilder, DoctestDirective
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)
PROMPT = re.compile(r"^[\s>]*>>>(\s|$)")
CHAPTERS = ("what-are-llms/", "architecture/", "training/", "applications/", "getting-started/")


class Pycon(DoctestDirective):
    """A fence of examples.  It takes no options: nothing can be skipped, hidden or loosened."""

    option_spec = {}  # noqa: RUF012  (the base class declares it so)

    def run(self) -> list[nodes.Node]:
        """Return the block, or raise with the line of what doctest would pass over in silence."""
        code = "\n".join(self.content)
        try:
            pieces = doctest.DocTestParser().parse(code)
        except ValueError as error:
            raise self.error(f"not a doctest: {error}") from None
        if not any(isinstance(piece, doctest.Example) for piece in pieces):
            raise self.error("a pycon fence without an example: begin it with >>>")
        if any(isinstance(piece, str) and piece.strip() for piece in pieces):
            raise self.error(
                "text after a blank line is not compared with anything: write <BLANKLINE> in an output"
            )
        if "# doctest:" in code:
            raise self.error("examples are exact: no '# doctest:' flags")
        self.name = "doctest"
        [block] = super().run()
        block.line = self.lineno + 1  # the fence's first line of content; Sphinx takes one off
        return [block]


def check_examples(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of every ``>>>`` that no test runs, and of a chapter that has none."""
    docname = app.env.docname
    text = app.env.doc2path(docname).read_text("utf-8")
    if any(isinstance(piece, Fault) for piece in walk(text)):
        return  # a fence is open: lints.py says so, and what follows from it is noise
    tested: set[int] = set()
    for block in doctree.findall(nodes.literal_block):
        if block.get("testnodetype") == "doctest":
            length = len(block.get("test", block.astext()).splitlines())
            first = block.line or 0
            tested.update(range(first, first + length))
    for number, line in enumerate(text.splitlines(), 1):
        if PROMPT.match(line) and number not in tested:
            logger.warning(
                "this example is never run: put it into a ```pycon fence",
                location=(docname, number),
            )
    if docname.startswith(CHAPTERS) and not tested:
        logger.warning("a chapter without a tested example", location=(docname, 1))


class BookDocTestBuilder(DocTestBuilder):
    """Runs each page in an empty folder, with warnings as errors, and prints what it ran."""

    def init(self) -> None:
        """Start with no page counted."""
        super().init()
        self.counts: dict[str, tuple[int, int]] = {}

    @staticmethod
    def get_line_number(node: nodes.Node) -> int | None:
        """Return the line before the block's first, counted from 1."""
        return node.line - 1 if node.line is not None else None

    def test_doc(self, docname: str, doctree: nodes.Node) -> bool:
        """Run one page."""
        tries, failures = self.total_tries, self.total_failures
        with (
            tempfile.TemporaryDirectory() as folder,
            contextlib.chdir(folder),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("error")
            success = super().test_doc(docname, doctree)
        self.counts[docname] = (self.total_tries - tries, self.total_failures - failures)
        return success

    def finish(self) -> None:
        """Print the counts and Sphinx's summary."""
        width = max(map(len, self.counts), default=4)
        lines = [f"{'page':{width}}  examples  failures"]
        lines += [f"{page:{width}}  {n:8}  {bad:8}" for page, (n, bad) in self.counts.items() if n]
        self._out("\n" + "\n".join(lines) + "\n")
        super().finish()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, the check and the builder."""
    app.setup_extension("sphinx.ext.doctest")
    app.add_directive("pycon", Pycon)
    app.add_builder(BookDocTestBuilder, override=True)
    app.connect("doctree-read", check_examples)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
