"""In the PDF a page of the front page's toctree is a part, and what it says itself is a chapter of it.

HTML needs no such help: there the overview of a part is the page on which its chapters are listed.  On
paper its sections would become chapters of their own, beside the real ones.
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata


class Overviews(SphinxPostTransform):
    """Puts the text of each part into a chapter named "Overview"."""

    default_priority = 5  # before references are resolved: they point at what is there afterwards
    builders = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Rebuild the parts of the one document that LaTeX gets."""
        files = list(self.document.findall(addnodes.start_of_file))
        inner = {
            id(x) for file in files for x in file.findall(addnodes.start_of_file) if x is not file
        }
        for file in files:
            if id(file) in inner:
                continue
            [page] = [child for child in file.children if isinstance(child, nodes.section)]
            # A toctree at the end of a page lies in its last section; its pages are chapters.
            chapters = [list_ for list_ in page.findall(nodes.compound) if self._holds_pages(list_)]
            for list_ in chapters:
                list_.parent.remove(list_)
            title, *own = page.children
            name = "Overview" if file["docname"].endswith("/index") else title.astext()
            overview = nodes.section(
                "", nodes.title("", name), *own, ids=[f"{page['ids'][0]}-overview"]
            )
            page.children = []
            page.extend([title, overview, *chapters])
        for heading in self.document.findall(nodes.rubric):
            if "heading-level" in heading:  # HTML counts from the page, LaTeX from the part
                heading["heading-level"] += 1

    @staticmethod
    def _holds_pages(node: nodes.compound) -> bool:
        return any(isinstance(child, addnodes.start_of_file) for child in node.children)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(Overviews)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
