"""What scrolls inside a page can be scrolled by keyboard: code blocks, wide tables, wide formulas.

WCAG 2.1.1; a browser lets the Tab key stop only at what is marked.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

SCROLLS = re.compile(r'<pre(?=>)|<div(?= class="(?:table-wrapper|formula)\b)')


def mark(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give each such box a place in the order of Tab stops."""
    if app.builder.name != "epub" and "body" in context:
        context["body"] = SCROLLS.sub(r'\g<0> tabindex="0"', context["body"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Mark the boxes when a page is written."""
    app.connect("html-page-context", mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
