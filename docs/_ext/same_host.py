"""A reader's page asks nothing of another host: no CDN, no remote font, no tracker.

Links are the reader's choice and are let through; what a browser fetches by itself is not.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

REMOTE = r"""["']?\s*((?:https?:)?//[^"'\s)>]+)"""
TAG = re.compile(r"<(?!a\b|meta\b)[a-z][a-z0-9]*\b[^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    rf"\b(?:src|srcset|data|poster|action|href|xlink:href)={REMOTE}", re.IGNORECASE
)
CSS = re.compile(rf"url\(\s*{REMOTE}|@import\s+{REMOTE}", re.IGNORECASE)
# <link> elements that name a relation and fetch nothing.
PASSIVE = re.compile(
    r'rel="?(?:canonical|alternate|author|license|search|next|prev|index)\b', re.IGNORECASE
)


def requests(text: str) -> list[str]:
    """Return the addresses on other hosts that a browser would fetch for this HTML or CSS.

    >>> requests('<a href="https://a.example/"><img src="//b.example/x.png">')
    ['//b.example/x.png']
    """
    found = []
    for tag in TAG.findall(text):
        if not PASSIVE.search(tag):
            found += ATTRIBUTE.findall(tag)
    found += [a or b for a, b in CSS.findall(text)]
    return found


def check_output(app: Sphinx, error: Exception | None) -> None:
    """Warn of every request to another host in the site that was built."""
    if error or app.builder.format != "html":
        return
    for path in sorted(Path(app.outdir).rglob("*")):
        if path.suffix in {".html", ".xhtml", ".css", ".svg"}:
            for address in requests(path.read_text("utf-8")):
                logger.warning("a request to another host: %s", address, location=str(path))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Check the site when it is whole."""
    app.connect("build-finished", check_output)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
