"""What Sphinx accepts and this book does not.  Each finding is a warning, and warnings fail the build."""

import re
from collections.abc import Iterator

from docutils import nodes
from markdown_source import Fault, prose
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

# A product is written as its makers write it.
PRODUCTS = {
    re.compile(rf"(?<![\w/.@-])(?:{pattern})(?![\w/]|\.\w)", re.IGNORECASE): name
    for pattern, name in {
        r"chat[ -]?gpt": "ChatGPT",
        r"deep[ -]?seek": "DeepSeek",
        r"git[ -]?hub": "GitHub",
        r"hugging[ -]?face": "Hugging Face",
        r"java[ -]?script": "JavaScript",
        r"keras": "Keras",
        r"latex": "LaTeX",
        r"lua[ -]?latex": "LuaLaTeX",
        r"llama\.?cpp": "llama.cpp",
        r"math[ -]?ml": "MathML",
        r"num[ -]?py": "NumPy",
        r"ollama": "Ollama",
        r"open[ -]?ai": "OpenAI",
        r"py[ -]?pi": "PyPI",
        r"py[ -]?torch": "PyTorch",
        r"read[ -]?the[ -]?docs": "Read the Docs",
        r"tensor[ -]?flow": "TensorFlow",
    }.items()
}

# Words that belittle the reader's effort, or that promise what is not there.
WORDS = {
    re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE): advice
    for pattern, advice in {
        "simply|just|obviously|trivially|easily|of course": "leave the word out",
        "coming soon|tbd|todo|fixme|lorem ipsum|work in progress": "finish it or leave it out",
        r"(?<!ha[ds] )(?<!have )to be written": "finish it or leave it out",  # "a text had to be"
    }.items()
}


def faults(text: str) -> Iterator[Fault]:
    r"""Yield what is wrong with the source of a page.

    >>> [fault.message for fault in faults("Pytorch costs $0.")]
    ["write 'PyTorch', not 'Pytorch'", 'escape a literal dollar: \\$']
    """
    for piece in prose(text):
        if isinstance(piece, Fault):
            yield piece
            continue
        number, line = piece
        for pattern, name in PRODUCTS.items():
            for match in pattern.finditer(line):
                if match[0] != name:
                    yield Fault(number, f"write {name!r}, not {match[0]!r}")
        for pattern, advice in WORDS.items():
            for match in pattern.finditer(line):
                yield Fault(number, f"{match[0]!r}: {advice}")
        if "$" in line:
            yield Fault(number, "escape a literal dollar: \\$")


def place(node: nodes.Node) -> nodes.Node:
    """Return the nearest node around this one that knows its line."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of faults in the source of a page, of images without text, and of a missing description."""
    docname = app.env.docname
    path = app.env.doc2path(docname)
    for fault in faults(path.read_text("utf-8")) if path.suffix == ".md" else ():
        logger.warning(fault.message, location=(docname, fault.line))
    for image in doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            logger.warning("an image without alt text", location=place(image))
    for raw in doctree.findall(nodes.raw):
        for tag in re.findall(r"<img\b[^>]*>", raw.astext()):
            if not re.search(r'\balt="[^"]+"', tag):
                logger.warning("an image without alt text", location=place(raw))
    if not any(meta.get("name") == "description" for meta in doctree.findall(nodes.meta)):
        logger.warning(
            "a page without a description (myst: html_meta: description)", location=(docname, 1)
        )
    if "orphan" in app.env.metadata[docname] and docname != "404":
        logger.warning("a page outside the toctree: remove 'orphan'", location=(docname, 1))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Check every page when it is read."""
    app.connect("doctree-read", check_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
