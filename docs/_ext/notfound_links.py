"""The links of the 404 page work from any depth.

``sphinx-notfound-page`` makes those of the sidebar absolute and leaves the text's as they are.
"""

from docutils import nodes
from notfound.utils import replace_uris
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def make_absolute(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the site's own path before each link to a page."""
    if page == app.config.notfound_pagename and app.builder.format == "html":
        replace_uris(app, doctree, nodes.reference, "refuri")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Mend the page when its links are resolved."""
    app.connect("doctree-resolved", make_absolute)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
