"""Writes sitemap.xml: every page of the book, for search engines.

The package ``sphinx-sitemap`` lists the pages that a build wrote, so after a change to one page its site
map has one page.  This one lists the pages of the book.
"""

from pathlib import Path
from xml.sax.saxutils import escape

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the file beside the pages."""
    if error or app.builder.name not in {"html", "dirhtml"}:
        return
    pages = [name for name in sorted(app.env.found_docs) if "orphan" not in app.env.metadata[name]]
    base = app.config.html_baseurl
    lines = [
        f"  <url><loc>{escape(base + app.builder.get_target_uri(page))}</loc></url>"
        for page in pages
    ]
    (Path(app.outdir) / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(lines)
        + "\n</urlset>\n",
        "utf-8",
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the site map when the pages are there."""
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
